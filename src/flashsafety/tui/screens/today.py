"""Today: what is due by module, how it goes, and one key to begin."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.clock import day_to_date
from flashsafety.content.visible import cells, one_line
from flashsafety.study import words
from flashsafety.study.today import Today, today
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from flashsafety.store.modules import ModuleLine
    from flashsafety.study.sync import SyncReport

_RELOAD_SECONDS = 30
"""How often the counts are read again, so that a waiting learning card appears."""


class TodayScreen(BaseScreen):
    """The first screen."""

    PLACE = "today"
    BINDINGS: ClassVar[list[BindingType]] = bindings("today")

    def __init__(self) -> None:
        """Read the counts with the first frame."""
        super().__init__()
        self._picture: Today | None = None
        self._said = ""
        self._resumed = False

    @property
    def has_cards(self) -> bool:
        """Whether the database holds any card."""
        return self._picture is not None and bool(self._picture.modules)

    def column(self) -> Iterable[Widget]:
        """Heading, modules, and a line for what happened; filled at once, for the first frame."""
        picture = self._picture = today(self.flashsafety.library)
        yield Static(self._heading(picture), id="heading", markup=False)
        with VerticalScroll(id="body"):
            yield Static(self._lines(picture), id="lines", markup=False)
        yield Static(id="flash", markup=False)

    def on_mount(self) -> None:
        """Keep the counts true."""
        self.query_one("#body").focus()
        self.set_interval(_RELOAD_SECONDS, self.reload)
        self.call_after_refresh(self.flashsafety.get_ready)

    def on_screen_resume(self) -> None:
        """Whatever was done above may have changed the counts."""
        if self._resumed:
            self.reload()
        self._resumed = True

    def reload(self) -> None:
        """Read the counts again."""
        picture = self._picture = today(self.flashsafety.library)
        self.query_one("#heading", Static).update(self._heading(picture))
        self.query_one("#lines", Static).update(self._lines(picture))
        self.query_one("#flash", Static).update(Content(self._said))
        self.refresh_bindings()

    def say(self, text: str) -> None:
        """One line on what just happened."""
        self._said = one_line(text)
        self.query_one("#flash", Static).update(Content(self._said))

    def bank_was_read(self, report: "SyncReport | None") -> None:
        """The bank is checked; say what changed since the last time."""
        waiting = self._said.startswith("Reading")
        if waiting:
            self._said = ""
        first_time = not self.has_cards
        if report is not None:
            self._said = _what_changed(report, first_time=first_time)
        if report is not None or waiting or first_time:
            self.reload()
        self.refresh_bindings()

    # ---- what it shows -------------------------------------------------------------------------

    def _heading(self, picture: Today) -> Content:
        day = day_to_date(picture.counts.day)
        past = [f"{day:%A} {day.day} {day:%B}"]
        if picture.streak:
            past.append(f"streak {words.count(picture.streak, 'day')}")
        if picture.done:
            past.append(f"{words.count(picture.done, 'rating')} today")
        lines = [Content.assemble((" · ".join(past), "$foreground-muted")), Content("")]
        lines += self._advice(picture)
        return Content("\n").join(lines)

    def _advice(self, picture: Today) -> Iterable[Content]:
        """What to do next: the one thing on the screen that stands out."""
        counts = picture.counts
        if not picture.modules:
            what = "There is no card yet." if self.flashsafety.ready else "Reading the bank…"
            yield Content.assemble((what, "bold"))
            if self.flashsafety.ready:
                yield Content(
                    "Put card files into the bank's folder: 'flashsafety where' names it."
                )
            return
        if counts.total:
            kinds = (("learning", counts.learning), ("review", counts.review), ("new", counts.new))
            said = "   ".join(f"{number} {name}" for name, number in kinds if number)
            total = words.count(counts.total, "card")
            yield Content.assemble((f"{total} to review", "bold $text-primary"), f"   {said}")
            yield Content.assemble(("enter", "bold $text-accent"), " begins the review")
        else:
            yield Content.assemble(
                ("Nothing is due.", "bold $text-primary"), f" {self._next(picture)}"
            )
        yield from self._guidance(picture)

    def _guidance(self, picture: Today) -> Iterable[Content]:
        if not any(line.rated for line in picture.modules):
            yield Content("")
            yield Content(
                "A card shows a question. Answer it in your head or with the keys, press space to"
                " see the answer, then 1 to 4 for how it went: it returns just before you would"
                " forget it. Open more modules with m as you hear their lectures."
            )
        if picture.backlog:
            yield Content("More reviews are due than a day brings: new cards wait meanwhile.")
        if picture.offer is not None:
            yield Content.assemble(
                ("n", "bold $text-accent"),
                f" opens the next module, {one_line(picture.offer.title)}",
            )
        elif picture.held:
            yield Content(
                f"{words.count(picture.held, 'new card')} wait for another module: m opens it."
            )

    def _next(self, picture: Today) -> str:
        if picture.counts.next_due is None:
            return "No card is waiting either."
        when = words.when(picture.counts.next_due, self.flashsafety.library.clock)
        return "A card is waiting." if when == "now" else f"The next card comes {when}."

    def _lines(self, picture: Today) -> Content:
        lines: list[Content] = []
        section = None
        for module in picture.modules:
            if module.section != section:
                section = module.section
                lines.append(Content.assemble((one_line(module.section_title), "bold")))
            lines.append(_module_line(module, self.app.size.width))
        return Content("\n").join(lines)

    def on_resize(self) -> None:
        """The columns follow the width."""
        if self._picture is not None:
            self.query_one("#lines", Static).update(self._lines(self._picture))

    # ---- what it does ----------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        picture = self._picture
        if action == "review":
            return bool(picture and picture.counts.total) or not self.flashsafety.ready
        if action == "start_next":
            return bool(picture and picture.offer)
        if action == "undo":
            return bool(self.flashsafety.ready)
        return True

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "Today",
            "What is due today, by module, and how far you are. Enter begins; everything you rate"
            " is on the disk before the next card shows, so you can leave at any time.",
        )

    def action_review(self) -> None:
        """Begin."""
        self.flashsafety.study()

    def action_modules(self) -> None:
        """Choose modules."""
        self.flashsafety.show_modules()

    def action_start_next(self) -> None:
        """Open the module that is offered."""
        said = self.flashsafety.start_offer(self._picture)
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


def _module_line(module: "ModuleLine", width: int) -> Content:
    """Number, title, what is due, and how much of it was met."""
    room = max(20, min(76, width) - 2)
    waiting = [
        f"{number} {name}"
        for name, number in (("learning", module.learning), ("review", module.review))
        if number
    ]
    if not module.started:
        waiting.append("optional" if module.optional else "not open")
    elif module.new and not waiting:
        waiting.append(f"{module.new} new")
    met = f"{module.rated}/{module.cards}"
    right = f"{', '.join(waiting)}  {met:>7}"
    title = one_line(module.title)
    left = f"  {module.number:2}  {title}"
    while cells(left) + cells(right) + 2 > room and title:
        title = title[:-1]
        left = f"  {module.number:2}  {title}…"
    gap = " " * max(1, room - cells(left) - cells(right))
    style = "$foreground" if module.started else "$foreground-muted"
    return Content.assemble((left, style), gap, (right, "$foreground-muted"))


def _what_changed(report: "SyncReport", *, first_time: bool) -> str:
    kinds = (
        ("new", report.new),
        ("reworded", report.reworded),
        ("with another meaning", report.meaning_changed),
        ("retired", report.retired),
        ("restored", report.restored),
    )
    changes = [f"{len(ids)} {name}" for name, ids in kinds if ids and not first_time]
    said = f"The bank changed: {', '.join(changes)}." if changes else ""
    if report.problems:
        bad = words.count(len(report.problems), "problem")
        said = f"{said} The bank has {bad}: 'flashsafety lint' lists them.".strip()
    return said
