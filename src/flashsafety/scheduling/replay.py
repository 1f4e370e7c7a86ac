"""Scheduling state as a fold of the log: one step of it, one card's whole log, and every card's.

Stability and difficulty are folded under the current parameter set. Phase, step and due come from
what the log says was given, read with the steps of the set that gave it, so that a change of
parameters moves no due date.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import assert_never

from flashsafety.errors import UnusableDataError
from flashsafety.scheduling.memory import Step, first_memories, memory_step
from flashsafety.scheduling.steps import DAY, place_after
from flashsafety.terms import (
    Action,
    CardState,
    Instant,
    Memory,
    Parameters,
    Phase,
    Rating,
    Review,
    StateValues,
    StudyDay,
)

MemoryRow = tuple[int, int, int]
"""Card id, rating (0 for a reset), study day."""

StateRow = tuple[int, int, int, int, int, int, int]
"""Card id, rating, reviewed_at (ms), study day, phase before, interval (s), parameter set id."""


def advance(state: CardState, review: Review, memory: Memory) -> CardState:
    """The state after a rating that is in the log.

    The live answer and the replay both come through here. A rating lifts a bury.

    Args:
        state: The state before.
        review: The row of the log.
        memory: What the rating made of the memory, its phase and step included.
    """
    in_review = memory.phase == Phase.REVIEW
    lapsed = review.phase == Phase.REVIEW and review.rating == Rating.AGAIN
    return CardState(
        memory=memory,
        due_at=None if in_review else Instant(review.reviewed_at + review.interval * 1000),
        due_day=StudyDay(review.day + review.interval // DAY) if in_review else None,
        interval=review.interval,
        last_at=review.reviewed_at,
        reps=state.reps + 1,
        lapses=state.lapses + lapsed,
        suspended=state.suspended,
        flag=state.flag,
    )


def act(state: CardState, action: Action) -> CardState:
    """The state after something was done to the card that is no rating.

    A reset forgets memory and counts and leaves what the learner put on the card: suspension and
    flag. A set-due concerns cards in review only.

    Raises:
        UnusableDataError: The action needs a study day and its row holds none.
    """
    match action.kind:
        case "suspend" | "unsuspend":
            return state._replace(suspended=action.kind == "suspend")
        case "bury":
            return state._replace(buried_until=_value_day(action))
        case "unbury":
            return state._replace(buried_until=None)
        case "flag" | "unflag":
            return state._replace(flag=action.value if action.kind == "flag" else None)
        case "reset":
            return CardState(suspended=state.suspended, flag=state.flag)
        case "set-due":
            in_review = state.memory.phase == Phase.REVIEW
            return state._replace(due_day=_value_day(action)) if in_review else state
        case "start":
            return state  # done to a module; no card changes
        case _:
            assert_never(action.kind)


def _value_day(action: Action) -> StudyDay:
    try:
        return StudyDay(int(action.value or ""))
    except ValueError:
        raise UnusableDataError(
            f'"{action.value}" is no study day',
            where=f"action {action.id.hex()} ({action.kind})",
            mend="restore the database from a backup: flashsafety restore",
        ) from None


def fold(
    events: Iterable[Review | Action],
    *,
    parameters: Mapping[int, Parameters],
    current: Parameters,
) -> CardState:
    """A card's state from its whole log.

    Undone events and cram ratings count for nothing.

    Args:
        events: The card's reviews and actions in the order of their ids.
        parameters: Every parameter set that a review names, by id.
        current: The set under which memory is reckoned.
    """
    state = CardState()
    for event in events:
        state = follow(state, event, parameters=parameters, weights=current.weights)
    return state


def follow(
    state: CardState,
    event: Review | Action,
    *,
    parameters: Mapping[int, Parameters],
    weights: tuple[float, ...],
) -> CardState:
    """The state after one more event of the log; one that counts for nothing leaves it as it was.

    Args:
        state: The state before.
        event: The event.
        parameters: Every parameter set that a review names, by id.
        weights: The 21 numbers under which memory is reckoned.
    """
    if event.undone_at is not None:
        return state
    if isinstance(event, Action):
        return act(state, event)
    if event.origin == "cram":
        return state
    memory = _remember(state.memory, event, parameters[event.parameters], weights)
    return advance(state, event, memory)


def _remember(
    memory: Memory, review: Review, given_under: Parameters, weights: tuple[float, ...]
) -> Memory:
    """The memory after a rating; the phase before it is the row's, should the two differ."""
    first, step_memory = _formulas(weights)
    if memory.stability is None or memory.difficulty is None or memory.last_day is None:
        s, d = first[review.rating]
    else:
        days = review.day - memory.last_day
        s, d = step_memory(memory.stability, memory.difficulty, days, review.rating)
    step = (memory.step or 0) if memory.phase == review.phase else 0
    phase, next_step = place_after(review.phase, step, review.rating, review.interval, given_under)
    return Memory(phase, next_step, s, d, review.day)


