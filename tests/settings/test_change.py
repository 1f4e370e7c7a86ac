"""One setting changed at a time: all else in the file stays, the comments too."""

import os
import tempfile
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.errors import UsageError
from flashsafety.settings.change import HEAD, set_setting, unset_setting
from flashsafety.settings.load import describe, load_settings
from flashsafety.settings.table import SETTINGS, find, read
from tests.libraries import paths_in

STEPS = ("1m 10m", "30s", "", "2h 1d")
VALUES = {
    "day_start": ("04:00", "00:00", "23:59"),
    "zone": ("", "Europe/Berlin", "Asia/Tokyo"),
    "learning_steps": STEPS,
    "relearning_steps": STEPS,
    "learn_ahead": ("20m", "0s", "1d"),
    "editor": ("", "nano", "code --wait", "'/opt/my editor/bin' \"-n\"", "ünï\\code"),
    "new_limit": ("0", "9999"),
    "review_limit": ("0", "99999"),
    "desired_retention": ("0.7", "0.99", "0.875"),
    "maximum_interval": ("1", "36500"),
    "leech_threshold": ("2", "99"),
    "easy_days": ("", "sun minimum", "mon reduced, sat reduced, sun minimum"),
    "day_minutes": ("0", "30", "1440"),
}
TABLES = {
    "module_retention.shapes": ("0.8", "0.95"),
    "module_retention.big-numbers": ("0.7",),
    "keys.study.bury": ("x", "ctrl+b,question_mark"),
    "keys.today.next": ("y",),
}


def values_of(name: str) -> tuple[str, ...]:
    return {**VALUES, **TABLES}.get(name) or tuple(find(name).kind.options)


NAMES = [setting.name for setting in SETTINGS if not setting.entries] + list(TABLES)
changes = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.just(name), st.sampled_from([*values_of(name), None]))
)
"""A setting and its value as text; none to take it out."""

comments = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12)


@st.composite
def files(draw: st.DrawFn) -> str:
    """A settings file by hand: comments anywhere, blank lines, spaces, tables in any order."""

    def note() -> str:
        return draw(st.sampled_from(["", f"  #{draw(comments)}"]))

    def between() -> list[str]:
        return draw(st.lists(st.sampled_from(["", f"# {draw(comments)}", "   "]), max_size=3))

    def assignment(key: str, value: str) -> str:
        gap = draw(st.sampled_from([" = ", "=", "  =  "]))
        literal = value if draw(st.booleans()) and _is_bare(value) else _quoted(value)
        return f"{draw(st.sampled_from(['', '  ']))}{key}{gap}{literal}{note()}"

    plain = draw(st.lists(st.sampled_from([n for n in NAMES if n not in TABLES]), unique=True))
    lines = between()
    for name in plain:
        lines += [assignment(name, draw(st.sampled_from(values_of(name)))), *between()]
    for table in draw(st.permutations(["keys", "module_retention"])):
        if draw(st.booleans()):
            continue
        lines += [f"[{table}]{note()}", *between()]
        for name in (name for name in TABLES if name.startswith(table)):
            if draw(st.booleans()):
                entry = name.partition(".")[2]
                bare = table == "module_retention" or draw(st.booleans())
                key = entry if bare else f'"{entry}"'
                lines += [assignment(key, draw(st.sampled_from(TABLES[name]))), *between()]
    end = draw(st.sampled_from(["", "\n"]))
    return draw(st.sampled_from(["\n", "\r\n"])).join(lines) + end


def _is_bare(value: str) -> bool:
    try:
        return isinstance(tomllib.loads(f"x = {value}")["x"], int | float)
    except tomllib.TOMLDecodeError:
        return False


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def comments_of(text: str) -> list[str]:
    """What stands behind each #, where none of the values holds one."""
    return [
        line.partition("#")[2] for line in text.replace("\r\n", "\n").split("\n") if "#" in line
    ]


