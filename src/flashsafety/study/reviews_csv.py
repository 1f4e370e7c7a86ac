"""The review log as CSV, in the schema of fsrs-optimizer, which several programs read.

A header line, then one rating a line: ``card_id`` (here a card key), ``review_time`` (instant, UTC,
milliseconds), ``review_rating`` (1 to 4), ``review_state`` (phase before: 0 new, 1 learning,
2 review, 3 relearning; may be left out), ``review_duration`` (milliseconds; may be left out).
Source: README of open-spaced-repetition/fsrs-optimizer, "Review Logs Schema".

A file may be hostile: what is read is bounded by the line, and no line is read beyond ``LONGEST``.
A key is letters, digits, hyphens and a slash, so nothing written can be a formula to a spreadsheet.
"""

import csv
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple, TextIO

from flashsafety.errors import UsageError
from flashsafety.study.csv_lines import LONGEST, lines, short
from flashsafety.terms import Phase, Rating

HEADER = ("card_id", "review_time", "review_rating", "review_state", "review_duration")
_NEEDED = HEADER[:3]
_EARLIEST = 100_000_000_000
"""Milliseconds: in March 1973. An instant in seconds stays below it until the year 5138."""
_LONGEST_TAKEN = 2**32 - 1
"""Milliseconds, 49 days: fsrs-cli reads no more."""

Row = tuple[str, int, int, int, int]
"""Card key, instant (ms), rating, phase before, duration (ms)."""


class Rated(NamedTuple):
    """A line of the file that says what a rating should."""

    line: int
    card: str
    at: int
    """Instant, UTC, milliseconds."""
    rating: int
    phase: int | None
    """Before the rating; none where the file does not say."""
    duration_ms: int


class Refused(NamedTuple):
    """A line of the file that does not."""

    line: int
    why: str


def write(rows: Iterable[Row], out: TextIO) -> int:
    """Write a file; returns how many ratings went into it."""
    out.write(",".join(HEADER) + "\n")
    written = 0
    for key, at, rating, phase, took in rows:
        out.write(f"{key},{at},{rating},{phase},{min(took, _LONGEST_TAKEN)}\n")
        written += 1
    return written


def read(file: BinaryIO, where: str, now: int) -> Iterator[Rated | Refused]:
    """The lines of a file, one by one.

    Args:
        file: The file, at its beginning.
        where: Its name, for the refusal.
        now: Instant, UTC, milliseconds; nothing can have been rated after it.

    Raises:
        UsageError: The first line does not name the columns.
    """
    rows = lines(file)
    columns = _columns(next(rows, (1, ""))[1], where)
    for number, line in rows:
        if line is None:
            yield Refused(number, f"longer than {LONGEST} bytes")
        elif line:
            yield _row(number, line, columns, now)


def _columns(line: str | None, where: str) -> list[int]:
    """The place of each column of ``HEADER`` in the file; -1 for one that may be left out."""
    names = [name.strip() for name in _cells(line or "") or ()]
    missing = [name for name in _NEEDED if name not in names]
    if missing:
        raise UsageError(
            f"this is no review log: its first line names no column {missing[0]}",
            where=where,
            mend=f"let it begin with {','.join(HEADER)}",
        )
    return [names.index(name) if name in names else -1 for name in HEADER]


def _row(number: int, line: str, columns: list[int], now: int) -> Rated | Refused:
    cells = _cells(line)
    if cells is None or len(cells) <= max(columns):
        return Refused(number, "not as many columns as the first line names")
    card, at, rating, phase, took = (cells[place] if place >= 0 else "" for place in columns)
    when, rated = _whole(at), _whole(rating)
    if when is None:
        return Refused(number, f'"{short(at)}" is no time in milliseconds')
    if when < _EARLIEST:
        return Refused(number, f'"{short(at)}" is too early; is it in seconds?')
    if when > now:
        return Refused(number, f'"{short(at)}" is in the future')
    if rated is None or not Rating.AGAIN <= rated <= Rating.EASY:
        return Refused(number, f'"{short(rating)}" is no rating from 1 to 4')
    before = _whole(phase) if phase else None
    if phase and (before is None or before > Phase.RELEARNING):
        return Refused(number, f'"{short(phase)}" is no state from 0 to 3')
    lasted = _whole(took) if took else 0
    if lasted is None or lasted > _LONGEST_TAKEN:
        return Refused(number, f'"{short(took)}" is no duration in milliseconds')
    return Rated(number, card, when, rated, before, lasted)


def _cells(line: str) -> list[str] | None:
    """The cells of one line; none when its quotes do not match."""
    if '"' not in line:
        return line.split(",")
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None


def _whole(text: str) -> int | None:
    """A number from 0 on, also where a column with gaps was written as ``3.0``; none otherwise."""
    if not text.isdigit():
        text, _, rest = text.strip().partition(".")
        if rest.strip("0"):
            return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else None
