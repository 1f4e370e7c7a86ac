"""Windows over a screen: they scroll with the arrows and close with the key that opened them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget

from flashsafety.tui.commands import of
from flashsafety.tui.keymap import bindings, key_name, keys_of
from flashsafety.tui.screens.base import BaseScreen

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp

Answer = TypeVar("Answer")


class Window(ModalScreen[Answer]):
    """A titled box in the middle."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("window")
    OPENED_BY: ClassVar[str] = ""
    """The action that opens it, whose keys close it too; none where they have another use in it."""

    def compose(self) -> ComposeResult:
        """The box with its inside."""
        box = VerticalScroll(classes="window")
        box.border_title = None
        with box:
            yield from self.inside()

    @property
    def flashsafety(self) -> "FlashsafetyApp":
        """The app, by its own type."""
        from flashsafety.tui.app import FlashsafetyApp

        assert isinstance(self.app, FlashsafetyApp)
        return self.app

    def inside(self) -> Iterable[Widget]:
        """What stands in the box."""
        raise NotImplementedError

    def dismiss(self, result: Answer | None = None) -> AwaitComplete:
        """Close with an answer; nothing at the second of two quick keys, see ``BaseScreen``."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    @property
    def how_to_close(self) -> str:
        """The keys that scroll and close it, as a line for its end."""
        keys = [*map(key_name, self._opening_keys[:1]), self.flashsafety.key("window.close")]
        return f"up and down scroll this, {' or '.join(keys)} closes it"

    @property
    def _opening_keys(self) -> list[str]:
        """The keys that open it from the screen below."""
        stack = self.app.screen_stack
        below = stack[stack.index(self) - 1]
        place = below.PLACE if isinstance(below, BaseScreen) else ""
        opening = (c for c in of(place) if c.action.removeprefix("app.") == self.OPENED_BY)
        keys = self.flashsafety.library.settings.keys
        return [key for command in opening for key in keys_of(command, keys)]

    def on_key(self, event: events.Key) -> None:
        """The key that opened it closes it, whichever the learner chose for that."""
        if self.OPENED_BY and self.is_active and event.key in self._opening_keys:
            event.stop()
            self.action_close()

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
