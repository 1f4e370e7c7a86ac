"""What all full screens share: the centred column, the key bar, the size they need."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.tui.command import Command
from flashsafety.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp

Answer = TypeVar("Answer")

TOO_SMALL = "flashsafety needs a window of 60x18; this one is smaller"


class BaseScreen(Screen[None]):
    """One column in the middle, at most 76 cells wide."""

    PLACE: ClassVar[str]
    """The screen's part of the table of commands."""

    @property
    def flashsafety(self) -> "FlashsafetyApp":
        """The app, by its own type."""
        from flashsafety.tui.app import FlashsafetyApp

        assert isinstance(self.app, FlashsafetyApp)
        return self.app

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

    def compose(self) -> ComposeResult:
        """The column, the key bar and, in a window too small for them, a line that says so."""
        with Vertical(id="column"):
            yield from self.column()
        yield KeyBar(self.flashsafety.key)
        yield Static(TOO_SMALL, id="too-small", markup=False)

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
        """What has the keys now, and two sentences on it."""
        raise NotImplementedError
