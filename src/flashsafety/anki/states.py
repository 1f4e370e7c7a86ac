"""The state of a card and its ratings, in Anki's columns.

Source: Anki 26.09, rslib/src/card and rslib/src/revlog; measured by importing into it.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flashsafety.anki.package import AnkiCard, Row
from flashsafety.clock import DAY
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.store.anki import RatingRow
from flashsafety.terms import CardState, Parameters, Phase, StudyDay

_SUSPENDED, _BURIED = -1, -3
_FLAGGED = 1
"""Anki's red flag: it has colours, not reasons."""
_MANUAL = 4
"""Kind of a row that no answer made; with a factor of 0 it means that the card was reset."""
_KINDS = (0, 0, 1, 2)
"""Kind of the row of an answer, at the phase that the card was in."""
_CRAMMED = 3
_LONGEST = 60_000 * 60
"""Milliseconds of an answer; Anki's own rows say no more."""
_json = json.JSONEncoder(separators=(",", ":")).encode
_EASE = 2500
"""SM-2's ease times 1000, which Anki wants to see although FSRS does not use it."""


@dataclass(frozen=True, slots=True)
class Today:
    """The present, as it bears on states."""

    day: StudyDay
    first_day: StudyDay
    """Day 0 of the package."""
    ends_at: int
    """Instant at which the study day ends."""


def anki_card(card: AnkiCard, state: CardState, parameters: Parameters, today: Today) -> AnkiCard:
    """A card with its state.

    Args:
        card: The card as a new one.
        state: Its state.
        parameters: The set in force.
        today: The present.
    """
    memory, hidden = state.memory, _hidden(state, today)
    flags = _FLAGGED if state.flag else 0
    if memory.phase == Phase.NEW:
        return card._replace(flags=flags, queue=0 if hidden is None else hidden)
    data = {
        "s": round(memory.stability or 0, 4), "d": round(memory.difficulty or 0, 3),
        "dr": round(parameters.desired_retention, 2), "decay": round(parameters.weights[20], 3),
        "lrt": (state.last_at or 0) // 1000,
    }  # fmt: skip
    kind, left = 2, 0
    if memory.phase == Phase.REVIEW:
        days = max(1, state.interval // DAY)
        queue, due = 2, (state.due_day or today.day) - today.first_day
    else:
        kind, queue, due, days, left = _learning(state, parameters, today)
    return card._replace(
        due=due,
        type=kind,
        queue=queue if hidden is None else hidden,
        ivl=days,
        factor=_EASE,
        reps=state.reps,
        lapses=state.lapses,
        left=left,
        flags=flags,
        data=_json(data),
    )


def _learning(
    state: CardState, parameters: Parameters, today: Today
) -> tuple[int, int, int, int, int]:
    """Kind, queue, due, interval in days and steps left of a card on its learning steps."""
    memory = state.memory
    learning = memory.phase == Phase.LEARNING
    steps = parameters.learning_steps if learning else parameters.relearning_steps
    at = state.due_at or 0
    queue, due = 1, at // 1000
    if at >= today.ends_at:
        queue, due = 3, today.day + 1 - today.first_day + (at - today.ends_at) // (DAY * 1000)
    days = 0 if learning else max(1, round(memory.stability or 1))
    return 1 if learning else 3, queue, due, days, max(1, len(steps) - (memory.step or 0))


def review_rows(
    ratings: Iterable[RatingRow],
    cards: Mapping[int, int],
    number_of: Callable[[bytes, int], int],
    weights: tuple[float, ...],
) -> Iterator[Row]:
    """Rows of Anki's ``revlog``: number, card, ease, interval, last interval, factor, time, type.

    An interval is days where it is whole days, else minus the seconds.

    Args:
        ratings: Card by card in the order of the log.
        cards: Row id of each card that is exported to its number in Anki.
        number_of: The number of a rating, from its id and its instant.
        weights: The 21 numbers by which difficulty is reckoned.
    """
    firsts, step = first_memories(weights), memory_step(weights)
    current, number, d, last, begins = None, None, 0.0, 0, True
    for card, id_, rating, at, duration, phase, interval, cram in ratings:
        if card != current:
            current, number, last, begins = card, cards.get(card), 0, True
        if number is None:
            continue
        if rating == 0:
            yield number_of(id_, at), number, 0, 0, last, 0, 0, _MANUAL
            begins = True
            continue
        if begins or phase == 0:
            d, last, begins = firsts[rating][1], 0, False
        elif not cram:
            # Difficulty depends on neither stability nor days.
            d = step(1.0, d, 0, rating)[1]
        took = duration if duration < _LONGEST else _LONGEST
        if cram:
            yield number_of(id_, at), number, rating, 0, last, 0, took, _CRAMMED
            continue
        given = interval // DAY if interval >= DAY else -interval
        factor = round(((d - 1) / 9 + 0.1) * 1000)
        yield number_of(id_, at), number, rating, given, last, factor, took, _KINDS[phase]
        last = given


def _hidden(state: CardState, today: Today) -> int | None:
    """The queue of a card that is hidden; none when it is not."""
    if state.suspended:
        return _SUSPENDED
    if state.buried_until is not None and state.buried_until > today.day:
        return _BURIED
    return None
