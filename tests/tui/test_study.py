"""Studying with the keys: each type answered, each thing done, each thing undone."""

import stat
from contextlib import nullcontext
from pathlib import Path

import pytest

from flashsafety.study.answer import answer_card
from flashsafety.study.browse import find_card
from flashsafety.study.session import StudySession
from flashsafety.study.today import Choice
from flashsafety.terms import Phase, Rating
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.end import EndScreen
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.info import InfoScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.ordering import OrderList
from flashsafety.tui.widgets.ratings import RatingBar, RatingKey
from flashsafety.tui.widgets.typed import AnswerInput
from tests.banks import CHOICE, CLOZE, CONCEPT, NUMERIC, ORDERING, QUESTION, TYPED, question
from tests.libraries import open_library
from tests.tui.conftest import ratings, study_screen, text_of

TWO_RIGHT = """\
id: primes
type: choice
fixed: true
prompt: |
  Which of these are prime?
options:
  - {text: two, answer: true, why: It has two divisors.}
  - {text: four, why: It is two times two.}
  - {text: five, answer: true, why: So has it.}
"""


def answers(library) -> list[str]:
    """What was answered, oldest first."""
    rows = library.db.execute("SELECT answer FROM given ORDER BY review")
    return [text for (text,) in rows]


async def test_a_concept_is_revealed_below_its_prompt_and_rated(library_of, running):
    library = library_of(CONCEPT)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        before = text_of(app).splitlines()
        assert before[2].strip() == "What does circle mean?"
        assert "one distance" not in text_of(app)
        await pilot.press("space")
        after = text_of(app).splitlines()
        assert after[2] == before[2]
        assert "All points of a plane at one distance from a point." in text_of(app)
        assert "The distance is the radius." in text_of(app)
        assert "Source: Elements, Euclid, book 1, definition 15" in text_of(app)
        await pilot.press("3")
    assert ratings(library) == [("circle/forward", Rating.GOOD)]


async def test_rating_keys_are_dead_before_the_answer_shows(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "1", "2", "3", "4")
        assert not study_screen(app).revealed
        assert not app.screen.query_one(RatingBar).display
    assert ratings(library) == []


async def test_the_interval_on_the_key_is_the_interval_given(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space")
        shown = [str(key.render()) for key in app.screen.query(RatingKey)]
        assert shown == ["1 Again 1m", "2 Hard 6m", "▸3 Good 10m", shown[3]]
        session = study_screen(app).session
        assert isinstance(session, StudySession)
        preview = session.preview()[Rating.EASY].interval
        await pilot.press("4")
    assert library.db.execute("SELECT interval FROM review").fetchone()[0] == preview


async def test_enter_rates_good_where_the_learner_judges_herself(library_of, running):
    library = library_of(CLOZE)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "enter", "enter")
        assert "Good: back in 10m. u undoes." in text_of(app) or isinstance(app.screen, EndScreen)
    assert ratings(library) == [("square-facts/c1", Rating.GOOD)]


async def test_ticked_points_suggest_the_rating_that_enter_takes(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "a")
        assert study_screen(app).suggested == Rating.HARD
        await pilot.press("c")
        assert study_screen(app).suggested == Rating.GOOD
        await pilot.press("c", "enter")
    assert ratings(library) == [("circle-area/recall", Rating.HARD)]


async def test_a_choice_is_picked_by_number_and_graded(library_of, running):
    library = library_of(CHOICE)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        showing = study_screen(app).showing
        assert showing is not None
        right = showing.order.index(0)
        await pilot.press(str(right + 1))
        assert app.screen.query_one(ChoiceList).picked == {0}
        await pilot.press("enter")
        assert "✓ right" in text_of(app)
        assert "That is true of a parallelogram." in text_of(app)
        await pilot.press("enter")
    assert ratings(library) == [("circle-symmetry/choose", Rating.GOOD)]


async def test_a_wrong_choice_says_why_and_suggests_again(library_of, running):
    library = library_of(TWO_RIGHT)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "1", "2", "enter")
        assert "✗ 2 [x] four" in text_of(app)
        assert "✓ 3 [ ] five" in text_of(app)
        await pilot.press("space")
    assert ratings(library) == [("primes/choose", Rating.AGAIN)]
    assert answers(library) == ["[0, 1]"]


async def test_what_is_typed_or_put_in_order_is_kept_and_what_is_left_open_is_not(
    library_of, running
):
    library = library_of(TYPED, ORDERING, NUMERIC)
    async with running(library) as (app, pilot):
        await pilot.press("enter", *"semi", "enter", "enter")
        lines = app.screen.query_one(OrderList)
        shown = list(lines.order)
        await pilot.press("shift+down", "enter", "enter")
        await pilot.press("enter", "enter")
    assert answers(library) == ['"semi"', str([shown[1], shown[0], *shown[2:]])]
    assert len(ratings(library)) == 3


