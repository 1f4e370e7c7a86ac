"""The proof in its short form; ``python -m tests.proof`` is the long one."""

from statistics import mean

import pytest

from tests.proof import prove


@pytest.mark.slow
def test_who_is_known_is_predicted_and_remembers_as_much_as_was_desired() -> None:
    """Four months of three learners, with days left out and a break of two weeks.

    Of 24 such learners 0.886 is remembered on time in the mean, by one of them 0.009 more or less:
    which, another order of a day's cards decides.
    """
    proved = [prove(seed, 120, 0.9, known=True) for seed in (3, 4, 5)]
    assert all(it.reviews > 1000 for it in proved)
    assert abs(mean(it.predicted - it.recalled for it in proved)) < 0.02
    assert abs(mean(it.on_time for it in proved) - 0.9) < 0.03
    assert all(it.calibration_error < 0.02 + it.by_chance for it in proved)
