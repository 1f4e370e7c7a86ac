"""How this learner answers: buttons and time by phase, from the ratings of the last year."""

from collections.abc import Mapping
from typing import NamedTuple

from flashsafety.stats.figures import Figures
from flashsafety.stats.periods import YEAR
from flashsafety.stats.tally import Stage
from flashsafety.study.pace import DEFAULTS
from flashsafety.terms import Phase

ENOUGH = 50
"""Ratings of a phase; with fewer, what is typical stands."""

TYPICAL: Mapping[Phase, tuple[float, float, float, float]] = {
    Phase.NEW: (0.24, 0.09, 0.50, 0.17),
    Phase.LEARNING: (0.14, 0.10, 0.70, 0.06),
    Phase.REVIEW: (0.0, 0.22, 0.63, 0.15),
    Phase.RELEARNING: (0.22, 0.06, 0.66, 0.06),
}
"""Again, Hard, Good, Easy, of many learners; of reviews among those recalled. Source: the default
configuration of the simulator of fsrs-rs 6."""


_STEP = DEFAULTS[Phase.LEARNING]
_STRAY = 0.6
"""Standard deviation of the time of a rating over its mean, where it is not known."""


class Answering(NamedTuple):
    """Buttons and time by phase."""

    shares: Mapping[Phase, tuple[float, ...]]
    """How often a rating is Again, Hard, Good, Easy; of reviews among those recalled."""
    seconds: Mapping[Phase, float]
    """The mean time of a rating."""
    variance: Mapping[Phase, float]
    """Of that time, seconds squared."""
    own: bool
    """Whether enough reviews were rated for both to be the learner's own."""


def answering(figures: Figures) -> Answering:
    """The ways of this learner; a phase without enough ratings has those of many."""
    sums = figures.stages(figures.today - YEAR + 1)
    shares, seconds = dict(TYPICAL), {phase: DEFAULTS.get(phase, _STEP) for phase in Phase}
    variance = {phase: (_STRAY * mean) ** 2 for phase, mean in seconds.items()}
    own = False
    for phase in Phase:
        stages = (Stage.YOUNG, Stage.MATURE) if phase == Phase.REVIEW else (Stage(phase),)
        found = [sums[stage] for stage in stages if stage in sums]
        counts = [sum(values[button] for values in found) for button in range(4)]
        if sum(counts) < ENOUGH:
            continue
        milliseconds = sum(values[4] for values in found)
        if milliseconds:  # a log from elsewhere may hold no times
            seconds[phase] = milliseconds / sum(counts) / 1000
            square = sum(values[5] for values in found) / sum(counts) / 1_000_000
            variance[phase] = max(0.0, square - seconds[phase] ** 2)
        if phase == Phase.REVIEW:
            counts[0] = 0
            own = True
        if sum(counts):
            again, hard, good, easy = (count / sum(counts) for count in counts)
            shares[phase] = again, hard, good, easy
    return Answering(shares, seconds, variance, own)
