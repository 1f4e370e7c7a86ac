"""The proof in its short form; ``python -m tests.proof`` is the long one."""

import pytest

from tests.proof import prove


@pytest.mark.slow
def test_who_is_known_is_predicted_and_remembers_as_much_as_was_desired() -> None:
    """Four months of one learner, with days left out and a break of two weeks."""
    it = prove(3, 120, 0.9, known=True)
    assert it.reviews > 1000
    assert abs(it.predicted - it.recalled) < 0.02
    assert abs(it.on_time - 0.9) < 0.02
    assert it.calibration_error < 0.02 + it.by_chance
