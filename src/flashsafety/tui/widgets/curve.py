"""The forgetting curve of a card, drawn in text: one column a span of days."""

from collections.abc import Callable, Iterator

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from flashsafety.clock import day_to_date
from flashsafety.study.recall import RecallPath

_ROWS = 6
_LEVELS = " ▁▂▃▄▅▆▇█"
_LABEL = 5
"""Cells for the percentages at the left."""


class Curve(Widget):
    """As wide as there is room."""

    DEFAULT_CSS = "Curve { height: auto; }"

    def __init__(self, path: RecallPath, today: int, due: int | None) -> None:
        """Take what to draw; ``curve_lines`` says what it is."""
        super().__init__()
        self._drawn = path, today, due

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The curve with what stands below it."""
        return _ROWS + 3

    def render(self) -> Content:
        """Draw it anew for each width."""
        return Content("\n").join(curve_lines(*self._drawn, self.content_size.width))


def curve_lines(path: RecallPath, today: int, due: int | None, width: int) -> list[Content]:
    """The chance of recall from the first rating to some time after today and the due day.

    Args:
        path: How memory went.
        today: The study day.
        due: The study day on which the card is due, if any.
        width: Cells.
    """
    columns = max(10, width - _LABEL)
    first = path.rises[0].day
    last = max(today, due or today, first)
    last += max(3, (last - first) // 4)
    days = [first + (last - first) * place / (columns - 1) for place in range(columns)]
    chances = [path.chance(day) for day in days]
    low = min(0.8, int(min(chances) * 10) / 10)

    def column(day: int) -> int:
        return round((day - first) / (last - first) * (columns - 1))

    now = min(columns - 1, column(today))
    return [
        *_rows(chances, low, now),
        _marks(path, columns, column, today, due),
        _dates(first, last, columns),
        Content.assemble((" " * _LABEL + "1-4 ratings   ▲ today   ◆ due", "$foreground-muted")),
    ]


def _rows(chances: list[float], low: float, now: int) -> Iterator[Content]:
    """The area below the curve, what is still to come in a paler colour."""
    steps = len(_LEVELS) - 1
    heights = [round((chance - low) / (1 - low) * _ROWS * steps) for chance in chances]
    for row in range(_ROWS):
        floor = (_ROWS - 1 - row) * steps
        cells = "".join(_LEVELS[max(0, min(steps, height - floor))] for height in heights)
        label = {0: "100%", _ROWS - 1: f"{low:.0%}"}.get(row, "")
        yield Content.assemble(
            (f"{label:>4} ", "$foreground-muted"),
            (cells[: now + 1], "$text-primary"),
            (cells[now + 1 :], "$foreground-muted"),
        )


def _marks(
    path: RecallPath,
    columns: int,
    column: Callable[[int], int],
    today: int,
    due: int | None,
) -> Content:
    """Below the curve: when it was rated and how, today, and when it is due."""
    marks = [" "] * columns
    for rise in path.rises:
        marks[column(rise.day)] = str(int(rise.rating))
    if due is not None and 0 <= column(due) < columns:
        marks[column(due)] = "◆"
    if 0 <= column(today) < columns:
        marks[column(today)] = "▲"
    return Content.assemble((" " * _LABEL + "".join(marks), "bold"))


def _dates(first: int, last: int, columns: int) -> Content:
    start, end = day_to_date(first).isoformat(), day_to_date(last).isoformat()
    gap = " " * max(1, columns - len(start) - len(end))
    return Content.assemble((" " * _LABEL + start + gap + end, "$foreground-muted"))
