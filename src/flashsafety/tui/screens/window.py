"""Windows over a screen: they scroll with the arrows and close with the key that opened them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widget import Widget

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp

Answer = TypeVar("Answer")


class Window(ModalScreen[Answer]):
    """A titled box in the middle."""

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

    def action_close(self) -> None:
        """Close without an answer."""
        self.dismiss(None)
