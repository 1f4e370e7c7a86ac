"""The lines that an exam's answers are written on: enter goes on to the next question."""

from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.widgets import TextArea

from flashsafety.tui.keymap import bindings
from flashsafety.tui.widgets.typed import AnswerInput


class ExamLine(AnswerInput):
    """For a word or a number."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line")


class WrittenAnswer(TextArea):
    """For an answer in the learner's own words, as long as she likes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("line")

    class Submitted(Message):
        """Enter was pressed."""

    def __init__(self) -> None:
        """Hold nothing yet."""
        super().__init__(id="written", compact=False, highlight_cursor_line=False)

    def show(self, text: str) -> None:
        """Go on with an answer, empty at first."""
        self.placeholder = "your answer, in your own words; or on paper, or in your head"
        self._put(text, disabled=False)
        self.focus()

    def show_done(self, text: str) -> None:
        """Show what was written; nothing can be changed any more."""
        self._put(text, disabled=True)

    def _put(self, text: str, *, disabled: bool) -> None:
        self.display = True
        self.disabled = disabled
        self.text = text
        self.move_cursor(self.document.end)

    def on_key(self, event: events.Key) -> None:
        """Enter is no letter here; the binding has it."""
        if event.key == "enter":
            event.prevent_default()

    def action_submit(self) -> None:
        """Go on."""
        self.post_message(self.Submitted())

    def action_leave(self) -> None:
        """Give the letters back to the screen."""
        self.screen.set_focus(None)
