"""Whether weights fitted to a learner's log predict what comes after it better than others.

Never judged by what they were fitted to: they are fitted to the earlier reviews and judged by the
later ones, from a study day on. That is the day on which four fifths of the reviews are over, or,
where the weights in force were fitted to later reviews than those, the day after these. All are
judged by the same reviews, and the judge is log loss; the other measures are for the reader. Sets
of weights are never compared number by number: quite different ones may predict the same.

A fit is better when its log loss is lower by more than the standard error of the difference. Any
lower one would do as well on average, but of 96 simulated learners with 2,000 reviews (or 5,000) it
would have given 17 (17) a fit that predicts the next three months worse than the defaults, and this
rule gives such to 4 (4).
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, stdev

from flashsafety.collector import collector_off
from flashsafety.scheduling.fit import Examples
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import History, forecasts, histories
from flashsafety.stats.calibration import Scores, calibrated
from flashsafety.stats.in_force import FITTED, JUDGED
from flashsafety.stats.tally import CELLS, SURE, summed
from flashsafety.store.sets import Fit, fitted_until
from flashsafety.store.training import training_rows
from flashsafety.study.library import Library
from flashsafety.terms import StudyDay

EARLIER = 0.8
"""The share of the reviews that is fitted to, where no later day is called for."""

Chances = tuple[list[float], list[float]]
"""Of recall, as they were predicted: of what was forgotten, and of what was recalled."""

Say = Callable[[str], None]
"""Told what is being done, each time before it takes long."""


@dataclass(frozen=True, slots=True)
class Worth:
    """How well weights predicted the later reviews."""

    scores: Scores
    auc: float | None
    """The chance that of a recalled and a forgotten review the recalled one was given the higher
    chance, 0 to 1 (area under the ROC curve); none where all came to the same."""


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much one set of weights predicts better than another."""

    log_loss: float
    """The log loss of the other less its own; below 0 when it predicts worse."""
    error: float
    """The standard error of that, over the reviews."""

    @property
    def sure(self) -> bool:
        """Whether it is more than chance may make it."""
        return self.log_loss > self.error


@dataclass(frozen=True, slots=True)
class Verdict:
    """Three sets of weights judged by the same reviews."""

    defaults: Worth
    in_force: Worth
    fitted: Worth
    """Fitted to the earlier reviews."""
    over_defaults: Gain
    """Of the fit."""
    over_in_force: Gain

    @property
    def better(self) -> bool:
        """Whether the fit predicts better than both the others."""
        return self.over_in_force.sure and self.over_defaults.sure


class Trial:
    """The log read once, to fit to and to judge by."""

    @collector_off()
    def __init__(self, library: Library, modules: Sequence[str] = ()) -> None:
        """Read the log, of some modules' cards or of all."""
        self._in_force = library.scheduling[1].parameters.weights
        self._relearning_steps = len(library.settings.relearning_steps)
        self._runs: list[History] = histories(training_rows(library.db, modules))
        self._examples = Examples(self._runs)
        self.reviews = len(self._examples)
        """Reviews that come a study day or more after the rating before them."""
        self.last_fit: StudyDay | None = fitted_until(library.db)
        """The newest study day that the weights in force were fitted to; none of none."""
        self.since = StudyDay(0)
        """The first study day of the later reviews."""
        if self.reviews:
            self.since = self._examples.day_at(EARLIER)
            if self.last_fit is not None:
                self.since = max(self.since, StudyDay(self.last_fit + 1))
        self.earlier = self._examples.before(self.since)
        self.later = self.reviews - self.earlier

    @property
    def enough(self) -> bool:
        """Whether there are reviews enough to fit and to judge."""
        return self.earlier >= FITTED and self.later >= JUDGED

    @collector_off()
    def judge(self, say: Say) -> Verdict:
        """Fit to the earlier reviews, and judge by the later; only where there are enough.

        Raises:
            FlashsafetyError: The optimiser found no usable numbers.
        """
        say(f"fitting to {self.earlier:,} reviews")
        weights = self._examples.fit(self._relearning_steps, self.since)
        say(f"judging by {self.later:,} reviews")
        known: dict[tuple[float, ...], Chances] = {}
        for each in (DEFAULT_WEIGHTS, self._in_force, weights):
            if each not in known:  # the defaults may be in force
                known[each] = forecasts(self._runs, each, self.since)
        worths = {each: worth(*chances) for each, chances in known.items()}
        return Verdict(
            worths[DEFAULT_WEIGHTS],
            worths[self._in_force],
            worths[weights],
            _gain(known[weights], known[DEFAULT_WEIGHTS]),
            _gain(known[weights], known[self._in_force]),
        )

    @collector_off()
    def fit(self, verdict: Verdict, say: Say) -> tuple[tuple[float, ...], Fit]:
        """Weights fitted to all reviews, and what is to be kept of how they came about.

        Raises:
            FlashsafetyError: The optimiser found no usable numbers.
        """
        say(f"fitting to {self.reviews:,} reviews")
        weights = self._examples.fit(self._relearning_steps)
        fitted = verdict.fitted
        return weights, Fit(
            self.reviews,
            self._examples.last_day,
            self.later,
            fitted.scores.log_loss,
            fitted.scores.rms_calibration_error,
            fitted.auc,
            verdict.in_force.scores.log_loss,
        )


def worth(forgotten: Sequence[float], recalled: Sequence[float]) -> Worth:
    """What forecasts were worth.

    Args:
        forgotten: The chances of recall given to what was forgotten; with those of what was
            recalled, at least ``JUDGED``.
        recalled: Those given to what was recalled.
    """
    cells: defaultdict[int, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
    for outcome, chances in enumerate((forgotten, recalled)):
        for chance in chances:
            cells[int(chance * CELLS)][outcome].append(chance)
    scores = calibrated({cell: summed(*both) for cell, both in cells.items()}).scores
    assert scores is not None
    return Worth(scores, area_under_roc(forgotten, recalled))


def _gain(ours: Chances, theirs: Chances) -> Gain:
    """Of weights over others, from what both predicted of the same reviews in the same order."""
    differences = [
        log(max(1 - our, SURE) / max(1 - their, SURE))
        for our, their in zip(ours[0], theirs[0], strict=True)
    ]
    differences += [log(our / their) for our, their in zip(ours[1], theirs[1], strict=True)]
    mean = fmean(differences)
    return Gain(mean, stdev(differences, mean) / sqrt(len(differences)))


def area_under_roc(low: Sequence[float], high: Sequence[float]) -> float | None:
    """The chance that one drawn from ``high`` is above one drawn from ``low``, a tie being half.

    None when either is empty. Source: the course, module anomaly detection; equal to the statistic
    of Mann and Whitney (1947) over the number of pairs.
    """
    if not low or not high:
        return None
    ordered = sorted(high)
    below = sum(bisect_left(ordered, one) + bisect_right(ordered, one) for one in low)
    return 1 - below / (2 * len(low) * len(high))
