"""The rules of the queue, on any cards that a store might hand it."""

from collections.abc import Iterator
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.queue import Plan, order_reviews, plan
from flashsafety.terms import (
    Candidate,
    CardKey,
    Instant,
    Memory,
    Met,
    Moment,
    Phase,
    SiblingRule,
    StudyDay,
)
from tests.scheduling.histories import DAY, DEFAULTS, many

TODAY = StudyDay(20_000)
NOON = Moment(Instant((TODAY * DAY + 12 * 3600) * 1000), 0, TODAY)
MINUTE = 60_000


def candidate(
    note: str,
    facet: str = "recall",
    *,
    phase: Phase = Phase.NEW,
    due: int = 0,
    interval_days: int = 1,
    stability: float = 1.0,
    last: int = -1,
    number: int = 0,
) -> Candidate:
    """A card; due is minutes from noon in the steps, days from today in review."""
    in_steps = phase in (Phase.LEARNING, Phase.RELEARNING)
    return Candidate(
        id=number,
        key=CardKey(f"{note}/{facet}"),
        note=note,
        module="robustness",
        phase=phase,
        due_at=Instant(NOON.at + due * MINUTE) if in_steps else None,
        due_day=StudyDay(TODAY + due) if phase == Phase.REVIEW else None,
        interval=0 if phase == Phase.NEW else interval_days * DAY,
        stability=None if phase == Phase.NEW else stability,
        last_day=None if phase == Phase.NEW else StudyDay(TODAY + last),
    )


def learning(note: str, facet: str = "recall", *, due: int = 0) -> Candidate:
    return candidate(note, facet, phase=Phase.LEARNING, due=due, last=0)


def review(note: str, facet: str = "recall", *, due: int = 0, interval_days: int = 10) -> Candidate:
    return candidate(
        note, facet, phase=Phase.REVIEW, due=due, interval_days=interval_days, last=due - 10
    )


def new(note: str, facet: str = "recall") -> Candidate:
    return candidate(note, facet)


def planned(
    learning: list[Candidate] | None = None,
    reviews: list[Candidate] | None = None,
    new: list[Candidate] | Iterator[Candidate] | None = None,
    *,
    new_left: int = 10,
    review_left: int | None = 200,
    seen: dict[str, str] | None = None,
    backlog: bool = False,
    early: list[Candidate] | None = None,
    first: list[Candidate] | None = None,
    siblings: SiblingRule = "never",
) -> Plan:
    return plan(
        learning or [],
        reviews or [],
        new or [],
        moment=NOON,
        new_left=new_left,
        review_left=review_left,
        seen_notes={note: Met(CardKey(key)) for note, key in (seen or {}).items()},
        backlog=backlog,
        early=early or [],
        first=first or [],
        siblings=siblings,
    )


def keys(cards: list[Candidate]) -> list[str]:
    return [card.key for card in cards]


def shown(queue: Plan) -> list[Candidate]:
    return [*queue.learning, *queue.review, *queue.new]


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Candidate], dict[str, str]]:
    """Cards of a few notes in any phase, and the notes already met."""
    cards: list[Candidate] = []
    seen: dict[str, str] = {}
    for number in range(draw(st.integers(0, 12))):
        note = f"note-{number}"
        facets = ["c1", "c2", "c3"][: draw(st.integers(1, 3))]
        for facet in facets:
            cards.append(
                candidate(
                    note,
                    facet,
                    phase=draw(st.sampled_from(Phase)),
                    due=draw(st.integers(-60, 0)),
                    interval_days=draw(st.integers(0, 60)),
                    stability=draw(st.floats(0.01, 500)),
                    last=draw(st.integers(-200, 0)),
                    number=len(cards),
                )
            )
        if draw(st.integers(0, 3)) == 0:
            seen[note] = f"{note}/{draw(st.sampled_from(facets))}"
    return cards, seen


