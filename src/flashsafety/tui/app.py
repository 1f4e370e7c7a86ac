"""The terminal app: opens on Today in the first frame, and gets the rest ready behind it.

Nothing heavy is imported here: pydantic, FSRS and Rich's Markdown come in on a thread once the
first frame is painted, and the bank is checked there too.
"""

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.command import Provider
from textual.messages import ExitApp

from flashsafety.errors import FlashsafetyError
from flashsafety.study.library import Library
from flashsafety.study.today import EVERYTHING, Choice, Today, start_modules
from flashsafety.tui.hangup import watch
from flashsafety.tui.keymap import bindings, check_keys, keymap, spelled
from flashsafety.tui.pictures import Drawing, drawing
from flashsafety.tui.planner import Planner
from flashsafety.tui.screens.base import LEAST_HEIGHT, LEAST_WIDTH, BaseScreen
from flashsafety.tui.screens.today import TodayScreen

if TYPE_CHECKING:
    from rich.console import RenderableType

    from flashsafety.study.exam import Ask
    from flashsafety.study.sitting import Summary
    from flashsafety.study.sync import SyncReport


def run_app(
    open_library: Callable[[], Library], *, start_review: Choice | None = None
) -> "Summary | None":
    """Run the app until the learner leaves.

    Args:
        open_library: Opens the database; the bank is checked later, by the app.
        start_review: Begin at once with these cards, and leave when they are done.

    Returns:
        The figures of the last session; none when no card was rated.

    Raises:
        FlashsafetyError: The database or the bank cannot be used.
        SystemExit: The app failed; it has said why.
    """
    with open_library() as library:
        app = FlashsafetyApp(library, start_review=start_review, drawing=drawing(library))
        _run(app)
    return app.summary


def run_quiz(open_library: Callable[[], Library], ask: "Ask") -> bytes | None:
    """The same, on the practice exams; returns the attempt last handed in, if any."""
    with open_library() as library:
        app = FlashsafetyApp(library, start_quiz=ask, drawing=drawing(library))
        _run(app)
    return app.attempt


def _run(app: "FlashsafetyApp") -> None:
    app.run()
    if app.failure is not None:
        raise app.failure
    if app.return_code:
        raise SystemExit(app.return_code)


def _palette() -> type[Provider]:
    from flashsafety.tui.palette import CommandProvider

    return CommandProvider


