"""Plots in block characters, as wide as there is room.

Own and small: textual-plotext takes as long for one plot as this app for a whole screen, follows no
theme, and is held at a plotext that is a major version old; textual-plot brings numpy.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual

from flashsafety.content.visible import cells, shortened
from flashsafety.stats.blocks import lying

Draw = Callable[[int], Sequence[Content]]
"""Cells of width to lines."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_AXIS = 6
"""Cells of the numbers to the left of upright bars."""


class Interval(NamedTuple):
    """A share with the ends of its interval, all 0 to 1."""

    value: float
    low: float
    high: float


class Drawn(Visual):
    """Lines that are drawn anew for each width."""

    def __init__(self, draw: Draw) -> None:
        """Take what draws them."""
        self._draw = draw
        self._lines: tuple[int, Content] = (-1, Content(""))

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """All lines, long ones wrapped."""
        return self._at(width).get_height(rules, width)

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """The lines."""
        return self._at(width).render_strips(width, height, style, options)

    def _at(self, width: int) -> Content:
        if self._lines[0] != width:
            self._lines = width, Content("\n").join(self._draw(width))
        return self._lines[1]


def columns(
    values: Sequence[float], names: Sequence[str], width: int, height: int
) -> list[Content]:
    """Upright bars from zero; the newest, which stand last, when there is no room for all.

    Args:
        values: From left to right.
        names: One for each; as many are shown below as there is room for.
        width: Cells.
        height: Lines of the tallest bar.
    """
    room = max(1, width - _AXIS)
    step = max(1, min(8, room // max(1, len(values))))
    values, names = values[-(room // step) :], names[-(room // step) :]
    top = max(values, default=0) or 1
    bar = max(1, step - 1)
    lines = []
    for line in range(height, 0, -1):
        row = "".join(
            (_block(value / top * height - line + 1) * bar).ljust(step) for value in values
        )
        number = _short(top) if line == height else ""
        lines.append(_with_axis(number, row))
    lines.append(_with_axis("0", _scale(names, step)))
    return lines


def bars(
    rows: Sequence[tuple[str, float, str]], width: int, *, most: float | None = None
) -> list[Content]:
    """Lying bars from zero: a name, a bar, and words after it, one row each.

    Args:
        rows: Name, value, words.
        width: Cells.
        most: What a bar of full length stands for; the greatest value when left out.
    """
    left = max((cells(name) for name, *_ in rows), default=0)
    right = max((cells(said) for *_, said in rows), default=0)
    room = max(4, width - left - right - 3)
    top = most or max((value for _, value, _ in rows), default=0) or 1
    return [
        Content.assemble(
            (f"{_fit(name, left)}  ", "$foreground-muted"),
            (lying(value / top * room), "$text-primary"),
            f" {said}",
        )
        for name, value, said in rows
    ]


def intervals(
    rows: Sequence[tuple[str, str, Interval | None]],
    width: int,
    *,
    wanted: Sequence[float],
) -> list[Content]:
    """Shares on a line with their intervals, one row each, below a scale that they share.

    Args:
        rows: A name, the share in words, and the share; none where there is nothing to draw.
        width: Cells.
        wanted: What each row is compared with, 0 to 1: drawn as a bar across.
    """
    found = [share for *_, share in rows if share is not None]
    right = max((cells(said) for _, said, _ in rows), default=0)
    longest = max((cells(name) for name, *_ in rows), default=0)
    left = min(longest, max(10, width - right - 26))
    room = max(8, width - left - right - 4)
    least = min([*wanted, *(share.low for share in found)], default=0)
    start = max(0.0, int(least * 10) / 10)

    def place(value: float) -> int:
        return min(room - 1, round((value - start) / (1 - start or 1) * (room - 1)))

    scale = f"{start:.0%}".ljust(room - 4) + "100%"
    lines = [Content.assemble((" " * (left + right + 4) + scale, "$foreground-muted"))]
    for (name, said, share), mark in zip(rows, wanted, strict=True):
        line = [" "] * room
        if share is not None:
            for cell in range(place(share.low), place(share.high) + 1):
                line[cell] = "─"
        line[place(mark)] = "│" if line[place(mark)] == " " else "┼"
        if share is not None:
            line[place(share.value)] = "●"
        lines.append(
            Content.assemble(
                (f"{_fit(name, left)}  ", "$foreground-muted"),
                f"{said:{right}}  ",
                ("".join(line), "$text-primary"),
            )
        )
    return lines


def _with_axis(number: str, row: str) -> Content:
    return Content.assemble(
        (f"{number:>{_AXIS - 1}} ", "$foreground-muted"), (row.rstrip(), "$text-primary")
    )


def _short(value: float) -> str:
    """A number in five cells at most."""
    if value >= 99_999.5:
        return f"{value / 1000:.0f}k"
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}".removesuffix(".0")


def _block(eighths: float) -> str:
    """The part of a bar that stands in one cell: filled from below by so much of it."""
    return _EIGHTHS[max(0, min(8, round(eighths * 8)))]


def _scale(names: Sequence[str], step: int) -> str:
    """Names below the bars that they belong to, none touching another."""
    line = ""
    for place, name in enumerate(names):
        start = place * step
        if start >= len(line) + bool(line) * 2 and start + len(name) <= step * len(names):
            line = line.ljust(start) + name
    return line


def _fit(name: str, room: int) -> str:
    """A name in just so many cells."""
    name = shortened(name, room)
    return name + " " * (room - cells(name))
