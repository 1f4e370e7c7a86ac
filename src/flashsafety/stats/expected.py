"""The load to be expected: lapses, new cards, limits and easy days included. A simulation; numpy.

Where ``stats.forecast`` tells what is due as the dates stand, this lets many copies of the learner
live the coming days and tells what they met.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from flashsafety.scheduling.simulation import Progress, simulate
from flashsafety.scheduling.world import Cards, Days, Runs
from flashsafety.stats.figures import Figures
from flashsafety.stats.forecast import WEEK
from flashsafety.stats.lives import learner
from flashsafety.terms import Phase, StudyDay

SHARE = 0.8
"""Of the simulated lives lie within an interval."""

_LIVES = 200
_FEWEST = 40
_DAYS = 28
"""With more days there are fewer lives, so that a year takes little longer than a month."""
SEED = 1


@dataclass(frozen=True, slots=True)
class Band:
    """The mean of many lives, and where most of them lie."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Expectation:
    """What one or more study days in a row bring."""

    first: StudyDay
    last: StudyDay
    reviews: Band
    new: Band
    ratings: Band
    seconds: Band


@dataclass(frozen=True, slots=True)
class Expectations:
    """The coming study days."""

    lives: int
    days: tuple[Expectation, ...]
    """From the present study day on, whose rest it tells."""
    weeks: tuple[Expectation, ...]
    """The same by seven days; the last may be shorter."""


def expectations(figures: Figures, days: int, progress: Progress = lambda _: None) -> Expectations:
    """Live so many study days from the present one on, many times over."""
    settings = figures.library.settings
    lives = max(_FEWEST, min(_LIVES, _LIVES * _DAYS // days))
    who = learner(figures)
    found = simulate(
        _coming(who.cards, figures.today + days, settings.new_limit * days),
        who.ways,
        who.rules,
        Runs(np.full(lives, settings.desired_retention), np.full(lives, settings.new_limit)),
        first=figures.today,
        days=days,
        rng=np.random.default_rng(SEED),
        progress=progress,
    )
    today = figures.today
    return Expectations(
        lives,
        tuple(_expectations(found, today, days, 1)),
        tuple(_expectations(found, today, days, WEEK)),
    )


def _coming(cards: Cards, end: int, new: int) -> Cards:
    """The cards that can come before a study day, among them so many new ones, and their siblings.

    The others would only take room and time.
    """
    rated = cards.phase != Phase.NEW
    may = np.where(rated, cards.due < end, np.cumsum(~rated) <= 2 * new)
    may |= np.isin(cards.note, cards.note[may]) & rated
    return Cards._make(values[may] for values in cards)


def _expectations(found: Days, first: int, days: int, length: int) -> Iterator[Expectation]:
    for start in range(0, days, length):
        of = slice(start, start + length)
        yield Expectation(
            StudyDay(first + start),
            StudyDay(first + min(start + length, days) - 1),
            *(
                _band(values[:, of].sum(axis=1))
                for values in (found.reviews, found.new, found.ratings, found.seconds)
            ),
        )


def _band(values: "np.typing.NDArray[np.int64] | np.typing.NDArray[np.float64]") -> Band:
    low, high = np.quantile(values, ((1 - SHARE) / 2, (1 + SHARE) / 2))
    return Band(float(values.mean()), float(low), float(high))
