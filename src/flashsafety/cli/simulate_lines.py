"""A simulation as lines: two bars for each choice, time and knowledge, and the numbers."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flashsafety.stats.blocks import lying
from flashsafety.study import words

if TYPE_CHECKING:
    from flashsafety.stats.workload import Workload, Workloads

_NUMBERS = 42
"""Cells of a row that are no bar."""
_LEAST = 6
_MANY = 0.1
"""Share of days with a backlog from which it is told."""


def lines(about: "Workloads", width: int) -> Iterator[str]:
    """Everything, in so many cells of width."""
    yield from _heading(about)
    if not about.cards:
        return
    full = _MANY * about.days
    yield from ("", f"By desired retention, with {words.count(about.new_limit, 'new card')} a day:")
    now = [each.desired_retention == about.desired_retention for each in about.by_retention]
    titles = [f"{each.desired_retention:.0%}" for each in about.by_retention]
    yield from _rows("desired", titles, about.by_retention, now, full, width)
    yield from ("", f"By new cards a day, at {about.desired_retention:.0%}:")
    now = [each.new_limit == about.new_limit for each in about.by_new_limit]
    titles = [f"{each.new_limit:,}" for each in about.by_new_limit]
    yield from _rows("new", titles, about.by_new_limit, now, full, width)
    yield ""
    yield "> is what is set now; recalled: the cards that you would recall on the last day."
    if any(each.backlog_days > full for each in (*about.by_retention, *about.by_new_limit)):
        yield "! more reviews are due than may come, on many days; new cards wait meanwhile."


def plain_lines(about: "Workloads") -> Iterator[str]:
    """The same in words, a line for each choice."""
    yield from _heading(about)
    if not about.cards:
        return
    full = _MANY * about.days
    yield from ("", f"By desired retention, with {words.count(about.new_limit, 'new card')} a day:")
    for each in about.by_retention:
        is_set = each.desired_retention == about.desired_retention
        yield _in_words(f"{each.desired_retention:.0%}", each, is_set, full)
    yield from ("", f"By new cards a day, at {about.desired_retention:.0%}:")
    for each in about.by_new_limit:
        is_set = each.new_limit == about.new_limit
        yield _in_words(f"{each.new_limit:,}", each, is_set, full)


def _in_words(title: str, each: "Workload", is_set: bool, full: float) -> str:
    """A choice, and what comes of it."""
    said = f"{title}, as set now" if is_set else title
    cost = f"{_short(each.reviews)} reviews and {each.seconds / 60:,.1f} minutes a day"
    end = f"{each.remembered:,.0f} cards recalled on the last day"
    late = "; new cards wait on many days for more reviews than may come"
    return f"  {said}: {cost}; {end}{late if each.backlog_days > full else ''}"


def _heading(about: "Workloads") -> Iterator[str]:
    """What is simulated, and how one stands; that there is no card where there is none."""
    if not about.cards:
        yield "There is no card yet: the bank is empty."
        return
    cards = words.count(about.cards, "card")
    yield f"{words.count(about.days, 'day')} from today on, all of them studied, with {cards}."
    yield f"Rated so far: {about.rated:,}; recalled, if asked today: {about.remembered:,.0f}."
    ways = "your own" if about.own else "those of many, until there are enough of yours"
    yield f"Answer times and buttons are {ways}."


def _rows(
    name: str,
    titles: Sequence[str],
    rows: Sequence["Workload"],
    now: Sequence[bool],
    full: float,
    width: int,
) -> Iterator[str]:
    """A row for each choice below a line of titles.

    Args:
        name: What is chosen.
        titles: The choices.
        rows: What comes of them.
        now: Which is as set.
        full: Days with a backlog above which a row is marked.
        width: Cells.
    """
    room = max(_LEAST, (width - _NUMBERS) // 2)
    longest = max(each.seconds for each in rows) or 1
    most = max(each.remembered for each in rows) or 1
    yield f"{name:>9}  {'reviews':>7}  {'minutes':>7} {'a day':{room}}  {'recalled':>8}"
    for title, each, is_set in zip(titles, rows, now, strict=True):
        marks = f"{'>' if is_set else ' '}{'!' if each.backlog_days > full else ' '}"
        time = lying(each.seconds / longest * room)
        knowledge = lying(each.remembered / most * room)
        numbers = f"{title:>7}  {_short(each.reviews):>7}  {each.seconds / 60:>7,.1f}"
        yield f"{marks}{numbers} {time:{room}}  {each.remembered:>8,.0f} {knowledge}".rstrip()


def _short(number: float) -> str:
    return f"{number:.1f}" if number < 9.95 else f"{number:,.0f}"