async def test_options_and_ratings_can_be_clicked(library_of, running):
    library = library_of(TWO_RIGHT)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        await pilot.click(ChoiceList, offset=(8, 0))
        await pilot.click(ChoiceList, offset=(8, 2))
        assert app.screen.query_one(ChoiceList).picked == {0, 2}
        await pilot.press("enter")
        await pilot.click(app.screen.query(RatingKey)[3])
    assert ratings(library) == [("primes/choose", Rating.EASY)]


async def test_a_typed_answer_keeps_every_letter_and_shows_the_slip(library_of, running):
    library = library_of(TYPED)
    async with running(library) as (app, pilot):
        await pilot.press("enter", *"semicirlce?1")
        assert app.screen.query_one(AnswerInput).value == "semicirlce?1"
        await pilot.press("backspace", "backspace", "enter")
        assert "✗ nearly: you wrote semicirlce, it is semicircle" in text_of(app)
        await pilot.press("enter")
    assert ratings(library) == [("half-a-circle/type", Rating.HARD)]


async def test_escape_leaves_the_line_so_that_letters_are_commands(library_of, running):
    library = library_of(TYPED)
    async with running(library) as (app, pilot):
        await pilot.press("enter", *"sb", "escape")
        assert app.focused is None
        await pilot.press("tab")
        assert app.screen.query_one(AnswerInput).has_focus
        await pilot.press("escape", "b")
        assert isinstance(app.screen, EndScreen)
    row = library.db.execute("SELECT kind FROM action").fetchone()
    assert row[0] == "bury"


async def test_a_number_is_checked_within_its_tolerance(library_of, running):
    library = library_of(NUMERIC)
    async with running(library) as (app, pilot):
        await pilot.press("enter", *"2.26", "enter")
        assert "✓ right, exactly 2.25 m²" in text_of(app)
        await pilot.press("enter")
    assert ratings(library) == [("square-area/number", Rating.GOOD)]


async def test_lines_are_put_in_order_with_keys_and_mouse(library_of, running):
    library = library_of(ORDERING)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        order = app.screen.query_one(OrderList)
        start = order.order
        await pilot.press("shift+down")
        assert order.order == (start[1], start[0], start[2])
        await pilot.press("K", "down", "J")
        assert order.order == (start[0], start[2], start[1])
        await pilot.click(OrderList, offset=(10, 0))
        await pilot.click(OrderList, offset=(1, 0))
        assert order.order == (start[2], start[0], start[1])
        while order.order != (0, 1, 2):
            place = next(n for n in range(3) if order.order[n] != n)
            await pilot.press("up", "up", "up", *(["down"] * order.order.index(place)), "shift+up")
        await pilot.press("enter")
        assert "✓ right" in text_of(app)
        await pilot.press("shift+down", "enter")
    assert ratings(library) == [("by-corners/order", Rating.GOOD)]


async def test_undo_brings_the_card_back_also_from_the_last_screen(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "4")
        assert isinstance(app.screen, EndScreen)
        await pilot.press("u")
        assert "Undid Easy on circle-area/recall." in text_of(app)
        await pilot.press("u")
        assert "There is nothing left to undo today." in text_of(app)
    assert ratings(library) == []


async def test_undo_works_after_a_restart(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "4")
    async with running(library) as (app, pilot):
        await pilot.press("u")
        assert "undid Easy on circle-area/recall" in text_of(app)
    assert ratings(library) == []


async def test_skip_puts_the_card_off_to_the_end(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", "n")
        assert "What is asked by second?" in text_of(app)
        await pilot.press("space", "4")
        assert "What is asked by first?" in text_of(app)


@pytest.mark.parametrize(("key", "kind"), [("b", "bury"), ("s", "suspend")])
async def test_bury_and_suspend_hide_the_card_and_undo_shows_it(library_of, running, key, kind):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", key)
        assert "What is asked by second?" in text_of(app)
        assert library.db.execute("SELECT kind FROM action").fetchall() == [(kind,)]
        await pilot.press("u")
        assert "What is asked by first?" in text_of(app)


async def test_a_flag_takes_a_reason_and_a_word_and_the_card_stays(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "f", "2", *"which one", "enter")
        assert "flag unclear: which one" in text_of(app)
        assert "grow with its radius" in text_of(app)
        await pilot.press("f", "escape")
        assert isinstance(app.screen, StudyScreen)
    assert library.db.execute("SELECT flag FROM card").fetchone()[0] == "unclear: which one"


@pytest.mark.parametrize("reason", [("2",), ("down", "enter")])
async def test_a_word_typed_before_the_reason_is_kept(library_of, running, reason):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "f", *"which", "space", *"1", "enter")
        assert "which 1" in text_of(app)
        await pilot.press(*reason)
        assert "flag unclear: which 1" in text_of(app)
    assert library.db.execute("SELECT flag FROM card").fetchone()[0] == "unclear: which 1"


