"""A year of study days as a map: weeks from left to right, a day darker the more was rated."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from flashsafety.clock import day_to_date
from flashsafety.study import words

if TYPE_CHECKING:
    from flashsafety.stats.periods import Day

SHADES = "·░▒▓█"
"""No rating, and the four quarters of the days that had any: told apart without colours too."""

PAUSED = "-"
"""A day of a pause without a rating."""

_WEEK = 7
_LABELS = ("Mon", "", "Wed", "", "Fri", "", "")
_LEFT = 4
"""Cells before the first week."""


class Year(Static):
    """Nothing until there is a rating."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="year", markup=False)

    def show(self, days: "Sequence[Day]") -> None:
        """Show these study days, each one after the other, the last being today."""
        self.set_class(any(day.ratings for day in days), "-filled")
        if not days:
            return
        bounds = quarters([day.ratings for day in days])
        past = Content.styled(_summary(days), "$foreground-muted")
        lines = [past, Content.styled(_months(days), "$foreground-muted")]
        lines += [_row(days, bounds, weekday) for weekday in range(_WEEK)]
        paused = any(day.paused and not day.ratings for day in days)
        self.update(Content("\n").join([*lines, _legend(bounds, paused=paused)]))


def quarters(ratings: Sequence[int]) -> list[tuple[int, int]]:
    """The least and most ratings of each shade but the first; a shade that no day has is 1 to 0.

    A quarter of the days that had a rating, ties aside, falls into each.
    """
    studied = sorted(count for count in ratings if count)
    if not studied:
        return [(1, 0)] * 4
    tops = [studied[max(0, len(studied) * part // 4 - 1)] for part in (1, 2, 3, 4)]
    lows = [1, *(top + 1 for top in tops[:-1])]
    return [(low, top) if low <= top else (1, 0) for low, top in zip(lows, tops, strict=True)]


def _summary(days: "Sequence[Day]") -> str:
    total = sum(day.ratings for day in days)
    studied = sum(day.ratings > 0 for day in days)
    seconds = sum(day.milliseconds for day in days) // 1000
    return (
        f"{words.count(total, 'rating')} on {studied} of the last {words.count(len(days), 'day')},"
        f" in {words.spent(seconds)}"
    )


def _start(days: "Sequence[Day]") -> int:
    """The Monday of the first week."""
    return days[0].day - _weekday(days[0].day)


def _weekday(day: int) -> int:
    """0 on Mondays; study day 0 was a Thursday."""
    return (day + 3) % _WEEK


def _months(days: "Sequence[Day]") -> str:
    """Names of months over the weeks that hold their first day."""
    line = ""
    for monday in range(_start(days), days[-1].day + 1, _WEEK):
        week = range(max(monday, days[0].day), min(monday + _WEEK, days[-1].day + 1))
        first = next((date for date in map(day_to_date, week) if date.day == 1), None)
        place = _LEFT + (monday - _start(days)) // _WEEK
        if first is not None and len(line) < place:
            line = f"{line:{place}}{first:%b}"
    return line


def _row(days: "Sequence[Day]", bounds: Sequence[tuple[int, int]], weekday: int) -> Content:
    parts: list[tuple[str, str] | str] = [f"{_LABELS[weekday]:{_LEFT}}"]
    for monday in range(_start(days), days[-1].day + 1, _WEEK):
        place = monday + weekday - days[0].day
        inside = 0 <= place < len(days)
        parts.append(_cell(days[place], bounds) if inside else " ")
    return Content.assemble(*parts)


def _cell(day: "Day", bounds: Sequence[tuple[int, int]]) -> tuple[str, str]:
    shade = next((n for n, (low, top) in enumerate(bounds, 1) if low <= day.ratings <= top), 0)
    if not shade:
        return PAUSED if day.paused else SHADES[0], "$foreground-muted"
    return SHADES[shade], "$text-success"


def _legend(bounds: Sequence[tuple[int, int]], *, paused: bool) -> Content:
    parts: list[tuple[str, str] | str] = [" " * _LEFT, (SHADES[0], "$foreground-muted"), " none"]
    if paused:
        parts += ["   ", (PAUSED, "$foreground-muted"), " paused"]
    for shade, (low, top) in zip(SHADES[1:], bounds, strict=True):
        if low <= top:
            named = f"{low:,}" if low == top else f"{low:,} to {top:,}"
            parts += ["   ", (shade, "$text-success"), f" {named}"]
    return Content.assemble(*parts, " ratings")
