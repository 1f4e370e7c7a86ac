"""Keys that a learner may change: each command, on its screen, with clashes told in words."""

from pathlib import Path

import pytest
from textual.keys import format_key

from flashsafety.settings.load import load_settings
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.commands import COMMANDS, PLACES, of
from flashsafety.tui.keymap import check_keys, key_name, keymap, keys_of
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.keys import KeyField, KeysScreen
from flashsafety.tui.screens.modules import ModulesScreen
from flashsafety.tui.screens.settings import SettingsScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from tests.banks import CHOICE, QUESTION, TYPED, question
from tests.tui.conftest import ratings, text_of

BY_ID = {command.id: command for command in COMMANDS}


# ---- the names of keys ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name", "shown"),
    [
        ("x", "x", "x"),
        ("N", "N", "N"),
        ("shift+n", "N", "N"),
        ("?", "question_mark", "?"),
        ("comma", "comma", ","),
        ("+", "plus", "+"),
        ("-", "minus", "-"),
        ("ctrl+B", "ctrl+b", "ctrl+b"),
        ("Ctrl + B", "ctrl+b", "ctrl+b"),
        ("ctrl++", "ctrl+plus", "ctrl+plus"),
        ("esc", "escape", "esc"),
        ("PgUp", "pageup", "pgup"),
        ("del", "delete", "delete"),
        ("F5", "f5", "f5"),
        ("é", "é", "é"),
        ("€", "euro_sign", "euro_sign"),
    ],
)
def test_a_key_may_be_written_as_people_do(written: str, name: str, shown: str) -> None:
    keys = {"study.bury": written}
    assert keys_of(BY_ID["study.bury"], keys) == (name,)
    assert key_name(name) == shown
    assert not any("no key" in said for said in check_keys(keys))


@pytest.mark.parametrize("written", ["banana", "ctrl+banana", "crtl+b", "f99", "<any>", "xy"])
def test_a_key_that_is_none_is_told(written: str) -> None:
    (said,) = check_keys({"study.bury": written})
    assert said == f"there is no key {written}, which study.bury asks for"


def test_the_names_are_those_that_the_terminal_library_sends() -> None:
    for command in COMMANDS:
        for key in keys_of(command, {}):
            assert format_key(key)
            shown = key_name(key).replace(",", "comma")
            assert keys_of(command, {command.id: shown}) == (key,)


# ---- clashes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"study.bury": "n"}, ["n is both study.skip and study.bury"]),
        ({"study.bury": "x", "study.skip": "x"}, ["x is both study.skip and study.bury"]),
        ({"study.bury": "x", "study.skip": "b"}, []),
        ({"study.bury": "ctrl+p"}, ["ctrl+p is both app.palette and study.bury"]),
        ({"study.bury": "?"}, ["? is both study.bury and study.help"]),
        ({"study.accept": "1"}, ["1 is both study.accept and study.again"]),
        ({"study.pick-1": "a"}, []),
        ({"study.reveal": "a"}, []),
        ({"study.reveal": "1"}, ["1 is both study.reveal and study.pick-1"]),
        ({"study.again": "a"}, ["a is both study.again and study.tick-1"]),
        ({"study.burry": "x"}, ["there is no command study.burry; did you mean study.bury?"]),
        ({"today.modules": "b"}, ["b is both today.modules and today.browse"]),
    ],
)
def test_a_clash_is_told_in_words(keys: dict[str, str], said: list[str]) -> None:
    assert check_keys(keys) == said


def test_a_key_that_works_everywhere_clashes_on_every_screen() -> None:
    said = check_keys({"app.settings": "b"})
    assert "b is both app.settings and study.bury" in said
    assert "b is both app.settings and today.browse" in said


def test_the_keys_of_the_table_do_not_clash() -> None:
    assert check_keys({}) == []
    assert keymap({}) == {}


# ---- a changed key does what the old one did, and takes no other away ----------------------------

SCREENS = {
    "today": ((), TodayScreen),
    "study": (("enter",), StudyScreen),
    "modules": (("m",), ModulesScreen),
    "settings": (("comma",), SettingsScreen),
}


@pytest.mark.parametrize("place", SCREENS)
async def test_every_command_can_have_another_key_and_the_others_keep_theirs(
    place: str, library_of, running
) -> None:
    library = library_of(QUESTION, question("second"))
    keys, screen = SCREENS[place]
    async with running(library) as (app, pilot):
        await pilot.press(*keys)
        await pilot.pause()
        assert isinstance(app.screen, screen)
        for command in of(place):
            app.set_keymap(keymap({command.id: "f12"}))
            bound: dict[str, set[str | None]] = {}
            for _, found in app.screen._binding_chain:
                for key, binding in found:
                    bound.setdefault(key, set()).add(binding.id)
            assert command.id in bound["f12"]
            for other in of(place):
                for key in keys_of(other, {}):
                    held = other.id in bound.get(key, set())
                    assert held == (other is not command), f"{other.id} on {key}"


async def test_commands_that_share_keys_are_parted(library_of, running) -> None:
    library = library_of(QUESTION, CHOICE, keys={"study.reveal": "v", "study.again": "z"})
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space")
        assert isinstance(app.screen, StudyScreen)
        assert not app.screen.revealed
        await pilot.press("v")
        assert app.screen.revealed
        await pilot.press("1")
        assert ratings(library) == []
        await pilot.press("z")
        assert [rating for _, rating in ratings(library)] == [1]
        await pilot.press("1", "v")
        assert app.screen.revealed, "1 picked an option as ever"
        await pilot.press("enter")
        assert len(ratings(library)) == 2, "enter still takes the marked rating"


