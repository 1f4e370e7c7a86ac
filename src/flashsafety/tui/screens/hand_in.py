"""Asked once before an exam is handed in: there is no way back from it."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.study import words
from flashsafety.study.exam import Exam
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.window import Window
from flashsafety.tui.widgets.options import Options

HAND_IN = -1
"""The answer that means to hand in; any other is the place of a question, from 0."""

_NAMED = 12
"""As many open questions are named one by one."""


class HandInScreen(Window[int]):
    """Back to a question, which is what enter does, or hand in."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("hand-in")
    AUTO_FOCUS = "OptionList"

    def __init__(self, exam: Exam) -> None:
        """Look at what is answered."""
        super().__init__()
        self._exam = exam

    def inside(self) -> Iterable[Widget]:
        """What is answered, and the two ways on."""
        total = words.count(len(self._exam.questions), "question")
        left = [place + 1 for place in self._exam.left_open]
        said = f"{self._exam.answered} of {total} answered."
        if left:
            named = ", ".join(map(str, left[:_NAMED]))
            said += f" Open: {named}{', and more' if len(left) > _NAMED else ''}."
        yield Static(Content.assemble(("Hand in?", "bold $text-primary"), f"  {said}\n"))
        back = (left or [len(self._exam.questions)])[0]
        hand_in = self.flashsafety.key("hand-in.hand-in")
        yield Options(
            Option(f"Back to question {back}", id=str(back - 1)),
            Option(
                f"Hand in ({hand_in}): the answers show, and none can be changed", id=str(HAND_IN)
            ),
        )

    def on_mount(self) -> None:
        """The first line is what enter does."""
        self.query_one(OptionList).highlighted = 0

    def action_hand_in(self) -> None:
        """Hand in."""
        self.dismiss(HAND_IN)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Chosen with enter or the mouse."""
        self.dismiss(int(event.option_id or HAND_IN))
