"""A share of ratings with the interval that its number allows."""

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""Standard deviations to either side that hold 95% of a normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    of: int
    """Ratings."""
    recalled: int
    """Those above Again."""

    @property
    def value(self) -> float | None:
        """The share, 0 to 1; none of nothing."""
        return self.recalled / self.of if self.of else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95% confidence interval, 0 to 1; none of nothing.

        Unlike the usual one it holds up near 0 and 1 and for few ratings. Source: E. B. Wilson
        (1927), Probable inference, the law of succession, and statistical inference, JASA 22.
        """
        if not self.of:
            return None
        n, p = self.of, self.recalled / self.of
        middle = p + Z * Z / (2 * n)
        reach = Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        scale = 1 + Z * Z / n
        low = (middle - reach) / scale if self.recalled else 0.0
        high = (middle + reach) / scale if self.recalled < n else 1.0
        return low, high
