"""The settings screen: every setting changed in place, refused in place, saved at once."""

from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.widgets import OptionList

from flashsafety.config import Settings
from flashsafety.settings.load import load_settings
from flashsafety.settings.table import NAMES, SETTINGS
from flashsafety.study.rebuild import rebuild
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.settings import SettingsScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.themes import ThemesScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.widgets.field import VALUE_AT, Field
from tests.banks import CLOZE, NUMERIC, QUESTION, question
from tests.tui.conftest import settled, text_of

ONE_VALUE = [setting for setting in SETTINGS if not setting.entries]
TYPED = {
    "day_start": "05:30",
    "zone": "Asia/Tokyo",
    "new_limit": "25",
    "review_limit": "0",
    "desired_retention": "0.85",
    "learning_steps": "2m 15m",
    "relearning_steps": "",
    "maximum_interval": "365",
    "learn_ahead": "1h",
    "leech_threshold": "4",
    "editor": "code --wait",
    "easy_days": "sat reduced",
    "day_minutes": "30",
}
"""What is typed where a value is typed."""


def screen_of(app) -> SettingsScreen:
    assert isinstance(app.screen, SettingsScreen)
    return app.screen


def field(app: FlashsafetyApp, name: str) -> Field:
    return next(one for one in app.screen.query(Field) if one.setting == name)


async def mark(app, pilot, name: str) -> Field:
    """Go to a setting."""
    marked = field(app, name)
    marked.focus(scroll_visible=False)
    app.screen.query_one("#fields").scroll_to_widget(marked, animate=False, immediate=True)
    await settled(pilot)  # what it says of it moves the list once more
    return marked


async def write(pilot, text: str) -> None:
    """Replace what stands in the line."""
    await pilot.press("end", "ctrl+u")
    for character in text:
        await pilot.press("space" if character == " " else character)


async def opened(app, pilot) -> None:
    await pilot.press("comma")
    await pilot.pause()
    screen_of(app)


@pytest.mark.parametrize("setting", ONE_VALUE, ids=lambda setting: setting.name)
async def test_every_setting_is_changed_in_place_holds_at_once_and_goes_back(
    setting, library_of, running
):
    library = library_of(QUESTION)
    name, default = setting.name, getattr(Settings(), setting.name)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        marked = await mark(app, pilot, name)
        assert setting.help.split()[0] in text_of(app)
        await pilot.press("enter")
        await pilot.pause()
        if name in TYPED:
            await write(pilot, TYPED[name])
            await pilot.press("enter")
        elif name == "theme":
            assert isinstance(app.screen, ThemesScreen)
            await pilot.press("down", "enter")
        await pilot.pause()
        value = getattr(library.settings, name)
        assert value != default
        assert load_settings(library.paths, {}) == library.settings
        assert marked.shown.value == setting.kind.write(value)
        assert marked.shown.remark == "changed"
        await pilot.press("backspace")
        assert getattr(library.settings, name) == default
        assert marked.shown.value == setting.default
        assert load_settings(library.paths, {}) == Settings()


