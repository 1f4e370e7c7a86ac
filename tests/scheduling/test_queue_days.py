"""Many days of study over a small bank: the rules hold on each, and every due card comes."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.scheduling.replay import fold
from flashsafety.terms import Phase, ReviewOrder, SiblingRule
from tests.scheduling.days import Learner
from tests.scheduling.histories import DEFAULTS, few

seeds = st.integers(0, 10_000)
sizes = st.lists(st.integers(2, 3), min_size=1, max_size=8)
ZONES = ("Pacific/Auckland", "Europe/Berlin", "America/Los_Angeles", "UTC")


def learner_at_noon(
    seed: int,
    sizes: list[int],
    *,
    new_limit: int = 3,
    review_limit: int = 20,
    order: ReviewOrder = "overdueness",
    siblings: SiblingRule = "never",
    alike: Mapping[str, str] | None = None,
) -> Learner:
    clock = FixedClock(datetime(2026, 3, 20, 12, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
    return Learner(
        clock,
        seed=seed,
        sizes=sizes,
        new_limit=new_limit,
        review_limit=review_limit,
        order=order,
        siblings=siblings,
        alike=alike,
    )


@few
@given(seeds, sizes)
def test_every_card_is_met_and_no_due_card_waits_longer_than_its_siblings_take(
    seed: int, sizes: list[int]
) -> None:
    learner = learner_at_noon(seed, sizes)
    for _ in range(70):
        learner.study_the_day()
        learner.end_day()
        assert max(learner.waited.values()) <= 20
    assert all(state.memory.phase != Phase.NEW for state in learner.states.values())


@few
@given(seeds, sizes, st.integers(3, 5))
def test_under_a_tight_limit_every_due_card_still_comes(
    seed: int, sizes: list[int], review_limit: int
) -> None:
    learner = learner_at_noon(seed, sizes, new_limit=2, review_limit=review_limit)
    for _ in range(80):
        learner.study_the_day()
        learner.end_day()
        assert max(learner.waited.values()) <= 40


@few
@given(seeds, sizes, st.sampled_from(get_args(ReviewOrder)), st.sampled_from(get_args(SiblingRule)))
def test_in_any_order_every_card_is_met_and_no_due_card_waits_for_long(
    seed: int, sizes: list[int], order: ReviewOrder, siblings: SiblingRule
) -> None:
    learner = learner_at_noon(seed, sizes, order=order, siblings=siblings)
    for _ in range(50):
        learner.study_the_day()
        learner.end_day()
        assert max(learner.waited.values()) <= (20 if siblings == "never" else 0)
    assert all(state.memory.phase != Phase.NEW for state in learner.states.values())


@few
@given(seeds, sizes, st.integers(3, 5), st.sampled_from(["due-day", "least-remembered"]))
def test_what_the_limit_leaves_comes_in_the_end_in_orders_that_go_by_urgency(
    seed: int, sizes: list[int], review_limit: int, order: ReviewOrder
) -> None:
    learner = learner_at_noon(seed, sizes, new_limit=2, review_limit=review_limit, order=order)
    for _ in range(60):
        learner.study_the_day()
        learner.end_day()
        assert max(learner.waited.values()) <= 40


@few
@given(seeds, sizes, st.lists(st.integers(0, 40), min_size=5, max_size=15))
def test_after_days_away_the_backlog_is_worked_off(
    seed: int, sizes: list[int], away: list[int]
) -> None:
    learner = learner_at_noon(seed, sizes, review_limit=4)
    for days in away:
        learner.study(most=15)
        learner.end_day()
        learner.clock.advance(days=days)
    learner.waited.clear()
    for _ in range(60):
        learner.study_the_day()
        learner.end_day()
        assert max(learner.waited.values()) <= 40


@st.composite
def look_alikes(draw: st.DrawFn) -> tuple[list[int], dict[str, str]]:
    """Sizes of notes, and any pairs of them as look-alikes: none, some, or each with each."""
    found = draw(sizes)
    names = [f"note-{number}" for number in range(len(found))]
    pairs = [(a, b) for number, a in enumerate(names) for b in names[number + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else []
    chosen = pairs if draw(st.booleans()) else chosen
    alike: dict[str, str] = {}
    for pair in chosen:
        for one, other in (pair, pair[::-1]):
            alike[one] = f"{alike.get(one, '')} {other}".strip()
    return found, alike


@few
@given(seeds, look_alikes(), st.sampled_from(get_args(ReviewOrder)))
def test_look_alikes_kept_apart_make_no_due_card_wait_for_long(
    seed: int, world: tuple[list[int], dict[str, str]], order: ReviewOrder
) -> None:
    found, alike = world
    learner = learner_at_noon(seed, found, order=order, siblings="allowed", alike=alike)
    for _ in range(50):
        learner.study_the_day()
        learner.end_day()
        assert max(learner.waited.values()) <= 1
    apart = learner_at_noon(seed, found, order=order, alike=alike)
    for _ in range(50):
        apart.study_the_day()
        apart.end_day()
        assert max(apart.waited.values()) <= 21


@few
@given(
    seeds,
    sizes,
    st.lists(st.one_of(st.sampled_from(ZONES), st.integers(-50, 80)), min_size=5, max_size=25),
)
def test_the_rules_hold_while_the_clock_jumps_and_the_zone_changes(
    seed: int, sizes: list[int], moves: list[str | int]
) -> None:
    learner = learner_at_noon(seed, sizes)
    for move in moves:
        learner.study(most=12)
        if isinstance(move, str):
            learner.clock.travel(ZoneInfo(move))
        else:
            learner.clock.advance(hours=move)
    for _ in range(70):
        learner.study_the_day()
        learner.end_day()
    assert all(state.memory.phase != Phase.NEW for state in learner.states.values())
    assert max(learner.waited.values()) <= 20
    for key, state in learner.states.items():
        log = [review for rated, review in learner.log if rated == key]
        assert fold(log, parameters={1: DEFAULTS}, current=DEFAULTS) == state
