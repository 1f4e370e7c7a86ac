"""Practice exams: over what to take one, and those so far."""

from collections.abc import Iterable
from random import Random
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from flashsafety.content.visible import cells, one_line, shortened
from flashsafety.errors import FlashsafetyError
from flashsafety.store.quiz import Unit
from flashsafety.study import words
from flashsafety.study.exam import Ask, Exam, Past, begin, history, syllabus
from flashsafety.study.quiz_words import begun, result
from flashsafety.study.units import words_for
from flashsafety.tui.keymap import bindings
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.widgets.options import Options, choosing

COUNTS = (5, 10, 20, 40)
"""Questions to choose from."""

TIMES = (None, 10, 20, 30, 60, 90)
"""Minutes to choose from; none is no limit."""


class QuizList(Options):
    """What can be begun or opened."""

    BINDINGS: ClassVar[list[BindingType]] = choosing("quiz")


class QuizScreen(BaseScreen):
    """A list: what can be gone on with, what can be begun, what was done."""

    PLACE = "quiz"
    BINDINGS: ClassVar[list[BindingType]] = bindings("quiz")
    AUTO_FOCUS = "OptionList"

    def __init__(self, ask: Ask | None = None, *, alone: bool = False) -> None:
        """Offer the exam that is wanted first.

        Args:
            ask: What was asked for; nothing in particular when left out.
            alone: An exam was asked for on the command line: leaving it leaves the app.
        """
        super().__init__()
        self.ask = ask or Ask(())
        self._alone = alone
        self._units: tuple[Unit, ...] = ()
        self._past: list[Past] = []
        self._chosen: list[tuple[str, ...] | bytes | None] = []
        """By line: the modules that it begins with, or the attempt that it opens."""

    def column(self) -> Iterable[Widget]:
        """Heading, the list, a line for what happened."""
        yield Static(id="heading", markup=False)
        yield QuizList(id="body")
        yield Static(id="flash", markup=False)

    def on_mount(self) -> None:
        """Fill the list."""
        self.reload()

    def on_screen_resume(self) -> None:
        """An exam may have been begun, left or finished meanwhile."""
        if self._chosen:
            self.reload()

    # ---- what it shows ---------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the exams again; the cursor stays, but goes to what was left unfinished."""
        library, lines = self.flashsafety.library, self.query_one(QuizList)
        cursor = lines.highlighted
        before = None if cursor is None else self._chosen[cursor]
        self._units, self._past = syllabus(library), history(library)
        self._chosen = []
        lines.set_options(list(self._options()))
        if before in self._chosen and before is not None and self._all_finished:
            lines.highlighted = self._chosen.index(before)
        else:
            lines.action_first()
        self._show_heading()
        self.refresh_bindings()

    def say(self, text: str) -> None:
        """One line on what just happened."""
        self.query_one("#flash", Static).update(Content(one_line(text)))

    def _show_heading(self) -> None:
        minutes = self.ask.minutes
        time = "no time limit" if minutes is None else words.count(minutes, "minute")
        self.query_one("#heading", Static).update(
            Content.assemble(
                ("Practice exam", "bold $text-primary"),
                f"  {words.count(self.ask.questions, 'question')}, {time}\n",
                (self.key("questions"), "bold $text-accent"),
                " and ",
                (self.key("minutes"), "bold $text-accent"),
                " change these. Nothing here changes when a card is due.",
            )
        )

    def _options(self) -> Iterable[Option]:
        yield from self._left()
        opened = tuple(unit.slug for unit in self._units if unit.started)
        every = tuple(unit.slug for unit in self._units)
        if self.ask.modules:
            name = words_for(self.ask.modules, self._units)
            yield self._begin(f"Asked for: {name}", self.ask.modules, style="bold")
        yield self._begin("The open modules", opened)
        yield self._begin("The whole course", every)
        section = None
        for unit in self._units:
            if unit.section != section:
                section = unit.section
                own = tuple(one.slug for one in self._units if one.section == section)
                yield self._begin(unit.section_title, own, style="bold")
            yield self._begin(f"  {unit.number:2}  {unit.title}", (unit.slug,))
        if self._past:
            yield self._line(Content.assemble(("Earlier exams", "bold")), None)
            for past in self._past:
                yield self._line(self._earlier(past), past.attempt.id)

    def _left(self) -> Iterable[Option]:
        """The newest exam, when it can be gone on with."""
        if not self._all_finished:
            past = self._past[0]
            over = one_line(words_for(past.attempt.modules, self._units))
            words_ = f"Go on: {over}  {result(past)}"
            yield self._line(Content.assemble((words_, "bold")), past.attempt.id)

    @property
    def _all_finished(self) -> bool:
        """True unless the newest exam can be gone on with."""
        return not self._past or self._past[0].finished

    def _earlier(self, past: Past) -> Content:
        over = one_line(words_for(past.attempt.modules, self._units))
        return Content(f"  {begun(past.attempt)}  {result(past):16}  {over}")

    def _begin(self, title: str, modules: tuple[str, ...], *, style: str = "") -> Option:
        """A line that begins an exam; it cannot be chosen where there is nothing to ask."""
        notes = sum(unit.notes for unit in self._units if unit.slug in modules)
        asks = f"{words.count(notes, 'question'):>14}"
        room = min(76, self.app.size.width) - len(asks) - 6
        name = " " * (len(title) - len(title.lstrip())) + one_line(title)
        name = shortened(name, room - 2)
        gap = " " * (room - cells(name))
        shown = Content.assemble((name, style), gap, asks)
        return self._line(shown, modules if notes else None)

    def _line(self, shown: Content, chosen: tuple[str, ...] | bytes | None) -> Option:
        self._chosen.append(chosen)
        return Option(shown, disabled=chosen is None)

    def on_resize(self) -> None:
        """The columns follow the width."""
        if self._chosen:
            self.reload()

    # ---- keys ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what works now."""
        return action != "history" or bool(self._past)

    def help_words(self) -> tuple[str, str]:
        """What the screen is for."""
        return (
            "Practice exams",
            "{quiz.choose} begins an exam on the line's modules: questions are drawn so that all"
            " topics are asked evenly, answers are collected first and judged after. An exam that"
            " was left can be gone on with, and those that are done show their score.",
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Enter or a click."""
        self._choose(event.option_index)

    def action_choose(self) -> None:
        """Begin or open what is under the cursor."""
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self._choose(place)

    def _choose(self, place: int) -> None:
        chosen, library = self._chosen[place], self.flashsafety.library
        if not self.is_active:  # the second of two clicks
            return
        try:
            if isinstance(chosen, bytes):
                exam = Exam(library, chosen)
            elif chosen is not None:
                ask = self.ask._replace(modules=chosen)
                exam = begin(library, ask, Random(library.entropy(16)))
            else:
                return
            self.open(_screen_for(exam))
        except FlashsafetyError as error:
            self.flashsafety.show_error("The exam cannot be opened", error)

    def action_questions(self) -> None:
        """The next number of questions."""
        self.ask = self.ask._replace(questions=_after(self.ask.questions, COUNTS) or COUNTS[0])
        self._show_heading()

    def action_minutes(self) -> None:
        """The next time limit."""
        self.ask = self.ask._replace(minutes=_after(self.ask.minutes, TIMES))
        self._show_heading()

    def action_history(self) -> None:
        """To the first of the earlier exams."""
        if self._past:
            self.query_one(OptionList).highlighted = len(self._chosen) - len(self._past)

    def action_back(self) -> None:
        """Back to where one was; out of the app when just an exam was asked for."""
        if self._alone:
            self.app.exit()
        else:
            self.leave()


def _screen_for(exam: Exam) -> Screen[None]:
    """The screen that an exam is to be gone on with, or looked at."""
    from flashsafety.tui.screens.answers import after_handing_in
    from flashsafety.tui.screens.exam import ExamScreen

    if exam.handed_in:
        return after_handing_in(exam)
    if exam.milliseconds_left() == 0:
        exam.hand_in()
        return after_handing_in(exam, "Its time was up: the exam was taken as it stood.")
    return ExamScreen(exam)


def _after(value: int | None, values: tuple[int | None, ...]) -> int | None:
    """The value that comes after another in a round; the first when it is none of them."""
    return values[(values.index(value) + 1) % len(values)] if value in values else values[0]
