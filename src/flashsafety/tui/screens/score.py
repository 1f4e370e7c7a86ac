"""The score of an exam by topic: what was missed, what to read again, and ways to study it."""

from collections.abc import Iterable
from itertools import groupby
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.content.cards import face
from flashsafety.content.plain import plain_line
from flashsafety.content.visible import one_line
from flashsafety.study import words
from flashsafety.study.exam import Exam
from flashsafety.study.quiz import Asked, TopicScore
from flashsafety.study.quiz_words import begun, in_points
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.question import QuestionScreen
from flashsafety.tui.widgets.options import Options, choosing


class ScoreList(Options):
    """The topics of an exam with their scores."""

    BINDINGS: ClassVar[list[BindingType]] = choosing("score")


class ScoreScreen(QuestionScreen):
    """Topics in the order of the syllabus, each with its questions."""

    PLACE = "score"
    BINDINGS: ClassVar[list[BindingType]] = bindings("score")
    AUTO_FOCUS = "OptionList"

    def __init__(self, exam: Exam, said: str = "") -> None:
        """Take an exam that was handed in, and what happened last."""
        super().__init__()
        self.exam = exam
        self._said = said

    def column(self) -> Iterable[Widget]:
        """Heading, the list, a line for what happened."""
        yield Static(id="heading", markup=False)
        yield ScoreList(id="body")
        yield Static(id="flash", markup=False)

    def on_mount(self) -> None:
        """Show it, with the cursor on the first question that was missed."""
        self._reload()
        self.say(self._said)
        missed = [place for topic in self.exam.score().topics for place in topic.missed]
        options = self.query_one(OptionList)
        options.highlighted = options.get_option_index(str(missed[0])) if missed else None
        if not missed:
            options.action_first()

    def on_screen_resume(self) -> None:
        """An answer may have been judged anew meanwhile."""
        if self.query("#body"):
            self._reload()

    def say(self, text: str) -> None:
        """One line on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    @property
    def asked(self) -> Asked | None:
        """The question under the cursor."""
        options = self.query(ScoreList)
        option = options.first().highlighted_option if options else None
        return None if option is None or option.id is None else self.exam.questions[int(option.id)]

    # ---- what it shows ---------------------------------------------------------------------------

    def _reload(self) -> None:
        found = self.exam.score()
        got = f"{in_points(found.earned)} of {words.count(found.questions, 'point')}"
        lines = [
            Content.assemble(
                (f"{got}, {words.percent(found.share)}", "bold $text-primary"),
                (f"  exam of {begun(self.exam.attempt)}", "$foreground-muted"),
            )
        ]
        see = self.key("choose")
        if found.unjudged:
            left = words.count(found.unjudged, "answer")
            lines.append(Content(f"{left} not judged yet: {see} on one of them goes on."))
        elif found.earned < found.questions:
            lines.append(Content(f"{see} shows an answer, {self.key('study')} studies its module."))
        self.query_one("#heading", Static).update(Content("\n").join(lines))
        options = self.query_one(ScoreList)
        cursor = options.highlighted
        options.set_options(self._options(found.topics))
        options.highlighted = cursor
        self.refresh_bindings()

    def _options(self, topics: Iterable[TopicScore]) -> Iterable[Option]:
        for _, group in groupby(topics, key=lambda topic: topic.subject.module):
            own = list(group)
            subject, asked = own[0].subject, sum(len(topic.questions) for topic in own)
            got = f"{in_points(sum(topic.earned for topic in own))} of {asked}"
            head = Content.assemble(
                (one_line(subject.module_title), "bold $text-primary"), f"  {got}"
            )
            if subject.lecture and any(topic.missed for topic in own):
                head += Content.assemble(
                    (f"\n  Lecture: {one_line(subject.lecture)}", "$foreground-muted")
                )
            yield Option(head, disabled=True)
            for topic in own:
                yield from self._topic(topic)

    def _topic(self, topic: TopicScore) -> Iterable[Option]:
        got = f"{in_points(topic.earned)} of {len(topic.questions)}"
        head = Content.assemble((f"  {one_line(topic.subject.topic_title)}", "bold"), f"  {got}")
        for reread in topic.reread:
            said = f"\n    Read again: {one_line(reread.short)}"
            url = f"\n    {one_line(reread.url)}" if reread.url else ""
            head += Content.assemble((said + url, "$foreground-muted"))
        yield Option(head, disabled=True)
        for place in topic.questions:
            yield Option(_question(self.exam.questions[place], place), id=str(place))

    # ---- keys ------------------------------------------------------------------------------------

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "The score",
            "Every question is worth a point. Topics that lost some say what to read again; a"
            " question under the cursor can be looked at, or its module studied. Nothing of this"
            " changes when a card is due.",
        )

    def on_option_list_option_highlighted(self) -> None:
        """What can be done depends on the question."""
        self.refresh_bindings()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        self._show(event.option_id)

    def action_choose(self) -> None:
        """Show the question under the cursor."""
        option = self.query_one(OptionList).highlighted_option
        self._show(option.id if option is not None else None)

    def _show(self, place: str | None) -> None:
        from flashsafety.tui.screens.answers import AnswersScreen

        if place is not None:
            self.open(AnswersScreen(self.exam, int(place), looking=True))

    def action_back(self) -> None:
        """Back to the exams."""
        self.leave()


def _question(asked: Asked, place: int) -> Content:
    """A mark, the points in words, and the question on one line."""
    got = asked.score
    mark = "?" if got is None else "✓" if got == 1 else "✗" if got == 0 else "~"
    style = "" if got is None else "$text-success" if got == 1 else "$text-error"
    worth = "not judged" if got is None else f"{in_points(got)} of 1"
    prompt = plain_line(face(asked.showing.note, asked.showing.facet, ()).prompt)
    return Content.assemble((f"    {mark} {worth:8}", style), f" {place + 1}. {one_line(prompt)}")
