"""What all full screens share: the centred column, the key bar, the size they need."""

from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.tui.command import Command
from flashsafety.tui.commands import of
from flashsafety.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp

Answer = TypeVar("Answer")

Work = Callable[[], Coroutine[object, object, None]]
"""What a worker runs: never a coroutine itself, which nobody would await if the worker is not run
any more, as when the app is being left."""

LEAST_WIDTH, LEAST_HEIGHT = 60, 18
"""Cells of the smallest window that is used."""

TOO_SMALL = f"flashsafety needs a window of {LEAST_WIDTH}x{LEAST_HEIGHT}; this one is smaller"


class BaseScreen(Screen[None]):
    """One column in the middle, at most 76 cells wide."""

    PLACE: ClassVar[str]
    """The screen's part of the table of commands."""
    _unseen: Widget | None = None
    """What had the focus before the window was too small to show it."""

    @property
    def flashsafety(self) -> "FlashsafetyApp":
        """The app, by its own type."""
        from flashsafety.tui.app import FlashsafetyApp

        assert isinstance(self.app, FlashsafetyApp)
        return self.app

    def key(self, name: str) -> str:
        """The first key of a command of this screen, as it is shown; empty where it has none."""
        own = f"{self.PLACE}.{name}"
        return self.flashsafety.key(own) if any(c.id == own for c in of(self.PLACE)) else ""

    def leave(self) -> None:
        """Close this screen; nothing when it is not in front, as at the second of two quick clicks.

        Textual would close the one that is, and fail where that is the last.
        """
        if self.is_active:
            self.app.pop_screen()

    def open(
        self,
        screen: Screen[Answer],
        answered: Callable[[Answer | None], None] | None = None,
    ) -> None:
        """Open a screen over this one; nothing at the second of two quick clicks.

        Args:
            screen: Which.
            answered: Is given its answer.
        """
        if self.is_active:
            self.app.push_screen(screen, answered)

    @property
    def is_open(self) -> bool:
        """Whether its widgets are there: one that is being left loses them before it is gone."""
        return self.is_attached and self.display

    def compose(self) -> ComposeResult:
        """The column, the key bar and, in a window too small for them, a line that says so."""
        with Vertical(id="column"):
            yield from self.column()
        yield KeyBar(self.flashsafety.key)
        yield Static(TOO_SMALL, id="too-small", markup=False)

    def on_resize(self) -> None:
        """Give the focus back that was lost in a window too small to show what has it."""
        width, height = self.app.size
        if width < LEAST_WIDTH or height < LEAST_HEIGHT:
            self._unseen = self.focused or self._unseen
        elif self._unseen is not None:
            self.call_after_refresh(self._see_again, self._unseen)
            self._unseen = None

    def _see_again(self, widget: Widget) -> None:
        if self.focused is None and widget.is_attached:
            self.set_focus(widget)

    def column(self) -> Iterable[Widget]:
        """What stands in the column."""
        raise NotImplementedError

    def places(self) -> tuple[str, ...]:
        """The parts of the table of commands that apply, the nearest first."""
        return (self.PLACE, "app")

    def explains(self, command: Command) -> bool:
        """Whether the help lists a command: all but those that the settings leave out."""
        return True

    def help_words(self) -> tuple[str, str]:
        """What has the keys now, and two sentences on it, with keys as ``{screen.name}``."""
        raise NotImplementedError
