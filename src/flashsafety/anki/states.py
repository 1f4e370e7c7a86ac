"""The state of a card and its ratings, in Anki's columns.

Source: Anki 26.09, rslib/src/card and rslib/src/revlog; measured by importing into it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

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
    card = replace(card, flags=_FLAGGED if state.flag else 0)
    if memory.phase == Phase.NEW:
        return card if hidden is None else replace(card, queue=hidden)
    data = {
        "s": round(memory.stability or 0, 4), "d": round(memory.difficulty or 0, 3),
        "dr": round(parameters.desired_retention, 2), "decay": round(parameters.weights[20], 3),
        "lrt": (state.last_at or 0) // 1000,
    }  # fmt: skip
    card = replace(
        card,
        factor=_EASE,
        reps=state.reps,
        lapses=state.lapses,
        data=json.dumps(data, separators=(",", ":")),
    )
    if memory.phase == Phase.REVIEW:
        days = max(1, state.interval // DAY)
        due = (state.due_day or today.day) - today.first_day
        return replace(card, type=2, queue=2 if hidden is None else hidden, due=due, ivl=days)
    learning = memory.phase == Phase.LEARNING
    steps = parameters.learning_steps if learning else parameters.relearning_steps
    at = state.due_at or 0
    queue, due = 1, at // 1000
    if at >= today.ends_at:
        queue, due = 3, today.day + 1 - today.first_day + (at - today.ends_at) // (DAY * 1000)
    return replace(
        card,
        type=1 if learning else 3,
        queue=queue if hidden is None else hidden,
        due=due,
        ivl=0 if learning else max(1, round(memory.stability or 1)),
        left=max(1, len(steps) - (memory.step or 0)),
    )


def review_rows(
    ratings: Iterable[RatingRow],
    cards: dict[int, int],
    numbers: dict[bytes, int],
    weights: tuple[float, ...],
) -> Iterator[Row]:
    """Rows of Anki's ``revlog``: number, card, ease, interval, last interval, factor, time, type.

    Args:
        ratings: Card by card in the order of the log.
        cards: Row id to number in Anki.
        numbers: Rating to its number, where that is not its instant.
        weights: The 21 numbers by which difficulty is reckoned.
    """
    first, step = first_memories(weights), memory_step(weights)
    current, s, d, last_day, last = None, 0.0, 0.0, 0, 0
    for row in ratings:
        number = cards[row.card]
        if row.rating == 0:
            yield numbers.get(row.id, row.reviewed_at), number, 0, 0, last, 0, 0, _MANUAL
            current = None
            continue
        cram = row.origin == "cram"
        if row.card != current or row.phase == Phase.NEW:
            current, last = row.card, 0
            s, d = first[row.rating]
        elif not cram:
            s, d = step(s, d, row.day - last_day, row.rating)
        given = 0 if cram else _interval(row.interval)
        kind = 3 if cram else (0, 0, 1, 2)[row.phase]
        factor = 0 if cram else round(((d - 1) / 9 + 0.1) * 1000)
        took = min(row.duration_ms, 60_000 * 60)
        yield (
            numbers.get(row.id, row.reviewed_at),
            number,
            row.rating,
            given,
            last,
            factor,
            took,
            kind,
        )
        if not cram:
            last, last_day = given, row.day


def _interval(seconds: int) -> int:
    """Days where they are whole days, else minus the seconds."""
    return seconds // DAY if seconds >= DAY else -seconds


def _hidden(state: CardState, today: Today) -> int | None:
    """The queue of a card that is hidden; none when it is not."""
    if state.suspended:
        return _SUSPENDED
    if state.buried_until is not None and state.buried_until > today.day:
        return _BURIED
    return None
