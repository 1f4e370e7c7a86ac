"""Statistics: how it goes, what comes, and whether the scheduler is right."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import get_current_worker

from flashsafety.errors import FlashsafetyError
from flashsafety.store.faults import in_words
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.statistics_commands import TABS
from flashsafety.tui.widgets.plots import Draw, Drawn
from flashsafety.tui.widgets.tabs import TabLine

_PATIENCE = 0.15
"""Seconds before it is said that something is being read."""

ABOUT = {
    "Activity": "Ratings and minutes of today, the last days and all, and day by day. A rating"
    " counts for a minute at most.",
    "Retention": "The share of reviews rated above Again: ● is the share, the line its 95%"
    " interval, │ what is desired.",
    "Habits": "Which buttons you press at which phase of a card, and how recall goes at which hour"
    " of the day.",
    "Forecast": "What is due in the coming weeks as the due dates stand, with what lapses are to be"
    " expected to add.",
    "Memory": "How the rated cards are spread over stability, difficulty and the chance of recall"
    " today.",
    "Calibration": "Whether recall comes as often as it was predicted just before each review, with"
    " log loss, Brier score and RMS calibration error: lower is better.",
}
"""What the help says of each tab."""


class StatisticsScreen(BaseScreen):
    """Tabs of figures, each read on a thread when it is first shown."""

    PLACE = "statistics"
    BINDINGS: ClassVar[list[BindingType]] = bindings("statistics")

    def __init__(self) -> None:
        """Begin with the first tab; nothing is read yet."""
        super().__init__()
        self._tab = 0
        self._read: dict[int, Drawn] = {}
        """By tab."""

    def column(self) -> Iterable[Widget]:
        """The tabs, and the figures of one."""
        yield TabLine(TABS, id="tabs")
        with VerticalScroll(id="body", can_focus=False):
            yield Static(id="lines", markup=False)

    def on_mount(self) -> None:
        """Show the first."""
        self._show(0)

    def help_words(self) -> tuple[str, str]:
        """What the tab is for."""
        return f"Statistics: {TABS[self._tab]}", ABOUT[TABS[self._tab]]

    # ---- what it shows ---------------------------------------------------------------------------

    def _show(self, tab: int) -> None:
        self._tab = tab
        self.query_one(TabLine).front(tab)
        self.query_one("#body").scroll_home(animate=False)
        if tab in self._read:
            self._fill()
            return
        self.query_one("#lines", Static).update("")
        self.set_timer(_PATIENCE, lambda: self._say_it_takes_time(tab))
        self.run_worker(lambda: self._read_tab(tab), thread=True, group=f"statistics-{tab}")

    def _say_it_takes_time(self, tab: int) -> None:
        if tab == self._tab and tab not in self._read:
            self._say(Content("Reading the log…"))

    def _read_tab(self, tab: int) -> None:
        """On a thread, over a connection of its own."""
        from flashsafety.tui.statistics_tabs import draw_tab

        worker = get_current_worker()
        try:
            with self.flashsafety.library.reopen() as library:
                draw = draw_tab(library, TABS[tab])
        except Exception as error:
            fault = error if isinstance(error, FlashsafetyError) else in_words(error)
            if fault is None:
                raise
            self.app.call_from_thread(self._failed, fault)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._has_read, tab, draw)

    def _failed(self, fault: FlashsafetyError) -> None:
        self.flashsafety.show_error("The statistics cannot be read", fault)

    def _has_read(self, tab: int, draw: Draw) -> None:
        self._read[tab] = Drawn(draw)
        if tab == self._tab and self.is_open:
            self._fill()

    def _fill(self) -> None:
        self._say(self._read[self._tab])

    def _say(self, what: Content | Drawn) -> None:
        """Show it; while the screen is being left, what it held is gone before it."""
        for lines in self.query("#lines").results(Static):
            lines.update(what)

    # ---- keys ------------------------------------------------------------------------------------

    def on_tab_line_chosen(self, event: TabLine.Chosen) -> None:
        """A click on a tab."""
        self._show(event.place)

    def action_turn(self, by: int) -> None:
        """Show the next tab, or the one before; after the last comes the first."""
        self._show((self._tab + by) % len(TABS))

    def action_show(self, place: int) -> None:
        """Show a tab by its number, from 1."""
        self._show(place - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll by a line."""
        self.query_one("#body").scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll by a page."""
        body = self.query_one("#body")
        body.scroll_relative(y=by * max(1, body.size.height - 1), animate=False)

    def action_back(self) -> None:
        """Back to where one was."""
        self.leave()
