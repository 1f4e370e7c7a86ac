"""A practice exam as lines of text: all questions first, then the answers, then the score.

Like the plain review, it says nothing by colour, place or a drawn line.
"""

from collections.abc import Callable

from flashsafety.cli import output, plain_card
from flashsafety.cli.lines import LineReader
from flashsafety.cli.quiz_lines import given_line, score_lines
from flashsafety.content.cards import face
from flashsafety.content.notes import TypedNote
from flashsafety.content.plain import plain_line
from flashsafety.store.quiz import Unit
from flashsafety.study import grading, words
from flashsafety.study.exam import Exam
from flashsafety.study.quiz import ONE_POINT, Asked, points
from flashsafety.study.quiz_words import in_points
from flashsafety.study.showing import Showing

COMMANDS = {
    "p": "back to the question before",
    "h": "hand in what there is",
    "q": "leave; the exam stays open, and 'flashsafety quiz --plain' goes on with it",
    "?": "these keys",
}
"""What a letter on a line of its own does; a colon before it makes it sure."""


class PlainQuiz:
    """One exam, read out and answered line by line."""

    def __init__(
        self,
        exam: Exam,
        units: tuple[Unit, ...],
        read: LineReader,
        folder: Callable[[Showing], str],
    ) -> None:
        """Take the exam and what it needs of the world.

        Args:
            exam: The questions.
            units: The syllabus.
            read: Gives the next line that was typed.
            folder: Where the paths of a card's pictures begin.
        """
        self._exam = exam
        self._units = units
        self._read = read
        self._folder = folder
        self._place = (exam.left_open or [0])[0]

    def run(self) -> None:
        """Go on with the exam until it, the input or the learner's patience ends."""
        if not self._exam.handed_in and (not self._collect() or not self._hand_in()):
            self._leave()
            return
        for place in self._exam.unjudged:
            if not self._judge(place):
                self._leave()
                return
        output.say()
        for line in score_lines(self._exam, self._units, output.width()):
            output.say(line)

    # ---- collecting --------------------------------------------------------------------------

    def _collect(self) -> bool:
        """Ask until the exam is to be handed in; false when the learner leaves."""
        while not self._is_over():
            asked = self._asked()
            if asked is None:
                output.say(f"\n{self._so_far()} An empty line hands in, p goes back.")
            else:
                self._read_out(asked)
            typed = self._read()
            if self._is_over():
                break
            command = "q" if typed is None else self._as_command(asked, typed.strip())
            if command in ("h", "q"):
                return command == "h"
            if command is not None:
                self._do(command)
            elif asked is not None:
                self._answer(asked, (typed or "").strip())
            elif not typed:
                return True
        output.say("\nTime is up. What came later does not count.")
        return True

    def _is_over(self) -> bool:
        return self._exam.milliseconds_left() == 0

    def _asked(self) -> Asked | None:
        """The question in front; none after the last."""
        questions = self._exam.questions
        return questions[self._place] if self._place < len(questions) else None

    def _do(self, command: str) -> None:
        if command == "p":
            self._place = max(0, self._place - 1)
            return
        for name, does in COMMANDS.items():
            output.say(f"{name}  {does}")
        output.say("Where a letter may be an answer, put a colon before a command, as :p")

    def _as_command(self, asked: Asked | None, text: str) -> str | None:
        """The command that a line is; what may be an answer is one, unless a colon is before it."""
        name = text.removeprefix(":")
        if name not in COMMANDS:
            return None
        note = asked.showing.note if asked else None
        if isinstance(note, TypedNote) and grading.grade_typed(note, text).correct:
            return None
        return name

    def _read_out(self, asked: Asked) -> None:
        left = self._exam.milliseconds_left()
        time = "" if left is None else f", {words.count(-(-left // 60_000), 'minute')} left"
        output.say(f"\nQuestion {self._place + 1} of {len(self._exam.questions)}{time}")
        self._prompt_lines(asked)
        if asked.given is not None:
            output.say(given_line(asked))
        what = plain_card.what_to_type(asked.showing.note) or "your answer on one line"
        empty = "leave it open" if asked.given is None else "keep that"
        output.say(f"Type {what}, or an empty line to {empty}.")

    def _answer(self, asked: Asked, text: str) -> None:
        if text:
            given = plain_card.read_answer(asked.showing, text)
            if given is None:
                output.say("Not understood. ? lists the keys.")
                return
            self._exam.give(self._place, given)
        self._place += 1

    def _so_far(self) -> str:
        said = f"{self._exam.answered} of {words.count(len(self._exam.questions), 'question')}"
        places = ", ".join(str(place + 1) for place in self._exam.left_open)
        return f"{said} answered{f'; open: {places}' if places else ''}."

    def _hand_in(self) -> bool:
        self._exam.hand_in()
        output.say("\nHanded in.")
        for place, asked in enumerate(self._exam.questions):
            if asked.score is not None:
                self._tell(place, asked)
        return True

    def _leave(self) -> None:
        if self._exam.handed_in:
            left = words.count(len(self._exam.unjudged), "answer")
            output.say(f"Kept; {left} to judge: flashsafety quiz --plain")
        else:
            output.say(f"Kept: {self._so_far()} To go on: flashsafety quiz --plain")

    # ---- judging -----------------------------------------------------------------------------

    def _tell(self, place: int, asked: Asked) -> None:
        """What became of a question that the program judged; all of it when it was missed."""
        found = grading.grade(asked.showing.note, asked.given)
        said = "" if found is None else found.feedback
        if asked.given is None:
            said = "left open"
        if asked.score == 1:
            output.say(f"\nQuestion {place + 1}: {said}.")
            return
        output.say(f"\nQuestion {place + 1}: {plain_line(_prompt(asked))}")
        output.say(given_line(asked))
        part = f" {in_points(asked.score or 0)} of 1 point." if asked.score else ""
        output.say(f"{said[:1].upper()}{said[1:]}.{part}")
        self._answer_lines(asked)

    def _prompt_lines(self, asked: Asked) -> None:
        folder = self._folder(asked.showing)
        for lines in plain_card.prompt_lines(asked.showing, output.width(), folder):
            output.say(lines)

    def _answer_lines(self, asked: Asked) -> None:
        output.say("Answer:")
        folder = self._folder(asked.showing)
        for lines in plain_card.answer_lines(asked.showing, output.width(), folder):
            output.say(lines)

    def _judge(self, place: int) -> bool:
        """Show an answer and have it judged; false when the learner leaves."""
        asked = self._exam.questions[place]
        output.say(f"\nQuestion {place + 1} is yours to judge:")
        self._prompt_lines(asked)
        output.say(given_line(asked))
        self._answer_lines(asked)
        asks = points(asked.showing.note)
        if asks == (ONE_POINT,):
            how = "Did your answer say the same? Type y or n."
        else:
            output.say("Points of a full answer:")
            for line in plain_card.lettered(asks):
                output.say(line)
            how = "Type the letters of the points that you had, as a b, or a minus for none."
        output.say(how)
        while (typed := self._read()) is not None:
            text = typed.strip().lower()
            if text in ("q", ":q"):
                break
            ticked = _read_ticks(asks, text)
            if ticked is not None:
                self._exam.judge(place, ticked)
                output.say(f"{len(set(ticked))} of {words.count(len(asks), 'point')}.")
                return True
            output.say(f"Not understood. {how} q leaves, and keeps what was judged.")
        return False


def _prompt(asked: Asked) -> str:
    return face(asked.showing.note, asked.showing.facet, ()).prompt


def _read_ticks(asks: tuple[str, ...], text: str) -> list[int] | None:
    """Places of the points that a line names; none when it cannot be understood."""
    if asks == (ONE_POINT,):
        return {"y": [0], "yes": [0], "n": [], "no": []}.get(text)
    return [] if text == "-" else plain_card.read_letters(text, len(asks))
