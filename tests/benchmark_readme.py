"""The benchmark's table in short, in README, between two marks."""

import os
import platform
import sqlite3
import statistics
import time
from pathlib import Path

from tests.benchmark_parts import NONE, Row

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- benchmark -->\n", "<!-- /benchmark -->\n"
SHORT = (
    ("due,", "python"),
    ("--help,", "python"),
    ("app to the first frame", "python"),
    ("app to the first frame", "Textual"),
    ("app to the first card", "python"),
    ("answer + next", "anki"),
    ("answer, p99", "one write"),
    ("undo", "answer"),
    ("queue of the day", "Anki"),
    ("search, whole list, p95", "20 ms"),
    ("search, whole list, p95", "Anki"),
    ("first load", "PyYAML"),
    ("sync, nothing changed", "walk"),
    ("sync, one file", "walk"),
    ("lint", "PyYAML"),
    ("rebuild, 2", "one pass"),
    ("rebuild --verify", "one pass inside"),
    ("statistics", "the rows inside"),
    ("export anki", "Anki"),
    ("memory of a review", "asked"),
    ("size on disk", "Anki"),
    ("install size", "the four"),
)
"""What operation and yardstick begin with, of the rows in README: each in its largest size."""


def write_in_short(table: list[Row]) -> None:
    """Put the rows of ``SHORT`` between the marks in README.

    Raises:
        ValueError: The marks are not there.
    """
    lines = ["| wait | takes | beside | times that | asked |", "| --- | --- | --- | --- | --- |"]
    for begin, stick in SHORT:
        found = [row for row in table if row[0].startswith(begin) and row[3].startswith(stick)]
        lines += [_line(row) for row in found[-_of_one_size(found) :]]
    text = "\n".join([*lines, "", f"Measured {machine()}.", ""])
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


def _of_one_size(rows: list[Row]) -> int:
    """How many of the last rows are of one measurement: those that tell p50 and p99 are two."""
    return 2 if rows and rows[-1][0].endswith("p99") else 1


def _line(row: Row) -> str:
    what, unit, ours, stick, theirs, reach = row
    figure = middle(ours)
    return (
        f"| {what} | {_three(figure)} {unit} | {stick}, {_three(theirs)} {unit}"
        f" | {figure / theirs:.2f} | {asked(reach)} |"
    )


def _three(figure: float) -> str:
    """A thousand times a figure, to three digits or to the unit."""
    return f"{figure * 1000:,.0f}" if figure >= 0.1 else f"{figure * 1000:.3g}"


def asked(reach: float) -> str:
    """The most that a ratio is to be; empty where nothing was asked."""
    return "" if reach == NONE else f"{reach:g}"


def middle(ours: float | list[float]) -> float:
    """The median of several runs, or the one figure."""
    return statistics.median(ours) if isinstance(ours, list) else ours


def machine() -> str:
    """On what, and when."""
    model = platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        named = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(": ")[2] if named else model
    day = time.strftime("%Y-%m-%d")
    return (
        f"on {day}: {os.cpu_count()} cores of {model}, {platform.system()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
