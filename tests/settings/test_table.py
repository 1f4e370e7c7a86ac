"""The one table of settings: whole, in words, and what the README says of it."""

from pathlib import Path

import pytest

from flashsafety.config import Settings
from flashsafety.errors import UsageError
from flashsafety.settings.table import NAMES, SETTINGS, THEMES, find, read

README = Path(__file__).parents[2] / "README.md"


def test_every_setting_is_in_the_table_once_and_grouped() -> None:
    assert [setting.name for setting in SETTINGS] == list(NAMES)
    assert set(NAMES) == set(Settings._fields)
    groups = [setting.group for setting in SETTINGS]
    assert sorted(groups, key=list(dict.fromkeys(groups)).index) == groups


@pytest.mark.parametrize("setting", SETTINGS, ids=NAMES)
def test_each_has_one_sentence_of_help_and_says_what_it_bears_on(setting) -> None:
    assert setting.help.endswith(".") and setting.help.count(". ") == 0
    assert setting.help[0].isupper()
    assert setting.kind.range and setting.bears
    assert not setting.bears.endswith(".")


@pytest.mark.parametrize("setting", SETTINGS, ids=NAMES)
def test_the_default_of_each_is_a_value_that_it_may_have(setting) -> None:
    if setting.entries:
        return
    value = Settings._field_defaults[setting.name]
    assert read(setting, setting.default) == value
    if setting.kind.options:
        assert setting.default in setting.kind.options
        for option in setting.kind.options:
            assert setting.kind.write(read(setting, option)) == option


def test_the_themes_are_those_of_the_terminal_library() -> None:
    from textual.theme import BUILTIN_THEMES

    assert set(THEMES) == set(BUILTIN_THEMES)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("new_limit", "-1", "a whole number from 0 to 9999"),
        ("new_limit", "7.5", "a whole number from 0 to 9999"),
        ("new_limit", "9" * 5000, "a whole number from 0 to 9999"),
        ("review_limit", "", "a whole number from 0 to 99999"),
        ("desired_retention", "nan", "a number from 0.7 to 0.99"),
        ("desired_retention", "90", "a number from 0.7 to 0.99"),
        ("module_retention.shapes", "1", "a number from 0.7 to 0.99"),
        ("maximum_interval", "0", "from 1 to 36500"),
        ("leech_threshold", "1", "from 2 to 99"),
        ("day_start", "24:00", "write it as 04:00"),
        ("day_start", "4", "write it as 04:00"),
        ("day_start", "²:00", "write it as 04:00"),
        ("zone", "berlin", "did you mean Europe/Berlin?"),
        ("zone", "Europe/Berln", "did you mean Europe/Berlin?"),
        ("zone", "../../etc/passwd", "no time zone"),
        ("learning_steps", "1m ²m", "write it as 30s, 10m, 2h or 1d"),
        ("learning_steps", "0m", "longer than 0"),
        ("learning_steps", "1m " * 11, "write at most 10"),
        ("relearning_steps", "100d", "write at most 99d"),
        ("learn_ahead", "999999999999d", "write it as"),
        ("review_order", "Random", "most-at-risk, due-day or random"),
        ("new_order", "alphabet", "syllabus or mixed"),
        ("siblings", "always", "never or allowed"),
        ("two_buttons", "2", "true or false"),
        ("theme", "nrod", "did you mean nord?"),
        ("editor", "nano 'x", "no closing quotation"),
        ("editor", "nano\x1b[2J", "one line of plain characters"),
        ("keys.study.bury", "", "a comma as comma"),
        ("keys.study.bury", "x,", "a comma as comma"),
    ],
)
def test_a_bad_value_is_refused_and_what_would_do_is_named(
    name: str, value: str, words: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read(find(name), value)
    assert words in caught.value.what
    assert caught.value.mend == find(name).help


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("new_limti", 'did you mean "new_limit"?'),
        ("keys.", "write it as keys.COMMAND"),
        ("keys", "write it as keys.COMMAND"),
        ("module_retention", "write it as module_retention.MODULE"),
        ("new_limit.shapes", 'did you mean "new_limit"?'),
        ("colour of the sky", "settings: day_start"),
        ("", "settings: day_start"),
    ],
)
def test_an_unknown_name_gets_the_nearest(name: str, words: str) -> None:
    with pytest.raises(UsageError) as caught:
        find(name)
    assert words in caught.value.mend


def test_values_are_read_as_people_write_them() -> None:
    assert read(find("two_buttons"), "Yes") is True
    assert read(find("timer"), "off") is False
    assert read(find("day_start"), "4:30") == 4 * 3600 + 1800
    assert read(find("learning_steps"), "") == ()
    assert read(find("learning_steps"), " 30s  2h ") == (30, 7200)
    assert read(find("keys.study.bury"), " x , ctrl+b ") == "x,ctrl+b"


def test_the_readme_lists_every_setting_as_the_table_has_it() -> None:
    text = README.read_text(encoding="utf-8")
    for setting in SETTINGS:
        default = f"`{setting.default}`" if setting.default else ""
        assert f"| `{setting.title}` | {default} | {setting.help} |" in text
