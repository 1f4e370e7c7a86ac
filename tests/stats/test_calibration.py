"""Calibration of learners whose memory is known, and its measures against their definitions."""

from itertools import pairwise
from math import log, sqrt

import pytest

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.stats.calibration import MOST_BINS, NEEDED, PER_BIN, Calibration, calibration
from flashsafety.stats.figures import figures
from flashsafety.stats.tally import CELLS
from flashsafety.stats.words import bias
from flashsafety.study.library import Library
from tests.stats.brute import brute

DAYS = 150


def of(library: Library) -> Calibration:
    with figures(library) as log_sums:
        return calibration(log_sums)


def quicker(times: float) -> tuple[float, ...]:
    """Weights of a learner in whom every memory lasts so many times as long."""
    first = tuple(weight * times for weight in DEFAULT_WEIGHTS[:4])
    growth = DEFAULT_WEIGHTS[8] + log(times)
    return (*first, *DEFAULT_WEIGHTS[4:8], growth, *DEFAULT_WEIGHTS[9:])


def test_a_learner_who_forgets_as_predicted_is_calibrated(studied) -> None:
    about = of(studied(DAYS))
    assert about.share.of > 5 * PER_BIN
    assert about.bias == 0
    assert about.scores is not None
    assert about.scores.rms_calibration_error < 2 * about.scores.by_chance
    inside = [
        each.share.interval[0] <= each.predicted <= each.share.interval[1]
        for each in about.bins
        if each.share.interval is not None
    ]
    assert sum(inside) >= len(inside) - 1
    assert about.scores.log_loss < about.scores.base_log_loss * 1.02


@pytest.mark.parametrize(
    ("times", "bias_", "said"), [(0.4, 1, "overconfident"), (2.5, -1, "underconfident")]
)
def test_a_learner_who_forgets_otherwise_shows(
    studied, times: float, bias_: int, said: str
) -> None:
    about = of(studied(DAYS, weights=quicker(times)))
    assert about.bias == bias_
    assert bias(about).startswith(said)
    assert about.scores is not None
    assert about.scores.rms_calibration_error > 2 * about.scores.by_chance


def test_the_measures_are_those_of_the_course(studied) -> None:
    """Log loss and Brier score over the forecasts, RMS calibration error over the bins shown."""
    library = studied(DAYS)
    about, plain = of(library), brute(library)
    assert about.scores is not None
    assert about.scores.log_loss == pytest.approx(plain.log_loss)
    assert about.scores.brier_score == pytest.approx(plain.brier)
    total = gaps = expected = reviews = 0.0
    for each in about.bins:
        inside = [
            (chance, right)
            for chance, right in plain.forecasts
            if each.low <= int(chance * CELLS) / CELLS < each.high
        ]
        mean = sum(chance for chance, _ in inside) / len(inside)
        share = sum(right for _, right in inside) / len(inside)
        assert each.share.of == len(inside)
        assert each.predicted == pytest.approx(mean)
        total += len(inside)
        gaps += len(inside) * (share - mean) ** 2
        expected += mean * (1 - mean)
        reviews += len(inside)
    assert total == about.share.of
    assert about.scores.rms_calibration_error == pytest.approx(sqrt(gaps / total))
    assert about.scores.by_chance == pytest.approx(sqrt(expected / reviews))
    rate = about.share.recalled / about.share.of
    assert about.scores.base_brier_score == pytest.approx(rate * (1 - rate))
    assert about.scores.base_log_loss == pytest.approx(
        -rate * log(rate) - (1 - rate) * log(1 - rate)
    )


def test_bins_are_about_equal_in_size_and_none_is_small(studied) -> None:
    about = of(studied(DAYS))
    assert 2 <= len(about.bins) <= MOST_BINS
    assert min(each.share.of for each in about.bins) >= PER_BIN
    assert all(one.high <= other.low for one, other in pairwise(about.bins))


def test_before_there_is_enough_it_says_how_many_are_missing(studied) -> None:
    about = of(studied(8))
    assert 0 < about.share.of < NEEDED
    assert about.missing == NEEDED - about.share.of
    assert (about.bins, about.scores) == ((), None)


def test_a_review_of_the_same_day_has_no_forecast(studied) -> None:
    library = studied(60)
    before = of(library)
    library.db.execute("UPDATE review SET study_day = (SELECT min(study_day) FROM review)")
    library.db.execute("DELETE FROM rollup_mark")
    assert before.share.of > 0
    assert of(library).share.of == 0
