"""The benchmark's table: medians with their spread, ratios, verdicts and growth."""

import json
import math
import re
import statistics
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmark_parts import NONE, Row

HEAD = (
    "| operation | takes | spread | beside | takes | spread | ratio | spread | reach | |\n"
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |"
)
GROWTH_HEAD = (
    "| growth of | from | to | as the size to the power of | reach | |\n"
    "| --- | --- | --- | --- | --- | --- |"
)
GROWTH = {"answer + next, N cards, p50": 0.1, "lint, N cards": 1.2}
"""The most by which these may grow."""


class Measured(NamedTuple):
    """A row, and what it came from."""

    measurement: str
    size: int
    row: Row


class Growth(NamedTuple):
    """How an operation grows with the size."""

    what: str
    first: int
    last: int
    power: float
    """Of the size: a least-squares fit of the logarithms."""
    reach: float


def line_of(row: Row) -> str:
    """A line of the table; spreads are from the first to the third quartile.

    A ratio's is from our first beside the yardstick's third to the reverse.
    """
    what, unit, ours, stick, theirs, reach = row
    (low, mid, high), (least, usual, most) = quartiles(ours), quartiles(theirs)
    cells = (
        *(what, f"{mid * 1000:,.2f} {unit}", _span(low * 1000, high * 1000)),
        *(stick, f"{usual * 1000:,.2f} {unit}", _span(least * 1000, most * 1000)),
        *(f"{mid / usual:.2f}", _span(low / most, high / least), asked(reach), verdict(row)),
    )
    return f"| {' | '.join(cells)} |"


def growth_line(growth: Growth) -> str:
    """A line of the table of growth."""
    what, first, last, power, reach = growth
    met = _verdict(power, reach)
    return f"| {what} | {first:,} | {last:,} | {power:.2f} | {asked(reach)} | {met} |"


def verdict(row: Row) -> str:
    """Whether what was asked is met; empty where nothing was."""
    return _verdict(middle(row[2]) / middle(row[4]), row[5])


def _verdict(figure: float, reach: float) -> str:
    return "" if reach == NONE else "met" if figure <= reach else "missed"


def _span(low: float, high: float) -> str:
    return "" if low == high else f"{low:,.2f} to {high:,.2f}"


def quartiles(figure: float | list[float]) -> tuple[float, float, float]:
    """The first, the median and the third; the one figure three times."""
    if not isinstance(figure, list):
        return figure, figure, figure
    if len(figure) < 3:
        return min(figure), statistics.median(figure), max(figure)
    low, mid, high = statistics.quantiles(figure, n=4)
    return low, mid, high


def middle(figure: float | list[float]) -> float:
    """The median of several runs, or the one figure."""
    return quartiles(figure)[1]


def asked(reach: float) -> str:
    """The most that a figure is to be; empty where nothing was asked."""
    return "" if reach == NONE else f"{reach:g}"


def growths(table: Iterable[Measured]) -> Iterator[Growth]:
    """Of each operation that was measured at several sizes."""
    points: dict[str, dict[int, float]] = {}
    for _, size, row in table:
        what = re.sub("[0-9][0-9,]*(?= (cards|notes|ratings|files))", "N", row[0])
        points.setdefault(what, {})[size] = middle(row[2])
    for what, found in points.items():
        if len(found) > 1:
            yield Growth(what, min(found), max(found), _power(found), GROWTH.get(what, NONE))


def _power(points: dict[int, float]) -> float:
    xs = [math.log(size) for size in points]
    ys = [math.log(max(figure, 1e-9)) for figure in points.values()]
    return statistics.linear_regression(xs, ys).slope


def read_rows(path: Path) -> list[Measured]:
    """What earlier runs left, the newest of each row."""
    newest: dict[tuple[str, int, str, str], Measured] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            measurement, size, row = json.loads(line)
            newest[measurement, size, row[0], row[3]] = Measured(measurement, size, tuple(row))
    return list(newest.values())


def add_row(path: Path, measured: Measured) -> None:
    """Keep a row for later runs."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(measured) + "\n")
