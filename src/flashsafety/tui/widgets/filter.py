"""The line of a search, with the term that is being typed completed."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import ClassVar

from textual.binding import BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from flashsafety.study.complete import complete
from flashsafety.study.query import LONGEST
from flashsafety.tui.keymap import bindings


class _Completion(Suggester):
    def __init__(self, names: Callable[[str], Sequence[str]]) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._names = names

    async def get_suggestion(self, value: str) -> str | None:
        return complete(value, self._names)


class FilterInput(Input):
    """Keeps every printable key while it has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("filter")

    def __init__(self, value: str, names: Callable[[str], Sequence[str]]) -> None:
        """Begin with a search.

        Args:
            value: The search.
            names: Gives what a search word may be followed by.
        """
        self._held = ExitStack()
        super().__init__(
            value,
            placeholder="words, is:due, module:, tag:, prop:r<0.9, rated:7:1, -not, or",
            id="filter",
            max_length=LONGEST,
            compact=True,
            select_on_focus=False,
            suggester=_Completion(names),
        )

    def watch_value(self) -> None:
        """Hold the frame until the screen has searched, so that letter and list come together."""
        self.release()
        self._held.enter_context(self.app.batch_update())

    def release(self) -> None:
        """Let frames come again."""
        self._held.close()

    def on_unmount(self) -> None:
        """Hold nothing that nobody will let go."""
        self.release()

    def action_leave(self) -> None:
        """Give the letters back to the list."""
        self.screen.query_one("#cards").focus()
