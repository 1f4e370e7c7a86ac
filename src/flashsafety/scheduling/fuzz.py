"""A few days more or less, so that cards learned together do not stay together. Pure.

The draw depends on the card and its review count only. The interval on the key is therefore the
interval given, and four ratings that share one draw keep their order.
"""

from random import Random

RANGES = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, float("inf"), 0.05))
"""From day, to day, share of the days in between. Source: py-fsrs ``FUZZ_RANGES``."""

SHORTEST = 2.5
"""Days; shorter intervals stay as they are."""


def fuzz_range(days: int, maximum: int) -> tuple[int, int]:
    """The shortest and longest interval, in days, that may stand for ``days``.

    Source: py-fsrs ``Scheduler._get_fuzzed_interval``. Both ends never fall as ``days`` rises.

    Args:
        days: The interval of FSRS, at least 1 and at most ``maximum``.
        maximum: The longest interval allowed, days.
    """
    if days < SHORTEST:
        return days, days
    delta = 1.0
    for start, end, factor in RANGES:
        delta += factor * max(min(float(days), end) - start, 0.0)
    high = min(round(days + delta), maximum)
    return min(max(2, round(days - delta)), high), high


def draw(card: str, reps: int) -> float:
    """A number from 0 up to 1, always the same for a card key and a count of ratings."""
    return Random(f"{card}:{reps}").random()


def fuzzed(days: int, maximum: int, drawn: float) -> int:
    """The interval in days that a draw picks from the range, each length as likely as the other.

    py-fsrs rounds where this cuts, and so may go one day past its own range.
    """
    low, high = fuzz_range(days, maximum)
    return low + int(drawn * (high - low + 1))