async def test_a_flag_can_be_chosen_with_the_arrows(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (_, pilot):
        await pilot.press("enter", "f", "down", "down", "enter", "enter")
    assert library.db.execute("SELECT flag FROM card").fetchone()[0] == "outdated"


async def test_info_says_why_the_card_is_due(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "i")
        assert isinstance(app.screen, InfoScreen)
        assert "It is new and waits its turn" in text_of(app)
        assert "01-shapes/shapes.yaml:" in text_of(app)
        await pilot.press("i")
        assert isinstance(app.screen, StudyScreen)


async def test_help_is_about_the_card_first_and_closes_with_its_key(library_of, running):
    library = library_of(ORDERING)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        lines = [line.strip(" │╭╮") for line in text_of(app).splitlines()]
        assert any(line.startswith("An ordering card") for line in lines[:4])
        await pilot.press("question_mark")
        assert isinstance(app.screen, StudyScreen)


def editor_that(tmp_path: Path, script: str) -> str:
    """A program that stands in for an editor: it notes its arguments and runs a script."""
    path = tmp_path / "editor"
    path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{tmp_path}/arguments"\n{script}\n')
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def test_edit_opens_the_card_at_its_line_and_reads_it_again(
    library_of, running, tmp_path, monkeypatch
):
    library = library_of(NUMERIC)
    script = 'sed -i "s/with sides of 1.5 m/whose sides are 1.5 m/" "$2"'
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, script))
    # The headless terminal cannot be handed over; the editor runs for real.
    monkeypatch.setattr(FlashsafetyApp, "suspend", lambda self: nullcontext())
    async with running(library) as (app, pilot):
        await pilot.press("enter", "escape", "e")
        assert "whose sides are 1.5 m" in text_of(app)
        assert "The card was read again." in text_of(app)
    line, file = (tmp_path / "arguments").read_text().splitlines()
    assert line.startswith("+")
    text = Path(file).read_text().splitlines()
    assert "square-area" in text[int(line[1:]) - 1]


async def test_an_edit_that_breaks_the_card_is_reported_and_the_card_stays(
    library_of, running, tmp_path, monkeypatch
):
    library = library_of(QUESTION)
    script = 'sed -i "s/    answer:/    anwser:/" "$2"'
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, script))
    monkeypatch.setattr(FlashsafetyApp, "suspend", lambda self: nullcontext())
    async with running(library) as (app, pilot):
        await pilot.press("enter", "e")
        await pilot.pause()
        assert "The card stays as it was." in text_of(app)
        assert "grow with its radius" in text_of(app)


async def test_what_was_said_of_a_file_goes_when_it_is_mended(
    library_of, running, tmp_path, monkeypatch
):
    library = library_of(question("first"))
    script = 'sed -i "s/    answer:/    tmp:/; s/    anwser:/    answer:/; s/tmp:/anwser:/" "$2"'
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, script))
    monkeypatch.setattr(FlashsafetyApp, "suspend", lambda self: nullcontext())
    async with running(library) as (app, pilot):
        await pilot.press("enter", "e")
        await pilot.pause()
        assert 'did you mean "answer"?' in text_of(app)
        await pilot.press("e")
        await pilot.pause()
        assert "The card was read again." in text_of(app)
        assert "did you mean" not in text_of(app)


@pytest.mark.parametrize("leaving", [("n",), ("space", "3", "q"), ("q",)])
async def test_what_was_said_of_a_file_goes_when_another_card_shows(
    library_of, running, tmp_path, monkeypatch, leaving
):
    library = library_of(question("first"), question("second"))
    monkeypatch.setenv("VISUAL", editor_that(tmp_path, 'sed -i "s/  answer:/  anwser:/" "$2"'))
    monkeypatch.setattr(FlashsafetyApp, "suspend", lambda self: nullcontext())
    async with running(library) as (app, pilot):
        await pilot.press("enter", "e")
        await pilot.pause()
        assert "did you mean" in text_of(app)
        await pilot.press(*leaving)
        await pilot.pause()
        assert "did you mean" not in text_of(app)


