"""Everything that a learner does while the disk fails."""

from collections.abc import Mapping

from tests.crash import care, daily, elsewhere, fits
from tests.crash.learner import Operation

OPERATIONS: Mapping[str, Operation] = (
    daily.OPERATIONS | fits.OPERATIONS | elsewhere.OPERATIONS | care.OPERATIONS
)
"""By name."""
