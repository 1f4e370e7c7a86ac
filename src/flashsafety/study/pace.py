"""How long cards take this learner: from the median answer times of the newest ratings."""

from collections.abc import Mapping
from typing import NamedTuple

from flashsafety.store import logs
from flashsafety.study.library import Library
from flashsafety.terms import Phase

WINDOW = 1000
"""The newest ratings are looked at, no more."""

ENOUGH = 20
"""With fewer timed ratings of a kind than this, its default stands."""

DEFAULTS: Mapping[Phase, float] = {Phase.NEW: 30.0, Phase.LEARNING: 10.0, Phase.REVIEW: 15.0}
"""Seconds of a rating by the phase before it; relearning counts as learning."""


class Pace(NamedTuple):
    """Seconds that a card takes on the day on which it comes."""

    new: float
    """A new card, the steps that follow its first rating included."""
    review: float
    """A review, the steps that follow a lapse included."""
    step: float
    """A card that is in its steps already."""
    measured: bool
    """Whether a median is one's own; else all three rest on defaults."""

    def seconds(self, *, new: int, learning: int, review: int) -> float:
        """What so many cards will take."""
        return new * self.new + learning * self.step + review * self.review


def pace(library: Library) -> Pace:
    """The pace of the newest ratings; cramming does not count.

    The steps that a new card or a review brings with it are counted in the same ratings. Before
    there are enough, a new card is taken to pass each step at the first try, and as many reviews to
    lapse as the desired retention expects.
    """
    settings = library.settings
    times: dict[Phase, list[int]] = {phase: [] for phase in Phase}
    for phase, milliseconds in logs.newest_times(library.db, WINDOW):
        times[Phase(phase)].append(milliseconds)
    lapses = 1 - settings.desired_retention
    per_new = _per_card(times, Phase.NEW, max(0, len(settings.learning_steps) - 1))
    per_review = _per_card(times, Phase.REVIEW, lapses * len(settings.relearning_steps))
    timed = {
        Phase.NEW: _timed(times[Phase.NEW]),
        Phase.LEARNING: _timed(times[Phase.LEARNING] + times[Phase.RELEARNING]),
        Phase.REVIEW: _timed(times[Phase.REVIEW]),
    }
    own = {kind: _median(found) / 1000 for kind, found in timed.items() if len(found) >= ENOUGH}
    each = {**DEFAULTS, **own}
    step = each[Phase.LEARNING]
    new, review = each[Phase.NEW] + per_new * step, each[Phase.REVIEW] + per_review * step
    return Pace(new, review, step, bool(own))


def review_seconds(library: Library) -> Mapping[str, float]:
    """Seconds of a review by type of note, and under "" those of any other.

    By type and not by card: a card has few reviews, and the time of one is half or double that of
    the next for no reason; what tells cards apart for good is mostly what is asked of the learner.
    """
    times: dict[str, list[int]] = {}
    for kind, milliseconds in logs.newest_review_times(library.db, WINDOW):
        times.setdefault(kind, []).append(milliseconds)
    every = [each for found in times.values() for each in found]
    enough = {kind: found for kind, found in times.items() if len(found) >= ENOUGH}
    any_other = _median(every) / 1000 if len(every) >= ENOUGH else DEFAULTS[Phase.REVIEW]
    return {"": any_other, **{kind: _median(found) / 1000 for kind, found in enough.items()}}


def _per_card(times: Mapping[Phase, list[int]], phase: Phase, default: float) -> float:
    """Ratings in the steps that follow one in a phase."""
    steps = {Phase.NEW: Phase.LEARNING, Phase.REVIEW: Phase.RELEARNING}[phase]
    return len(times[steps]) / len(times[phase]) if len(times[phase]) >= ENOUGH else default


def _median(values: list[int]) -> int:
    """The middle one, the higher of two. The standard library's takes long to import."""
    return sorted(values)[len(values) // 2]


def _timed(milliseconds: list[int]) -> list[int]:
    """Those that were timed: a log from elsewhere may hold none."""
    return [each for each in milliseconds if each > 0]
