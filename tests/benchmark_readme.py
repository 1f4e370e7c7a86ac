"""The benchmark's table in short, in README, between two marks."""

import os
import platform
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.benchmark_parts import NONE, Row
from tests.benchmark_table import Measured, asked, growths, middle

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- benchmark -->\n", "<!-- /benchmark -->\n"
SHORT = (
    ("due,", "", "python"),
    ("--help,", "", "python"),
    ("--version,", "", "python"),
    ("app to the first frame", "", "python"),
    ("app to the first frame", "", "Textual"),
    ("app to the first card", "", "python"),
    ("answer + next", "p50", "Anki"),
    ("answer + next", "p99", "a write"),
    ("queue of the day", "", "Anki"),
    ("session begun", "", "Anki"),
    ("session begun", "overdue", "Anki"),
    ("undo", "", "answer"),
    ("first load", "", "PyYAML"),
    ("sync, nothing changed", "", "walk"),
    ("sync, one of", "", "walk"),
    ("lint", "", "PyYAML"),
    ("rebuild, ", "", "one pass inside"),
    ("rebuild --verify", "", "one pass inside"),
    ("statistics", "summed anew", "the rows inside"),
    ("statistics", "all of it", "the rows inside"),
    ("search, whole list, p95", "", "20 ms"),
    ("search, whole list, p95", "", "Anki"),
    ("export anki", "content", "Anki"),
    ("export anki", "ratings", "Anki"),
    ("memory of a review", "", "60 MB"),
    ("size on disk", "", "Anki"),
    ("install size", "", "the four"),
)
"""How a row of README begins, what else is in it, and how its yardstick begins.

Each stands there in its largest size. All that was asked is in it, and tests hold it to that.
"""


def write_in_short(table: Sequence[Measured]) -> None:
    """Put the rows of ``SHORT`` between the marks in README.

    Raises:
        ValueError: The marks are not there.
    """
    text = "\n".join([*in_short(table), "", f"Measured {machine()}.", ""])
    before, rest = README.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    README.write_text(f"{before}{BEGIN}{text}{END}{after}", encoding="utf-8")


def in_short(table: Sequence[Measured]) -> Iterator[str]:
    """The lines of the table."""
    yield "| wait | takes | beside | times that | asked |"
    yield "| --- | --- | --- | --- | --- |"
    for begin, part, stick in SHORT:
        found = [
            one
            for one in table
            if one.row[0].startswith(begin) and part in one.row[0] and one.row[3].startswith(stick)
        ]
        if found:
            yield _line(max(found, key=lambda one: one.size).row)
    for growth in growths(table):
        if growth.reach != NONE:
            what, first, last, power, reach = growth
            met = _asked(reach, power)
            grows = f"from {first:,} to {last:,}"
            yield f"| {what}: growth, as a power of N | | {grows} | {power:.2f} | {met} |"


def _line(row: Row) -> str:
    what, unit, ours, stick, theirs, reach = row
    figure, usual = middle(ours), middle(theirs)
    beside = stick if stick[0].isdigit() else f"{stick}, {_three(usual)} {unit}"
    return (
        f"| {what} | {_three(figure)} {unit} | {beside}"
        f" | {figure / usual:.2f} | {_asked(reach, figure / usual)} |"
    )


def _three(figure: float) -> str:
    """A thousand times a figure, to three digits or to the unit."""
    return f"{figure * 1000:,.0f}" if figure >= 0.1 else f"{figure * 1000:.3g}"


def _asked(reach: float, figure: float) -> str:
    return f"{asked(reach)}, missed" if figure > reach else asked(reach)


def machine() -> str:
    """On what, and when."""
    model = platform.machine()
    facts = Path("/proc/cpuinfo")
    if facts.exists():
        named = [line for line in facts.read_text().splitlines() if line.startswith("model name")]
        model = named[0].partition(": ")[2] if named else model
    system = platform.system()
    if Path("/etc/os-release").exists():
        system = platform.freedesktop_os_release().get("PRETTY_NAME", system)
    day = time.strftime("%Y-%m-%d")
    return (
        f"on {day}: {os.cpu_count()} cores of {model}, {system},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
