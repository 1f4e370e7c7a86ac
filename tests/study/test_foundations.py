"""What a forgotten card builds on comes first, where it is weak."""

from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.study.answer import Answered, answer_card
from flashsafety.study.browse import find_card
from flashsafety.study.foundations import is_weak
from flashsafety.study.kinds import Ahead
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.today import EVERYTHING, Choice, due_counts
from flashsafety.terms import Phase, Rating
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library

BASE, TOP, OTHER = "base/recall", "top/recall", "other/recall"
FILE = "01-shapes/shapes.yaml"
CARDS = (
    question("base", prompt="How is a wall built?", answer="Of bricks."),
    question("other", prompt="When does it rain?", answer="On Sundays."),
    question("top", prompt="Who is Ada?", answer="Lovelace.", extra="prerequisites: [base]\n"),
)


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, FILE, *CARDS)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        yield library


def rate(library: Library, key: str, rating: Rating = Rating.EASY) -> Answered:
    return answer_card(library, find_card(library, key), rating, 0)


def learn(library: Library, clock: FixedClock, *keys: str, ago: int) -> None:
    """Learn the card on top and the given ones, and let days pass until they are due.

    The foundation is learnt so many days before that.
    """
    due = learn_top(library, clock, *keys)
    clock.advance(days=due - ago - clock.now().day)
    rate(library, BASE)
    clock.advance(days=ago)


def learn_top(library: Library, clock: FixedClock, *keys: str) -> int:
    """Learn the card on top, and others after it; returns the day on which all are due."""
    rate(library, TOP)
    clock.advance(days=4)
    return max([clock.now().day + 4, *(rate(library, key).state.due_day or 0 for key in keys)])


def front(session: StudySession) -> str | None:
    return None if session.current is None else session.current.key


def lapse(library: Library, choice: Choice = EVERYTHING) -> StudySession:
    """Forget the card on top, and see what comes."""
    session = StudySession(library, choice)
    assert front(session) == TOP
    session.answer(Rating.AGAIN, 0)
    return session


