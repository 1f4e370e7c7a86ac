"""The end of a session: how it went, and the ways on."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study import words
from flashsafety.study.kinds import nothing_left, title
from flashsafety.study.sitting import Sitting, Summary
from flashsafety.study.today import EVERYTHING, Choice, Today, today
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen

_RELOAD_SECONDS = 10


class EndScreen(BaseScreen):
    """Shown over the study screen, whose session it can go on with."""

    PLACE = "end"
    BINDINGS: ClassVar[list[BindingType]] = bindings("end")

    def __init__(self, session: Sitting, said: str = "") -> None:
        """Take the session, and what happened last."""
        super().__init__()
        self._session = session
        self._said = said
        self._picture: Today | None = None

    def column(self) -> Iterable[Widget]:
        """Heading, figures, ways on."""
        yield Static(id="heading", markup=False)
        with VerticalScroll(id="body"):
            yield Static(id="lines", markup=False)
        yield Static(id="flash", markup=False)

    def on_mount(self) -> None:
        """Show it, and keep it true while learning cards come nearer."""
        self._reload()
        self.query_one("#body").focus()
        self.set_interval(_RELOAD_SECONDS, self._reload)

    def on_screen_resume(self) -> None:
        """A module may have been opened meanwhile."""
        if self._picture is not None:
            self._reload()

    def _reload(self) -> None:
        if self._session.current is None:
            self._session.refresh()
        picture = self._picture = today(self.flashsafety.library)
        self.query_one("#heading", Static).update(Content("\n").join(self._next(picture)))
        self.query_one("#lines", Static).update(
            Content("\n").join(_figures(self._session.summary()))
        )
        self.query_one("#flash", Static).update(Content(one_line(self._said)))
        self.refresh_bindings()

    def _next(self, picture: Today) -> Iterable[Content]:
        more = self.flashsafety.key("end.more")
        total = sum(self._session.left.values())
        clock = self.flashsafety.library.clock
        waiting = self._session.waiting_until()
        rated = self._session.summary().ratings
        empty = "" if rated else nothing_left(self._session.kind)
        if self._session.current is not None:
            yield Content.assemble(("To be continued.", "bold $text-primary"), f" {total} left")
            yield Content.assemble((more, "bold $text-accent"), " goes on")
        elif waiting is not None:
            when = words.wait(waiting - clock.now().at)
            yield Content.assemble(("Nothing to do just now.", "bold $text-primary"))
            yield Content(f"The next learning card comes {when}; this screen will say so.")
        elif empty:
            yield Content.styled(empty, "bold $text-primary")
        elif picture.counts.total:
            left_over = words.count(picture.counts.total, "card")
            yield Content.assemble(
                ("Done with these.", "bold $text-primary"), f" {left_over} left today"
            )
            yield Content.assemble((more, "bold $text-accent"), " goes on with the others")
        else:
            yield Content.assemble(("Done for today.", "bold $text-primary"))
            if picture.counts.next_due is not None:
                yield Content(f"The next card comes {words.when(picture.counts.next_due, clock)}.")
                ways = self.flashsafety.key("end.session")
                yield Content.assemble((ways, "bold $text-accent"), " looks ahead, or crams")
        if picture.offer is not None:
            yield Content.assemble(
                (self.flashsafety.key("end.next"), "bold $text-accent"),
                f" opens the next module, {one_line(picture.offer.title)}",
            )

    # ---- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        picture = self._picture
        if action == "more":
            due = picture is not None and picture.counts.total > 0
            waiting = self._session.waiting_until() is not None
            return self._session.current is not None or (due and not waiting)
        if action == "start_next":
            return picture is not None and picture.offer is not None
        return True

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "The end of a session",
            "How it went, and what can come next. Undo still works here, and takes the last card"
            " back to the front.",
        )

    def action_more(self) -> None:
        """Go on with the session, or with what else is due."""
        if not self.is_active:
            return
        if self._session.current is not None:
            self._back_to_card("")
            return
        self._study(EVERYTHING)

    def action_session(self) -> None:
        """Choose another session."""
        self.flashsafety.choose_session(EVERYTHING, "everything", self._study)

    def _study(self, choice: Choice) -> None:
        """Begin another session in the place of this one."""
        app = self.flashsafety
        app.pop_screen()
        app.pop_screen()
        app.study(choice)

    def action_undo(self) -> None:
        """Take back the last thing done today; its card comes to the front."""
        try:
            undone = self._session.undo()
        except FlashsafetyError as error:
            self.flashsafety.show_error("Nothing was undone", error)
            return
        if undone is None:
            self._said = "There is nothing left to undo today."
        else:
            self._said = f"{undone.words[0].upper()}{undone.words[1:]}."
            if self._session.current is not None:
                self._back_to_card(self._said)
                return
        self._reload()

    def _back_to_card(self, said: str) -> None:
        from flashsafety.tui.screens.study import StudyScreen

        self.app.pop_screen()
        assert isinstance(self.app.screen, StudyScreen)
        self.app.screen.show_current(said)

    def action_start_next(self) -> None:
        """Open the module that is offered."""
        said = self.flashsafety.start_offer(self._picture)
        if said:
            self._said = said
            self._reload()

    def action_modules(self) -> None:
        """Choose modules."""
        self.flashsafety.show_modules()

    def action_back(self) -> None:
        """To Today; out of the app when just this review was asked for."""
        self.flashsafety.back_to_today()


def _figures(summary: Summary) -> Iterable[Content]:
    """The session in figures."""
    if not summary.ratings:
        return
    rows = [("session", title(summary.kind))] if summary.kind else []
    rows += [
        ("cards", f"{summary.cards}"),
        ("ratings", f"{summary.ratings}, {summary.again} Again"),
        ("true retention", words.percent(summary.true_retention)),
        ("time", words.spent(summary.seconds)),
        ("due tomorrow", f"{summary.tomorrow}"),
    ]
    if summary.leeches:
        rows.append(("leeches", ", ".join(one_line(key) for key in summary.leeches)))
    for name, value in rows:
        yield Content.assemble((f"{name:16}", "$foreground-muted"), value)
    if summary.note:
        yield Content("")
        yield Content(summary.note)
