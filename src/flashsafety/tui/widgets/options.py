"""Textual's list of options, without its fault in a window that is too small to show it."""

from rich.segment import Segment
from textual._widget_navigation import Direction
from textual.binding import Binding, BindingType
from textual.strip import Strip
from textual.widgets import OptionList

from flashsafety.tui.keymap import bindings


def choosing(place: str) -> list[BindingType]:
    """What a list binds so that the key bar says what enter does; Textual's own binds it unseen."""
    found = (x for x in bindings(place) if isinstance(x, Binding) and x.id == f"{place}.choose")
    return list(found)


class Options(OptionList):
    """Marks the line under the cursor with a sign too, for terminals with few colours or none.

    No part of a line has a colour of its own: under some themes it is that of the cursor.

    A page has no height where there is no room for a line; Textual 8.2.8 fails there with a
    KeyError. To be dropped when ``OptionList._move_page`` asks first.
    """

    def _get_left_gutter_width(self) -> int:
        return 2

    def render_line(self, y: int) -> Strip:
        """A line, after the sign or a blank."""
        strip = super().render_line(y)
        place = self.scroll_offset.y + y
        option, line = self._lines[place] if place < len(self._lines) else (-1, 0)
        sign = "▸ " if option == self.highlighted and line == 0 else "  "
        style = next((segment.style for segment in strip), None)
        return Strip([Segment(sign, style), *strip], strip.cell_length + 2)

    def _move_page(self, direction: Direction) -> None:
        if self.scrollable_content_region:
            super()._move_page(direction)
