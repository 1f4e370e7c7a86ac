"""Today, modules, the end of a session, the palette, and windows of every size."""

from contextlib import suppress

import pytest
from textual.command import CommandPalette
from textual.worker import WorkerCancelled

from flashsafety.settings.load import load_settings
from flashsafety.study.backup import backup
from flashsafety.study.session import StudySession
from flashsafety.study.today import Choice
from flashsafety.terms import Rating
from flashsafety.tui import commands
from flashsafety.tui.keymap import check_keys
from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.screens.base import TOO_SMALL
from flashsafety.tui.screens.end import EndScreen
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.modules import ModulesScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from tests.banks import QUESTION, question, tiny_bank, write_cards
from tests.libraries import open_library
from tests.tui.conftest import ratings, settled, text_of


@pytest.fixture
def two_modules(tmp_path, clock):
    bank = tiny_bank(tmp_path / "bank")
    syllabus = bank / "syllabus.yaml"
    syllabus.write_text(syllabus.read_text().replace("        optional: true\n", ""))
    write_cards(bank, "01-shapes/shapes.yaml", question("first"))
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )
    with open_library(tmp_path, bank, clock) as library:
        yield library


async def test_the_first_run_says_how_to_begin(library_of, running):
    async with running(library_of()) as (app, _):
        shown = text_of(app)
        assert "Monday 2 March" in shown
        assert "7 new: about 5 minutes" in shown
        assert "enter begins the review" in shown
        assert "then 1 to 4 for how it went" in shown


async def test_the_counts_are_in_the_first_frame_before_the_bank_is_read(library_of):
    from flashsafety.tui.app import FlashsafetyApp

    library = library_of(QUESTION)
    library.take_in_changes()
    app = FlashsafetyApp(library)
    app.get_ready = lambda: None  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)):
        assert not app.ready
        assert "1 new: about 1 minute" in text_of(app)


async def test_enter_before_the_bank_is_read_begins_when_it_is(library_of):
    from flashsafety.tui.app import FlashsafetyApp

    library = library_of(QUESTION)
    library.take_in_changes()
    app = FlashsafetyApp(library)
    get_ready, app.get_ready = app.get_ready, lambda: None  # type: ignore[method-assign]
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        assert "the review begins when it is read" in text_of(app)
        get_ready()
        await settled(pilot)
        assert isinstance(app.screen, StudyScreen)


async def test_nothing_due_says_when_the_next_card_is_and_offers_the_next_module(
    two_modules, running
):
    async with running(two_modules) as (app, pilot):
        await pilot.press("enter", "space", "4", "q")
        shown = text_of(app)
        assert "Nothing is due. The next card comes on 2026-03-" in shown
        assert "n opens the next module, Numbers" in shown
        await pilot.press("n")
        assert "Opened Numbers; u takes it back." in text_of(app)
        assert "1 new: about 1 minute" in text_of(app)
        await pilot.press("u")
        assert "Nothing is due." in text_of(app)


async def test_an_empty_bank_says_where_cards_go(tmp_path, clock, running):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes/shapes.yaml").unlink()
    with open_library(tmp_path, bank, clock) as library:
        async with running(library) as (app, pilot):
            assert "There is no card yet." in text_of(app)
            await pilot.press("enter", "m", "q", "question_mark", "escape", "u")
            assert isinstance(app.screen, TodayScreen)


async def test_a_bank_without_a_syllabus_ends_the_app_with_the_reason(tmp_path, clock):
    from flashsafety.errors import FlashsafetyError
    from flashsafety.tui.app import FlashsafetyApp

    bank = tiny_bank(tmp_path / "bank")
    (bank / "syllabus.yaml").unlink()
    with open_library(tmp_path, bank, clock) as library:
        app = FlashsafetyApp(library)
        async with app.run_test() as pilot:
            with suppress(WorkerCancelled):  # what else it reads when it ends
                await app.workers.wait_for_complete()
            await pilot.pause()
    assert isinstance(app.failure, FlashsafetyError)


