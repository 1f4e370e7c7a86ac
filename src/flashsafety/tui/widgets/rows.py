"""Rows of short texts with a mark before each: options, items to order, points of a rubric."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.css.styles import RulesMap
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget


@dataclass(frozen=True, slots=True)
class Row:
    """A mark, words that wrap beside it, and a remark below them."""

    mark: str
    words: Content
    remark: Content | None = None
    style: str = ""
    """Of the mark and the words, as ``bold $text-success``."""
    mark_style: str = ""
    """Of the mark alone."""


class RowsVisual(Visual):
    """All rows in one widget: a widget a row would cost the first card a third of its time."""

    def __init__(self, rows: Sequence[Row]) -> None:
        """Take what to draw."""
        self._rows = rows
        self._indent = max((Content(row.mark).cell_length for row in rows), default=0) + 1

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as there is room."""
        return container_width

    def get_height(self, rules: RulesMap, width: int) -> int:
        """The lines of all rows."""
        return sum(self.heights(rules, width))

    def heights(self, rules: RulesMap, width: int) -> list[int]:
        """The lines of each row."""
        room = max(1, width - self._indent)
        return [
            row.words.get_height(rules, room)
            + (row.remark.get_height(rules, room) if row.remark is not None else 0)
            for row in self._rows
        ]

    def render_strips(
        self, width: int, height: int | None, style: Style, options: RenderOptions
    ) -> list[Strip]:
        """Mark and words side by side, the remark set in below."""
        room = max(1, width - self._indent)
        blank = Strip.blank(self._indent, style.rich_style)
        strips: list[Strip] = []
        for row in self._rows:
            mark = Content.styled(row.mark.ljust(self._indent), row.mark_style or row.style)
            words = row.words.stylize_before(row.style) if row.style else row.words
            first = mark.render_strips(self._indent, 1, style, options)[0]
            lines = words.render_strips(room, None, style, options)
            if row.remark is not None:
                lines += row.remark.render_strips(room, None, style, options)
            strips += [
                Strip.join([blank if number else first, line]) for number, line in enumerate(lines)
            ]
        return strips if height is None else strips[:height]


class Rows(Widget):
    """A list of rows that can be clicked."""

    def __init__(self, *, id: str) -> None:
        """Show nothing yet."""
        super().__init__(id=id)
        self._visual = RowsVisual(())

    def fill(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self._visual = RowsVisual(rows)
        self.display = True
        self.refresh(layout=True)

    def render(self) -> Visual:
        """The rows."""
        return self._visual

    def clicked(self, place: int, x: int) -> None:
        """Do what a click on a row means.

        Args:
            place: The row, from 0.
            x: Cells from the left.
        """
        raise NotImplementedError

    def on_click(self, event: events.Click) -> None:
        """Find the row."""
        event.stop()
        content = event.get_content_offset(self)
        if content is None:
            return
        bottom = 0
        heights = self._visual.heights({}, self.content_size.width)
        for place, height in enumerate(heights):
            bottom += height
            if content.y < bottom:
                self.clicked(place, content.x)
                return
