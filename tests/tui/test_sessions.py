"""Sessions of one's own in the app: chosen with keys and mouse, told apart, ended, undone."""

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from flashsafety.clock import FixedClock
from flashsafety.errors import FlashsafetyError
from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.study.kinds import Ahead, Budget, Cram
from flashsafety.study.library import Library
from flashsafety.study.today import Choice
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.browse import BrowseScreen
from flashsafety.tui.screens.end import EndScreen
from flashsafety.tui.screens.session import SessionScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.widgets.ratings import RatingKey
from tests.banks import CHOICE, QUESTION, question
from tests.tui.conftest import LibraryOf, settled, study_screen, text_of

NAMES = ("first", "second", "third")


@pytest.fixture
def library(library_of: LibraryOf, clock: FixedClock) -> Library:
    """Of three cards one is due, one tomorrow and one in two days."""
    library = library_of(*map(question, NAMES))
    library.take_in_changes()
    for card in (1, 2, 3):
        answer_card(library, card, Rating.EASY, 9000)
    clock.advance(days=1)
    for card in (1, 2, 3):
        act_on_card(library, card, "set-due", str(clock.now().day + card - 1))
    return library


def origins(library: Library) -> list[tuple[str, int, str]]:
    """What was rated since the fixture: card, rating and origin, undone ones left out."""
    return library.db.execute(
        "SELECT card.note, rating, origin FROM review JOIN card ON card.id = review.card"
        " WHERE undone_at IS NULL ORDER BY review.id LIMIT -1 OFFSET 3"
    ).fetchall()


