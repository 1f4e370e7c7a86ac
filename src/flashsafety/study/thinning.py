"""Which automatic copies have served their time. Pure."""

from collections.abc import Hashable, Iterable
from datetime import datetime, timedelta

RECENT = timedelta(days=2)
"""So long every copy stays."""

DAILY = timedelta(days=14)
"""So long the last copy of each day stays."""

WEEKLY = timedelta(weeks=8)
"""So long the last copy of each week stays."""

MONTHLY = timedelta(days=366 * 2)
"""So long the last copy of each month stays; after it, the last of each year."""


def served(taken: Iterable[datetime], now: datetime) -> set[datetime]:
    """The copies that may go.

    Each span keeps the last copy of its days, weeks or months by the calendar, and a week ends with
    its month: so the last copy of a month was the last of its week and of its day, and is there
    when its turn comes. The newest copy always stays, and so does one from the future: a clock
    that was wrong costs no copy.

    Args:
        taken: When each was made, UTC.
        now: The present, UTC.
    """
    kept: dict[Hashable, datetime] = {}
    going = set()
    for made in sorted(taken, reverse=True):
        slot = _slot(made, now)
        if kept and slot is not None and slot in kept:
            going.add(made)
        else:
            kept[slot or made] = made
    return going


def _slot(made: datetime, now: datetime) -> Hashable | None:
    """What a copy is the copy of; none for one that stays whatever else there is."""
    age, day = now - made, made.date()
    if age < RECENT:
        return None
    if age < DAILY:
        return day
    month = day.year, day.month
    if age < WEEKLY:
        return *month, day - timedelta(days=day.weekday())  # a week ends with its month
    return month if age < MONTHLY else day.year