@many
@given(worlds(), st.integers(0, 8), st.integers(0, 8), st.booleans())
def test_the_plan_of_any_day_keeps_the_rules(
    world: tuple[list[Candidate], dict[str, str]], new_left: int, review_left: int, backlog: bool
) -> None:
    cards, seen = world
    in_steps = [card for card in cards if card.phase in (Phase.LEARNING, Phase.RELEARNING)]
    reviews = [card for card in cards if card.phase == Phase.REVIEW]
    fresh = [card for card in cards if card.phase == Phase.NEW]
    queue = planned(
        in_steps,
        reviews,
        fresh,
        new_left=new_left,
        review_left=review_left,
        seen=seen,
        backlog=backlog,
    )
    all_shown = shown(queue)
    met = {**seen, **{card.note: card.key for card in all_shown}}
    assert len(set(keys(all_shown))) == len(all_shown), "no card twice"
    assert len({card.note for card in all_shown}) == len(all_shown), "siblings apart"
    assert all(met[card.note] == card.key for card in all_shown)
    assert all(seen.get(card.note, card.key) == card.key for card in all_shown)
    assert len(queue.review) <= review_left
    assert len(queue.new) <= (0 if backlog else new_left)
    assert queue.learning == sorted(queue.learning, key=lambda card: (card.due_at, card.id))
    assert queue.new == [card for card in fresh if card in queue.new], "study order"
    in_order = order_reviews(reviews, TODAY, backlog=backlog)
    assert queue.review == [card for card in in_order if card in queue.review]
    assert {card.note for card in in_steps} <= {*met}, "no step waits without a sibling met"
    if len(queue.review) < review_left:
        assert {card.note for card in reviews} <= {*met}
        assert queue.held_limit == 0
    left_out = len(in_steps) + len(reviews) - len(queue.learning) - len(queue.review)
    assert queue.held_limit <= left_out <= queue.held_limit + queue.held_siblings


@many
@given(worlds(), st.integers(0, 8))
def test_a_plan_made_again_during_the_day_only_goes_on(
    world: tuple[list[Candidate], dict[str, str]], done: int
) -> None:
    cards, seen = world
    reviews = [card for card in cards if card.phase == Phase.REVIEW]
    before = planned(reviews=reviews, review_left=8, seen=seen)
    rated = before.review[:done]
    seen_then = {**seen, **{card.note: card.key for card in rated}}
    after = planned(
        reviews=[card for card in reviews if card not in rated],
        review_left=8 - len(rated),
        seen=seen_then,
    )
    assert after.review == before.review[len(rated) :]


def test_reviews_come_by_overdueness_relative_to_their_interval() -> None:
    cards = [
        review("long", due=-10, interval_days=100),
        review("short", due=-1, interval_days=1),
        review("on-time", interval_days=3),
        review("middle", due=-4, interval_days=8),
    ]
    ordered = order_reviews(cards, TODAY, backlog=False)
    assert keys(ordered) == ["short/recall", "middle/recall", "long/recall", "on-time/recall"]


@many
@given(worlds(), st.floats(0.1, 0.8))
def test_a_backlog_comes_by_retrievability_under_any_forgetting_curve(
    world: tuple[list[Candidate], dict[str, str]], decay: float
) -> None:
    reviews = [card for card in world[0] if card.phase == Phase.REVIEW]
    weights = (*DEFAULTS.weights[:20], decay)
    scheduler = Scheduler(type(DEFAULTS)(weights))
    chances = [
        scheduler.retrievability(
            Memory(Phase.REVIEW, None, card.stability, 5.0, card.last_day), TODAY
        )
        for card in order_reviews(reviews, TODAY, backlog=True)
    ]
    assert chances == sorted(chances, reverse=True)


def test_ties_are_shuffled_the_same_way_all_day_and_anew_each_day() -> None:
    cards = [review(f"note-{number}") for number in range(40)]
    today = order_reviews(cards, TODAY, backlog=False)
    assert today == order_reviews(reversed(cards), TODAY, backlog=False)
    assert today != cards
    due_later = [card._replace(due_day=StudyDay(TODAY + 1)) for card in cards]
    tomorrow = order_reviews(due_later, StudyDay(TODAY + 1), backlog=False)
    assert keys(tomorrow) != keys(today)


def test_a_review_without_interval_or_memory_still_has_its_place() -> None:
    odd = review("odd")._replace(interval=0, stability=None, last_day=None, due_day=None)
    for backlog in (False, True):
        assert len(order_reviews([odd, review("plain")], TODAY, backlog=backlog)) == 2