async def press(pilot, *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(pilot)


def head(app: FlashsafetyApp) -> str:
    """The status line."""
    return text_of(app).splitlines()[0].strip()


# ---- the chooser ---------------------------------------------------------------------------------


async def test_the_chooser_says_what_each_kind_would_bring(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w")
        assert isinstance(app.screen, SessionScreen)
        assert "Which session?  over everything" in text_of(app)
        assert "enter begins: 1 review: " in text_of(app)
        await press(pilot, "down")
        assert "days: 3" in text_of(app)
        assert "3 reviews: about 1 minute; 2 early" in text_of(app)
        assert "enter begins:" not in text_of(app), "enter asks how many days"
        await press(pilot, "down")
        assert "minutes: 10" in text_of(app)
        assert "1 card, less than a minute; leaves none for tomorrow." in text_of(app)
        await press(pilot, "down")
        assert "enter begins: 3 cards; nothing is scheduled." in text_of(app)
        assert "days" not in text_of(app).partition("Which")[2].partition("nothing is")[2]
        await press(pilot, "escape")
        assert isinstance(app.screen, TodayScreen)


async def test_looking_ahead_is_two_keys_and_a_number(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w", "2", "backspace", "1")
        assert "enter begins: 2 reviews: about 1 minute; 1 early" in text_of(app)
        await press(pilot, "enter")
        assert study_screen(app).session.kind == Ahead(1)
        assert head(app).startswith("1 day ahead · Shapes · review")
        assert "Reviews of the next 1 day come too" in text_of(app)
        await press(pilot, "space", "3", "space", "3")
        assert isinstance(app.screen, EndScreen)
        assert "session         1 day ahead" in text_of(app)
        assert "Before they were due: 1 card." in text_of(app)
    assert origins(library) == [("first", 3, "review"), ("second", 3, "review")]


async def test_minutes_are_asked_for_and_said_again_at_the_end(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w", "3", "enter")
        assert study_screen(app).session.kind == Budget(10)
        assert head(app).startswith("10 minutes · Shapes")
        assert "1 card, less than a minute; leaves none for tomorrow." in text_of(app)
        await press(pilot, "space", "3")
        assert "session         10 minutes" in text_of(app)
        assert "Left for tomorrow: none." in text_of(app)


@pytest.mark.parametrize(("typed", "longest"), [("0", "365"), ("366", "365"), ("", "365")])
async def test_a_number_that_will_not_do_is_refused_in_place(
    library, running, typed: str, longest: str
) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w", "2", "backspace", *typed, "enter")
        assert isinstance(app.screen, SessionScreen)
        assert f"Write a whole number from 1 to {longest}." in text_of(app)
        await press(pilot, "ctrl+u", "2", "enter")
        assert study_screen(app).session.kind == Ahead(2)


async def test_up_and_down_leave_the_number_and_it_stays(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w", "2", "backspace", "7", "down")
        assert app.screen.query_one(OptionList).highlighted == 2
        await press(pilot, "up")
        assert app.screen.query_one(Input).value == "7"
        await press(pilot, "up", "up")
        assert app.screen.query_one(OptionList).highlighted == 3, "round the top"


async def test_the_chooser_works_with_the_mouse(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w")
        await pilot.click(OptionList, offset=(4, 1))
        await settled(pilot)
        assert app.screen.query_one(Input).has_focus
        await pilot.click(OptionList, offset=(4, 1))
        await settled(pilot)
        assert study_screen(app).session.kind == Ahead(3)
        await press(pilot, "q", "w")
        await pilot.click(OptionList, offset=(4, 3))
        await settled(pilot)
        assert study_screen(app).session.kind == Cram()


async def test_keys_that_come_before_the_figures_are_not_lost(library, running) -> None:
    async with running(library) as (app, pilot):
        await pilot.press("w", "2", "escape", "w", "4")
        await settled(pilot)
        assert study_screen(app).session.kind == Cram()


async def test_it_is_over_what_the_cursor_stands_on(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "down", "down", "w")
        assert "Which session?  over Shapes" in text_of(app)
        await press(pilot, "4")
        assert study_screen(app).session.kind == Cram()


async def test_a_kind_that_brings_nothing_says_what_would(library, running) -> None:
    answer_card(library, 1, Rating.EASY, 0)
    async with running(library) as (app, pilot):
        assert "w looks some days ahead, or crams" in text_of(app)
        await press(pilot, "w", "enter")
        assert isinstance(app.screen, SessionScreen)
        assert "Nothing is due of these now: look ahead, or cram them." in text_of(app)


async def test_a_fault_is_told_in_the_window(library, running, monkeypatch) -> None:
    from flashsafety.tui.screens import session

    def fails(*_: object) -> None:
        raise FlashsafetyError("the disk is on fire")

    monkeypatch.setattr(session, "outlook", fails)
    async with running(library) as (app, pilot):
        await press(pilot, "w")
        assert "the disk is on fire" in text_of(app)


async def test_without_cards_there_is_nothing_to_choose(library_of, running, tmp_path) -> None:
    library = library_of(QUESTION)
    (tmp_path / "bank/01-shapes/shapes.yaml").unlink()
    async with running(library) as (app, pilot):
        await press(pilot, "w")
        assert isinstance(app.screen, TodayScreen)


@pytest.mark.parametrize("place", ["today", "browse"])
async def test_the_palette_offers_it_at_once(library, running, place: str) -> None:
    async with running(library) as (app, pilot):
        if place == "browse":
            await press(pilot, "b", "enter")
        await press(pilot, "ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        assert "Choose session" in text_of(app)
        await press(pilot, *"choose session", "enter")
        assert isinstance(app.screen, SessionScreen)


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_the_window_fits(library, running, size: tuple[int, int]) -> None:
    async with running(library, size=size) as (app, pilot):
        await press(pilot, "w", "2")
        shown = text_of(app)
        for words in ("Which session?", "4 Cram", "days: 3", "2 early"):
            assert words in shown


# ---- from Browse ---------------------------------------------------------------------------------


async def test_a_search_is_crammed_and_the_way_back_is_home(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "b", *"second", "enter", "w")
        assert 'over the cards found by "second"' in text_of(app)
        assert "Nothing is due of these now" in text_of(app)
        await press(pilot, "4")
        assert head(app).startswith("cram · Shapes · review")
        await press(pilot, "space", "1", "space", "3")
        assert isinstance(app.screen, EndScreen)
        await press(pilot, "q")
        assert isinstance(app.screen, TodayScreen)
    assert origins(library) == [("second", 1, "cram"), ("second", 3, "cram")]


async def test_without_a_search_it_is_over_every_card(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "b", "enter", "w")
        assert "over every card" in text_of(app)
        await press(pilot, "escape")
        assert isinstance(app.screen, BrowseScreen)


# ---- cramming on the screen ----------------------------------------------------------------------


async def test_the_keys_say_whether_the_card_comes_again(library, running) -> None:
    async with running(library, start=Choice(kind=Cram())) as (app, pilot):
        assert "Cram: 3 cards. Ratings are logged, and nothing is scheduled." in text_of(app)
        assert "3 to come  0 again" in head(app)
        await press(pilot, "space")
        shown = [str(key.render()) for key in app.screen.query(RatingKey)]
        assert shown == ["1 Again later", "2 Hard later", "▸3 Good done", "4 Easy done"]
        await press(pilot, "1")
        assert "Again: it comes again. u undoes." in text_of(app)
        assert "2 to come  1 again" in head(app)
        await press(pilot, "space", "3")
        assert "Good: done with it. u undoes." in text_of(app)


async def test_undo_works_in_cramming_on_its_last_screen_and_at_home(library, running) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w", "4")
        first = study_screen(app).showing
        assert first is not None
        await press(pilot, "space", "1", "u")
        again = study_screen(app).showing
        assert again is not None and again.key == first.key
        assert f"Undid crammed Again on {first.key}." in text_of(app)
        await press(pilot, *["space", "3"] * 3)
        assert isinstance(app.screen, EndScreen)
        await press(pilot, "u")
        assert isinstance(app.screen, StudyScreen)
        await press(pilot, "space", "4", "q", "u")
        assert "undid crammed Easy on" in text_of(app)
        assert len(origins(library)) == 2


async def test_the_end_says_that_nothing_was_scheduled_and_goes_on_with_what_is_due(
    library, running
) -> None:
    async with running(library) as (app, pilot):
        await press(pilot, "w", "4", *["space", "3"] * 3)
        shown = text_of(app)
        assert "session         cram" in shown
        assert "Nothing is scheduled by it." in shown
        assert "Done with these. 1 card left today" in shown
        await press(pilot, "enter")
        assert study_screen(app).session.kind is None
        assert head(app).startswith("Shapes · review")
        await press(pilot, "space", "3")
        assert "Done for today." in text_of(app)
        assert "w looks ahead, or crams" in text_of(app)
        await press(pilot, "w", "2", "enter")
        assert study_screen(app).session.kind == Ahead(3)
        assert len(app.screen_stack) == 2, "in the place of the session before"


async def test_nothing_to_cram_is_told(library, running) -> None:
    async with running(library, start=Choice(query="nowhere", kind=Cram())) as (app, pilot):
        assert isinstance(app.screen, EndScreen)
        assert "No card is left to cram." in text_of(app)
        await press(pilot, "q")


async def test_a_choice_card_is_graded_in_cramming_too(library_of, running) -> None:
    library = library_of(CHOICE)
    async with running(library, start=Choice(kind=Cram())) as (app, pilot):
        showing = study_screen(app).showing
        assert showing is not None
        wrong = showing.order.index(1)
        await press(pilot, str(wrong + 1), "enter", "enter")
        again = study_screen(app).showing
        assert again is not None and again.key == showing.key
        right = again.order.index(0)
        await press(pilot, str(right + 1), "enter", "enter")
        assert isinstance(app.screen, EndScreen)
        assert app.screen.check_action("more", ())
