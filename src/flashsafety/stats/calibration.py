"""Whether recall comes as often as the scheduler predicts: calibration, and two proper scores.

The words are those of the course (module interpretable-uncertainty) and mean here: a forecast is
the chance of recall just before a review, the outcome whether the rating was above Again. Reviews
on the study day of the rating before have no forecast.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, log, sqrt

from flashsafety.stats.figures import Figures
from flashsafety.stats.shares import Share
from flashsafety.stats.tally import CELLS

PER_BIN = 100
"""Reviews that a bin holds at least. Source: the code of Hendrycks et al. (2021), calib_err."""

MOST_BINS = 10
NEEDED = 2 * PER_BIN
"""Reviews below which nothing is said: one bin shows no shape."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Reviews with like forecasts: a point of the reliability diagram."""

    low: float
    """Forecasts from this chance, 0 to 1."""
    high: float
    """To below this one."""
    predicted: float
    """Their mean."""
    share: Share
    """What happened."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What the forecasts were worth; of all four, lower is better."""

    log_loss: float
    """The mean negative logarithm of the chance that was given to what happened, in nats."""
    brier_score: float
    """The mean squared difference of forecast and outcome (0 or 1); binary form, 0 to 1."""
    rms_calibration_error: float
    """The root of the mean square of the bins' gaps between predicted and recalled, weighted by
    their reviews; 0 to 1."""
    by_chance: float
    """About what the RMS calibration error would be if every forecast were right: few reviews in a
    bin leave a gap by themselves."""
    base_log_loss: float
    """Log loss of a forecaster who always says the overall share recalled."""
    base_brier_score: float
    """Brier score of the same."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Forecasts of recall against what happened."""

    share: Share
    """Reviews that had a forecast, and those recalled."""
    predicted: float | None
    """The mean forecast, 0 to 1."""
    bins: tuple[Bin, ...]
    """By forecast, about equal in size; none while there are not enough reviews."""
    scores: Scores | None
    """None while there are not enough reviews."""

    @property
    def missing(self) -> int:
        """How many reviews more are needed; 0 when there are enough."""
        return max(0, NEEDED - self.share.of)

    @property
    def bias(self) -> int:
        """1 when more recall is predicted than happens (overconfident), -1 when less, else 0.

        0 as long as the mean forecast lies within the interval of the share recalled.
        """
        interval = self.share.interval
        if self.predicted is None or interval is None:
            return 0
        return int(self.predicted > interval[1]) - int(self.predicted < interval[0])


def calibration(figures: Figures) -> Calibration:
    """Calibration over the whole log, under the parameters now in force."""
    return calibrated(figures.recalls())


def calibrated(cells: Mapping[int, Sequence[float]]) -> Calibration:
    """Calibration of forecasts summed by cell, as ``Figures.recalls`` sums them."""
    sums = [sum(column) for column in zip(*cells.values(), strict=True)] or [0, 0, 0.0, 0.0, 0.0]
    share = Share(int(sums[0]), int(sums[1]))
    predicted = sums[2] / share.of if share.of else None
    if share.of < NEEDED:
        return Calibration(share, predicted, (), None)
    bins = _bins(cells, share.of)
    return Calibration(share, predicted, bins, _scores(bins, share, sums[3], sums[4]))


def _bins(cells: Mapping[int, Sequence[float]], reviews: int) -> tuple[Bin, ...]:
    """Neighboring cells put together until each bin holds its part (adaptive binning)."""
    part = max(PER_BIN, ceil(reviews / MOST_BINS))
    groups: list[list[int]] = [[]]
    held = 0
    for cell in sorted(cells):
        if held >= part:
            groups.append([])
            held = 0
        groups[-1].append(cell)
        held += int(cells[cell][0])
    if len(groups) > 1 and held < max(PER_BIN, part / 2):
        last = groups.pop()
        groups[-1] += last
    return tuple(_bin(cells, group) for group in groups)


def _bin(cells: Mapping[int, Sequence[float]], group: Sequence[int]) -> Bin:
    reviews = int(sum(cells[cell][0] for cell in group))
    recalled = int(sum(cells[cell][1] for cell in group))
    predicted = sum(cells[cell][2] for cell in group) / reviews
    high = min(1.0, (group[-1] + 1) / CELLS)
    return Bin(group[0] / CELLS, high, predicted, Share(reviews, recalled))


def _scores(bins: Sequence[Bin], share: Share, log_loss: float, brier: float) -> Scores:
    n, rate = share.of, share.recalled / share.of
    squares = sum(b.share.of * (b.share.recalled / b.share.of - b.predicted) ** 2 for b in bins)
    chance = sum(b.predicted * (1 - b.predicted) for b in bins)
    return Scores(
        log_loss=log_loss / n,
        brier_score=brier / n,
        rms_calibration_error=sqrt(squares / n),
        by_chance=sqrt(chance / n),
        base_log_loss=-sum(p * log(p) for p in (rate, 1 - rate) if p),
        base_brier_score=rate * (1 - rate),
    )
