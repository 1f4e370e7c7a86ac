"""A line of names, one of them in front."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static


class TabLine(Static):
    """Painted at once, unlike Textual's tabs, which mount a widget a name and slide a line."""

    class Chosen(Message):
        """A name was clicked."""

        def __init__(self, place: int) -> None:
            """Take its place, from 0."""
            super().__init__()
            self.place = place

    def __init__(self, names: Sequence[str], *, id: str) -> None:
        """Show these names, the first in front."""
        super().__init__(id=id, markup=False)
        self._names = names
        self._spans: list[tuple[int, int]] = []
        self._front = 0

    def front(self, place: int) -> None:
        """Put a name in front."""
        self._front = place
        self._draw()

    def on_resize(self) -> None:
        """The gaps follow the width."""
        self._draw()

    def on_click(self, event: events.Click) -> None:
        """Say which name is below the pointer, if any."""
        for place, (start, end) in enumerate(self._spans):
            if start <= event.x < end:
                self.post_message(self.Chosen(place))

    def _draw(self) -> None:
        content, self._spans = Content(""), []
        length = sum(len(name) + 1 for name in self._names)
        gap = "  " if length + 2 * (len(self._names) - 1) <= self.size.width else " "
        for place, name in enumerate(self._names):
            start = content.cell_length
            in_front = place == self._front
            style = "bold underline $text-primary" if in_front else "$foreground-muted"
            content += Content.assemble("▸" if in_front else " ", (name, style))
            self._spans.append((start, content.cell_length))
            content += Content(gap)
        self.update(content)
