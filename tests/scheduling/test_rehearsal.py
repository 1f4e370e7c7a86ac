"""Days to come, rehearsed: by the rules of the queue and the formulas that schedule."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.scheduling.reckon import reckoner
from flashsafety.scheduling.rehearsal import DayRules, Rehearsal, Rehearsed, Rules
from flashsafety.scheduling.steps import DAY
from flashsafety.terms import Candidate, CardState, Memory, Phase, Rating, StudyDay
from tests.scheduling.histories import DEFAULTS, few
from tests.scheduling.test_queue import TODAY, new, review

GOOD_ALWAYS = (0, 0, 1, 0)
CURVE = forgetting_curve(DEFAULTS.weights)


def rules(retention: float = 0.9, first: tuple[int, ...] = GOOD_ALWAYS) -> Rules:
    return Rules(DEFAULTS, lambda module, day: retention, "never", first)


def rehearsal(*cards: Candidate, lead: int = 0, others: int = 0, seed: int = 1) -> Rehearsal:
    return Rehearsal(
        [(card, 5.0) for card in cards],
        [new(f"lead-{n}")._replace(id=9000 + n, module="lead") for n in range(lead)],
        [new(f"other-{n}")._replace(id=9500 + n, module="other") for n in range(others)],
        rules(),
        seed,
    )


def many_due(count: int) -> list[Candidate]:
    return [
        review(f"note-{n}", due=-(n % 20))._replace(
            id=n, stability=5.0 + n, last_day=StudyDay(TODAY - 30)
        )
        for n in range(count)
    ]


def study(days: Rehearsal, count: int, limit: int = 99, **more: int) -> list[Rehearsed]:
    day_rules = DayRules(limit, "overdueness", **more)
    return [days.study(StudyDay(TODAY + n), day_rules) for n in range(count)]


def test_a_limit_leaves_the_rest_for_the_days_after() -> None:
    found = study(rehearsal(*many_due(50)), 2, limit=20)
    assert [sum(day.reviews.values()) for day in found] == [20, 20]
    assert found[0].left == 30


def test_what_was_reviewed_comes_back_and_in_the_end_nothing_is_left() -> None:
    found = study(rehearsal(*many_due(100)), 120, limit=15)
    assert found[-1].left == 0
    assert sum(sum(day.reviews.values()) for day in found) > 150


def test_the_same_seed_gives_the_same_days() -> None:
    assert study(rehearsal(*many_due(60), lead=9), 30, new=2, lead=2) == study(
        rehearsal(*many_due(60), lead=9), 30, new=2, lead=2
    )


def test_as_many_are_recalled_as_the_curve_says() -> None:
    """A forgotten card is due again within days, a recalled one of such stability in weeks."""
    cards = [
        review(f"note-{n}")._replace(id=n, stability=40.0, last_day=StudyDay(TODAY - 40))
        for n in range(800)
    ]
    days = rehearsal(*cards)
    days.study(TODAY, DayRules(1000, "overdueness"))
    soon = days.study(StudyDay(TODAY + 15), DayRules(0, "overdueness")).left
    assert soon / 800 == pytest.approx(0.1, abs=0.035)


def test_siblings_do_not_meet_on_a_day() -> None:
    cards = [
        review("one", facet=f)._replace(id=n, stability=5.0, last_day=StudyDay(TODAY - 9))
        for n, f in enumerate(("a", "b", "c"))
    ]
    days = rehearsal(*cards)
    assert [sum(d.reviews.values()) for d in study(days, 3)] == [1, 1, 1]


def test_new_cards_come_as_many_as_the_day_takes_the_lead_first() -> None:
    days = rehearsal(lead=3, others=9)
    found = study(days, 3, new=4, lead=1)
    assert [dict(day.new) for day in found] == [{"lead": 1, "other": 3}] * 3
    assert days.recall(("lead",), TODAY + 3) == pytest.approx(
        sum(CURVE(s, n) for s, n in _graduated(3)), abs=0.3
    )
    assert days.recall((), TODAY + 3) == 0


def _graduated(count: int) -> list[tuple[float, int]]:
    """Stability of new cards rated Good twice on their day, and days since."""
    reckon = reckoner(DEFAULTS)
    memory = reckon("x/y", CardState(), Phase.NEW, Rating.GOOD, TODAY).memory
    memory = reckon("x/y", CardState(memory), Phase.LEARNING, Rating.GOOD, TODAY).memory
    assert memory.stability is not None
    return [(memory.stability, 1 + n) for n in range(count)]


def test_new_cards_wait_while_more_is_due_than_comes() -> None:
    days = Rehearsal(
        [(card, 5.0) for card in many_due(30)], [], [new("fresh")._replace(id=99)], rules(), 1
    )
    found = study(days, 12, limit=6, new=5)
    waits = [day.left > 0 for day in found]
    assert waits[0] and not waits[-1]
    assert [bool(day.new) for day in found] == [
        place == waits.index(False) for place in range(len(found))
    ]


@few
@given(st.floats(0.5, 300), st.integers(1, 400), st.floats(0.7, 0.97), st.integers(0, 50))
def test_intervals_are_those_that_a_rating_gives_but_for_chance(
    stability: float, since: int, retention: float, seed: int
) -> None:
    card = review("one")._replace(id=1, stability=stability, last_day=StudyDay(TODAY - since))
    days = Rehearsal([(card, 5.0)], [], [], rules(retention), seed)
    days.study(TODAY, DayRules(9, "overdueness"))
    parameters = type(DEFAULTS)(DEFAULTS.weights, retention)
    reckon = reckoner(parameters)
    state = CardState(Memory(Phase.REVIEW, None, stability, 5.0, card.last_day), reps=3)
    good = reckon(card.key, state, Phase.REVIEW, Rating.GOOD, TODAY)
    again = reckon(card.key, state, Phase.REVIEW, Rating.AGAIN, TODAY)
    again = reckon(card.key, CardState(again.memory, reps=4), Phase.RELEARNING, Rating.GOOD, TODAY)
    allowed = {outcome.interval // DAY - outcome.fuzz for outcome in (good, again)}
    came = next(
        n
        for n in range(1, 40_000)
        if days.study(StudyDay(TODAY + n), DayRules(9, "random")).reviews
    )
    assert came in allowed


def test_first_ratings_are_spread_as_they_were() -> None:
    fresh = [new(f"n-{n}")._replace(id=n, module="m") for n in range(400)]
    days = Rehearsal([], fresh, [], rules(first=(1, 0, 0, 1)), 3)
    days.study(TODAY, DayRules(9, "random", new=400, lead=400))
    later = Counter[bool]()
    for n in range(1, 40):
        found = days.study(StudyDay(TODAY + n), DayRules(400, "random"))
        later[n < 5] += sum(found.reviews.values())
    assert later[True] >= 150