async def test_letters_stay_letters_in_a_line_that_is_typed_into(library_of, running) -> None:
    library = library_of(TYPED, keys={"study.reveal": "r", "study.back": "x"})
    async with running(library) as (app, pilot):
        await pilot.press("enter", *"rx", "enter")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.card.query_one("#typed").value == "rx"  # type: ignore[attr-defined]


async def test_the_key_bar_and_the_help_show_the_keys_that_hold(library_of, running) -> None:
    library = library_of(QUESTION, keys={"study.bury": "x", "study.help": "h"})
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        shown = text_of(app).splitlines()[-1]
        assert "x Bury" in shown and "b Bury" not in shown and "h Help" in shown
        await pilot.press("h")
        assert isinstance(app.screen, HelpScreen)
        assert any(
            line.replace("│", "").split()[:2] == ["x", "Hide"] for line in text_of(app).splitlines()
        )
        await pilot.press("h")
        assert isinstance(app.screen, StudyScreen)


# ---- the screen ----------------------------------------------------------------------------------


async def keys_screen(app, pilot) -> KeysScreen:
    await pilot.press("comma")
    await pilot.pause()
    next(one for one in app.screen.query("Field") if one.setting == "keys").focus()
    await pilot.press("enter")
    await pilot.pause()
    assert isinstance(app.screen, KeysScreen)
    return app.screen


async def marked(app: FlashsafetyApp, pilot, command: str) -> KeyField:
    found = next(one for one in app.screen.query(KeyField) if one.setting == f"keys.{command}")
    found.focus(scroll_visible=False)
    app.screen.query_one("#fields").scroll_to_widget(found, animate=False, immediate=True)
    await pilot.pause()
    return found


async def test_a_key_is_changed_by_pressing_it_and_works_at_once(library_of, running) -> None:
    library = library_of(QUESTION, question("second"))
    async with running(library) as (app, pilot):
        screen = await keys_screen(app, pilot)
        assert len(screen.query(KeyField)) == sum(1 for place in PLACES for _ in of(place))
        field = await marked(app, pilot, "study.bury")
        await pilot.press("enter")
        assert "press the new key, or esc" in text_of(app)
        await pilot.press("x")
        await pilot.pause()
        assert field.shown.value == "x"
        assert "In the file: study.bury. Its own keys: b" in text_of(app)
        assert dict(library.settings.keys) == {"study.bury": "x"}
        assert load_settings(library.paths, {}) == library.settings
        await pilot.press("q")
        assert isinstance(app.screen, SettingsScreen)
        assert "1 changed" in text_of(app)
        await pilot.press("q", "enter", "b")
        assert isinstance(app.screen, StudyScreen)
        assert library.db.execute("SELECT count(*) FROM action").fetchone() == (0,)
        await pilot.press("x")
        assert library.db.execute("SELECT kind FROM action").fetchall() == [("bury",)]


async def test_a_key_that_is_taken_is_refused_with_what_it_does(library_of, running) -> None:
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await keys_screen(app, pilot)
        await marked(app, pilot, "study.bury")
        for key in ("n", "q", "comma", "up"):
            await pilot.press("enter", key)
            await pilot.pause()
            assert isinstance(app.screen, KeysScreen)
            assert "Not changed: " in text_of(app)
        assert "study.bury" in text_of(app)
        assert not Path(library.paths.config).exists()


async def test_a_key_goes_back_to_the_commands_own(library_of, running) -> None:
    library = library_of(QUESTION)
    Path(library.paths.config).write_text('[keys]\nstudy.bury = "x" # near\n"study.skip" = "y"\n')
    async with running(library) as (app, pilot):
        await keys_screen(app, pilot)
        field = await marked(app, pilot, "study.bury")
        assert (field.shown.value, field.shown.remark) == ("x", "changed")
        await pilot.press("backspace")
        await pilot.pause()
        assert (field.shown.value, field.shown.remark) == ("b  -  =", "")
        assert Path(library.paths.config).read_text() == '[keys]\n# near\n"study.skip" = "y"\n'


async def test_escape_and_going_elsewhere_change_nothing(library_of, running) -> None:
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await keys_screen(app, pilot)
        field = await marked(app, pilot, "study.bury")
        await pilot.press("enter", "escape")
        assert isinstance(app.screen, KeysScreen)
        assert not field.listening
        await pilot.press("enter")
        (await marked(app, pilot, "study.skip")).focus()
        await pilot.pause()
        assert not field.listening
        await pilot.press("x")
        assert not Path(library.paths.config).exists()


async def test_a_key_is_changed_with_the_mouse_too(library_of, running) -> None:
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await keys_screen(app, pilot)
        field = await marked(app, pilot, "study.bury")
        await pilot.click(field, offset=(30, 0))
        await pilot.pause()
        assert field.listening
        await pilot.press("f5")
        await pilot.pause()
        assert dict(library.settings.keys) == {"study.bury": "f5"}


async def test_help_explains_the_screen_of_keys(library_of, running) -> None:
    async with running(library_of(QUESTION)) as (app, pilot):
        await keys_screen(app, pilot)
        await pilot.press("f1")
        assert "the key that is to do it" in " ".join(text_of(app).replace("│", " ").split())


async def test_what_is_said_of_keys_follows_them(library_of, running) -> None:
    library = library_of(QUESTION, question("second"), keys={"study.undo": "x", "end.more": "y"})
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "4")
        assert "x undoes." in text_of(app)
        await pilot.press("q")
        assert "y goes on" in text_of(app)
