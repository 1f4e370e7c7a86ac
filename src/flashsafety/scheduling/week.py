"""How easy each day of the week is to be. Pure, and light enough for the quick commands."""

from collections.abc import Sequence

from flashsafety.terms import Ease

SHARES: dict[Ease, float] = {"normal": 1.0, "reduced": 0.5, "minimum": 0.0}
"""What a day is to hold of what others do."""


def weekday(day: int) -> int:
    """The day of the week of a study day, Monday being 0."""
    return (day + 3) % 7


def share_of(day: int, week: Sequence[Ease]) -> float:
    """What a study day is to hold of what others do, 0 to 1, by the ease of each weekday."""
    return SHARES[week[weekday(day)]]
