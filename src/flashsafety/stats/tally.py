"""One pass over the log that sums by study day what statistics are made of.

Memory is folded as in ``scheduling.replay``, under one set of weights, so recall is predicted as
the scheduler would have done just before each review.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from math import log
from typing import NamedTuple

from flashsafety.scheduling.curve import shape
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.scheduling.steps import DAY
from flashsafety.store.rollups import HourRow, LogRow, ModuleRow, RecallRow, StageRow

MATURE_DAYS = 21
"""Days of interval from which a review is of a mature card. Source: Anki's manual, Statistics."""

CELLS = 200
"""Predicted recall is summed in so many cells of equal width, from which bins are made."""

SURE = 2**-53
"""A forecast is never taken for surer than this, or one lapse would make the log loss infinite."""


class Stage(IntEnum):
    """The phase before a rating, review in two: the numbers of ``Phase``, and one for mature."""

    NEW = 0
    LEARNING = 1
    YOUNG = 2
    RELEARNING = 3
    MATURE = 4


class DaySums:
    """The sums of one study day. Flat lists: this is filled once for every row of the log."""

    __slots__ = ("forecasts", "hours", "modules", "stages")

    def __init__(self, modules: int) -> None:
        """Nothing yet.

        Args:
            modules: How many there are.
        """
        self.stages = [[0, 0, 0, 0, 0, 0] for _ in Stage]
        """By stage: Again, Hard, Good, Easy, milliseconds, the sum of their squares."""
        self.hours = [0] * 48
        """Two for each hour of the day: reviews forgotten, reviews recalled."""
        self.modules = [0] * (2 * modules)
        """The same for each module."""
        self.forecasts: defaultdict[int, tuple[list[float], list[float]]] = defaultdict(
            lambda: ([], [])
        )
        """By cell: predicted recall of what was forgotten, and of what was recalled."""


class Tally(NamedTuple):
    """The sums of every study day from one on, in the form in which they are kept."""

    stages: list[StageRow]
    """Ratings and time by stage."""
    hours: list[HourRow]
    """Reviews by hour of the day."""
    modules: list[ModuleRow]
    """Reviews by module."""
    recalls: list[RecallRow]
    """Predicted recall, and what came of it, by cell."""

    def until(self, last: int) -> "Tally":
        """The same up to a study day."""
        return Tally(
            [row for row in self.stages if row[0] <= last],
            [row for row in self.hours if row[1] <= last],
            [row for row in self.modules if row[1] <= last],
            [row for row in self.recalls if row[1] <= last],
        )


def _rows(days: Mapping[int, DaySums], modules: Sequence[str]) -> Tally:
    """The sums by study day, and the modules that their places stand for, as they are kept."""
    tally = Tally([], [], [], [])
    for day, sums in days.items():
        for stage, (again, hard, good, easy, took, squares) in enumerate(sums.stages):
            if again or hard or good or easy:
                tally.stages.append((day, stage, again, hard, good, easy, took, squares))
        for hour, reviews, recalled in _shares(sums.hours):
            tally.hours.append((hour, day, reviews, recalled))
        for place, reviews, recalled in _shares(sums.modules):
            tally.modules.append((modules[place], day, reviews, recalled))
        for cell, (forgotten, right) in sums.forecasts.items():
            tally.recalls.append((cell, day, *summed(forgotten, right)))
    return tally


def summed(
    forgotten: Sequence[float], recalled: Sequence[float]
) -> tuple[int, int, float, float, float]:
    """Reviews, recalled, and sums of predicted recall, log loss and squared error.

    Args:
        forgotten: Predicted recall of what was forgotten.
        recalled: The same of what was recalled.
    """
    return (
        len(forgotten) + len(recalled),
        len(recalled),
        sum(forgotten) + sum(recalled),
        -sum(map(log, recalled)) - sum(log(max(1 - p, SURE)) for p in forgotten),
        sum((1 - p) ** 2 for p in recalled) + sum(p * p for p in forgotten),
    )


def _shares(counts: list[int]) -> Iterable[tuple[int, int, int]]:
    """Place, reviews and recalled, of places that have any."""
    for place in range(len(counts) // 2):
        forgotten, recalled = counts[2 * place : 2 * place + 2]
        if forgotten or recalled:
            yield place, forgotten + recalled, recalled


def tally(
    rows: Iterable[LogRow], modules: Mapping[int, str], weights: tuple[float, ...], since: int
) -> Tally:
    """The sums of every study day from one on that has a rating.

    Recall is predicted before each review that comes at least a study day after the rating before
    it; on the same day FSRS predicts none.

    Args:
        rows: The log of the cards, as ``LogRow`` says, card by card in order.
        modules: Card id to module.
        weights: The 21 numbers of FSRS-6.
        since: The first study day to sum; what came before it only makes memory.
    """
    names = sorted(set(modules.values()))
    places = {name: 2 * place for place, name in enumerate(names)}
    first, step = first_memories(weights), memory_step(weights)
    decay, factor = shape(weights)
    days: dict[int, DaySums] = {}
    mature = MATURE_DAYS * DAY
    current, module = -1, 0
    known = False
    s = d = 0.0
    last = before = 0
    for card, rating, day, phase, interval, took, hour, _ in rows:
        if card != current:
            current, known, before = card, False, 0
            module = places[modules[card]]
        if not rating:  # a reset
            known, before = False, 0
            continue
        if day >= since:
            try:
                sums = days[day]
            except KeyError:
                sums = days[day] = DaySums(len(names))
            if phase == 2:
                if before >= mature:
                    phase = 4
                recalled = rating > 1
                sums.hours[2 * hour + recalled] += 1
                sums.modules[module + recalled] += 1
                if known and day > last:
                    # The forgetting curve written out: a call for each review would be dear.
                    chance = (1 + factor * (day - last) / s) ** decay
                    sums.forecasts[int(chance * CELLS)][recalled].append(chance)
            stage = sums.stages[phase]
            stage[rating - 1] += 1
            stage[4] += took
            stage[5] += took * took
        if known:
            s, d = step(s, d, day - last, rating)
        else:
            s, d = first[rating]
            known = True
        last, before = day, interval
    return _rows(days, names)
