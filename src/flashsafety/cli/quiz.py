"""``quiz``: a practice exam, and the history of those before it."""

from random import Random
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import complete_units, examples, json_option
from flashsafety.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashsafety.cli.lines import LineReader
    from flashsafety.store.quiz import Unit
    from flashsafety.study.exam import Ask, Exam
    from flashsafety.study.library import Library
    from flashsafety.study.showing import Showing

QUESTIONS = 20
"""Asked when no number is given; kept here too, so that the help imports nothing."""


@click.command(
    "quiz",
    epilog=examples(
        "flashsafety quiz",
        "flashsafety quiz robustness --questions 10 --minutes 20",
        "flashsafety quiz 4 black-swans --plain",
        "flashsafety quiz --history --json",
    ),
)
@click.argument("names", nargs=-1, metavar="[MODULE|SECTION]...", shell_complete=complete_units)
@click.option("--all", "everything", is_flag=True, help="Draw from every module, open or not.")
@click.option(
    "--questions",
    type=click.IntRange(1, 999),
    default=QUESTIONS,
    metavar="N",
    help=f"How many questions, where there are so many; {QUESTIONS} when left out.",
)
@click.option(
    "--minutes", type=click.IntRange(1, 999), metavar="M", help="Time for answering; no limit."
)
@click.option(
    "--plain", is_flag=True, help="Lines of text: for screen readers, pipes and poor links."
)
@click.option("--history", is_flag=True, help="List the exams so far, the newest first.")
@json_option
@click.pass_obj
def command(
    chosen: Chosen,
    *,
    names: tuple[str, ...],
    everything: bool,
    questions: int,
    minutes: int | None,
    plain: bool,
    history: bool,
    as_json: bool,
) -> None:
    """Take a practice exam on modules or sections; on the open modules when none is named.

    A name is a slug, its beginning, or the number of a module. Answers come first and are judged
    after: by the program, or by you where you answer in words. Then comes the score by topic, with
    what to read again. When a card is due does not change. An exam that you leave stays as it is,
    and this command goes on with it.
    """
    from flashsafety.cli.lines import is_person
    from flashsafety.study.exam import Ask, syllabus
    from flashsafety.study.units import modules_named

    if as_json and not history:
        raise UsageError("an exam has no JSON", mend="--json goes with --history")
    if names and everything:
        raise UsageError("name modules or give --all, not both")
    with chosen.open_current() as library:
        units = syllabus(library)
        if history:
            print_history(library, units, as_json=as_json)
            return
        modules = tuple(unit.slug for unit in units) if everything else modules_named(names, units)
        ask = Ask(modules, questions, minutes)
        if plain or not is_person():
            quiz_plain(library, units, ask)
            return
    _open_app(chosen, ask)


def print_history(library: "Library", units: "Sequence[Unit]", *, as_json: bool) -> None:
    """Print every attempt, the newest first."""
    from flashsafety.cli.quiz_lines import history_form, history_row
    from flashsafety.study.exam import history

    past = history(library)
    if as_json:
        output.json([history_form(one) for one in past])
        return
    output.table(history_row(one, units) for one in past)
    if not past:
        output.note("no exam so far; 'flashsafety quiz' begins one")


def quiz_plain(library: "Library", units: "tuple[Unit, ...]", ask: "Ask") -> None:
    """Take an exam on standard input and output."""
    from flashsafety.cli.lines import line_reader
    from flashsafety.cli.plain_card import picture_folder
    from flashsafety.cli.plain_quiz import PlainQuiz

    def folder(showing: "Showing") -> str:
        return picture_folder(library.roots, showing.file)

    read = line_reader()
    exam = _open_one(library, units, read) or _new_one(library, units, ask)
    PlainQuiz(exam, units, read, folder).run()


def _open_one(library: "Library", units: "Sequence[Unit]", read: "LineReader") -> "Exam | None":
    """The exam that was left, when the learner wants to go on with it."""
    from flashsafety.study.exam import Exam, unfinished
    from flashsafety.study.quiz_words import begun, result
    from flashsafety.study.units import words_for

    past = unfinished(library)
    if past is None:
        return None
    over = words_for(past.attempt.modules, units)
    output.say(f"The exam of {begun(past.attempt)} is not finished ({over}; {result(past)}).")
    output.say("An empty line goes on with it, n begins another.")
    if (read() or "").strip().lower() in ("n", ":n"):
        return None
    return Exam(library, past.attempt.id)


def _new_one(library: "Library", units: "Sequence[Unit]", ask: "Ask") -> "Exam":
    from flashsafety.study import words
    from flashsafety.study.exam import begin
    from flashsafety.study.units import words_for

    exam = begin(library, ask, Random(library.entropy(16)))
    limit = "" if ask.minutes is None else f", {words.count(ask.minutes, 'minute')}"
    over = words_for(exam.attempt.modules, units)
    output.say(f"Exam: {over}, {words.count(len(exam.questions), 'question')}{limit}.")
    output.say("Answers are judged at the end. ? lists the keys.")
    return exam


def _open_app(chosen: Chosen, ask: "Ask") -> None:
    from flashsafety.cli.quiz_lines import score_lines
    from flashsafety.cli.today import take_quiz
    from flashsafety.study.exam import Exam, syllabus

    attempt = take_quiz(chosen, ask)
    if attempt is None:
        return
    with chosen.open(check=False) as library:
        for line in score_lines(Exam(library, attempt), syllabus(library), output.width()):
            output.say(line)
