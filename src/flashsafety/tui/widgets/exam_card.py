"""A card in an exam: first asked, with the answer so far, and later shown with the right one."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.study.quiz import Asked, points
from flashsafety.terms import Given
from flashsafety.tui.command import KeyOf
from flashsafety.tui.widgets.card import CardView
from flashsafety.tui.widgets.choice import ChoiceList
from flashsafety.tui.widgets.ordering import MOVING, OrderList
from flashsafety.tui.widgets.rubric import RubricList
from flashsafety.tui.widgets.typed import AnswerInput
from flashsafety.tui.widgets.written import ExamLine, WrittenAnswer


class ExamCard(CardView):
    """Every card is answered on the screen: what the program cannot judge is written down."""

    def __init__(self, key: KeyOf) -> None:
        """Hold no card yet; ``key`` gives the keys of the screen's commands."""
        super().__init__(key)
        self._written = WrittenAnswer()
        self._asked: Asked | None = None

    def ways_to_answer(self) -> Iterable[Widget]:
        """Those of a review, and room for an answer in words."""
        yield ChoiceList()
        yield OrderList()
        yield ExamLine()
        yield self._written

    @property
    def hint(self) -> str:
        """How to answer, in one line, with keys as ``{screen.name}``."""
        match self.answering:
            case ChoiceList():
                which = " all that are right" if self.answering.several else ""
                return f"{self.answering.keys} pick{which}, {{exam.next}} goes on"
            case OrderList():
                return f"{MOVING}; {{exam.next}} goes on"
        line = self._written if self.answering is None else self.answering
        if line.has_focus:
            return "{line.next} goes on, {line.leave} leaves the line"
        return "tab goes to the line"

    @property
    def given(self) -> Given:
        """The answer as it stands; none when there is none."""
        return (self._written.text or None) if self.answering is None else super().given

    def put(self, asked: Asked) -> None:
        """Ask a question, with the answer that it has so far."""
        self._lay_out(asked)
        if self.answering is None:
            self._written.show(_words(asked.given))

    def put_answered(self, asked: Asked) -> None:
        """Show a question with the answer that was given, the right one, and the points to tick."""
        self._lay_out(asked)
        self.reveal(asked.showing)
        asks = points(asked.showing.note)
        if asks:
            self._written.show_done(_words(asked.given))
            self.rubric = self.query_one(RubricList)
            self.rubric.show_points(asks, self._keys("tick", len(asks)), asked.ticked)
        if asked.given is None:
            self._show_left_open(judged=not asks)

    def _show_left_open(self, *, judged: bool) -> None:
        """Say that there is no answer, in the place of the verdict, and hide the empty line."""
        for line in (self._written, self.query_one(AnswerInput)):
            line.display = False
        verdict = self.query_one("#verdict", Static)
        verdict.display = True
        verdict.set_class(judged, "-wrong")
        verdict.set_class(False, "-right")
        verdict.update(Content("✗ left open" if judged else "Nothing was written."))

    def _lay_out(self, asked: Asked) -> None:
        self._asked, order = asked, asked.showing.order
        self._written.display = False
        self.ask(asked.showing)
        match self.answering, asked.given:
            case ChoiceList() as choice, tuple() as picked:
                for index in picked:
                    if index in order:
                        choice.pick(order.index(index))
            case OrderList() as lines, tuple() as given if sorted(given) == sorted(order):
                lines.reorder(given)
            case AnswerInput() as line, str() as text:
                line.value = text


def _words(given: Given) -> str:
    return given if isinstance(given, str) else ""