@lru_cache(maxsize=8)
def _formulas(weights: tuple[float, ...]) -> tuple[tuple[tuple[float, float], ...], Step]:
    return first_memories(weights), memory_step(weights)


def fold_memories(
    rows: Iterable[MemoryRow], weights: tuple[float, ...]
) -> Iterator[tuple[int, float, float, int]]:
    """The memory of every card, in one pass over many cards' ratings.

    Args:
        rows: As ``MemoryRow`` says, each card's rows together and in the order of the log; no
            undone and no cram ratings.
        weights: The 21 numbers of FSRS-6.

    Yields:
        Card id, stability (days), difficulty, study day of the last rating; cards that have not
        been rated since a reset are left out.
    """
    first, step_memory = _formulas(weights)
    current = -1
    s = d = 0.0
    last = 0
    for card, rating, day in rows:
        if card == current and s and rating:
            s, d = step_memory(s, d, day - last, rating)
        else:
            if card != current and s:
                yield current, s, d, last
            current = card
            s, d = first[rating]  # of a reset, nothing
        last = day
    if s:
        yield current, s, d, last


def fold_states(
    rows: Iterable[StateRow], *, parameters: Mapping[int, Parameters], current: Parameters
) -> Iterator[StateValues]:
    """The state of every card that has ratings and no actions: ``fold``, many cards in one pass.

    Args:
        rows: As ``StateRow`` says, each card's rows together and in the order of the log; no undone
            and no cram ratings.
        parameters: Every parameter set that a row names, by id.
        current: The set under which memory is reckoned.

    Yields:
        Each state laid flat: to make two objects of it costs as much as to fold it.
    """
    first, step_memory = _formulas(current.weights)
    places: dict[tuple[int, ...], tuple[int, int | None]] = {}  # few differ, and a call is dear
    card: int | None = None
    s = d = 0.0
    at = last = interval = reps = lapses = phase = 0
    step: int | None = None
    for row_card, rating, row_at, day, before, row_interval, given_under in rows:
        if row_card == card:
            s, d = step_memory(s, d, day - last, rating)
            reps += 1
        else:
            if card is not None:
                yield _values(card, phase, step, s, d, at, last, interval, reps, lapses)
            card = row_card
            s, d = first[rating]
            reps = 1
            lapses = phase = 0
            step = None
        at, last, interval = row_at, day, row_interval
        if before == 2:
            if rating != 1 and interval >= DAY:  # most rows
                phase, step = 2, None
                continue
            if rating == 1:
                lapses += 1
        place = before, (step or 0) if phase == before else 0, rating, interval, given_under
        landed = places.get(place)
        if landed is None:
            landed = places[place] = place_after(*place[:4], parameters[given_under])
        phase, step = landed
    if card is not None:
        yield _values(card, phase, step, s, d, at, last, interval, reps, lapses)


def _values(
    card: int,
    phase: int,
    step: int | None,
    s: float,
    d: float,
    at: int,
    day: int,
    interval: int,
    reps: int,
    lapses: int,
) -> StateValues:
    """The state as ``advance`` would leave it after the last rating."""
    in_review = phase == 2
    due_at = None if in_review else Instant(at + interval * 1000)
    due_day = StudyDay(day + interval // DAY) if in_review else None
    memory = phase, step, s, d, StudyDay(day)
    return (*memory, due_at, due_day, interval, Instant(at), reps, lapses, 0, None, None, card)
