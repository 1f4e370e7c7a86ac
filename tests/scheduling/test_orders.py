"""The orders that a learner may choose: of reviews, of new cards, of siblings."""

from collections.abc import Iterator
from itertools import combinations, count, islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.queue import order_reviews, plan, take_turns
from flashsafety.terms import Candidate, CardKey, Memory, Met, Phase, ReviewOrder, StudyDay
from tests.scheduling.histories import DEFAULTS, many
from tests.scheduling.test_queue import NOON, TODAY, keys, learning, new, review, worlds

ORDERS: tuple[ReviewOrder, ...] = (
    "overdueness",
    "least-remembered",
    "best-remembered",
    "most-at-risk",
    "due-day",
    "random",
)


def reviews_of(world: tuple[list[Candidate], dict[str, str]]) -> list[Candidate]:
    return [card for card in world[0] if card.phase == Phase.REVIEW]


@many
@given(worlds(), st.sampled_from(ORDERS), st.booleans())
def test_any_order_holds_every_card_once_and_is_the_same_all_day(
    world: tuple[list[Candidate], dict[str, str]], order: ReviewOrder, backlog: bool
) -> None:
    cards = reviews_of(world)
    ordered = order_reviews(cards, TODAY, backlog=backlog, order=order)
    assert sorted(keys(ordered)) == sorted(keys(cards))
    assert ordered == order_reviews(reversed(cards), TODAY, backlog=backlog, order=order)


@many
@given(worlds(), st.floats(0.1, 0.8), st.booleans())
def test_by_retrievability_means_by_the_chance_of_recall_under_any_curve(
    world: tuple[list[Candidate], dict[str, str]], decay: float, backlog: bool
) -> None:
    scheduler = Scheduler(type(DEFAULTS)((*DEFAULTS.weights[:20], decay)))

    def chances(order: ReviewOrder) -> list[float]:
        return [
            scheduler.retrievability(
                Memory(Phase.REVIEW, None, card.stability, 5.0, card.last_day), TODAY
            )
            for card in order_reviews(reviews_of(world), TODAY, backlog=backlog, order=order)
        ]

    assert chances("least-remembered") == sorted(chances("least-remembered"))
    assert chances("best-remembered") == sorted(chances("best-remembered"), reverse=True)


@many
@given(worlds())
def test_by_risk_nothing_comes_before_what_would_lose_clearly_more(
    world: tuple[list[Candidate], dict[str, str]],
) -> None:
    """The loss by tomorrow is reckoned without weights, and as if a day were a moment."""
    curve = forgetting_curve(DEFAULTS.weights)

    def loss(card: Candidate) -> float:
        since = TODAY - (card.last_day or 0)
        return curve(card.stability or 0, since) - curve(card.stability or 0, since + 1)

    losses = [
        loss(card)
        for card in order_reviews(reviews_of(world), TODAY, backlog=True, order="most-at-risk")
    ]
    assert all(earlier >= later * 0.8 for earlier, later in combinations(losses, 2))


def test_by_due_day_the_longest_due_comes_first_whatever_its_interval() -> None:
    cards = [
        review("short", due=-1, interval_days=1),
        review("long", due=-10, interval_days=900),
        review("today", interval_days=2),
    ]
    for backlog in (False, True):
        ordered = order_reviews(cards, TODAY, backlog=backlog, order="due-day")
        assert keys(ordered) == ["long/recall", "short/recall", "today/recall"]


def test_at_random_is_another_order_each_day() -> None:
    cards = [review(f"note-{number}", due=-number) for number in range(30)]
    today = order_reviews(cards, TODAY, backlog=False, order="random")
    tomorrow = order_reviews(cards, StudyDay(TODAY + 1), backlog=False, order="random")
    assert keys(today) != keys(cards) and keys(today) != keys(tomorrow)


def test_a_backlog_changes_only_the_order_that_nobody_chose() -> None:
    cards = [
        review("a", due=-9, interval_days=1)._replace(stability=9.0),
        review("b", due=-1, interval_days=9)._replace(stability=0.5),
        review("c", due=-3, interval_days=5)._replace(stability=90.0),
    ]
    for order in ORDERS:
        calm = order_reviews(cards, TODAY, backlog=False, order=order)
        full = order_reviews(cards, TODAY, backlog=True, order=order)
        assert (calm == full) == (order != "overdueness")


# ---- new cards -----------------------------------------------------------------------------------


def module(name: str, size: int) -> Iterator[Candidate]:
    return (new(f"{name}{number}") for number in range(size))


def test_new_cards_of_several_modules_take_turns() -> None:
    mixed = take_turns([module("a", 1), module("b", 3), module("c", 2)], 0)
    assert [card.note for card in mixed] == ["a0", "b0", "c0", "b1", "c1", "b2"]


