"""Home: the day's plan, the syllabus as one stands in it, the year, and one key to begin."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study.standing import Section, sections
from flashsafety.study.today import Choice, start_modules, today
from flashsafety.tui.keymap import bindings
from flashsafety.tui.plan import help_text, plan_lines, what_changed
from flashsafety.tui.planner import Planner
from flashsafety.tui.screens.base import Work
from flashsafety.tui.screens.planning import PlanningScreen
from flashsafety.tui.widgets.outline import EVERYTHING, MODULE, Node, Outline
from flashsafety.tui.widgets.ways import Ways
from flashsafety.tui.widgets.year import Year

if TYPE_CHECKING:
    from flashsafety.stats.periods import Day
    from flashsafety.store.modules import ModuleLine
    from flashsafety.study.sync import SyncReport

_RELOAD_SECONDS = 30
"""How often the counts are read again, so that a waiting learning card appears."""


class TodayScreen(PlanningScreen):
    """The first screen.

    The plan is read with the first frame. The syllabus takes a pass over all cards, what plans come
    to a rehearsal, and the year a pass over the newest ratings, so they come from threads with
    connections of their own.
    """

    PLACE = "today"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")
    AUTO_FOCUS = ""

    def __init__(self, planner: Planner) -> None:
        """Read the counts with the first frame.

        Args:
            planner: Reckons what plans come to.
        """
        super().__init__()
        self._planner = planner
        self._sections: tuple[Section, ...] = ()
        self._said = ""
        self._resumed = False
        self._year_fails = False

    @property
    def has_cards(self) -> bool:
        """Whether the database holds any card."""
        return self.picture is not None and self.picture.has_cards

    @property
    def modules(self) -> "tuple[ModuleLine, ...]":
        """Every module that has cards, as last read."""
        return tuple(line for section in self._sections for line in section.modules)

    def column(self) -> Iterable[Widget]:
        """Plan, syllabus, year, and a line for what happened."""
        self.picture = today(self.flashsafety.library)
        yield Static(Content("\n").join(self._heading()), id="heading", markup=False)
        yield Ways()
        yield Static(id="columns", markup=False)
        with VerticalScroll(id="body", can_focus=False):
            yield Outline()
        yield Year()
        yield Static(id="flash", markup=False)

    @property
    def outline(self) -> Outline:
        """The syllabus as a tree."""
        return self.query_one(Outline)

    def on_mount(self) -> None:
        """Read the rest, and keep it true."""
        self.set_interval(_RELOAD_SECONDS, self._keep_true)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        """Where no key has come with the first frame; else all is read when one comes back."""
        if not self.flashsafety.is_awaited:
            self._read("sections", self._show_sections)

    def on_screen_resume(self) -> None:
        """Whatever was done above may have changed the counts."""
        if self._resumed:
            self.reload()
        else:
            # The first frame is painted by then; after a refresh would be with the second one.
            self.call_later(self.flashsafety.get_ready)
        self._resumed = True

    def on_screen_suspend(self) -> None:
        """What is above needs the interpreter; on the way back all is read again."""
        self._planner.stop()

    def on_unmount(self) -> None:
        """The app is being left and would wait for it."""
        self._planner.stop()

    def _keep_true(self) -> None:
        if self.is_active:
            self.reload()

    def reload(self) -> None:
        """Read everything again: the plan at once, the rest as it comes."""
        self.picture = today(self.flashsafety.library)
        self._show_plan()
        self.query_one("#flash", Static).update(Content(self._said))
        self.refresh_bindings()
        self._read("sections", self._show_sections)
        self._read("year", self._show_year)

    def say(self, text: str) -> None:
        """One line on what just happened."""
        self._said = one_line(text)
        self.query_one("#flash", Static).update(Content(self._said))
        self.call_after_refresh(self.outline.keep_in_sight)  # a long line takes room from the tree

    def bank_was_read(self, report: "SyncReport | None") -> None:
        """The bank is checked; say what changed since the last time."""
        waiting = self._said.startswith("Reading")
        if waiting:
            self._said = ""
        first_time = not self.has_cards
        if report is not None:
            self._said = what_changed(report, first_time=first_time)
        if not self.is_active:  # a review has begun; all is read again when one comes back
            return
        if report is not None or waiting or first_time:
            self.reload()
        else:
            self._read("year", self._show_year)
        self.refresh_bindings()

    # ---- what is read on threads ---------------------------------------------------------------

    def _read(self, group: str, work: Work) -> None:
        self.run_worker(work, group=group, exclusive=True)

    async def _show_sections(self) -> None:
        self._sections = await asyncio.to_thread(self._read_sections)
        if not self.is_open:  # the app is being left
            return
        self.outline.fill(self._sections)
        self._show_columns()
        self._show_plan()
        told = await self._planner.tell() if self.is_active else None
        if told is not None and self.is_open:
            self.predicted = told.predicted
            self.show_ways(told.found)
            self._show_plan()
        self.call_after_refresh(self.outline.keep_in_sight)

    def _read_sections(self) -> tuple[Section, ...]:
        with self.flashsafety.library.reopen() as library:
            return sections(library)

    async def _show_year(self) -> None:
        """Where there is room for it, and never in the way of a card that was asked for."""
        roomy = self.has_class("-wide") and self.has_class("-tall")
        wanted = roomy and self.is_active and self.flashsafety.ready
        if not wanted or self._year_fails:
            return
        try:
            days = await asyncio.to_thread(self._read_year)
        except FlashsafetyError as error:
            self._year_fails = True
            self.flashsafety.show_error("The year cannot be shown", error)
            return
        if self.is_open:
            self.query_one(Year).show(days)

    def _read_year(self) -> "tuple[Day, ...]":
        from flashsafety.stats.figures import figures
        from flashsafety.stats.periods import days

        with self.flashsafety.library.reopen() as library, figures(library) as log:
            return days(log)

    # ---- what it shows -------------------------------------------------------------------------

    def _heading(self) -> Iterable[Content]:
        picture = self.picture
        assert picture is not None
        yield from plan_lines(
            picture,
            self.flashsafety.library.clock,
            ready=self.flashsafety.ready,
            enter=self._enter() if self.is_mounted else "begins the review",
            spelled=self.flashsafety.spelled,
            usual="" if self.unusual() == "offers" else self.flashsafety.key("today.usual"),
            predicted=self.predicted,
        )

    def _enter(self) -> str:
        """What enter does where the cursor stands."""
        node = self.outline.current
        if node.depth == EVERYTHING:
            counts = self.picture.counts if self.picture else None
            if counts and counts.waiting:
                return "reviews anyway"
            return "begins the review" if counts and counts.total else ""
        if node.depth == MODULE and not node.is_open:
            return f"opens {one_line(node.title)}"
        return f"reviews {one_line(node.title)} alone"

    def _show_plan(self) -> None:
        self.query_one("#heading", Static).update(Content("\n").join(self._heading()))

    def _show_columns(self) -> None:
        self.query_one("#columns", Static).update(self.outline.header())

    def on_resize(self) -> None:
        """The columns follow the width, and the year comes where there is room."""
        self.call_after_refresh(self._show_columns)
        self.call_after_refresh(self.outline.keep_in_sight)
        self._read("year", self._show_year)

    def on_outline_moved(self) -> None:
        """What enter does follows the cursor."""
        self._show_plan()
        self.refresh_bindings()

    # ---- what it does ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        picture = self.picture
        if action == "review":
            return bool(not self.flashsafety.ready or (self.is_mounted and self._enter()))
        if action == "start_next":
            return bool(picture and picture.offer)
        if action == "session":
            return self.flashsafety.ready and self.has_cards and self.is_mounted
        if action == "as_usual":
            return self.unusual() is not None
        if action == "take":
            return self.is_offered(parameters)
        if action == "undo":
            return bool(self.flashsafety.ready)
        return True

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return "Home", help_text()

    def on_outline_chosen(self) -> None:
        """A click is enter; the second of two is none."""
        if self.is_active and self.check_action("review", ()):
            self.action_review()

    def action_review(self) -> None:
        """Begin with what the cursor stands on, or open it."""
        node = self.outline.current
        if node.depth == EVERYTHING:
            self.flashsafety.study()
        elif node.depth == MODULE and not node.is_open:
            self._open(node)
        elif node.is_open or any(line.learning or line.review for line in node.modules):
            self.flashsafety.study(Choice(modules=tuple(line.slug for line in node.modules)))
        else:
            opens = f"{self.key('review')} on one of them opens it"
            self.say(f"No module of {node.title} is open yet: {opens}.")

    def action_session(self) -> None:
        """Choose a session over what the cursor stands on."""
        node = self.outline.current
        if node.depth == EVERYTHING:
            self.flashsafety.choose_session(Choice(), "everything")
        else:
            modules = tuple(line.slug for line in node.modules)
            self.flashsafety.choose_session(Choice(modules=modules), node.title)

    def _open(self, node: Node) -> None:
        try:
            start_modules(self.flashsafety.library, [node.slug])
        except FlashsafetyError as error:
            self.flashsafety.show_error("The module was not opened", error)
            return
        undo, review = self.key("undo"), self.key("review")
        self.say(f"Opened {node.title}; {undo} takes it back, {review} reviews it.")
        self.reload()

    def action_move(self, by: int) -> None:
        """Take the cursor up or down."""
        self.outline.move(by)

    def action_page(self, by: int) -> None:
        """Take the cursor up or down by a page."""
        self.outline.move(by * max(1, self.query_one("#body").size.height - 1))

    def action_fold(self, folded: bool) -> None:
        """Fold or unfold the section."""
        self.outline.fold(folded=folded)

    def action_modules(self) -> None:
        """Choose modules."""
        self.flashsafety.show_modules()

    def action_start_next(self) -> None:
        """Open the module that is offered."""
        said = self.flashsafety.start_offer(self.picture)
        if said:
            self.say(said)
            self.reload()

    def action_undo(self) -> None:
        """Take back the last thing done today."""
        said = self.flashsafety.undo_newest()
        if said:
            self.say(said)
            self.reload()

    def action_back(self) -> None:
        """Leave."""
        self.app.exit()
