"""Settings: where they come from, and what is said of a file that is broken."""

from pathlib import Path

import pytest

from flashsafety.config import Settings
from flashsafety.errors import UsageError
from flashsafety.settings.load import describe, load_settings
from tests.libraries import paths_in


@pytest.fixture
def paths(tmp_path: Path):
    return paths_in(tmp_path)


def test_a_setting_comes_from_the_environment_then_the_file_then_the_default(paths) -> None:
    Path(paths.config).write_text('new_limit = 7\nday_start = "05:30"\nlearning_steps = "2m 1h"\n')
    environ = {"FLASHSAFETY_NEW_LIMIT": "3"}
    settings = load_settings(paths, environ)
    assert settings.new_limit == 3
    assert settings.day_start == 5 * 3600 + 1800
    assert settings.learning_steps == (120, 3600)
    assert settings.review_limit == Settings().review_limit
    origins = {row.setting.name: row.origin for row in describe(paths, environ)}
    assert origins["new_limit"] == "environment"
    assert origins["day_start"] == "file"
    assert origins["theme"] == "default"


def test_the_environment_wins_for_every_setting_that_has_one_value(paths) -> None:
    text = {
        "day_start": "05:00", "zone": "Asia/Tokyo", "new_limit": "1", "review_limit": "2",
        "review_order": "random", "new_order": "mixed", "siblings": "allowed",
        "desired_retention": "0.8", "learning_steps": "3m", "relearning_steps": "4m",
        "maximum_interval": "5", "learn_ahead": "6m", "leech_threshold": "7",
        "leech_action": "suspend", "two_buttons": "true", "timer": "true", "theme": "nord",
        "editor": "nano", "load_balance": "false", "easy_days": "sun minimum",
        "day_minutes": "45",
    }  # fmt: skip
    assert set(text) == set(Settings._fields) - {"keys", "module_retention"}
    environ = {f"FLASHSAFETY_{name.upper()}": value for name, value in text.items()}
    environ |= {"FLASHSAFETY_KEYS": "x", "FLASHSAFETY_DB": "y"}
    rows = {row.setting.name: row for row in describe(paths, environ)}
    for name, value in text.items():
        assert (rows[name].value, rows[name].origin) == (value, "environment")
    changed = load_settings(paths, environ)
    assert all(getattr(changed, name) != getattr(Settings(), name) for name in text)


def test_a_bad_value_in_the_environment_names_its_variable(paths) -> None:
    with pytest.raises(UsageError) as caught:
        load_settings(paths, {"FLASHSAFETY_THEME": "nrod"})
    assert str(caught.value).startswith("FLASHSAFETY_THEME: theme: there is no")


def test_values_may_be_written_as_toml_has_them_or_as_text(paths) -> None:
    Path(paths.config).write_text(
        'new_limit = "7"\ntwo_buttons = true\nlearning_steps = ["1m", "10m"]\n'
        "[module_retention]\nshapes = 0.95\n"
        '[keys]\nstudy.bury = "x"\n"study.skip" = ["y", "ctrl+n"]\n'
    )
    settings = load_settings(paths, {})
    assert (settings.new_limit, settings.two_buttons) == (7, True)
    assert settings.learning_steps == (60, 600)
    assert dict(settings.module_retention) == {"shapes": 0.95}
    assert dict(settings.keys) == {"study.bury": "x", "study.skip": "y,ctrl+n"}
    rows = {row.setting.name: row.value for row in describe(paths, {})}
    assert rows["keys.study.skip"] == "y,ctrl+n"
    assert rows["module_retention.shapes"] == "0.95"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("new_limit = 5\nzone = Berlin\n", ":2:8: ", "no TOML"),
        ("# mine\nnew_limit 5\n", ":2:11: ", "no TOML"),
        ("new_limit = 5\nnew_limit = 6\n", ":2:14: ", "no TOML"),
        ("a = 1\n\n[keys\n", ":3:6: ", "no TOML"),
        ('zone = "Europe', ":1", "no TOML"),
        ("new_limit = 5\n\nreview_limit = 'x' # y\n", ":3: ", "from 0 to 99999"),
        ("\nnew_limti = 5\n", ":2: ", "new_limti"),
        ("[module_retention]\nshapes = 0.9\nnumbers = 2\n", ":3: ", "from 0.7 to 0.99"),
        ('[keys]\n"study.bury" = "x"\nstudy.skip = ""\n', ":3: ", "a comma as comma"),
        ('[keys.study]\nbury = ""\n', ":2: ", "a comma as comma"),
        ('keys = "x"\n', ":1: ", "no table"),
        ("module_retention = 0.9\n", ":1: ", "no table"),
        ("new_limit = nan\n", ":1: ", "from 0 to 9999"),
        ("new_limit = { a = 1 }\n", ":1: ", "from 0 to 9999"),
        ("new_limit = true\n", ":1: ", "from 0 to 9999"),
    ],
)
def test_a_file_broken_by_hand_is_told_with_its_line_and_left_alone(
    paths, text: str, place: str, words: str
) -> None:
    Path(paths.config).write_text(text)
    with pytest.raises(UsageError) as caught:
        load_settings(paths, {})
    assert str(caught.value).startswith(f"{paths.config}{place}")
    assert words in str(caught.value)
    assert Path(paths.config).read_text() == text


def test_a_file_that_is_no_text_is_told_with_its_line(paths) -> None:
    Path(paths.config).write_bytes(b"new_limit = 5\n# caf\xe9\n")
    with pytest.raises(UsageError, match=r"config\.toml:2: this is no UTF-8 text"):
        load_settings(paths, {})


def test_a_file_that_cannot_be_read_is_told(paths) -> None:
    Path(paths.config).mkdir()
    with pytest.raises(UsageError, match="the settings file cannot be read: Is a directory"):
        load_settings(paths, {})


def test_a_mark_that_some_editors_put_first_is_no_fault(paths) -> None:
    Path(paths.config).write_bytes(b"\xef\xbb\xbfnew_limit = 5\r\ntimer = true\r\n")
    assert load_settings(paths, {}).new_limit == 5


def test_one_setting_can_be_read_while_another_is_wrong(paths) -> None:
    Path(paths.config).write_text('theme = "nrod"\nnew_limit = 5\n')
    assert [row.value for row in describe(paths, {}, only="new_limit")] == ["5"]
    with pytest.raises(UsageError):
        describe(paths, {}, only="theme")