async def test_a_bank_that_breaks_later_leaves_the_cards_there(library_of, running, tmp_path):
    library = library_of(QUESTION)
    library.take_in_changes()
    (tmp_path / "bank/syllabus.yaml").unlink()
    async with running(library) as (app, pilot):
        await pilot.pause(0.2)
        assert "The bank cannot be read" in text_of(app)
        await pilot.press("enter")
        assert isinstance(app.screen, StudyScreen)


async def test_problems_of_the_bank_are_counted_on_today(library_of, running):
    library = library_of(QUESTION.replace("prompt:", "promt:"), question("good"))
    async with running(library) as (app, _):
        assert "'flashsafety lint' lists them" in text_of(app)


async def test_modules_are_opened_studied_and_closed_again(two_modules, running):
    async with running(two_modules) as (app, pilot):
        await pilot.press("m")
        assert isinstance(app.screen, ModulesScreen)
        await pilot.press("enter")
        assert "Opened Numbers" in text_of(app)
        await pilot.press("u")
        assert "undid start of numbers" in text_of(app)
        await pilot.press("a", "enter")
        assert isinstance(app.screen, StudyScreen)
        assert "What is asked by prime?" in text_of(app)


async def test_page_keys_do_no_harm_where_the_list_is_not_shown(two_modules, running):
    async with running(two_modules) as (app, pilot):
        await pilot.press("m", "question_mark")
        await pilot.resize_terminal(40, 10)
        await pilot.press("escape", "pagedown", "pageup")
        await pilot.resize_terminal(80, 24)
        await pilot.press("pagedown", "pageup", "a", "enter")
        assert isinstance(app.screen, StudyScreen)


async def test_the_end_offers_ways_on(two_modules, running):
    async with running(two_modules) as (app, pilot):
        await pilot.press("enter", "space", "4")
        assert isinstance(app.screen, EndScreen)
        assert "Done for today." in text_of(app)
        assert "true retention" in text_of(app)
        await pilot.press("n", "enter")
        assert "What is asked by prime?" in text_of(app)
        await pilot.press("space", "4", "m", "q", "q")
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("q")
    assert app.summary is not None
    assert [rating for _, rating in ratings(two_modules)] == [Rating.EASY, Rating.EASY]


async def test_leaving_in_the_middle_can_be_gone_on_with(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "4", "q")
        assert "To be continued." in text_of(app)
        await pilot.press("enter")
        assert "What is asked by second?" in text_of(app)


async def test_a_module_alone_ends_with_the_rest_of_the_day_on_offer(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        app.study(Choice(limit=1))
        await pilot.pause()
        await pilot.press("space", "4")
        assert "Done with these." in text_of(app)
        await pilot.press("enter")
        assert "What is asked by second?" in text_of(app)


async def test_the_palette_offers_only_what_works_now_verb_first(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        provider = CommandProvider(app.screen)
        titles = [offer.title for offer in provider._offers()]
        assert "Show answer" in titles
        assert "Easy" not in titles
        assert "Study: Shapes" in titles
        await pilot.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.press(*"theme: nord")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert app.theme == "nord"
    assert load_settings(library.paths, {}).theme == "nord"


async def test_the_chosen_theme_is_there_the_next_time(library_of, running):
    async with running(library_of(QUESTION, theme="textual-light")) as (app, _):
        assert app.theme == "textual-light"


async def test_a_learner_may_change_keys_and_a_clash_is_told(library_of, running):
    keys = {"study.bury": "x", "study.skip": "x", "study.nothing": "y"}
    async with running(library_of(QUESTION, keys={"study.reveal": "r"})) as (app, pilot):
        await pilot.press("enter", "r")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen.revealed
    assert [said.partition(";")[0] for said in check_keys(keys)] == [
        "there is no command study.nothing",
        "x is both study.skip and study.bury",
    ]
    async with running(library_of(QUESTION, keys=keys)) as (app, pilot):
        await pilot.pause(0.2)
        assert "x is both study.skip and study.bury" in " ".join(text_of(app).split())


def test_the_keys_of_the_table_do_not_clash():
    assert check_keys({}) == []
    ids = [command.id for command in commands.COMMANDS]
    assert len(ids) == len(set(ids))


def test_no_key_bar_holds_more_than_seven_entries():
    for place in commands.PLACES:
        shown = {command.keys for command in commands.of(place) if command.footer}
        assert len(shown) <= 7


@pytest.mark.parametrize("place", ["today", "study", "end", "modules"])
def test_every_command_has_a_method(place):
    screens = {
        "today": TodayScreen,
        "study": StudyScreen,
        "end": EndScreen,
        "modules": ModulesScreen,
    }
    for command in commands.of(place):
        name = command.action.partition("(")[0].removeprefix("screen.")
        if not name.startswith("app."):
            assert callable(getattr(screens[place], f"action_{name}"))


async def test_help_opens_on_every_screen(two_modules, running):
    async with running(two_modules) as (app, pilot):
        for keys in ((), ("m",), ("q", "enter"), ("space", "4")):
            await pilot.press(*keys)
            await pilot.press("question_mark")
            assert isinstance(app.screen, HelpScreen)
            await pilot.press("escape")


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40), (200, 60)])
async def test_a_card_can_be_rated_in_any_window_from_60x18(library_of, running, size):
    library = library_of(QUESTION)
    async with running(library, size=size) as (app, pilot):
        await pilot.press("enter", "space")
        shown = text_of(app)
        for name in ("1 Again 1m", "2 Hard 6m", "3 Good 10m", "4 Easy"):
            assert name in shown
        await pilot.press("3")
    assert len(ratings(library)) == 1


