"""What the browse screen shows: a line to type into, the cards that it finds, and a preview."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.store.names import known_names
from flashsafety.store.search import Order
from flashsafety.store.shown import read_shown
from flashsafety.study import words
from flashsafety.study.library import Library
from flashsafety.study.listing import lines
from flashsafety.study.query import parse
from flashsafety.study.query_tokens import QueryError
from flashsafety.study.showing import Showing, as_showing
from flashsafety.terms import StudyDay
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen, Work
from flashsafety.tui.searcher import Searcher
from flashsafety.tui.widgets.cardtable import CardTable, TableHead
from flashsafety.tui.widgets.columns import SORTED_BY
from flashsafety.tui.widgets.filter import FilterInput
from flashsafety.tui.widgets.preview import Preview

_TURNS = 4
"""Rounds of the event loop from a change of a widget to the message that asks for a frame."""

_MOMENT = 0.01
"""Seconds that a key waits for what it finds: less than a frame."""

PATIENCE = 0.15
"""Seconds before it is said that something takes long."""


class FoundCards(BaseScreen):
    """The cards that a search finds, the newest search and no other."""

    PLACE = "browse"
    BINDINGS: ClassVar[list[BindingType]] = bindings("browse")
    AUTO_FOCUS = "#filter"

    def __init__(self, library: Library, query: str = "") -> None:
        """Begin with a search; with nothing every card is shown."""
        super().__init__()
        self.library = library
        self.query_text = query
        """The last search that could be understood."""
        self.order = Order()
        self._wrong = ""
        """Why what is typed cannot be understood."""
        self._whole = True
        """All that the search finds is in the list."""
        self._resumed = False
        self._searcher = Searcher(library)
        self._head = TableHead()
        self.table = CardTable(lambda ids: lines(library, ids), self.today, self._head)
        """The list."""

    def column(self) -> Iterable[Widget]:
        """The search, what came of it, the list and the preview, a line for what happened."""
        with Horizontal(id="filter-line"):
            yield Static("Find: ", markup=False)
            yield FilterInput(self.query_text, lambda kind: known_names(self.library.db, kind))
        yield Static(id="found", markup=False)
        with Vertical(id="panes"):
            with Vertical(id="list"):
                yield self._head
                yield self.table
            yield Preview(self.key)
        yield Static(id="flash", markup=False)

    async def on_mount(self) -> None:
        """Find what is to be shown first."""
        async with self.one_frame():
            await self._search()

    def on_unmount(self) -> None:
        """Break off the search."""
        self._searcher.close()

    def on_screen_resume(self) -> None:
        """A review or an edit may have changed the cards."""
        if self._resumed:
            self.reload()
        self._resumed = True

    # ---- searching -------------------------------------------------------------------------------

    @asynccontextmanager
    async def one_frame(self) -> AsyncIterator[None]:
        """What is changed inside is painted in one frame, at once.

        Textual paints as soon as one widget asks for it, and then not again for two frames; so the
        others are given their turn first.
        """
        with self.app.batch_update():
            yield
            for _ in range(_TURNS):
                await asyncio.sleep(0)
        self.check_idle()

    async def on_input_changed(self, event: Input.Changed) -> None:
        """Search with every key, once what is typed can be understood."""
        event.stop()
        async with self.one_frame():
            self.query_one(FilterInput).release()
            await self._follow(event.value)

    async def _follow(self, text: str) -> None:
        """Search for what is typed."""
        try:
            parse(text)
        except QueryError as error:
            self._wrong = f"column {error.column}: {error.what}; {error.mend}"
            self.show_found()
            return
        self._wrong = ""
        if text != self.query_text:
            self.query_text = text
            self.table.unmark()
            await self._search()
        self.show_found()

    async def _search(self) -> None:
        """Search, and wait a moment: what is found at once comes with the frame of the key."""
        shown = asyncio.Event()
        find: Work = partial(self._find, self.query_text, self.order, shown)
        self.run_worker(find, group="search")
        with suppress(TimeoutError):
            await asyncio.wait_for(shown.wait(), _MOMENT)

    async def _find(self, query: str, order: Order, shown: asyncio.Event) -> None:
        """Show what a search finds: the first page, then all of it."""
        late = self.set_timer(PATIENCE, lambda: self.show_found("searching…"))
        first = True

        def show(ids: Sequence[int], whole: bool) -> None:
            nonlocal first
            self._whole = whole
            if not self.is_open:  # it was left meanwhile
                return
            with self.app.batch_update():
                if first:
                    was_empty = not self.table.ids
                    self.table.show(ids, order)
                    self.show_preview()
                    if was_empty != (not ids):
                        self.refresh_bindings()
                else:
                    self.table.grow(ids)
                self.show_found()
            first = False
            shown.set()

        try:
            await self._searcher.search(query, order, show)
        except FlashsafetyError as error:
            self.flashsafety.show_error("The cards cannot be searched", error)
        finally:
            late.stop()
            shown.set()

    def show_found(self, doing: str = "") -> None:
        """How many cards there are, marked and sorted how; or why the search is not understood."""
        found = self.query_one("#found", Static)
        found.set_class(bool(self._wrong), "-wrong")
        table = self.table
        count = words.count(len(table.ids), "card")
        if self._wrong:
            parts = [one_line(self._wrong)]
        elif table.ids:
            parts = [count if self._whole else f"more than {count}"]
            if table.marked:
                parts.append(f"{len(table.marked):,} marked")
            parts.append(SORTED_BY[table.order.column] + " ▼" * table.order.descending)
        elif self.query_text:
            parts = [f'No card is found by "{one_line(self.query_text)}". ctrl+u clears the line.']
        else:
            parts = ["There is no card yet."]
        said = " · ".join([*parts, doing] if doing else parts)
        found.update(Content(said), layout=False)

    # ---- what it shows ---------------------------------------------------------------------------

    def say(self, text: str) -> None:
        """One line on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    def reload(self) -> None:
        """Read what is on the screen again; the list stays as it was found."""
        self.table.reload()
        self.show_found()
        self.show_preview()
        self.refresh_bindings()

    def showing(self) -> Showing | None:
        """The card under the cursor."""
        card = self.table.current
        row = None if card is None else read_shown(self.library.db, card, self.today())
        return None if row is None else as_showing(row, row.key)

    def show_preview(self) -> None:
        """Show the card under the cursor as it will be met."""
        self.query_one(Preview).show(self.showing())

    def today(self) -> StudyDay:
        """The present study day."""
        return self.library.clock.now().day

    async def on_card_table_moved(self) -> None:
        """The preview follows the cursor."""
        await self.go(0)

    async def go(self, by: int) -> None:
        """Move the cursor, and the preview with it."""
        async with self.one_frame():
            self.table.move(by)
            self.show_preview()

    def on_card_table_marked(self) -> None:
        """The number of marks is said above the list."""
        self.show_found()

    def on_table_head_clicked(self, event: TableHead.Clicked) -> None:
        """A click on a title sorts by it, and the next turns the order round."""
        turned = event.column == self.order.column and not self.order.descending
        self.sort(Order(event.column, turned))

    def sort(self, order: Order) -> None:
        """Show the same cards in another order."""
        self.order = order
        search: Work = self._search
        self.run_worker(search, group="search")
