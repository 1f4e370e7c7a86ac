"""Parameters for newcomers: fitted to the logs of a group, judged by learners they never saw.

The learners are dealt into five parts. Each part is predicted by weights that were fitted to the
other four, so everyone is judged and nobody by weights that know them; split by rating instead, the
fit would have met the very people that it is judged by. What is handed out is then fitted to all.

It is better than the defaults when its log loss is lower by more than the standard error of the
difference. That error is reckoned over learners, not over reviews: the reviews of one learner are
alike, and taken for independent they would make chance look like a finding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from flashsafety.collector import collector_off
from flashsafety.scheduling.fit import Examples
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import History, forecasts, histories
from flashsafety.stats.in_force import FITTED, LEARNERS
from flashsafety.stats.tally import SURE
from flashsafety.stats.worth import Chances, Gain, Worth, worth
from flashsafety.study.handed_in import HandedIn

PARTS = 5
_RELEARNING_STEPS = 1
"""As by default; the logs do not say how many there were."""


@dataclass(frozen=True, slots=True)
class GroupVerdict:
    """The defaults and the fits, judged by the same reviews of learners who were held out."""

    defaults: Worth
    fitted: Worth
    gain: Gain
    """Of the fits over the defaults; its error is over learners."""


class GroupTrial:
    """The logs of a group, to fit to and to judge by."""

    @collector_off()
    def __init__(self, handed: HandedIn) -> None:
        """Take what was handed in; learners without a review to predict are left out."""
        runs = (histories(rows) for rows in handed.logs.values())
        self._learners: list[list[History]] = [own for own in runs if any(map(_predicts, own))]
        self.learners = len(self._learners)
        self.reviews = sum(len(Examples(own)) for own in self._learners)
        """Reviews that come a study day or more after the rating before them."""

    @property
    def enough(self) -> bool:
        """Whether there are learners and reviews enough."""
        return self.learners >= LEARNERS and self.reviews >= FITTED

    @collector_off()
    def judge(self, say: Callable[[str], None]) -> GroupVerdict:
        """Fit to all but a part and judge by that part, part by part.

        Args:
            say: Told what is being done, each time before it takes long.

        Raises:
            FlashsafetyError: The optimiser found no usable numbers.
        """
        ours: list[Chances] = []
        theirs: list[Chances] = []
        for part in range(PARTS):
            say(f"fitting to all but part {part + 1} of {PARTS}")
            others = [own for n, own in enumerate(self._learners) if n % PARTS != part]
            weights = _fit(others)
            for own in self._learners[part::PARTS]:
                ours.append(forecasts(own, weights, 0))
                theirs.append(forecasts(own, DEFAULT_WEIGHTS, 0))
        return GroupVerdict(worth(*_all(theirs)), worth(*_all(ours)), _gain(ours, theirs))

    @collector_off()
    def fit(self) -> tuple[float, ...]:
        """The 21 weights that fit all of them best.

        Raises:
            FlashsafetyError: The optimiser found no usable numbers.
        """
        return _fit(self._learners)


def _predicts(run: History) -> bool:
    return run[-1][2] > run[0][2]


def _fit(learners: Sequence[Sequence[History]]) -> tuple[float, ...]:
    return Examples([run for own in learners for run in own]).fit(_RELEARNING_STEPS)


def _all(learners: Sequence[Chances]) -> Chances:
    return [p for own in learners for p in own[0]], [p for own in learners for p in own[1]]


def _gain(ours: Sequence[Chances], theirs: Sequence[Chances]) -> Gain:
    """Of weights over others, from what both predicted of the same reviews, learner by learner.

    The error of a ratio of sums over clusters. Source: Cochran, Sampling Techniques (1977), 6.4.
    """
    sums, counts = [], []
    for our, their in zip(ours, theirs, strict=True):
        lost = sum(
            log(max(1 - p, SURE) / max(1 - q, SURE)) for p, q in zip(our[0], their[0], strict=True)
        )
        kept = sum(log(p / q) for p, q in zip(our[1], their[1], strict=True))
        sums.append(lost + kept)
        counts.append(len(our[0]) + len(our[1]))
    reviews, learners = sum(counts), len(counts)
    mean = sum(sums) / reviews
    squares = sum((total - mean * count) ** 2 for total, count in zip(sums, counts, strict=True))
    return Gain(mean, sqrt(squares * learners / (learners - 1)) / reviews)
