"""A list of any number of cards, of which only the lines on the screen are ever read.

Textual's own table holds every cell, and others want all data in memory at once; 100,000 cards are
here a list of numbers, and a page of it one query.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from flashsafety.store.search import Column, Order
from flashsafety.study.listing import Line
from flashsafety.terms import StudyDay
from flashsafety.tui.widgets.columns import Head, cut, fit

MARKS = 4
"""Cells at the left: the cursor, the mark, the flag, and none."""
SCROLLBAR = 1
"""Cells at the right."""

_KEPT = 1000
"""Lines kept after they have left the screen."""

Fetch = Callable[[Sequence[int]], Mapping[int, Line]]


class TableHead(Widget):
    """The titles of the columns; a click sorts."""

    class Clicked(Message):
        """A title was clicked."""

        def __init__(self, column: Column) -> None:
            """Say which column."""
            super().__init__()
            self.column = column

    def __init__(self) -> None:
        """Stand above a list in study order."""
        super().__init__(id="head")
        self._order = Order()

    def show(self, order: Order) -> None:
        """Put an arrow at the column that the list is sorted by."""
        self._order = order
        self.refresh()

    @property
    def _columns(self) -> list[tuple[Head, int]]:
        """Those of the list below, which has its scrollbar at the right."""
        return fit(self.size.width - MARKS - SCROLLBAR)

    def render(self) -> Content:
        """The titles."""
        order = self._order
        titles = [" " * MARKS]
        for head, width in self._columns:
            arrow = ""
            if head.sort is not None and head.sort == order.column:
                arrow = "▼" if order.descending else "▲"
            titles.append(set_cell_size(f"{head.title}{arrow}", width))
        return Content("".join(titles))

    def on_click(self, event: events.Click) -> None:
        """Find the title."""
        event.stop()
        end = MARKS
        for head, width in self._columns:
            end += width
            if event.x < end:
                if head.sort is not None:
                    self.post_message(self.Clicked(head.sort))
                return


class CardTable(ScrollView, can_focus=True, inherit_bindings=False):
    """The list, with a cursor and marks. The keys are the screen's: they move the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "card-table--cursor",
        "card-table--hidden",
        "card-table--marked",
    }

    class Moved(Message):
        """The cursor was moved with the mouse."""

    class Chosen(Message):
        """A card was clicked twice."""

    class Marked(Message):
        """A mark was set or taken away."""

    def __init__(self, fetch: Fetch, day: Callable[[], StudyDay], head: TableHead) -> None:
        """Hold no card yet.

        Args:
            fetch: Gives the lines of the cards with these row ids.
            day: Gives the present study day.
            head: The titles above, which follow the width.
        """
        super().__init__(id="cards")
        self.ids: Sequence[int] = ()
        self.cursor = 0
        self.marked: set[int] = set()
        self.order = Order()
        self._fetch = fetch
        self._day = day
        self._head = head
        self._columns: tuple[int, list[tuple[Head, int]]] = (0, [])
        """The columns, and the width that they fit."""
        self._lines: dict[int, Line] = {}

    @property
    def current(self) -> int | None:
        """Row id of the card under the cursor."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else None

    @property
    def line(self) -> Line | None:
        """The card under the cursor."""
        return None if self.current is None else self._line(self.cursor)

    def show(self, ids: Sequence[int], order: Order) -> None:
        """Show these cards, the cursor on the first.

        Args:
            ids: Row ids.
            order: How they are sorted.
        """
        self.ids, self.order = ids, order
        self.cursor = 0
        self._head.show(order)
        self.reload()
        self._keep_in_view()

    def grow(self, ids: Sequence[int]) -> None:
        """Show more cards after those that are shown, which stay as they are."""
        self.ids = ids
        self._measure()

    def reload(self) -> None:
        """Read the lines on the screen again."""
        self._lines.clear()
        self._measure()
        self.refresh()

    def move(self, by: int) -> None:
        """Move the cursor by so many cards, up when negative, as far as there are any."""
        if self.ids:
            before, self.cursor = self.cursor, max(0, min(len(self.ids) - 1, self.cursor + by))
            self._keep_in_view()
            self.refresh_line(before)
            self.refresh_line(self.cursor)

    @property
    def page(self) -> int:
        """Lines that fit on the screen."""
        return max(1, self.scrollable_content_region.height)

    def mark(self) -> None:
        """Mark the card under the cursor, or take its mark away."""
        if self.current is not None:
            self._mark(self.cursor)

    def mark_all(self) -> None:
        """Mark every card of the list; take all marks away when every one has it."""
        everything = set(self.ids)
        self.marked = set() if self.marked == everything else everything
        self.refresh()
        self.post_message(self.Marked())

    def unmark(self) -> None:
        """Take all marks away."""
        if self.marked:
            self.marked.clear()
            self.refresh()

    def _mark(self, place: int) -> None:
        self.marked ^= {self.ids[place]}
        self.refresh_line(place)
        self.post_message(self.Marked())

    # ---- drawing ---------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """The cursor stays in view."""
        self._keep_in_view()

    def _fitted(self, width: int) -> list[tuple[Head, int]]:
        """The columns at a width."""
        if self._columns[0] != width:
            self._columns = width, fit(width - MARKS)
        return self._columns[1]

    def render_line(self, y: int) -> Strip:
        """One line of the list."""
        place = self.scroll_offset.y + y
        width = self.scrollable_content_region.width
        line = self._line(place) if place < len(self.ids) else None
        if line is None:
            return Strip.blank(width, self.rich_style)
        texts = [self._marks(line, place)]
        texts += [
            f"{cut(head.text(line, self._day()), cells - 1)} "
            for head, cells in self._fitted(width)
        ]
        return Strip([Segment("".join(texts), self._style(line, place))]).adjust_cell_length(
            width, self.rich_style
        )

    def _marks(self, line: Line, place: int) -> str:
        cursor = "▸" if place == self.cursor else " "
        mark = "✓" if line.id in self.marked else " "
        return f"{cursor}{mark}{'⚑' if line.state.flag else ' '} "

    def _style(self, line: Line, place: int) -> Style:
        if place == self.cursor:
            return self.get_component_rich_style("card-table--cursor")
        if line.id in self.marked:
            return self.get_component_rich_style("card-table--marked")
        if line.state.suspended or (line.state.buried_until or 0) > self._day():
            return self.get_component_rich_style("card-table--hidden")
        return self.rich_style

    def _line(self, place: int) -> Line | None:
        """A card of the list; read together with those on the screen around it."""
        card = self.ids[place]
        if card not in self._lines:
            first = min(place, self.scroll_offset.y)
            last = max(place, self.scroll_offset.y + self.page)
            if last - first > 4 * self.page:  # the cursor is elsewhere
                first = last = place
            wanted = [one for one in self.ids[first : last + 1] if one not in self._lines]
            if len(self._lines) > _KEPT:
                self._lines.clear()
            self._lines.update(self._fetch(wanted))
        return self._lines.get(card)

    def _measure(self) -> None:
        self.virtual_size = Size(1, len(self.ids))

    def _keep_in_view(self) -> None:
        top, page = self.scroll_offset.y, self.page
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + page:
            self.scroll_to(y=self.cursor - page + 1, animate=False)

    # ---- the mouse -------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor there, one on the left edge marks, two choose."""
        event.stop()
        place = self.scroll_offset.y + event.y
        if place >= len(self.ids):
            return
        self.move(place - self.cursor)
        self.post_message(self.Moved())
        if event.x < MARKS:
            self._mark(place)
        elif event.chain == 2:
            self.post_message(self.Chosen())