class FlashsafetyApp(App[None]):
    """Screens over one library."""

    TITLE = "flashsafety"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS = frozenset({_palette})  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it so)
        (0, "-tiny"),
        (LEAST_WIDTH, "-narrow"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 (Textual declares it so)
        (0, "-flat"),
        (LEAST_HEIGHT, "-short"),
        (30, "-tall"),
    ]

    def __init__(
        self,
        library: Library,
        *,
        start_review: Choice | None = None,
        start_quiz: "Ask | None" = None,
        drawing: Drawing | None = None,
    ) -> None:
        """Take the open library and what else there is.

        Args:
            library: Open until the app has ended.
            start_review: The cards to begin with when Today is left out.
            start_quiz: The exam to begin with.
            drawing: Draws pictures, as ``pictures.drawing`` finds it.
        """
        super().__init__()
        self.library = library
        self.drawing = drawing
        self.summary: Summary | None = None
        self.failure: FlashsafetyError | None = None
        self.ready = False
        """The bank is checked and everything that a card needs is imported."""
        self._today = TodayScreen(Planner(library))
        self.asked_for = start_review is not None
        """A review was asked for on the command line: leaving it leaves the app."""
        self._wanted = start_review
        self._quiz_wanted = start_quiz
        self.attempt: bytes | None = None
        """The exam that was last handed in."""
        self._leaves = False
        """On the way out."""
        self._of_a_file = False
        """A message on a card's file stands in the corner."""

    def get_default_screen(self) -> TodayScreen:
        """Today, at the bottom of the stack; no blank screen is laid out before it."""
        return self._today

    def on_mount(self) -> None:
        """Follow the learner's settings, and leave when the terminal does."""
        if (terminal := getattr(self._driver, "fileno", None)) is not None:
            watch(terminal, partial(self.post_message, ExitApp()))
        self._follow_settings()
        keys = self.library.settings.keys
        for problem in check_keys(keys) if keys else ():  # ours are known to be right
            self.complain("A key in config.toml", problem)

    def _follow_settings(self) -> None:
        settings = self.library.settings
        if settings.theme in self.available_themes:
            self.theme = settings.theme
        self.set_keymap(keymap(settings.keys))

    def take_settings(self) -> None:
        """Read the settings again and let them hold at once; say so when the file is broken."""
        from flashsafety.settings.load import load_settings

        try:
            self.library.adopt(load_settings(self.library.paths, os.environ))
        except FlashsafetyError as error:
            self.show_error("The settings cannot be read", error)
            return
        self._follow_settings()

    def key(self, command: str) -> str:
        """The first key that does a command now, as it is shown; ``esc``."""
        return self.spelled(f"{{{command}}}")

    def spelled(self, text: str) -> str:
        """A text of ours with keys in place of the commands that it names."""
        return spelled(text, self.library.settings.keys)

    # ---- getting ready -----------------------------------------------------------------------

    def get_ready(self) -> None:
        """Begin with the rest, now that the first frame is painted."""
        from flashsafety.tui.readiness import get_ready

        job = partial(get_ready, self)
        self.run_worker(job, thread=True, exit_on_error=True, group="prepare")

    def _handle_exception(self, error: Exception) -> None:
        from flashsafety.store.impossible import refusal
        from flashsafety.tui import logfile

        logfile.note_failure(error)
        self.failure = refusal(self.library.paths.database)
        if self.failure is None:
            super()._handle_exception(error)
        else:  # no trace of where we met it; and a pilot waits for no screen any more
            self._exception_event.set()
            self._close_messages_no_wait()

    def bank_failed(self, error: FlashsafetyError) -> None:
        """Go on with the cards that are in the database; without any there is nothing to do."""
        if not self.today.has_cards:
            self.failure = error
            self.exit()
            return
        self.show_error("The bank cannot be read", error)
        self.bank_was_read(None)

    def bank_was_read(self, report: "SyncReport | None") -> None:
        """Begin with what was asked for; without a report with the cards of the database."""
        self.ready = True
        if self._wanted is not None:
            self.study(self._wanted)
        if self._quiz_wanted is not None:
            self.show_quiz(self._quiz_wanted, alone=True)
        self.today.bank_was_read(report)

    def exit(
        self, result: None = None, return_code: int = 0, message: "RenderableType | None" = None
    ) -> None:
        """Leave, once the screen in front is laid out: half laid out it would fail at its end."""
        self._leaves = True
        leave = partial(super().exit, result, return_code, message)
        if not self.screen_stack or self.screen.is_mounted:
            leave()
        else:
            self.screen.call_later(leave)

    async def on_event(self, event: events.Event) -> None:
        """Take nothing more when leaving, and nothing pasted that would steer the terminal."""
        if self._leaves and isinstance(event, events.InputEvent):
            return
        if isinstance(event, events.Paste):
            from flashsafety.content.visible import pasted

            event.text = pasted(event.text)
        await super().on_event(event)

    def on_key(self, event: events.Key) -> None:
        """Give a key that was typed ahead to the screen, or the line on it, that it was meant for.

        Textual gives each key to the screen in front when it comes, and when nobody there takes it
        looks for what it does on the one that is in front by then: which may be a newer one, not
        laid out yet, where nothing has the focus.
        """
        line = self.focused if event.is_printable else None
        to_line = line is not None and line.check_consume_key(event.key, event.character)
        if to_line or not self.screen.is_mounted:
            event.stop()
            event.prevent_default()
            self.post_message(events.Key(event.key, event.character))

    # ---- what screens ask for ------------------------------------------------------------------

    @property
    def is_awaited(self) -> bool:
        """Whether a review or an exam begins as soon as the bank is read."""
        return self._wanted is not None or self._quiz_wanted is not None

    @property
    def today(self) -> TodayScreen:
        """The screen below all others."""
        return self._today

    def study(self, choice: Choice = EVERYTHING) -> None:
        """Begin a review; at once, or as soon as the bank is read."""
        if not self.ready:
            self._wanted = choice
            self.today.say("Reading the bank; the review begins when it is read.")
            return
        from flashsafety.tui.screens.study import StudyScreen

        self._wanted = None
        try:
            screen = StudyScreen(self.library, choice)
        except FlashsafetyError as error:
            self.show_error("The review cannot begin", error)
            return
        self.push_screen(screen)

    def choose_session(
        self, choice: Choice, over: str, begin: Callable[[Choice], None] | None = None
    ) -> None:
        """Ask which session it is to be over some cards, and begin it.

        Args:
            choice: The cards.
            over: What they are called, after "over".
            begin: Begins what was chosen; over the present screen when left out.
        """
        from flashsafety.tui.screens.session import SessionScreen

        def chosen(choice: Choice | None) -> None:
            if choice is not None:
                (begin or self.study)(choice)

        self.push_screen(SessionScreen(choice, over), chosen)

    def show_modules(self) -> None:
        """Open the list of modules."""
        from flashsafety.tui.screens.modules import ModulesScreen

        self.push_screen(ModulesScreen())

    def action_browse(self, query: str = "") -> None:
        """Open the list of all cards, or of those that a search finds."""
        from flashsafety.tui.screens.browse import BrowseScreen

        self.push_screen(BrowseScreen(self.library, query))

    def action_quiz(self) -> None:
        """Open the practice exams."""
        self.show_quiz()

    def action_statistics(self) -> None:
        """Open the statistics."""
        from flashsafety.tui.screens.statistics import StatisticsScreen

        self.push_screen(StatisticsScreen())

    def show_quiz(self, ask: "Ask | None" = None, *, alone: bool = False) -> None:
        """Open the practice exams, with the one that is wanted first.

        Args:
            ask: Which.
            alone: Asked for on the command line: leaving them leaves the app.
        """
        from flashsafety.tui.screens.quiz import QuizScreen

        self.push_screen(QuizScreen(ask, alone=alone))

    def back_to_today(self) -> None:
        """Close all screens above Today; leaves the app when a review was asked for."""
        if self.asked_for:
            self.exit()
            return
        while not isinstance(self.screen, TodayScreen):
            self.pop_screen()
        self.today.reload()

    def start_offer(self, picture: Today | None) -> str:
        """Open the module that Today offers; what to say of it, empty when none was opened."""
        if picture is None or picture.offer is None:
            return ""
        try:
            start_modules(self.library, [picture.offer.slug])
        except FlashsafetyError as error:
            self.show_error("The module was not opened", error)
            return ""
        return f"Opened {picture.offer.title}; {self.key('today.undo')} takes it back."

    def undo_newest(self) -> str:
        """Take back the last thing done today; what to say of it, empty when that failed."""
        from flashsafety.study.answer import undo_newest

        try:
            undone = undo_newest(self.library)
        except FlashsafetyError as error:
            self.show_error("Nothing was undone", error)
            return ""
        return undone.words if undone else "There is nothing left to undo today."

    def choose_theme(self, name: str) -> None:
        """Change the colours, and keep them."""
        from flashsafety.settings.change import set_setting

        try:
            set_setting(self.library.paths, "theme", name)
        except (FlashsafetyError, OSError) as error:
            self.theme = name
            self.complain("The theme was not saved", str(error))
            return
        self.take_settings()

    def show_error(self, title: str, error: FlashsafetyError) -> None:
        """An error as a window in the corner that stays until it is clicked away."""
        self.complain(title, str(error))

    def complain(self, title: str, words: str) -> None:
        """Say what failed; stays for an hour, or until it is clicked away."""
        from flashsafety.content.visible import one_line, visible
        from flashsafety.tui import logfile

        title = one_line(title)  # it may be the name of a file
        logfile.note(f"said: {title}")
        self.notify(visible(words), title=title, severity="error", timeout=3600, markup=False)

    def complain_of_file(self, title: str, words: str) -> None:
        """Say what is wrong with a card's file; stays until it is mended or another card shows."""
        self.complain(title, words)
        self._of_a_file = True

    def drop_file_complaint(self) -> None:
        """Take what was said of a card's file out of the corner, now that it is about nothing."""
        if self._of_a_file:
            self._of_a_file = False
            self.clear_notifications()

    def action_settings(self) -> None:
        """Open the settings, or close them."""
        from flashsafety.tui.screens.settings import SettingsScreen

        if isinstance(self.screen, SettingsScreen):
            self.screen.action_back()
        elif isinstance(self.screen, BaseScreen):
            self.push_screen(SettingsScreen())

    def action_command_palette(self) -> None:
        """Open the palette, once."""
        from flashsafety.tui.palette import Palette

        if not any(isinstance(screen, Palette) for screen in self.screen_stack):
            self.push_screen(Palette())

    def action_help(self) -> None:
        """Explain the screen, or close the explanation."""
        from flashsafety.tui.screens.help import HelpScreen

        if isinstance(self.screen, BaseScreen):
            self.push_screen(HelpScreen(self.screen))
