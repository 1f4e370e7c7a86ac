"""Intervals of many cards at once, fuzzed and balanced as in ``scheduling.balance``. numpy."""

import numpy as np

from flashsafety.scheduling.balance import ALWAYS, FALL, LAST_RESORT, POWER
from flashsafety.scheduling.vector import Floats, Formulas, Ints, fuzz_range, interval
from flashsafety.scheduling.week import SHARES, weekday
from flashsafety.scheduling.world import Cards, Rules

_BEYOND = 400
"""Days after the last whose load is kept; what is given later is not balanced."""

_CHOICES = 32
"""Days of a fuzz range that are weighed; of a wider one as many, spread over it."""


class Spread:
    """The load of the days to come in every run, and the draw that heeds it."""

    def __init__(self, cards: Cards, rules: Rules, runs: int, first: int, days: int) -> None:
        """Begin with the reviews that are due already."""
        self._longest = rules.parameters.maximum_interval
        self._seconds, self._most = cards.seconds, rules.most
        self._even = rules.balance
        self._shares = np.maximum([SHARES[ease] for ease in rules.week], LAST_RESORT)
        self._normal = set(rules.week) == {"normal"}
        self._plain = not rules.balance and self._normal
        self._monday, self._days = weekday(first), days + _BEYOND
        self._load = np.zeros((runs, self._days))
        due = cards.due - first
        ahead = (cards.phase == 2) & (due >= 0) & (due < self._days)
        np.add.at(self._load.T, due[ahead], self._seconds[ahead, None])
        self._nearness = np.arange(1, self._longest + 2, dtype=float) ** -FALL

    def intervals(
        self,
        of: Formulas,
        stability: Floats,
        retention: Floats,
        run: Ints,
        column: Ints,
        number: int,
        rng: np.random.Generator,
    ) -> Ints:
        """The intervals in days of cards that leave a day for another.

        Args:
            of: The formulas.
            stability: Of each card, days.
            retention: The desired one of each.
            run: In which run each is.
            column: Which card of the bank each is.
            number: The day, counted from the first.
            rng: Where chance comes from.
        """
        low, high = fuzz_range(interval(of, stability, retention, self._longest), self._longest)
        drawn = rng.random(len(low))
        if self._plain:
            return low + (drawn * (high - low + 1)).astype(np.int64)
        given = self._balanced(low, high, drawn, run, number)
        self._add(given, run, column, number)
        return given

    def _balanced(self, low: Ints, high: Ints, drawn: Floats, run: Ints, number: int) -> Ints:
        if not len(low):
            return low
        width = (high - low + 1)[:, None]
        choices = np.arange(min(_CHOICES, int(width.max())))
        spread = ((choices + drawn[::-1, None]) * width / len(choices)).astype(np.int64)
        offsets = np.where(width > len(choices), spread, choices)
        away = np.minimum(low[:, None] + offsets, self._longest)
        weights = np.ones(away.shape)
        if not self._normal:
            weights = self._shares[(self._monday + number + away) % 7]
        if self._even:
            ahead = np.minimum(number + away, self._days - 1)
            seconds = self._load[run[:, None], ahead]
            if self._most < np.inf:
                weights = np.where(seconds >= self._most, weights * LAST_RESORT, weights)
            scaled = weights / (seconds + ALWAYS) * self._nearness[away - 1]
            # Squared first: numpy takes the square of an array for nothing, and other powers dear.
            weights = weights * (scaled * scaled) ** (POWER / 2)
        sums = np.cumsum(np.where(offsets < width, weights, 0.0), axis=1)
        place = (sums <= drawn[:, None] * sums[:, -1:]).sum(axis=1)
        place = np.minimum(place, width[:, 0] - 1)  # where sums of hundreds of days round
        days: Ints = away[np.arange(len(away)), place]
        return days

    def _add(self, given: Ints, run: Ints, column: Ints, number: int) -> None:
        due = number + given
        near = due < self._days - 1
        np.add.at(self._load, (run[near], due[near]), self._seconds[column[near]])