@many
@given(st.lists(st.integers(0, 5), max_size=5), st.integers(0, 40_000))
def test_turns_hold_every_card_once_and_each_module_in_its_order(
    sizes: list[int], start: int
) -> None:
    streams = [module(f"{place}-", size) for place, size in enumerate(sizes)]
    notes = [card.note for card in take_turns(streams, start)]
    assert sorted(notes) == sorted(f"{p}-{n}" for p, size in enumerate(sizes) for n in range(size))
    for place in range(len(sizes)):
        own = [note for note in notes if note.startswith(f"{place}-")]
        assert own == [f"{place}-{number}" for number in range(len(own))]


@given(st.integers(1, 4), st.integers(2, 4))
def test_with_a_small_limit_every_module_has_its_days(limit: int, modules: int) -> None:
    first = [
        next(take_turns([module(f"{place}-", 1) for place in range(modules)], day + done)).note
        for day in range(TODAY, TODAY + modules)
        for done in range(limit)
    ]
    assert set(first) == {f"{place}-0" for place in range(modules)}


def test_a_day_planned_again_goes_on_where_it_was() -> None:
    def left(done: int) -> list[str]:
        streams = [
            (new(f"{name}{number}") for number in range(first, 9))
            for name, first in zip(
                "abc", [(done + 2 - place) // 3 for place in range(3)], strict=True
            )
        ]
        return [card.note for card in islice(take_turns(streams, done), 9)]

    assert left(4)[:5] == left(0)[4:]


def test_turns_read_only_as_far_as_asked() -> None:
    taken: list[int] = []

    def endless(name: str) -> Iterator[Candidate]:
        for number in count():
            taken.append(number)
            yield new(f"{name}{number}")

    assert len(list(islice(take_turns([endless("a"), endless("b"), endless("c")], 1), 4))) == 4
    assert sorted(taken) == [0, 0, 0, 1]


def test_no_module_gives_no_card() -> None:
    assert list(take_turns([], 7)) == []


# ---- siblings ------------------------------------------------------------------------------------


def test_siblings_come_on_one_day_where_the_learner_allows_it() -> None:
    queue = plan(
        [learning("a", "c1"), learning("a", "c2", due=5)],
        [review("b", "c1"), review("b", "c2"), review("seen", "c2")],
        [new("c", "c1"), new("c", "c2"), new("c", "c3")],
        moment=NOON,
        new_left=2,
        review_left=9,
        seen_notes={"seen": Met(CardKey("seen/c1"))},
        backlog=False,
        siblings="allowed",
    )
    assert keys(queue.learning) == ["a/c1", "a/c2"]
    assert sorted(keys(queue.review)) == ["b/c1", "b/c2", "seen/c2"]
    assert keys(queue.new) == ["c/c1", "c/c2"]
    assert queue.held_siblings == 0


@many
@given(worlds(), st.sampled_from(ORDERS), st.integers(0, 8), st.booleans())
def test_with_siblings_allowed_only_the_limits_hold_a_card(
    world: tuple[list[Candidate], dict[str, str]],
    order: ReviewOrder,
    limit: int,
    backlog: bool,
) -> None:
    cards = world[0]
    fresh = [card for card in cards if card.phase == Phase.NEW]
    steps = [card for card in cards if card.phase in (Phase.LEARNING, Phase.RELEARNING)]
    queue = plan(
        steps,
        reviews_of(world),
        fresh,
        moment=NOON,
        new_left=limit,
        review_left=limit,
        seen_notes={note: Met(CardKey(key)) for note, key in world[1].items()},
        backlog=backlog,
        order=order,
        siblings="allowed",
    )
    assert len(queue.learning) == len(steps)
    assert keys(queue.new) == keys(fresh[: 0 if backlog else limit])
    ordered = order_reviews(reviews_of(world), TODAY, backlog=backlog, order=order)
    assert queue.review == ordered[:limit]
    assert (queue.held_siblings, queue.held_limit) == (0, max(0, len(ordered) - limit))


@pytest.mark.parametrize("order", ORDERS)
def test_of_siblings_kept_apart_the_longest_unseen_comes_in_any_order(order: ReviewOrder) -> None:
    cards = [
        review("a", "c1", due=-1)._replace(last_day=StudyDay(TODAY - 3)),
        review("a", "c2", due=-1)._replace(last_day=StudyDay(TODAY - 9)),
    ]
    queue = plan(
        [],
        cards,
        [],
        moment=NOON,
        new_left=9,
        review_left=9,
        seen_notes={},
        backlog=False,
        order=order,
    )
    assert keys(queue.review) == ["a/c2"]