async def test_a_module_has_its_own_retention_and_its_cards_follow_it(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        marked = await mark(app, pilot, "module_retention.shapes")
        assert marked.shown.title == "Shapes"
        assert marked.shown.value == "0.9"
        await pilot.press("enter")
        await write(pilot, "0.8")
        await pilot.press("enter", "q", "enter", "space", "4")
        assert dict(library.settings.module_retention) == {"shapes": 0.8}
        (named,) = library.db.execute(
            "SELECT desired_retention FROM review JOIN parameters ON parameters.id = parameters"
        ).fetchone()
        assert named == 0.8
        assert rebuild(library, verify=True).differing == ()


async def test_a_bad_value_is_refused_in_place_with_the_reason(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        marked = await mark(app, pilot, "new_limit")
        await pilot.press("enter")
        await write(pilot, "99999")
        await pilot.press("enter")
        await pilot.pause()
        lines = text_of(app).splitlines()
        place = next(number for number, line in enumerate(lines) if "▸ new limit" in line)
        assert "99999" in lines[place]
        assert '✗ "99999" will not do; write a whole number from 0 to 9999' in lines[place + 1]
        assert marked.editing is not None
        assert not Path(library.paths.config).exists()
        await pilot.press("backspace")
        assert "will not do" not in text_of(app)
        await pilot.press("enter")
        assert library.settings.new_limit == 9999


async def test_escape_leaves_the_value_as_it_was(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        marked = await mark(app, pilot, "new_limit")
        await pilot.press("enter", "7", "escape")
        await pilot.pause()
        assert marked.editing is None
        assert screen_of(app).marked is marked
        assert not Path(library.paths.config).exists()
        await pilot.press("enter", "enter")
        assert not Path(library.paths.config).exists(), "the same value is no change"


async def test_keys_of_the_screen_are_letters_while_a_value_is_typed(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        await mark(app, pilot, "editor")
        await pilot.press("enter", *"q,k?", "enter")
        assert library.settings.editor == "q,k?"


async def test_the_arrows_mark_one_line_after_the_other(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await opened(app, pilot)
        names = [one.setting for one in app.screen.query(Field)]
        assert [name for name in names if "." not in name] == [
            setting.name for setting in SETTINGS if setting.name != "module_retention"
        ]
        for name in names:
            marked = screen_of(app).marked
            assert marked is not None and marked.setting == name
            await pilot.pause()
            await pilot.pause()
            assert app.screen.query_one("#fields").region.contains_region(marked.region)
            await pilot.press("down")
        for keys, name in (
            (("home",), names[0]),
            (("pagedown", "k"), names[9]),
            (("end",), names[-1]),
            (("pageup", "j"), names[-10]),
            (("up",), names[-11]),
        ):
            await pilot.press(*keys)
            marked = screen_of(app).marked
            assert marked is not None and marked.setting == name


async def test_few_values_are_gone_through_both_ways(library_of, running):
    library = library_of(QUESTION)
    options = list(NAMES["review_order"].kind.options)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        await mark(app, pilot, "review_order")
        seen = []
        for key in ("right", "space", "enter", "left", "left", "left", "left"):
            await pilot.press(key)
            seen.append(options.index(library.settings.review_order))
        assert seen == [1, 2, 3, 2, 1, 0, 5]
        assert "random: shuffled anew each day." in text_of(app)
        await mark(app, pilot, "new_limit")
        await pilot.press("right", "left")
        assert library.settings.new_limit == 10


async def test_help_and_bearing_of_the_marked_setting_are_always_in_sight(library_of, running):
    async with running(library_of(QUESTION), size=(60, 18)) as (app, pilot):
        await opened(app, pilot)
        for setting in ONE_VALUE:
            await mark(app, pilot, setting.name)
            await pilot.pause()
            shown = " ".join(text_of(app).split())
            assert setting.help in shown
            assert f"▸ {setting.name.replace('_', ' ')}" in shown


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_a_value_can_be_changed_in_any_window_from_60x18(library_of, running, size):
    library = library_of(QUESTION)
    async with running(library, size=size) as (app, pilot):
        await opened(app, pilot)
        await mark(app, pilot, "leech_threshold")
        await pilot.press("enter", *"100", "enter")
        await pilot.pause()
        shown = text_of(app)
        assert "write a whole number from 2 to 99" in shown
        assert "▸ leech threshold" in shown
        await pilot.press("backspace", "enter")
        assert library.settings.leech_threshold == 10
        await pilot.resize_terminal(60, 18)
        await pilot.pause()
        assert "leech threshold" in text_of(app)


async def test_themes_are_tried_on_while_moving_and_kept_with_enter(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        await mark(app, pilot, "theme")
        await pilot.press("enter")
        listed = app.screen.query_one(OptionList)
        assert {option.id for option in listed.options} == set(app.available_themes)
        shown = text_of(app)
        assert "dark" in shown and "textual-dark" in shown
        tried = []
        for _ in range(len(listed.options)):
            await pilot.press("down")
            tried.append(app.theme)
        assert set(tried) == set(app.available_themes)
        await pilot.press("escape")
        assert app.theme == "textual-dark"
        assert not Path(library.paths.config).exists()
        await pilot.press("enter", "end", "enter")
        await pilot.pause()
        assert app.theme == library.settings.theme == load_settings(library.paths, {}).theme
        assert not app.current_theme.dark


async def test_lines_and_values_can_be_clicked(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        await pilot.click(field(app, "review_limit"), offset=(4, 0))
        assert screen_of(app).marked is field(app, "review_limit")
        assert field(app, "review_limit").editing is None
        await pilot.click(field(app, "siblings"), offset=(VALUE_AT + 1, 0))
        assert library.settings.siblings == "allowed"
        await pilot.click(field(app, "new_limit"), offset=(VALUE_AT, 0))
        await pilot.pause()
        await write(pilot, "33")
        await pilot.click(field(app, "zone"), offset=(4, 0))
        await pilot.pause()
        assert library.settings.new_limit == 33, "going to another line keeps what was typed"
        await pilot.click(field(app, "new_limit"), offset=(VALUE_AT, 0))
        await pilot.pause()
        await write(pilot, "many")
        await pilot.click(field(app, "zone"), offset=(4, 0))
        await pilot.pause()
        assert library.settings.new_limit == 33
        assert 'Not changed: "many" will not do' in text_of(app)
        await mark(app, pilot, "theme")
        await pilot.click(field(app, "theme"), offset=(VALUE_AT, 0))
        await pilot.pause()
        assert isinstance(app.screen, ThemesScreen)
        await pilot.click(OptionList, offset=(2, 2))
        assert app.theme == library.settings.theme != "textual-dark"


async def test_the_palette_opens_it_too_and_its_key_closes_it(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"settings")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.1)
        screen_of(app)
        await pilot.press("comma")
        assert isinstance(app.screen, TodayScreen)


async def test_a_file_broken_by_hand_is_told_with_its_line_and_left_alone(library_of, running):
    library = library_of(QUESTION, new_limit=3)
    text = "# mine\nnew_limit = 5\nzone = Berlin\n"
    Path(library.paths.config).write_text(text)
    async with running(library, size=(120, 40)) as (app, pilot):
        await opened(app, pilot)
        assert "config.toml:3:8: this line is no TOML" in "".join(text_of(app).split("\n")) or any(
            "config.toml:3:8" in str(note.message) for note in app._notifications
        )
        assert field(app, "new_limit").shown.value == "3", "what holds is shown"
        await mark(app, pilot, "new_limit")
        await pilot.press("enter", "9", "enter")
        assert "config.toml:3:8" in text_of(app).replace("\n", "").replace(" ", "")
        await pilot.press("escape", "down", "down", "right", "backspace")
        assert Path(library.paths.config).read_text() == text
        assert library.settings.new_limit == 3


async def test_a_file_changed_by_hand_meanwhile_is_taken_in(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        Path(library.paths.config).write_text("# mine\nnew_limit = 5 # few\n")
        await opened(app, pilot)
        assert field(app, "new_limit").shown.value == "5"
        await mark(app, pilot, "timer")
        await pilot.press("enter")
        assert (
            Path(library.paths.config).read_text() == "# mine\nnew_limit = 5 # few\ntimer = true\n"
        )


async def test_the_environment_has_the_last_word_and_says_so(library_of, running, monkeypatch):
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "3")
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        assert field(app, "new_limit").shown.remark == "from the environment"
        await mark(app, pilot, "new_limit")
        await pilot.press("enter")
        await write(pilot, "8")
        await pilot.press("enter")
        assert "Saved, but FLASHSAFETY_NEW_LIMIT says 3 and wins." in text_of(app)
        assert library.settings.new_limit == 3
        assert load_settings(library.paths, {}).new_limit == 8


async def test_a_file_that_cannot_be_written_is_told(library_of, running, monkeypatch):
    import os

    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await opened(app, pilot)
        await mark(app, pilot, "new_limit")
        await pilot.press("enter", "7")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        await pilot.press("enter")
        assert "✗ the settings file cannot be written: No space left on device" in text_of(app)
        assert library.settings.new_limit == 10


async def test_help_explains_the_screen_and_the_line(library_of, running):
    async with running(library_of(QUESTION), size=(80, 40)) as (app, pilot):
        await opened(app, pilot)
        await pilot.press("question_mark")
        shown = " ".join(text_of(app).replace("│", " ").split())
        assert "backspace gives it its default" in shown
        await pilot.press("question_mark")
        await mark(app, pilot, "new_limit")
        await pilot.press("enter", "f1")
        shown = text_of(app)
        assert "While typing a value" in shown


async def test_without_colours_the_marked_line_and_a_refusal_still_stand_out(
    library_of, running, monkeypatch
):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(library_of(QUESTION, theme="ansi-dark")) as (app, pilot):
        await opened(app, pilot)
        await mark(app, pilot, "new_limit")
        shown = text_of(app)
        assert shown.count("▸") == 1 and "▸ new limit" in shown
        await pilot.press("enter", *"0000", "minus", "enter")
        assert "✗" in text_of(app)


# ---- what they do on Study -----------------------------------------------------------------------


async def test_settings_changed_over_a_card_hold_when_one_comes_back(library_of, running):
    library = library_of(CLOZE, question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space")
        await opened(app, pilot)
        await mark(app, pilot, "two_buttons")
        await pilot.press("enter")
        await mark(app, pilot, "siblings")
        await pilot.press("enter", "q")
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        assert screen.session.left["new"] == 3
        await pilot.press("space")
        shown = text_of(app)
        assert "1 Again" in shown and "3 Good" in shown
        assert "Hard" not in shown and "Easy" not in shown


async def test_of_two_ratings_one_and_three_work_and_enter_takes_the_marked(library_of, running):
    library = library_of(QUESTION, question("second"), NUMERIC, two_buttons=True)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space")
        for key in ("2", "4"):
            await pilot.press(key)
            assert library.db.execute("SELECT count(*) FROM review").fetchone() == (0,)
        await pilot.press("a")
        assert "▸3 Good" in text_of(app), "half of the points is no Hard here"
        await pilot.press("enter")
        await pilot.press("space", "1", "f1")
        shown = text_of(app)
        assert "You recalled it." in shown and "much effort" not in shown
    rated = library.db.execute("SELECT rating FROM review ORDER BY id").fetchall()
    assert rated == [(3,), (1,)]


async def test_a_timer_counts_until_the_answer_shows(library_of, running, clock):
    library = library_of(QUESTION, question("second"), timer=True)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        assert "0:00" in text_of(app)
        clock.advance(minutes=0.2)
        await pilot.pause(1.2)
        assert "0:12" in text_of(app)
        await pilot.press("space")
        clock.advance(minutes=5)
        await pilot.pause(1.2)
        assert "0:12" in text_of(app)
        await pilot.press("3")
        assert "0:12" not in text_of(app)


async def test_no_timer_is_shown_where_none_is_wanted(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("enter")
        assert "0:0" not in text_of(app)
