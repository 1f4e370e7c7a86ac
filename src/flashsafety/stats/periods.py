"""Ratings, time and recall of the last days, weeks and years, by the phase before the rating."""

from collections.abc import Mapping
from dataclasses import dataclass

from flashsafety.stats.figures import Figures
from flashsafety.stats.shares import Share
from flashsafety.stats.tally import Stage
from flashsafety.store.plans import paused_on, plans_on
from flashsafety.terms import StudyDay

LENGTHS = (1, 7, 30, 365)
"""Days; those that reach back behind the first rating are left out."""

YEAR = 365
"""Days that are told one by one."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How ratings were spread over the four buttons, and the time they took."""

    again: int = 0
    hard: int = 0
    good: int = 0
    easy: int = 0
    milliseconds: int = 0

    @property
    def buttons(self) -> tuple[int, int, int, int]:
        """Again, Hard, Good, Easy."""
        return self.again, self.hard, self.good, self.easy

    @property
    def share(self) -> Share:
        """Those above Again."""
        return Share(sum(self.buttons), sum(self.buttons) - self.again)


@dataclass(frozen=True, slots=True)
class Period:
    """The last so many study days, today included."""

    days: int | None
    """None of the whole log."""
    studied: int
    """Study days with a rating."""
    stages: Mapping[Stage, Answers]
    """By the phase before the rating; stages without ratings are left out."""

    @property
    def review(self) -> Answers:
        """Ratings in the review phase, young and mature."""
        return added(*(self.stages.get(stage, Answers()) for stage in (Stage.YOUNG, Stage.MATURE)))

    @property
    def total(self) -> Answers:
        """All ratings."""
        return added(*self.stages.values())

    @property
    def true_retention(self) -> Share:
        """The share of review-phase ratings above Again."""
        return self.review.share


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on a study day."""

    day: StudyDay
    ratings: int
    milliseconds: int
    paused: bool = False
    """Whether it lies in a pause."""


def added(*parts: Answers) -> Answers:
    """All of them together."""
    return Answers(
        sum(part.again for part in parts),
        sum(part.hard for part in parts),
        sum(part.good for part in parts),
        sum(part.easy for part in parts),
        sum(part.milliseconds for part in parts),
    )


def days(figures: Figures) -> tuple[Day, ...]:
    """The last 365 study days up to today, or those since the first rating; none left out."""
    first = figures.studied()[1]
    if first is None:
        return ()
    since = max(first, figures.today - YEAR + 1)
    sums, pauses = figures.days(since), plans_on(figures.library.db, figures.today).pauses
    found = []
    for day in range(since, figures.today + 1):
        ratings, milliseconds = sums.get(day, (0, 0))
        paused = paused_on(pauses, day) is not None
        found.append(Day(StudyDay(day), ratings, milliseconds, paused))
    return tuple(found)


def periods(figures: Figures) -> tuple[Period, ...]:
    """Today, the last week, month and year, as far as there was any rating, and the whole log."""
    studied, first = figures.studied()
    if first is None:
        return ()
    recent = figures.days(figures.today - YEAR + 1)
    found = []
    for length in LENGTHS:
        since = figures.today - length + 1
        if since > first or length == 1:
            count = sum(day >= since for day in recent)
            found.append(Period(length, count, _answers(figures, since)))
    return (*found, Period(None, studied, _answers(figures, 0)))


def _answers(figures: Figures, since: int) -> dict[Stage, Answers]:
    sums = figures.stages(since)
    return {stage: Answers(*sums[stage][:5]) for stage in Stage if stage in sums}
