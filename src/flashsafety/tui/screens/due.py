"""Set due: in how many days cards are to come."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from flashsafety.study import words
from flashsafety.tui.screens.window import Window

LONGEST = 36_500
"""Days."""


class DueScreen(Window[int]):
    """Type a number of days, then enter."""

    AUTO_FOCUS = "Input"

    def __init__(self, count: int) -> None:
        """Ask for so many cards."""
        super().__init__()
        self._count = count

    def inside(self) -> Iterable[Widget]:
        """The question, the line, and what will not do."""
        asked = f"In how many days are {words.count(self._count, 'card')} to be due?"
        if self._count == 1:
            asked = "In how many days is the card to be due?"
        yield Static(
            Content.assemble(
                (asked, "bold $text-primary"),
                "\n0 is today. Only cards in review have a day; others stay as they are.",
            )
        )
        yield Input(placeholder="days, then enter", max_length=6)
        yield Static(id="problem", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Done, when it is a number of days."""
        text = event.value.strip()
        if text.isascii() and text.isdigit() and int(text) <= LONGEST:
            self.dismiss(int(text))
            return
        self.query_one("#problem", Static).update(
            Content.assemble((f"Write a whole number from 0 to {LONGEST:,}.", "$text-error"))
        )
