"""Plots as SVG for a page: plain shapes with classes, which the page's style sheet colours.

Every text goes through ``escaped``; all else is numbers of our own.
"""

from collections.abc import Iterable, Sequence
from html import escape
from math import ceil, floor, log10
from typing import NamedTuple

from flashsafety.content.visible import one_line

_WIDE, _HIGH = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 46, 8, 10, 24
_LETTER = 7
"""Pixels of a letter, about, at the size of the style sheet."""
_ROW = 24
_LABELS = 300
"""Pixels for the names at the left of a row."""


class Column(NamedTuple):
    """An upright bar."""

    name: str
    """Below it; as many are shown as there is room for."""
    value: float
    title: str
    """What a pointer resting on it is told."""
    low: float | None = None
    """The ends of an interval drawn over it."""
    high: float | None = None


class Dot(NamedTuple):
    """A share with its interval, on a line with its name."""

    name: str
    value: float
    low: float
    high: float
    title: str


class Point(NamedTuple):
    """A point of a reliability diagram."""

    predicted: float
    recalled: float
    low: float
    high: float
    title: str


def escaped(text: str) -> str:
    """Text for HTML or SVG, quotes too; what would hide or reverse is made visible."""
    return escape(one_line(text))


def columns(about: str, bars: Sequence[Column], *, percent: bool = False) -> str:
    """Upright bars from zero.

    Args:
        about: What a reader who cannot see it is told.
        bars: From left to right.
        percent: The values are shares of 0..1.
    """
    top = 1.0 if percent else _round_up(max((bar.high or bar.value for bar in bars), default=1))
    step = (_WIDE - _LEFT - _RIGHT) / max(1, len(bars))
    widest = max((len(bar.name) for bar in bars), default=0)
    every = max(1, ceil((widest + 1) * _LETTER / step))

    def y(value: float) -> float:
        return _TOP + (_HIGH - _TOP - _BOTTOM) * (1 - value / top)

    shapes = [_rule(y(top * part / 4), f"{top * part / 4:.0%}" if percent else
                    f"{top * part / 4:g}") for part in range(5)]  # fmt: skip
    for place, bar in enumerate(bars):
        x = _LEFT + place * step
        middle = x + step / 2
        shapes.append(
            f'<rect class="bar" x="{x + step * 0.1:.1f}" y="{y(bar.value):.1f}"'
            f' width="{step * 0.8:.1f}" height="{y(0) - y(bar.value):.1f}">'
            f"<title>{escaped(bar.title)}</title></rect>"
        )
        if bar.low is not None and bar.high is not None:
            shapes.append(_stroke("reach", middle, y(bar.low), middle, y(bar.high)))
        if place % every == 0:
            shapes.append(_text(middle, _HIGH - 6, bar.name, "middle"))
    return _svg(about, _WIDE, _HIGH, shapes)


def dots(about: str, rows: Sequence[Dot], wanted: float) -> str:
    """Shares one below the other with their intervals, and a line at the share that is wanted."""
    least = min([wanted, *(row.low for row in rows)])
    start = max(0.0, floor(least * 10) / 10)
    high = _ROW * len(rows) + _BOTTOM

    def x(value: float) -> float:
        return _LABELS + (_WIDE - _LABELS - 24) * (value - start) / (1 - start)

    shapes = []
    for tenth in range(round(start * 10), 11):
        shapes.append(_stroke("grid", x(tenth / 10), 0, x(tenth / 10), high - _BOTTOM))
        shapes.append(_text(x(tenth / 10), high - 8, f"{tenth * 10}%", "middle"))
    shapes.append(_stroke("wanted", x(wanted), 0, x(wanted), high - _BOTTOM))
    for place, row in enumerate(rows):
        y = _ROW * (place + 0.5)
        shapes += [
            _text(0, y + 4, row.name if len(row.name) < 46 else f"{row.name[:44]}…", "start"),
            _stroke("reach", x(row.low), y, x(row.high), y),
            _dot(x(row.value), y, row.title),
        ]
    return _svg(about, _WIDE, high, shapes)


def reliability(about: str, points: Sequence[Point]) -> str:
    """Recalled against predicted, with intervals, and the line on which the two are equal."""
    side = 420
    least = min((min(point.predicted, point.low) for point in points), default=0)
    start = max(0.0, floor(least * 10) / 10)

    def at(value: float) -> float:
        return (value - start) / (1 - start) * (side - _LEFT - 16)

    def x(value: float) -> float:
        return _LEFT + at(value)

    def y(value: float) -> float:
        return side - _BOTTOM - 16 - at(value)

    shapes = []
    for tenth in range(round(start * 10), 11):
        value = tenth / 10
        shapes += [
            _stroke("grid", x(value), y(start), x(value), y(1)),
            _stroke("grid", x(start), y(value), x(1), y(value)),
            _text(x(value), y(start) + 16, f"{value:.0%}", "middle"),
            _text(_LEFT - 6, y(value) + 4, f"{value:.0%}", "end"),
        ]
    shapes.append(_stroke("wanted", x(start), y(start), x(1), y(1)))
    for point in points:
        shapes += [
            _stroke("reach", x(point.predicted), y(point.low), x(point.predicted), y(point.high)),
            _dot(x(point.predicted), y(point.recalled), point.title),
        ]
    shapes.append(_text(x((1 + start) / 2), side - 4, "predicted", "middle"))
    shapes.append(_text(0, 14, "recalled", "start"))
    return _svg(about, side, side, shapes)


def _svg(about: str, wide: int, high: float, shapes: Iterable[str]) -> str:
    return (
        f'<svg viewBox="0 0 {wide} {high:.0f}" width="{wide}" role="img"'
        f' aria-label="{escaped(about)}">{"".join(shapes)}</svg>'
    )


def _stroke(kind: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _rule(y: float, name: str) -> str:
    """A line across, with its value at the left."""
    return _stroke("grid", _LEFT, y, _WIDE - _RIGHT, y) + _text(_LEFT - 6, y + 4, name, "end")


def _dot(x: float, y: float, title: str) -> str:
    return (
        f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="4.5">'
        f"<title>{escaped(title)}</title></circle>"
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escaped(text)}</text>'


def _round_up(value: float) -> float:
    """The next number that divides into four parts that read well."""
    if value <= 4:
        return 4
    unit = 10.0 ** floor(log10(value))
    return next(unit * part for part in (1, 1.2, 1.6, 2, 2.4, 4, 6, 8, 10) if unit * part >= value)