def test_siblings_of_a_card_in_its_steps_wait() -> None:
    queue = planned(
        [learning("a", "c1")], [review("a", "c2"), review("b", "c1")], [new("b", "c2"), new("c")]
    )
    assert keys(shown(queue)) == ["a/c1", "b/c1", "c/recall"]
    assert (queue.held_siblings, queue.held_limit) == (2, 0)


def test_of_two_siblings_in_their_steps_the_one_due_first_comes() -> None:
    queue = planned([learning("a", "c1", due=5), learning("a", "c2", due=-5)])
    assert keys(queue.learning) == ["a/c2"]


def test_a_card_met_today_comes_again_and_its_siblings_do_not() -> None:
    seen = {"a": "a/c1"}
    queue = planned(
        [learning("a", "c1"), learning("a", "c2", due=-5)], [], [new("a", "c3")], seen=seen
    )
    assert keys(shown(queue)) == ["a/c1"]


def test_new_cards_wait_while_a_backlog_stands() -> None:
    assert planned(reviews=[review("a")], new=[new("b")], backlog=True).new == []


def test_the_limit_holds_the_least_urgent_reviews() -> None:
    cards = [review(f"note-{number}", due=-number) for number in range(5)]
    queue = planned(reviews=cards, review_left=2)
    assert keys(queue.review) == ["note-4/recall", "note-3/recall"]
    assert queue.held_limit == 3


@pytest.mark.parametrize(
    ("new_left", "backlog", "read"), [(0, False, 0), (3, True, 0), (3, False, 5)]
)
def test_new_cards_are_read_only_as_far_as_needed(new_left: int, backlog: bool, read: int) -> None:
    taken: list[int] = []

    def endless() -> Iterator[Candidate]:
        for number in count():
            taken.append(number)
            yield new(f"note-{number // 2}", f"c{number % 2 + 1}")

    queue = planned(new=endless(), new_left=new_left, backlog=backlog)
    assert len(taken) == read
    assert len(queue.new) == (0 if backlog else new_left)


def test_early_reviews_come_after_those_that_are_due_the_soonest_first() -> None:
    due = [review("one", due=0), review("two", due=-3)]
    early = [review("four", due=2, interval_days=100), review("three", due=1, interval_days=2)]
    queue = planned(reviews=due, new=[new("five")], early=early)
    assert keys(shown(queue)) == [
        "two/recall", "one/recall", "three/recall", "four/recall", "five/recall"
    ]  # fmt: skip


def test_no_limit_counts_for_early_reviews() -> None:
    due, early = [review(name) for name in "abc"], [review(name, due=1) for name in "de"]
    queue = planned(reviews=due, early=early, review_left=2)
    assert (len(queue.review), queue.held_limit) == (4, 1)
    assert len(planned(reviews=due, early=early, review_left=None).review) == 5


def test_an_early_review_never_takes_the_place_of_a_sibling_that_is_due_or_met() -> None:
    due, early = [review("note", "c1")], [review("note", "c2", due=1)]
    queue = planned(reviews=due, early=early)
    assert keys(queue.review) == ["note/c1"]
    assert queue.held_siblings == 1
    queue = planned(early=early, seen={"note": "note/c1"})
    assert (queue.review, queue.held_siblings) == ([], 1)
    seldom, often = review("note", "c1", due=3), review("note", "c2", due=1)
    queue = planned(early=[seldom._replace(last_day=StudyDay(TODAY - 90)), often])
    assert (keys(queue.review), queue.held_siblings) == (["note/c1"], 1)


def test_a_review_brought_first_gives_way_to_a_due_sibling_seen_longer_ago() -> None:
    """Or a foundation forgotten again and again would keep a card with long intervals away."""
    other = review("other", due=-1)
    brought = review("note", "c1", due=3)._replace(id=1)
    seldom = review("note", "c2")
    queue = planned(reviews=[other, seldom], first=[brought])
    assert (set(keys(queue.review)), queue.held_siblings) == ({"other/recall", "note/c2"}, 0)
    often = seldom._replace(last_day=StudyDay(TODAY - 2))
    queue = planned(reviews=[other, often], first=[brought])
    assert (keys(queue.review), queue.held_siblings) == (["note/c1", "other/recall"], 1)
    queue = planned(reviews=[other, seldom], first=[brought], siblings="allowed")
    assert keys(queue.review)[0] == "note/c1"
    assert set(keys(queue.review)) == {"note/c1", "note/c2", "other/recall"}
