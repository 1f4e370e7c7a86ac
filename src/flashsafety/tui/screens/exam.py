"""An exam under way: one question after another, and no answer shown before all are in."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study.exam import Exam
from flashsafety.tui.keymap import bindings
from flashsafety.tui.opening import open_one, shown_pictures
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.screens.hand_in import HAND_IN, HandInScreen
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.exam_card import ExamCard
from flashsafety.tui.widgets.ordering import OrderList
from flashsafety.tui.widgets.typed import AnswerInput
from flashsafety.tui.widgets.written import WrittenAnswer

_TICK_SECONDS = 1


class ExamScreen(BaseScreen):
    """Collects the answers; each is on the disk before the next question shows."""

    PLACE = "exam"
    BINDINGS: ClassVar[list[BindingType]] = bindings("exam")
    AUTO_FOCUS = ""

    def __init__(self, exam: Exam) -> None:
        """Go on with an exam that was not handed in, at its first open question."""
        super().__init__()
        self.exam = exam
        self.place = (exam.left_open or [0])[0]
        self.card = ExamCard(self.key)
        self._ended = False
        """Nothing more is taken from this screen."""

    def column(self) -> Iterable[Widget]:
        """A status line, the question, a line for what happened, a line for what to press."""
        with Horizontal(id="status"):
            yield Static(id="status-left", markup=False)
            yield Static(id="status-right", markup=False)
        yield self.card
        yield Static(id="flash", markup=False)
        yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Show the question, and watch the clock."""
        self.show_question(self.place)
        self.set_interval(_TICK_SECONDS, self.look_at_the_clock)

    def on_unmount(self) -> None:
        """Whatever closes the screen, the answer under way is kept."""
        if not self._ended:
            try:
                self.exam.give(self.place, self.card.given)
            except FlashsafetyError as error:
                self.flashsafety.failure = error

    # ---- what it shows ---------------------------------------------------------------------------

    def show_question(self, place: int) -> None:
        """Show a question with the answer that it has so far."""
        self.place = place
        self.set_focus(None)
        self.card.put(self.exam.questions[place])
        self._show_status()
        self._show_hint()
        self.refresh_bindings()

    def say(self, text: str) -> None:
        """One line below the question on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    def _show_status(self) -> None:
        total, answered = len(self.exam.questions), self.exam.answered
        left = f"Question {self.place + 1} of {total} · {answered} answered"
        self.query_one("#status-left", Static).update(Content(left))
        self.query_one("#status-right", Static).update(Content(self._time_left()))

    def _time_left(self) -> str:
        left = self.exam.milliseconds_left()
        if left is None:
            return ""
        minutes, seconds = divmod(-(-left // 1000), 60)
        return f"  {minutes}:{seconds:02} left"

    def _show_hint(self) -> None:
        self.query_one("#hint", Static).update(Content(self.flashsafety.spelled(self.card.hint)))

    def places(self) -> tuple[str, ...]:
        """While an answer is written or put in order, the keys for that come first."""
        answering: tuple[str, ...] = ()
        if isinstance(self.focused, AnswerInput | WrittenAnswer):
            answering = ("line",)
        elif isinstance(self.focused, OrderList):
            answering = ("order",)
        return (*answering, *super().places())

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "An exam",
            "Answer, and press {exam.next} to go on; {exam.previous} goes back, and every answer"
            " can be changed until you hand in. Right and wrong come only then. Each answer is on"
            " the disk when the next question shows, so you can leave at any time and go on later;"
            " a time limit runs on.",
        )

    # ---- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        if action == "pick":
            return isinstance(self.card.answering, ChoiceList)
        if action == "previous":
            return self.place > 0
        if action == "open":
            showing = self.exam.questions[self.place].showing
            return bool(shown_pictures(showing, answered=False))
        return True

    def action_next(self) -> None:
        """Keep the answer and go on; after the last question, to the handing in."""
        if self._keep():
            if self.place + 1 < len(self.exam.questions):
                self.show_question(self.place + 1)
            else:
                self._ask_to_hand_in()

    def action_previous(self) -> None:
        """Keep the answer and go back."""
        if self._keep():
            self.show_question(max(0, self.place - 1))

    def action_open(self) -> None:
        """Open a picture of the question; the source waits for the answer."""
        showing = self.exam.questions[self.place].showing
        open_one(self.flashsafety, showing, self.say, answered=False, source=False)

    def action_hand_in(self) -> None:
        """Keep the answer and ask once more."""
        if self._keep():
            self._ask_to_hand_in()

    def action_back(self) -> None:
        """Leave; everything is kept."""
        self._keep()
        if not self._ended:
            self._ended = True
            self.leave()

    def action_pick(self, place: int) -> None:
        """Pick an option."""
        if isinstance(self.card.answering, ChoiceList):
            self.card.answering.pick(place - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll the question by a line."""
        self.card.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll the question by a page."""
        self.card.scroll_relative(y=by * max(1, self.card.size.height - 1), animate=False)

    # ---- what widgets say ------------------------------------------------------------------------

    def on_input_submitted(self) -> None:
        """Enter in the line goes on."""
        self.action_next()

    def on_written_answer_submitted(self) -> None:
        """Enter in the written answer goes on."""
        self.action_next()

    def on_descendant_focus(self) -> None:
        """What to press follows the focus."""
        self._show_hint()

    def on_descendant_blur(self) -> None:
        """What to press follows the focus."""
        self._show_hint()

    # ---- the end ---------------------------------------------------------------------------------

    def look_at_the_clock(self) -> None:
        """Show the time that is left; when there is none, take the exam as it stands."""
        if self._ended:
            return
        if self.exam.milliseconds_left() == 0:
            self._hand_in("Time is up: the exam was taken as it stood.")
        else:
            self.query_one("#status-right", Static).update(Content(self._time_left()))

    def _keep(self) -> bool:
        """Put the answer on the disk; false when that failed, or when the time was up."""
        if self._ended:
            return False
        if self.exam.milliseconds_left() == 0:
            self.look_at_the_clock()
            return False
        try:
            self.exam.give(self.place, self.card.given)
        except FlashsafetyError as error:
            self.flashsafety.show_error("The answer was not stored", error)
            return False
        self._show_status()
        return True

    def _ask_to_hand_in(self) -> None:
        self.open(HandInScreen(self.exam), self._answered)

    def _answered(self, chosen: int | None) -> None:
        if chosen == HAND_IN:
            self._hand_in("")
        elif chosen is not None:
            self.show_question(chosen)

    def _hand_in(self, said: str) -> None:
        """Hand in, with the answer under way; then the answers are looked at."""
        from flashsafety.tui.screens.answers import after_handing_in

        self._ended = True
        self.pop_until_active()  # a window may stand over it
        try:
            self.exam.give(self.place, self.card.given)
            self.exam.hand_in()
        except FlashsafetyError as error:
            self.flashsafety.show_error("The exam was not handed in", error)
            self.leave()
            return
        self.flashsafety.attempt = self.exam.attempt.id
        self.app.switch_screen(after_handing_in(self.exam, said))
