"""Which parameters are in force, and whether a fit may be worth a trial by now."""

from dataclasses import dataclass

from flashsafety.stats.calibration import NEEDED
from flashsafety.stats.figures import Figures
from flashsafety.stats.tally import Stage
from flashsafety.store.sets import StoredSet, fitted_until, weight_sets

JUDGED = NEEDED
"""Later reviews below which no fit is judged: calibration says nothing of fewer."""

FITTED = 4 * JUDGED
"""Reviews below which nothing is fitted.

The three months to come were predicted better than by the defaults for 9 of 25 simulated learners
after a fit to 400 reviews, 15 after one to 800, 19 after one to 3,200 (weights spread by 20%).
"""

LEARNERS = 10
"""Learners of a group below which nothing is fitted to it."""


@dataclass(frozen=True, slots=True)
class InForce:
    """The parameters by which memory is reckoned."""

    chosen: StoredSet | None
    """None before the first rating."""
    reviews: int
    """Ratings in review since the days that they were fitted to; all, where they never were."""
    worth_a_trial: bool
    """Those are enough for 'optimize' to judge by, or nearly."""


def parameters_in_force(figures: Figures) -> InForce:
    """As of the same moment as the figures."""
    db = figures.library.db
    stored = weight_sets(db)
    until = fitted_until(db)
    stages = figures.stages(0 if until is None else until + 1)
    reviews = sum(sum(stages.get(stage, [])[:4]) for stage in (Stage.YOUNG, Stage.MATURE))
    needed = FITTED + JUDGED if until is None else JUDGED
    return InForce(stored[-1] if stored else None, reviews, reviews >= needed)