@pytest.mark.parametrize("editor", ["/nowhere/editor", '"/nowhere/my editor', "/nowhere/my editor"])
async def test_an_editor_that_is_not_there_is_named_and_nothing_breaks(
    library_of, running, monkeypatch, editor
):
    library = library_of(QUESTION)
    monkeypatch.setenv("VISUAL", editor)
    monkeypatch.setattr(FlashsafetyApp, "suspend", lambda self: nullcontext())
    async with running(library) as (app, pilot):
        await pilot.press("enter", "e")
        await pilot.pause(0.2)
        assert "The editor could not be started" in text_of(app)
        assert isinstance(app.screen, StudyScreen)


async def test_only_web_addresses_are_opened(library_of, running, monkeypatch):
    opened: list[str] = []
    monkeypatch.setattr(FlashsafetyApp, "open_url", lambda self, url: opened.append(url))
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "o")
        assert opened == ["https://example.org/elements"]
        library.db.execute("UPDATE source SET url = 'file:///etc/passwd'")
        study_screen(app).session.refresh()
        await pilot.press("o")
        assert opened == ["https://example.org/elements"]
        assert "The source has no web address." in text_of(app)


async def test_a_card_rated_in_another_window_is_refused_with_a_line(
    library_of, running, tmp_path, clock
):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space")
        with open_library(tmp_path, Path(library.roots[0]), clock) as other:
            StudySession(other).answer(Rating.EASY, 100)
        await pilot.press("3")
        assert "was changed in another window" in text_of(app)
        assert "What is asked by second?" in text_of(app)
    assert ratings(library) == [("first/recall", Rating.EASY)]


async def test_a_reworded_card_says_so_once_and_a_changed_answer_shows_the_old_one(
    library_of, running, clock
):
    library = library_of(NUMERIC)
    async with running(library) as (_, pilot):
        await pilot.press("enter", *"2.25", "enter", "4")
    file = Path(library.roots[0]) / "01-shapes/shapes.yaml"
    file.write_text(file.read_text().replace("answer: 2.25", "answer: 2.5"))
    clock.advance(days=60)
    async with running(library) as (app, pilot):
        await pilot.press("enter")
        assert "Its answer has changed since you last rated it; r learns it anew." in text_of(app)
        assert "2.25" in text_of(app)
        await pilot.press("escape", "r")
        assert "It comes as a new card." in text_of(app)
    assert library.db.execute("SELECT phase FROM card").fetchall() == [(Phase.NEW,)]


async def test_a_review_that_was_asked_for_begins_at_once_and_ends_the_app(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library, start=Choice(limit=1)) as (app, pilot):
        assert isinstance(app.screen, StudyScreen)
        await pilot.press("space", "3")
        assert isinstance(app.screen, EndScreen)
        await pilot.press("q")
    assert app.summary is not None
    assert app.summary.ratings == 1


async def test_leaving_before_the_first_rating_goes_straight_to_today(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("enter", "q")
        assert isinstance(app.screen, TodayScreen)


async def test_a_learning_card_that_comes_later_is_waited_for(library_of, running, clock):
    library = library_of(QUESTION, learn_ahead=0)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "3")
        assert "The next learning card comes in 10 minutes" in text_of(app)
        clock.advance(minutes=11)
        assert isinstance(app.screen, EndScreen)
        app.screen._reload()
        await pilot.pause()
        assert "enter goes on" in text_of(app)
        await pilot.press("enter", "space", "3")
    assert len(ratings(library)) == 2


async def test_a_card_that_undo_brought_back_is_counted_and_shown_once(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "1", "u")
        assert "What is asked by first?" in text_of(app)
        assert "0 learning  0 review  2 new" in text_of(app)
        await pilot.press("space", "1")
        assert "What is asked by second?" in text_of(app)


async def test_what_a_forgotten_card_builds_on_comes_next_and_says_so(library_of, running, clock):
    library = library_of(CONCEPT, QUESTION, question("other"))
    library.take_in_changes()
    answer_card(library, find_card(library, "circle-area"), Rating.EASY, 0)
    clock.advance(days=4)
    answer_card(library, find_card(library, "circle/forward"), Rating.EASY, 0)
    clock.advance(days=7)
    async with running(library) as (app, pilot):
        await pilot.press("enter", "space", "1")
        assert "Again: back in 10m. First what it builds on. u undoes." in text_of(app)
        assert "review · first, for circle-area" in text_of(app)
        assert "What does circle mean?" in text_of(app)
        await pilot.press("space", "3")
        assert "first, for" not in text_of(app)
        await pilot.press("u", "u")
        showing = study_screen(app).showing
        assert showing is not None
        assert showing.key == "circle-area/recall"
        assert "first, for" not in text_of(app)
