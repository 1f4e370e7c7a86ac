"""A line to type into: words or a number, checked when the answer is asked for."""

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from flashsafety.content.notes import NumericNote, TypedNote
from flashsafety.content.visible import one_line
from flashsafety.study.grading import Grade, grade_numeric, grade_typed
from flashsafety.terms import Given
from flashsafety.tui.keymap import bindings


class AnswerInput(Input):
    """Keeps every printable key while it has the focus; enter answers."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("typed")

    def __init__(self) -> None:
        """Hold no card yet."""
        super().__init__(id="typed", max_length=200, compact=False)
        self._note: TypedNote | NumericNote | None = None

    @property
    def hint(self) -> str:
        """How to answer, with keys as ``{screen.name}``."""
        if self.has_focus:
            return "type, then {typed.answer}; nothing typed just shows the answer"
        return "{study.reveal} answers, tab goes back to the line"

    @property
    def given(self) -> Given:
        """The answer as it stands; none when nothing is typed."""
        return self.value or None

    def show(self, note: TypedNote | NumericNote) -> None:
        """Ask for a word or a number."""
        self._note = note
        self.disabled = False
        self.display = True
        self.value = ""
        unit = one_line(note.unit) if isinstance(note, NumericNote) and note.unit else ""
        what = "a number" if isinstance(note, NumericNote) else "your answer"
        self.placeholder = f"{what} in {unit}" if unit else what
        self.focus()

    def grade(self) -> Grade:
        """Check what was typed."""
        assert self._note is not None
        self.disabled = True
        if isinstance(self._note, NumericNote):
            return grade_numeric(self._note, self.value)
        return grade_typed(self._note, self.value)

    def action_leave(self) -> None:
        """Give the letters back to the screen."""
        self.screen.set_focus(None)