def test_a_weak_foundation_comes_next_and_is_an_ordinary_early_review(
    library: Library, clock: FixedClock
) -> None:
    learn(library, clock, OTHER, ago=5)
    session = lapse(library)
    assert front(session) == BASE
    assert session.current is not None
    assert session.current.foundation_of == TOP
    assert session.current.state.due_day is not None
    assert session.current.state.due_day > clock.now().day
    assert due_counts(library).review == 2
    reasons = card_story(library, BASE).reasons
    assert reasons[-1] == f"Today it comes first: {TOP}, which builds on it, was forgotten."
    outcome = session.preview()[Rating.GOOD]
    assert session.answer(Rating.GOOD, 0).outcome == outcome
    row = library.db.execute(
        "SELECT origin, phase, study_day FROM review ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row == ("review", Phase.REVIEW, clock.now().day)
    assert front(session) == OTHER
    session.answer(Rating.GOOD, 0)
    assert front(session) == TOP, "its step comes after"
    assert rebuild(library, verify=True).differing == ()


def test_a_strong_foundation_stays_where_it_is(library: Library, clock: FixedClock) -> None:
    learn(library, clock, ago=1)
    assert front(lapse(library)) == OTHER
    assert card_story(library, BASE).reasons[-1].startswith("So it is due")


@pytest.mark.parametrize(
    ("recall", "retention", "weak"),
    [(0.949, 0.9, True), (0.951, 0.9, False), (0.9, 0.8, False), (0.89, 0.8, True)],
)
def test_weak_is_half_of_the_way_to_the_due_day(
    recall: float, retention: float, *, weak: bool
) -> None:
    assert is_weak(recall, retention) is weak


def test_the_retention_of_its_own_module_says_what_is_weak(
    library: Library, clock: FixedClock
) -> None:
    learn(library, clock, OTHER, ago=5)
    library.adopt(library.settings._replace(module_retention={"shapes": 0.8}))
    assert front(lapse(library)) == OTHER


@pytest.mark.parametrize("hidden", ["suspended = 1", "buried_until = 99999", "active = 0"])
def test_a_foundation_that_is_hidden_is_let_be(
    library: Library, clock: FixedClock, hidden: str
) -> None:
    learn(library, clock, OTHER, ago=5)
    library.db.execute(f"UPDATE card SET {hidden} WHERE key = ?", (BASE,))
    assert front(lapse(library)) == OTHER


def test_a_foundation_never_learnt_comes_in_its_turn(library: Library, clock: FixedClock) -> None:
    clock.advance(days=learn_top(library, clock, OTHER) - clock.now().day)
    session = lapse(library)
    assert front(session) == OTHER
    session.answer(Rating.GOOD, 0)
    assert session.current is not None
    assert (front(session), session.current.foundation_of) == (BASE, None)


def test_a_foundation_comes_once_a_day(library: Library, clock: FixedClock) -> None:
    learn(library, clock, OTHER, ago=5)
    session = lapse(library)
    session.answer(Rating.AGAIN, 0)
    assert front(session) == OTHER
    session.answer(Rating.GOOD, 0)
    assert session.current is not None
    assert session.current.foundation_of is None, "its own step, and no second showing for it"
    clock.advance(days=1)
    session = StudySession(library)
    assert session.current is not None
    assert session.current.foundation_of is None


def test_a_note_met_today_through_a_sibling_is_not_brought(
    library: Library, clock: FixedClock
) -> None:
    concept = "id: base\ntype: concept\nterm: wall\ndefinition: |\n  A row of bricks.\n"
    write_cards(Path(library.roots[0]), FILE, concept, *CARDS[1:])
    library.take_in_changes()
    clock.advance(days=learn_top(library, clock, OTHER) - 5 - clock.now().day)
    rate(library, "base/forward")
    clock.advance(days=5)
    rate(library, "base/reverse")
    assert front(lapse(library)) == OTHER


def test_undo_covers_the_foundation_and_the_lapse(library: Library, clock: FixedClock) -> None:
    learn(library, clock, OTHER, ago=5)
    before = library.db.execute("SELECT * FROM card").fetchall()
    session = lapse(library)
    session.answer(Rating.GOOD, 0)
    session.undo()
    assert session.current is not None
    assert (front(session), session.current.foundation_of) == (BASE, TOP)
    session.undo()
    assert front(session) == TOP
    assert library.db.execute("SELECT * FROM card").fetchall() == before
    session.answer(Rating.GOOD, 0)
    assert front(session) == OTHER


def test_after_a_restart_it_still_comes_first(library: Library, clock: FixedClock) -> None:
    learn(library, clock, OTHER, ago=5)
    lapse(library)
    session = StudySession(library)
    assert front(session) == BASE
    session.skip()
    assert front(session) == OTHER
    session.answer(Rating.GOOD, 0)
    assert front(session) == BASE, "put off to the end, not away"


def test_it_counts_as_one_of_the_days_reviews(library: Library, clock: FixedClock) -> None:
    learn(library, clock, OTHER, ago=5)
    library.adopt(library.settings._replace(review_limit=2))
    session = lapse(library)
    assert front(session) == BASE
    session.answer(Rating.GOOD, 0)
    assert front(session) == TOP, "the other review waits for tomorrow"


def test_a_used_up_limit_brings_none(library: Library, clock: FixedClock) -> None:
    learn(library, clock, OTHER, ago=5)
    session = StudySession(library)
    library.adopt(library.settings._replace(review_limit=1))
    session.answer(Rating.AGAIN, 0)
    assert front(session) == TOP


def test_a_session_over_a_choice_brings_only_what_its_cards_build_on(
    library: Library, clock: FixedClock
) -> None:
    learn(library, clock, OTHER, ago=5)
    assert front(lapse(library, Choice(query="note:top"))) == BASE
    assert front(StudySession(library, Choice(query="note:other"))) == OTHER


def test_it_comes_once_in_a_session_that_looks_ahead_too(
    library: Library, clock: FixedClock
) -> None:
    learn(library, clock, OTHER, ago=5)
    session = lapse(library, Choice(kind=Ahead(20)))
    assert (front(session), session.remaining.review) == (BASE, 2)
    assert due_counts(library).review == 2
