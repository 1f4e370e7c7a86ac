"""``config``: every setting listed, read, changed and taken out."""

from pathlib import Path

import pytest

from flashsafety.settings.table import SETTINGS
from tests.settings.test_change import NAMES, values_of


@pytest.fixture
def file(run) -> Path:
    file = Path(run("where", "--json").data["config"])
    file.parent.mkdir(parents=True)
    return file


@pytest.mark.parametrize("name", [name for name in NAMES if "." not in name])
def test_every_setting_goes_through_the_command_and_comes_back(run, name: str) -> None:
    for value in values_of(name):
        run("config", name, value)
        (row,) = run("config", name, "--json").data
        assert (row["key"], row["value"], row["origin"]) == (name, value, "file")
    run("config", "--unset", name)
    (row,) = run("config", name, "--json").data
    assert (row["value"], row["origin"]) == (row["default"], "default")


def test_a_module_has_its_own_retention_where_the_bank_has_the_module(run) -> None:
    assert run("config", "module_retention.shapes", "0.95").out.startswith(
        "module_retention.shapes  0.95  file"
    )
    refused = run("config", "module_retention.shpes", "0.95", expect=2)
    assert 'did you mean "shapes"?' in refused.err
    assert "from 0.7 to 0.99" in run("config", "module_retention.shapes", "95", expect=2).err
    run("config", "--unset", "module_retention.shapes")
    assert run("config", "module_retention.shapes").out.startswith(
        'module_retention.shapes  ""  default'
    )


def test_a_module_that_has_left_the_bank_may_keep_its_line(run, file: Path) -> None:
    file.write_text("[module_retention]\ngone = 0.8\n")
    assert "module_retention.gone = 0.8" in run("config").out
    run("config", "--unset", "module_retention.gone")
    assert file.read_text() == "[module_retention]\n"


def test_a_command_gets_other_keys_unless_they_are_taken(run, file: Path) -> None:
    assert run("config", "keys.study.bury", "x").out.startswith("keys.study.bury  x  file")
    assert (
        "x is both study.skip and study.bury" in run("config", "keys.study.skip", "x", expect=2).err
    )
    assert "did you mean study.bury?" in run("config", "keys.study.burry", "x", expect=2).err
    assert "there is no key crtl+x" in run("config", "keys.study.skip", "crtl+x", expect=2).err
    assert file.read_text().endswith('[keys]\n"study.bury" = "x"\n')
    run("config", "keys.study.skip", "b")
    rows = {row["key"]: row["value"] for row in run("config", "keys", "--json").data}
    assert rows == {"keys.study.bury": "x", "keys.study.skip": "b"}


def test_a_clash_that_is_there_already_is_no_reason_to_refuse_another_key(run, file: Path) -> None:
    file.write_text('[keys]\n"study.bury" = "n"\n')
    run("config", "keys.study.flag", "y")
    run("config", "keys.study.skip", "w")


def test_the_list_has_every_setting_with_its_value_and_its_help(run) -> None:
    run("config", "new_limit", "15")
    out = run("config").out
    words = " ".join(out.split())
    for setting in SETTINGS:
        assert setting.title in out
        assert setting.help in words
    assert "new_limit = 15  (file)" in out
    assert "timer = false " in out
    assert max(map(len, out.splitlines())) <= 80


def test_one_setting_is_explained_with_its_range_and_what_it_bears_on(run) -> None:
    said = run("config", "siblings").lines
    assert said == [
        "siblings  never  default",
        "  Whether two cards of one note may come on the same day.",
        "  Value: never or allowed. Default: never.",
        "    never: one card of a note a day; the others wait",
        "    allowed: as many as are due",
        "  Bears on: the rest of today's cards.",
    ]


def test_json_has_all_that_the_table_has(run) -> None:
    rows = run("config", "--json").data
    assert [row["key"] for row in rows] == [setting.name for setting in SETTINGS]
    for row, setting in zip(rows, SETTINGS, strict=True):
        assert row == {
            "key": setting.name,
            "value": setting.default,
            "origin": "default",
            "help": setting.help,
            "group": setting.group,
            "default": setting.default,
            "range": setting.kind.range,
            "options": dict(setting.kind.options),
            "bears": setting.bears,
        }


def test_what_is_not_in_the_file_cannot_be_taken_out(run, file: Path) -> None:
    assert "new_limit was not in" in run("config", "--unset", "new_limit").err
    assert 'did you mean "new_limit"' in run("config", "--unset", "new_limt", expect=2).err
    assert "takes the name of a setting" in run("config", "--unset", expect=2).err
    assert "takes the name of a setting" in run("config", "--unset", "timer", "on", expect=2).err
    assert not file.exists()


def test_a_broken_file_is_told_with_its_line_by_every_command_and_left_alone(
    run, file: Path
) -> None:
    text = "new_limit = 5\nzone = Berlin\n"
    file.write_text(text)
    for arguments in (
        ("due",),
        ("config",),
        ("config", "timer", "on"),
        ("config", "--unset", "timer"),
    ):
        assert run(*arguments, expect=2).err.startswith(f"{file}:2:8: this line is no TOML")
    assert file.read_text() == text


def test_a_bad_value_is_told_with_its_line_and_mended_by_the_command(run, file: Path) -> None:
    file.write_text("# mine\nnew_limit = 99999 # many\n")
    told = run("due", expect=2).err
    assert f"{file}:2: new_limit:" in told and "from 0 to 9999" in told
    run("config", "new_limit", "20")
    assert file.read_text() == "# mine\nnew_limit = 20 # many\n"
    run("due")


def test_what_a_value_may_be_is_completed(run, bank, database) -> None:
    from tests.cli.test_completion import complete

    environ = {"FLASHSAFETY_DB": str(database), "FLASHSAFETY_QUESTIONS": str(bank)}
    assert complete("config siblings ", **environ) == ["never", "allowed"]
    assert "nord" in complete("config theme n", **environ)
    assert complete("config module", **environ) == ["module_retention."]
    assert complete("config keys.study.bu", **environ) == ["keys.study.bury"]


def test_what_is_chosen_is_what_the_day_holds(run) -> None:
    assert run("due", "--json").data["new"] == 7
    run("config", "new_limit", "2")
    assert run("due", "--json").data["new"] == 2
    run("config", "new_limit", "100")
    run("config", "siblings", "allowed")
    assert run("due", "--json").data["new"] == 9
