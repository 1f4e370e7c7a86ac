"""The load of the coming days as the due dates stand, with intervals. Nothing is simulated.

Each card counts on the one day on which it is due next, and what falls due in a pause on the first
day after it; what its next answer will add later, new cards and the daily limits are left out. A
review is one rating, and, where it is forgotten (which the forgetting curve gives a chance), as
many relearning ratings more as a lapse has cost this learner so far. Times are this learner's own,
of the last year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from flashsafety.clock import day_begins_at, study_day
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.stats.figures import Figures, weights_in_force
from flashsafety.stats.periods import YEAR
from flashsafety.stats.shares import Z
from flashsafety.stats.tally import Stage
from flashsafety.store import loads
from flashsafety.store.plans import plans_on
from flashsafety.study.library import Library
from flashsafety.terms import StudyDay

DAYS = 28
WEEK = 7


@dataclass(frozen=True, slots=True)
class Expected:
    """An amount with its spread."""

    mean: float
    variance: float
    least: float = 0.0
    """What it cannot be less than."""

    @property
    def low(self) -> float:
        """The lower end of the 95% prediction interval."""
        return max(self.least, self.mean - Z * sqrt(self.variance))

    @property
    def high(self) -> float:
        """The upper end."""
        return self.mean + Z * sqrt(self.variance)


@dataclass(frozen=True, slots=True)
class Load:
    """What comes on one or more study days in a row."""

    first: StudyDay
    last: StudyDay
    learning: int
    """Cards due in learning or relearning."""
    review: int
    """Reviews due; on the first day, those overdue too."""
    ratings: Expected
    seconds: Expected


@dataclass(frozen=True, slots=True)
class Forecast:
    """The coming study days."""

    overdue: int
    """Reviews that were due before the present study day; they count on it, or after a pause."""
    days: tuple[Load, ...]
    """From the present study day on, none left out."""
    paused_until: StudyDay | None = None
    """The study day on which a pause that holds now ends."""

    @property
    def weeks(self) -> tuple[Load, ...]:
        """The same by seven days from the present one; the last may be shorter."""
        starts = range(0, len(self.days), WEEK)
        return tuple(_together(self.days[start : start + WEEK]) for start in starts)


@dataclass(frozen=True, slots=True)
class _Habits:
    """What a rating costs this learner: the mean and variance of seconds, by kind of rating."""

    review: tuple[float, float]
    steps: tuple[float, float]
    per_lapse: float
    """Relearning ratings that follow a lapse."""


def forecast(figures: Figures, days: int = DAYS) -> Forecast:
    """The load from the present study day on, for so many study days."""
    library, today = figures.library, figures.today
    pause = plans_on(library.db, today).pause
    begins = pause.ends if pause else today
    habits = _habits(figures, len(library.settings.relearning_steps))
    reviews, forgotten, spread = [0] * days, [0.0] * days, [0.0] * days
    overdue = 0
    weights = weights_in_force(library)
    if weights is not None:  # else no card was ever rated
        curve = forgetting_curve(weights)
        for due, last, stability in loads.due_reviews(library.db, today + days):
            place = max(due, begins) - today
            overdue += due < today
            if place < days:  # not buried beyond
                chance = curve(stability, today + place - last)
                reviews[place] += 1
                forgotten[place] += 1 - chance
                spread[place] += chance * (1 - chance)
    steps = _steps(library, today, days, begins)
    loads_by_day = (
        _load(StudyDay(today + place), steps[place], reviews[place], lapses, variance, habits)
        for place, (lapses, variance) in enumerate(zip(forgotten, spread, strict=True))
    )
    return Forecast(overdue, tuple(loads_by_day), pause.ends if pause else None)


def _steps(library: Library, today: StudyDay, days: int, begins: StudyDay) -> list[int]:
    """Cards in their steps by the day on which the next step is due, none before ``begins``."""
    clock = library.clock
    counts = [0] * days
    for at in loads.due_steps(library.db, day_begins_at(today + days, clock)):
        day = study_day(at, clock.offset_at(at), clock.day_start)
        place = max(day, begins) - today
        if place < days:
            counts[place] += 1
    return counts


def _load(
    day: StudyDay, steps: int, reviews: int, lapses: float, spread: float, habits: _Habits
) -> Load:
    """One day, from the expected number of lapses and its variance."""
    more = lapses * habits.per_lapse
    more_variance = spread * habits.per_lapse**2
    (review, review_variance), (step, step_variance) = habits.review, habits.steps
    in_steps = steps + more
    return Load(
        day,
        day,
        steps,
        reviews,
        Expected(reviews + in_steps, more_variance, least=reviews + steps),
        Expected(
            reviews * review + in_steps * step,
            reviews * review_variance + in_steps * step_variance + more_variance * step**2,
        ),
    )


def _habits(figures: Figures, relearning_steps: int) -> _Habits:
    """From the ratings of the last year; where there is none of a kind, from all of them."""
    sums = figures.stages(figures.today - YEAR + 1)
    review = _seconds(sums, (Stage.YOUNG, Stage.MATURE)) or _seconds(sums, Stage) or (0.0, 0.0)
    steps = _seconds(sums, (Stage.LEARNING, Stage.RELEARNING)) or review
    lapses = sum(sums[stage][0] for stage in (Stage.YOUNG, Stage.MATURE) if stage in sums)
    relearned = sum(sums[Stage.RELEARNING][:4]) if Stage.RELEARNING in sums else 0
    return _Habits(review, steps, relearned / lapses if lapses else float(relearning_steps))


def _seconds(sums: dict[Stage, list[int]], stages: Iterable[Stage]) -> tuple[float, float] | None:
    """Mean and variance of the time of a rating; none without any."""
    found = [sums[stage] for stage in stages if stage in sums]
    count = sum(sum(values[:4]) for values in found)
    if not count:
        return None
    mean = sum(values[4] for values in found) / count / 1000
    square = sum(values[5] for values in found) / count / 1_000_000
    return mean, max(0.0, square - mean * mean)


def _together(days: tuple[Load, ...]) -> Load:
    return Load(
        days[0].first,
        days[-1].last,
        sum(day.learning for day in days),
        sum(day.review for day in days),
        _sum(day.ratings for day in days),
        _sum(day.seconds for day in days),
    )


def _sum(parts: Iterable[Expected]) -> Expected:
    """The sum of amounts that do not hang together."""
    known = list(parts)
    return Expected(
        sum(part.mean for part in known),
        sum(part.variance for part in known),
        sum(part.least for part in known),
    )