@settings(max_examples=300, deadline=None)
@given(files(), st.lists(changes, min_size=1, max_size=4))
def test_a_change_changes_one_setting_and_keeps_every_comment(
    text: str, made: list[tuple[str, str | None]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = paths_in(Path(folder))
        file = Path(paths.config)
        file.write_text(text, encoding="utf-8", newline="")
        for name, value in made:
            before = load_settings(paths, {})
            lines_before = file.read_bytes().decode().replace("\r\n", "\n").split("\n")
            if value is None:
                unset_setting(paths, name)
            else:
                set_setting(paths, name, value)
            after = load_settings(paths, {})
            _only_changed(before, after, name, value)
            new = file.read_bytes().decode()
            assert comments_of(new) == comments_of(text)
            assert ("\r\n" in new) == ("\r\n" in text) or "\n" not in text
            lost = [
                line for line in lines_before if line not in new.replace("\r\n", "\n").split("\n")
            ]
            assert len(lost) <= 1, "but for the line of the setting every line is as it was"


def _only_changed(before, after, name: str, value: str | None) -> None:
    table, _, entry = name.partition(".")
    expected = before._asdict()
    if entry:
        expected[table] = {**expected[table]}
        expected[table].pop(entry, None)
        if value is not None:
            expected[table][entry] = read(find(name), value)
    else:
        default = type(before)._field_defaults[table]
        expected[table] = default if value is None else read(find(name), value)
    assert after._asdict() == expected


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_goes_through_the_file_and_comes_back(tmp_path: Path, name: str) -> None:
    paths = paths_in(tmp_path)
    for value in values_of(name):
        set_setting(paths, name, value)
        rows = {row.setting.name: row for row in describe(paths, {})}
        assert (rows[name].value, rows[name].origin) == (value, "file")
    assert unset_setting(paths, name)
    assert load_settings(paths, {}) == load_settings(paths_in(tmp_path / "nowhere"), {})
    assert not unset_setting(paths, name)


def test_a_new_setting_stands_before_the_tables_and_what_is_said_of_them(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    text = 'new_limit = 7 # few\n\n# my keys\n[keys]\n"study.bury" = "x"\n'
    Path(paths.config).write_text(text)
    set_setting(paths, "theme", "nord")
    assert Path(paths.config).read_text() == text.replace("# few\n", '# few\ntheme = "nord"\n')


def test_what_is_said_of_the_whole_file_stands_apart(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    set_setting(paths, "keys.study.bury", "x")
    set_setting(paths, "new_limit", "5")
    wanted = f'{HEAD}new_limit = 5\n\n[keys]\n"study.bury" = "x"\n'
    assert Path(paths.config).read_text() == wanted


def test_a_comment_behind_a_value_that_is_taken_out_stays(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    Path(paths.config).write_text("# mine\nnew_limit = 7 # few\ntimer = true\n")
    unset_setting(paths, "new_limit")
    assert Path(paths.config).read_text() == "# mine\n# few\ntimer = true\n"


def test_a_file_that_was_not_there_says_what_it_is(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    set_setting(paths, "new_limit", "12")
    assert Path(paths.config).read_text() == f"{HEAD}new_limit = 12\n"
    assert Path(paths.config).stat().st_mode & 0o777 == 0o600


def test_numbers_and_truths_stand_bare_and_the_rest_as_strings(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    for name in ("new_limit", "desired_retention", "timer", "day_start", "learn_ahead"):
        set_setting(paths, name, values_of(name)[-1])
    written = tomllib.loads(Path(paths.config).read_text())
    assert [type(value) for value in written.values()] == [int, float, bool, str, str]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("new_limit = 5\nzone = Berlin\n", "theme"),
        ("[keys\n", "keys.study.bury"),
        ('keys = "x"\n', "keys.study.bury"),
    ],
)
def test_a_broken_file_is_never_written(tmp_path: Path, text: str, name: str) -> None:
    paths = paths_in(tmp_path)
    Path(paths.config).write_text(text)
    with pytest.raises(UsageError, match=r"config\.toml"):
        set_setting(paths, name, "nord")
    with pytest.raises(UsageError, match=r"config\.toml"):
        unset_setting(paths, name)
    assert Path(paths.config).read_text() == text


def test_a_bad_value_writes_nothing(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with pytest.raises(UsageError):
        set_setting(paths, "new_limit", "many")
    assert not Path(paths.config).exists()


def test_a_link_stays_a_link_and_the_file_behind_it_keeps_its_rights(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    dotfiles = tmp_path / "dotfiles"
    dotfiles.mkdir()
    (dotfiles / "flashsafety.toml").write_text("new_limit = 5\n")
    (dotfiles / "flashsafety.toml").chmod(0o644)
    Path(paths.config).symlink_to(dotfiles / "flashsafety.toml")
    set_setting(paths, "new_limit", "6")
    assert Path(paths.config).is_symlink()
    assert (dotfiles / "flashsafety.toml").read_text() == "new_limit = 6\n"
    assert (dotfiles / "flashsafety.toml").stat().st_mode & 0o777 == 0o644


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch) -> None:
    paths = paths_in(tmp_path)
    Path(paths.config).write_text("new_limit = 5\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        set_setting(paths, "new_limit", "6")
    assert Path(paths.config).read_text() == "new_limit = 5\n"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["config.toml", "home"]