@pytest.mark.parametrize("size", [(59, 24), (80, 17)])
async def test_a_smaller_window_says_what_it_needs(library_of, running, size):
    async with running(library_of(QUESTION), size=size) as (app, pilot):
        await pilot.press("enter")
        assert TOO_SMALL in text_of(app)
        assert "radius" not in text_of(app)


async def test_the_window_may_be_resized_in_the_middle_of_a_card(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space")
        for size in ((120, 40), (60, 18), (40, 10), (80, 24)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert "How does the area of a circle grow with its radius?" in text_of(app)
        await pilot.press("3")
    assert len(ratings(library)) == 1


async def test_a_long_card_scrolls_and_the_prompt_stays_on_reveal(library_of, running):
    prompt = "\n  ".join(f"Line {number}.\n" for number in range(40))
    async with running(library_of(question("long", prompt=prompt))) as (app, pilot):
        await pilot.press("enter")
        before = text_of(app).splitlines()[2]
        await pilot.press("space")
        assert text_of(app).splitlines()[2] == before
        await pilot.press("pagedown", "pagedown", "pagedown", "pagedown", "down")
        assert "The answer of long." in text_of(app)
        await pilot.press("pageup", "pageup", "pageup", "pageup", "pageup", "up")
        assert text_of(app).splitlines()[2] == before


async def test_a_command_chosen_in_the_palette_is_done(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", "ctrl+p", *"skip")
        await pilot.pause(0.3)
        await pilot.press("enter")
        await pilot.pause(0.1)
        assert "What is asked by second?" in text_of(app)


async def test_nothing_but_light_modules_is_imported_for_the_first_frame():
    import subprocess
    import sys

    code = (
        "import sys, flashsafety.tui.app as a;"
        "heavy = {'pydantic', 'fsrs', 'rich.markdown', 'sqlmodel', 'yaml', 'pylatexenc',"
        " 'tomlkit'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"


async def test_without_colours_right_and_wrong_still_differ(library_of, running, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(library_of(QUESTION, theme="ansi-dark")) as (app, pilot):
        await pilot.press("enter", "space", "a")
        assert "▸2 Hard 6m" in text_of(app)
        assert "a [x]" in text_of(app)


async def test_a_copy_with_ratings_is_named_where_the_database_has_none(library_of, running):
    library = library_of()
    library.take_in_changes()
    StudySession(library).answer(Rating.EASY, 0)
    copy = backup(library)
    library.db.execute("DELETE FROM review")
    async with running(library) as (app, _):
        shown = "".join(text_of(app).replace("▌", "").split())
        assert f"flashsafetyrestore{copy.path}" in shown
