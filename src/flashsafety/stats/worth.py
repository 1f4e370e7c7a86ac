"""What predictions of recall were worth, and by how much some are better than others."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt
from statistics import fmean, stdev

from flashsafety.stats.calibration import Scores, calibrated
from flashsafety.stats.tally import CELLS, SURE, summed

Chances = tuple[list[float], list[float]]
"""Of recall, as they were predicted: of what was forgotten, and of what was recalled."""


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


def gain(ours: Chances, theirs: Chances) -> Gain:
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
