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

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flashsafety.collector import collector_off
from flashsafety.scheduling.fit import Examples
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import History, forecasts, histories
from flashsafety.stats.in_force import FITTED, JUDGED
from flashsafety.stats.worth import Chances, Gain, Worth, gain, worth
from flashsafety.store.sets import Fit, fitted_until
from flashsafety.store.training import training_rows
from flashsafety.study.library import Library
from flashsafety.terms import StudyDay

EARLIER = 0.8
"""The share of the reviews that is fitted to, where no later day is called for."""

Say = Callable[[str], None]
"""Told what is being done, each time before it takes long."""


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
            gain(known[weights], known[DEFAULT_WEIGHTS]),
            gain(known[weights], known[self._in_force]),
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
