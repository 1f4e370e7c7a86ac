"""The answers of an exam that is over, each with the right one; the learner ticks her part."""

from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from flashsafety.content.visible import one_line
from flashsafety.errors import FlashsafetyError
from flashsafety.study import words
from flashsafety.study.exam import Exam
from flashsafety.study.quiz import Asked, points
from flashsafety.study.quiz_words import in_points
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.question import QuestionScreen
from flashsafety.tui.widgets.exam_card import ExamCard


class AnswersScreen(QuestionScreen):
    """One question with its answer; enter leads through those that wait to be judged."""

    PLACE = "answers"
    BINDINGS: ClassVar[list[BindingType]] = bindings("answers")
    AUTO_FOCUS = ""

    def __init__(self, exam: Exam, place: int, said: str = "", *, looking: bool = False) -> None:
        """Take an exam that was handed in.

        Args:
            exam: Which.
            place: The question to begin with.
            said: What happened last.
            looking: Opened from the score, which is where it leads back to.
        """
        super().__init__()
        self.exam = exam
        self.place = place
        self.card = ExamCard(self.key)
        self._said = said
        self._looking = looking

    @property
    def asked(self) -> Asked:
        """The question that shows."""
        return self.exam.questions[self.place]

    def column(self) -> Iterable[Widget]:
        """A status line, the question, a line for what happened, a line for what to press."""
        with Horizontal(id="status"):
            yield Static(id="status-left", markup=False)
            yield Static(id="status-right", markup=False)
        yield self.card
        yield Static(id="flash", markup=False)
        yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Show the first."""
        self.show_question(self.place, self._said)

    def show_question(self, place: int, said: str = "") -> None:
        """Show a question with its answer."""
        self.place = place
        asked = self.asked
        self.card.put_answered(asked)
        subject = f"{one_line(asked.subject.module_title)}: {one_line(asked.subject.topic_title)}"
        left = f"{place + 1} of {len(self.exam.questions)} · {subject}"
        got = "not judged" if asked.score is None else f"{in_points(asked.score)} of 1 point"
        self.query_one("#status-left", Static).update(Content(left))
        self.query_one("#status-right", Static).update(Content(f"  {got}"))
        ticks = "The letters tick what your answer says. " if points(asked.showing.note) else ""
        self.query_one("#hint", Static).update(Content(f"{ticks}{self.key('next')} goes on."))
        self.say(said)
        self.refresh_bindings()

    def say(self, text: str) -> None:
        """One line below the question on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "The answers",
            "Your answer and the right one. The program has judged what it can; where you answered"
            " in words, tick the points that your answer makes. Each is worth its share of the"
            " question's one point.",
        )

    # ---- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        if action == "tick":
            return self.card.rubric is not None
        if action == "previous":
            return self.place > 0
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """Keep what is ticked; on to what waits to be judged, or to the score."""
        if not self._judge():
            return
        waiting = self.exam.unjudged
        later = [place for place in waiting if place > self.place]
        if self._looking and self.place + 1 < len(self.exam.questions) and not waiting:
            self.show_question(self.place + 1)
        elif waiting:
            said = f"{words.count(len(waiting), 'answer')} left to judge."
            self.show_question((later or waiting)[0], said)
        else:
            self._to_the_score()

    def action_previous(self) -> None:
        """Keep what is ticked and go back."""
        if self._keep():
            self.show_question(max(0, self.place - 1))

    def action_back(self) -> None:
        """Keep what is ticked and leave; what was not judged can be judged later."""
        if not self._keep():
            return
        if self._looking or self.exam.unjudged:
            self.leave()
        else:
            self._to_the_score()

    def action_tick(self, place: int) -> None:
        """Tick a point."""
        if self.card.rubric is not None:
            self.card.rubric.tick(place - 1)

    def action_scroll(self, by: int) -> None:
        """Scroll the question by a line."""
        self.card.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scroll the question by a page."""
        self.card.scroll_relative(y=by * max(1, self.card.size.height - 1), animate=False)

    def _judge(self) -> bool:
        """Take the ticks for the learner's judgement, none as well; false when that failed."""
        rubric = self.card.rubric
        if rubric is None and self.asked.score is not None:
            return True
        try:
            self.exam.judge(self.place, rubric.ticked if rubric is not None else ())
        except FlashsafetyError as error:
            self.flashsafety.show_error("The judgement was not stored", error)
            return False
        return True

    def _keep(self) -> bool:
        """Keep what was ticked; nothing ticked is no judgement yet."""
        rubric = self.card.rubric
        changed = rubric is not None and rubric.ticked != self.asked.ticked
        return self._judge() if changed else True

    def _to_the_score(self) -> None:
        from flashsafety.tui.screens.score import ScoreScreen

        if self._looking:
            self.leave()
        elif self.is_active:
            self.app.switch_screen(ScoreScreen(self.exam))


def after_handing_in(exam: Exam, said: str = "") -> Screen[None]:
    """The screen to go on with: what waits to be judged, or the score."""
    from flashsafety.tui.screens.score import ScoreScreen

    if exam.unjudged:
        return AnswersScreen(exam, exam.unjudged[0], said)
    return ScoreScreen(exam, said)
