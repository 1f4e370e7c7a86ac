"""A session of so many minutes: the cards that are worth their time most, and what it leaves."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.queue import Plan
from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.study.budget import Picked, in_words, loss, only, pick
from flashsafety.study.kinds import Budget
from flashsafety.study.library import Library
from flashsafety.study.pace import Pace, pace
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.today import EVERYTHING, Choice, plan_day
from flashsafety.terms import Candidate, CardKey, Instant, Moment, Phase, Rating, StudyDay
from tests.banks import question, tiny_bank, write_cards
from tests.learners import Learner
from tests.libraries import open_library

TODAY = StudyDay(20_000)
NOON = Moment(Instant(TODAY * 86_400_000 + 43_200_000), 0, TODAY)
CURVE = forgetting_curve(DEFAULT_WEIGHTS)
PACE = Pace(new=40.0, review=16.0, step=10.0, measured=True)
COST = {Phase.NEW: 40.0, Phase.LEARNING: 10.0, Phase.REVIEW: 16.0, Phase.RELEARNING: 10.0}


def card(
    number: int, phase: Phase = Phase.REVIEW, *, stability: float = 10, days: int = 10, at: int = 0
) -> Candidate:
    """A card; ``days`` since its last rating, ``at`` minutes from noon in its steps."""
    met, steps = phase != Phase.NEW, phase in (Phase.LEARNING, Phase.RELEARNING)
    return Candidate(
        number, CardKey(f"note-{number}/recall"), f"note-{number}", "shapes", phase,
        Instant(NOON.at + at * 60_000) if steps else None,
        TODAY if phase == Phase.REVIEW else None,
        86_400 if met else 0, stability if met else None,
        StudyDay(TODAY - days) if met else None,
    )  # fmt: skip


def queue_of(*cards: Candidate) -> Plan:
    steps = [c for c in cards if c.phase in (Phase.LEARNING, Phase.RELEARNING)]
    reviews = [c for c in cards if c.phase == Phase.REVIEW]
    return Plan(steps, reviews, [c for c in cards if c.phase == Phase.NEW], 0, 0)


def picked(seconds: int, *cards: Candidate, learn_ahead: int = 1200) -> Picked:
    return pick(queue_of(*cards), PACE, CURVE, NOON, seconds, learn_ahead=learn_ahead)


# ---- what is worth more --------------------------------------------------------------------------


def test_what_waiting_costs_is_the_fall_of_the_curve_in_a_day() -> None:
    one = card(1, stability=10, days=10)
    assert loss(CURVE, one, TODAY) == CURVE(10, 10) - CURVE(10, 11)
    assert CURVE(10, 10) == pytest.approx(0.9)


def test_a_young_card_goes_before_an_old_one_and_a_lost_one_comes_last() -> None:
    young, old = card(1, stability=3, days=3), card(2, stability=100, days=100)
    lost = card(3, stability=3, days=400)
    assert picked(3 * 16, old, lost, young).cards == (1, 2, 3)


def test_a_step_that_takes_less_goes_before_a_review_that_loses_as_much() -> None:
    review, step = card(1, stability=3, days=0), card(2, Phase.LEARNING, stability=3, days=0)
    assert picked(26, review, step).cards == (2, 1)


def test_new_cards_come_in_their_order_when_reviews_leave_time() -> None:
    new = [card(number, Phase.NEW) for number in (5, 4, 3)]
    assert picked(16 + 80, *new, card(1)).cards == (1, 5, 4)
    assert picked(16 + 79, *new, card(1)).cards == (1, 5)


def test_what_is_too_long_for_the_rest_gives_way_to_what_is_not() -> None:
    assert picked(28, card(1), card(2), card(3, Phase.NEW), card(4, Phase.LEARNING)).seconds == 26


def test_one_card_comes_however_short_the_time() -> None:
    assert picked(10, card(1, Phase.NEW), card(2, Phase.NEW)) == Picked((1,), 40.0, 1)


def test_a_step_that_comes_after_the_time_is_left() -> None:
    soon, late = card(1, Phase.LEARNING, at=9), card(2, Phase.RELEARNING, at=11)
    assert picked(600, soon, late, learn_ahead=0) == Picked((1,), 10.0, 1)
    assert picked(600, soon, late, learn_ahead=1200).cards == (1, 2)


def test_nothing_to_do_is_nothing_picked() -> None:
    assert picked(600) == Picked((), 0.0, 0)
    assert in_words(picked(600)) == ""


CARDS = st.lists(
    st.tuples(
        st.sampled_from(Phase), st.floats(0.05, 400), st.integers(0, 900), st.integers(-60, 60)
    ),
    max_size=9,
)


@given(CARDS, st.integers(1, 300))
@settings(max_examples=150, deadline=None)
def test_no_choice_that_fits_saves_more_by_more_than_one_card(
    drawn: list[tuple[Phase, float, int, int]], seconds: int
) -> None:
    cards = [
        card(number, phase, stability=s, days=days, at=at)
        for number, (phase, s, days, at) in enumerate(drawn)
    ]
    found = picked(seconds, *cards, learn_ahead=3600)
    chosen = [c for c in cards if c.id in found.cards]
    assert found.seconds == pytest.approx(sum(COST[c.phase] for c in chosen))
    assert found.seconds <= seconds or len(chosen) == 1
    assert found.left == len(cards) - len(chosen)

    def saved(some: list[Candidate] | tuple[Candidate, ...]) -> float:
        return sum(loss(CURVE, c, TODAY) for c in some)

    best = max(
        saved(some)
        for size in range(len(cards) + 1)
        for some in combinations(cards, size)
        if sum(COST[c.phase] for c in some) <= seconds
    )
    largest = max((loss(CURVE, c, TODAY) for c in cards), default=0.0)
    assert saved(chosen) >= best - largest - 1e-9


def test_the_session_shows_reviews_in_the_order_of_picking() -> None:
    young, old = card(1, stability=3, days=3), card(2, stability=100, days=100)
    queue = queue_of(old, young, card(3, Phase.NEW), card(4, Phase.NEW))
    kept = only(queue, Picked((1, 2, 3), 0.0, 1))
    assert [c.id for c in kept.review] == [1, 2]
    assert [c.id for c in kept.new] == [3]


# ---- the session ---------------------------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """A learner of 60 cards who stayed away for three weeks, under a limit of ten reviews a day."""
    bank = tiny_bank(tmp_path / "bank")
    names = (f"card-{number}" for number in range(60))
    write_cards(bank, "01-shapes/shapes.yaml", *map(question, names))
    with open_library(tmp_path, bank, clock, review_limit=200) as library:
        library.take_in_changes()
        Learner(library, clock, seed=3).live(30)
        clock.advance(days=21)
        library.settings = library.settings._replace(review_limit=10)
        yield library


def budget(library: Library, minutes: int, query: str = "") -> StudySession:
    return StudySession(library, Choice(query=query, kind=Budget(minutes)))


def go_through(session: StudySession) -> set[str]:
    """Rate all that comes; the cards met."""
    met: set[str] = set()
    while session.current:
        met.add(session.current.key)
        session.answer(Rating.GOOD, 2000)
    return met


def test_it_is_as_long_as_was_said_whatever_the_limit_of_reviews(library: Library) -> None:
    everything = plan_day(library, library.clock.now(), Choice(kind=Budget(1))).queue
    assert len(everything.review) > 20
    session = budget(library, 3)
    cards = sum(session.left.values())
    seconds = cards * pace(library).review
    assert 3 * 60 - pace(library).review < seconds <= 3 * 60
    left = len(everything.review) - cards
    assert session.intro == f"{cards} cards, about 3 minutes; leaves {left} for tomorrow."
    assert len(go_through(session)) == cards
    assert session.summary().note == f"Left for tomorrow: {left} cards."
    assert rebuild(library, verify=True).differing == ()


def test_those_that_are_left_lose_less_by_waiting(library: Library) -> None:
    moment = library.clock.now()
    reviews = plan_day(library, moment, Choice(kind=Budget(1))).queue.review
    fall = {c.key: loss(CURVE, c, moment.day) for c in reviews}
    met = go_through(budget(library, 3))
    assert min(fall[CardKey(key)] for key in met) >= max(fall[key] for key in fall.keys() - met)


def test_the_cards_stay_those_that_were_picked_when_the_queue_is_planned_again(
    library: Library,
) -> None:
    session = budget(library, 2)
    assert session.current is not None
    cards = sum(session.left.values())
    first = session.current.key
    session.answer(Rating.GOOD, 2000)
    session.undo()
    session.refresh()
    assert session.current is not None and session.current.key == first
    assert sum(session.left.values()) == cards
    with library.reopen() as other:
        act_on_card(other, session.current.id, "suspend")
    session.refresh()
    assert sum(session.left.values()) == cards - 1


def test_leaving_early_leaves_more(library: Library) -> None:
    session = budget(library, 2)
    cards = sum(session.left.values())
    everything = cards + int(session.intro.split("leaves ")[1].split()[0])
    session.answer(Rating.GOOD, 2000)
    assert session.note == f"Left for tomorrow: {everything - 1} cards."


def test_it_is_over_a_choice_of_cards(library: Library, clock: FixedClock) -> None:
    assert go_through(budget(library, 60, query="note:card-1*")) <= {
        f"card-{number}/recall" for number in (1, *range(10, 20))
    }


def test_enough_time_leaves_nothing(tmp_path: Path, bank: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        answer_card(library, 1, Rating.EASY, 0)
        session = budget(library, 60)
        assert session.intro.endswith("; leaves none for tomorrow.")
        assert session.left == StudySession(library, EVERYTHING).left
