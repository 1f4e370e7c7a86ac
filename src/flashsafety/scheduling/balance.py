"""Which day of its fuzz range a review gets, so that no day brings much more than those around it.

Every day of the range may be drawn, a busy one rarely and one on which the learner wants little
more rarely still. How likely a day is depends on the day and on nothing of the card or the rating,
so four ratings that share one draw keep their order, as they do without balancing. Pure.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from flashsafety.scheduling.fuzz import fuzz_range
from flashsafety.scheduling.week import share_of
from flashsafety.terms import Ease, StudyDay

Expected = Callable[[StudyDay, StudyDay], Sequence[float]]
"""(first, last study day, both in the future) to the seconds that the reviews due on each take."""

POWER = 4
"""How strongly busy days are shunned. With 4 the minutes of a day stray from those around it by 60%
of what they do without balancing; with 2 by 65%, with 10 by 54%, and the draws look alike."""

FALL = 0.4
"""What is known of a day falls off with its distance in days to this power, for the cards of short
intervals are yet to be given theirs. Unheeded it draws intervals out by 2.5%, which costs recall;
with it by less than 0.5%, from 3 new cards a day to 30 and from a retention of 0.8 to 0.95."""

ALWAYS = 10.0
"""Seconds added to each day's, so that an empty one is not endlessly better than a quiet one."""

LAST_RESORT = 1e-4
"""What is left of the chance of a day that is to hold nothing more: it comes only where the range
holds no other kind."""


class Balance(NamedTuple):
    """What a draw takes into account of the coming days."""

    expected: Expected | None
    """None where days are not to be evened out."""
    week: tuple[Ease, ...]
    """How easy each day of the week is to be, Monday first."""
    most: float
    """Seconds; a day that holds as many is full."""


def balanced(days: int, maximum: int, drawn: float, today: StudyDay, balance: Balance) -> int:
    """The interval in days that a draw picks from the fuzz range.

    Args:
        days: The interval of FSRS, at least 1 and at most ``maximum``.
        maximum: The longest interval allowed, days.
        drawn: From 0 up to 1.
        today: The study day from which it counts.
        balance: What is known of the coming days.
    """
    low, high = fuzz_range(days, maximum)
    if low == high:
        return low
    weights = [
        max(share_of(today + away, balance.week), LAST_RESORT) for away in range(low, high + 1)
    ]
    if balance.expected is not None:
        known = balance.expected(StudyDay(today + low), StudyDay(today + high))
        for place, seconds in enumerate(known):
            weights[place] = _weight(weights[place], seconds, balance.most, low + place)
    left = drawn * sum(weights)
    for away, weight in enumerate(weights, low):
        left -= weight
        if left < 0:
            return away
    return high  # the sum of the weights and the way down from it round differently


def _weight(share: float, seconds: float, most: float, away: int) -> float:
    """How likely a day is, beside others.

    Where days hold what they should, one that is to hold half is drawn half as often, and so goes
    on to hold half.
    """
    if seconds >= most:
        share *= LAST_RESORT
    return float(share * (share / ((seconds + ALWAYS) * away**FALL)) ** POWER)
