"""The plain quiz, its history, and a quiz that is killed."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import flashsafety
from flashsafety.cli.plain_quiz import PlainQuiz
from flashsafety.clock import FixedClock
from flashsafety.study.exam import Ask, Exam, begin, syllabus
from flashsafety.study.library import Library
from tests.banks import ALL_TYPES, question, tiny_bank, write_cards
from tests.cli.conftest import Ran
from tests.cli.test_hostile import CARRIER, CODES, NASTY, cards, is_safe
from tests.libraries import open_library

GOLDEN = Path(__file__).parent / "quiz.txt"
"""What a whole exam looks like. ``UPDATE_GOLDEN=1`` writes it again."""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Every card of the tiny bank may be asked."""
    bank = tiny_bank(tmp_path / "bank")
    marked = (c if "exam: true" in c else f"{c}exam: true\n" for c in ALL_TYPES)
    write_cards(bank, "01-shapes/shapes.yaml", *marked)
    return bank


@pytest.fixture
def quiz(run):
    """Run a plain quiz over the lines."""

    def with_lines(*lines: str, choose: tuple[str, ...] = ()) -> str:
        ran: Ran = run("quiz", "--plain", *choose, lines="".join(f"{x}\n" for x in lines))
        return ran.out

    return with_lines


@pytest.fixture
def library(tmp_path: Path, bank: Path, clock: FixedClock):
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        yield library


NO = ["n", "-"] * 4
"""Says no to each of three judgements, in whichever order they come."""

ANSWERS = {
    "circle": "All points at one distance from a centre.",
    "circle-area": ":q",
    "circle-symmetry": "Any rotation about its centre",
    "square-facts": "",
    "square-area": "some",
    "half-a-circle": "semicirlce",
    "by-corners": "circle triangle square",
}


class Learner:
    """Answers what is asked, and writes everything down as a terminal would show it."""

    def __init__(self, exam: Exam, capsys: pytest.CaptureFixture[str]) -> None:
        self.exam = exam
        self.capsys = capsys
        self.shown = ""
        self.lines = self.answers()

    def __call__(self) -> str | None:
        line = next(self.lines, None)
        self.shown += self.capsys.readouterr().out
        self.shown += "" if line is None else f"> {line}\n"
        return line

    def answers(self) -> Iterator[str]:
        yield "?"
        for asked in self.exam.questions:
            showing = asked.showing
            words = ANSWERS[showing.note.id].split() if showing.order else []
            texts = [getattr(o, "text", o) for o in getattr(showing.note, "options", [])]
            texts += getattr(showing.note, "items", ())
            if texts and len(words) == 3:
                yield " ".join("abc"[showing.order.index(texts.index(word))] for word in words)
            elif texts:
                yield "abc"[showing.order.index(texts.index(ANSWERS[showing.note.id]))]
            elif showing.note.id == "circle-area":
                yield "with the square of it"
            elif showing.note.id == "square-area":
                yield from ("some", "22.5")
            else:
                yield ANSWERS[showing.note.id]
        yield from ("p", "", "")
        yield from ("what?", "y", "a", "n", "a")


def test_a_whole_exam_reads_as_it_did(library: Library, clock, capsys, monkeypatch) -> None:
    monkeypatch.setattr(library, "entropy", Random(1).randbytes)
    exam = begin(library, Ask((), minutes=30), Random(2))
    learner = Learner(exam, capsys)
    PlainQuiz(exam, syllabus(library), learner, lambda _: "").run()
    shown = learner.shown + capsys.readouterr().out
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(shown, encoding="utf-8")
    assert shown == GOLDEN.read_text(encoding="utf-8")
    assert exam.score().unjudged == 0


def test_answers_are_shown_only_after_the_last_question(quiz) -> None:
    out = quiz(*[""] * 8)
    before, _, after = out.partition("Handed in.")
    assert "Answer:" not in before
    assert "Source:" not in before
    assert after.count("Answer:") == 4 + 1, "what the program judged, and the first of the others"
    assert "Kept; 3 answers to judge: flashsafety quiz --plain" in after


def test_leaving_loses_nothing_and_the_same_command_goes_on(quiz, run) -> None:
    first = quiz("", "", "", "q", choose=("shapes", "--questions", "5"))
    assert "Kept: 0 of 5 questions answered; open: 1, 2, 3, 4, 5." in first
    second = quiz("", choose=("shapes",))
    assert "is not finished (Shapes; open, 0 of 5 answered)" in second
    assert "Question 1 of 5" in second
    other = quiz("n", "q")
    assert "Exam: Shapes, 7 questions." in other
    assert [one["questions"] for one in run("quiz", "--history", "--json").data] == [7, 5]


def test_one_hands_in_early_and_may_judge_later(quiz, run) -> None:
    out = quiz("h", "q", choose=("--questions", "7"))
    assert "Kept; 3 answers to judge" in out
    assert "3 of 7" not in out
    assert "4 of 7 judged" in run("quiz", "--history").out
    out = quiz("", *NO)
    assert "Handed in." not in out
    assert "Score: 0 of 7 points, 0%." in out


def test_time_ends_the_collecting(library: Library, clock: FixedClock, capsys) -> None:
    exam = begin(library, Ask((), minutes=1), Random(2))
    lines = iter(["in time, to whatever it is", "too late"])

    def read() -> str | None:
        line = next(lines, None)
        if line == "too late":
            clock.advance(minutes=2)
        return line

    PlainQuiz(exam, syllabus(library), read, lambda _: "").run()
    out = capsys.readouterr().out
    assert "Question 1 of 7, 1 minute left" in out
    assert "Time is up. What came later does not count." in out
    assert exam.handed_in
    assert not [asked.given for asked in exam.questions if asked.given == "too late"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("shpaes",), 'did you mean "shapes"?'),
        (("nubmers",), 'did you mean "numbers"?'),
        (("numbers",), "mark cards with 'exam: true'"),
        (("9",), "they go from 1 to 2"),
        (("shapes", "--all"), "not both"),
        (("--json",), "--json goes with --history"),
        (("--questions", "0"), "0 is not in the range"),
        (("--minutes", "soon"), "not a valid integer"),
    ],
)
def test_what_cannot_be_is_told_how_to_mend(run, arguments, said) -> None:
    ran = run("quiz", "--plain", *arguments, expect=2)
    assert said in ran.err
    assert run("quiz", "--history", "--json").data == []


@pytest.mark.parametrize("names", [("shapes",), ("1",), ("basics",), ("sh",), ("--all",), ()])
def test_modules_and_sections_are_known_by_their_names(run, names) -> None:
    run("quiz", "--plain", *names)
    assert run("quiz", "--history", "--json").data[0]["questions"] == 7


def test_the_history_is_for_people_and_programs(run, quiz, clock: FixedClock) -> None:
    assert run("quiz", "--history").err.endswith("'flashsafety quiz' begins one\n")
    quiz("h", *NO, choose=("--questions", "7", "--minutes", "15"))
    clock.advance(days=1)
    quiz("q")
    newest, oldest = run("quiz", "--history", "--json").data
    assert oldest == {
        "attempt": oldest["attempt"],
        "begun_at": "2026-03-02T12:00:00.000Z",
        "handed_in_at": "2026-03-02T12:00:00.000Z",
        "minutes": 15,
        "modules": ["shapes"],
        "questions": 7,
        "answered": 0,
        "judged": 7,
        "points": 0.0,
        "topics": [
            {"module": "shapes", "topic": "circles", "questions": 4, "judged": 4, "points": 0.0},
            {"module": "shapes", "topic": "squares", "questions": 3, "judged": 3, "points": 0.0},
        ],
    }
    assert (newest["handed_in_at"], newest["minutes"], newest["judged"]) == (None, None, 0)
    assert run("quiz", "--history").lines == [
        "2026-03-03 12:00  open, 0 of 7 answered  Shapes",
        "2026-03-02 12:00  0 of 7, 0%             Shapes",
    ]


def test_what_was_missed_leads_to_the_module_and_the_card(run, quiz, bank: Path) -> None:
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime", extra="exam: true\n"),
        module="numbers", topics="primes",
    )  # fmt: skip
    out = quiz("", "", "n", choose=("numbers",))
    assert "  Lecture: https://example.org/numbers\n" in out
    assert "  Study it: flashsafety start numbers\n" in out
    assert "flashsafety show prime/recall" in out
    out = quiz(*[""] * 8, *NO, choose=("shapes",))
    assert "  Study it: flashsafety review --module shapes\n" in out
    assert "    Read again: Elements, Euclid\n    https://example.org/elements\n" in out


def test_a_quiz_leaves_scheduling_as_it_was(run, quiz, database: Path) -> None:
    run("rate", "circle/forward", "3")

    def state() -> list[object]:
        db = sqlite3.connect(database)
        found: list[object] = [
            db.execute(f"SELECT * FROM {t}").fetchall() for t in ("review", "action", "card")
        ]
        db.close()
        return found

    before = state()
    quiz(*["a b c"] * 8, "", "y", "a b", "y")
    assert state() == before
    assert run("rebuild", "--verify", "--json").data["reviews"] == 1
    run("doctor")


def test_hostile_text_steers_nothing(run, quiz, bank: Path, database: Path) -> None:
    for name, text in NASTY.items():
        marked = (f"{card}exam: true\n" for card in cards(name, text))
        write_cards(bank, f"01-shapes/{name}.yaml", *marked)
    write_cards(
        bank, "01-shapes/codes.yaml",
        *(f"{card}exam: true\n" for card in cards("codes", f"the {CARRIER}")),
    )  # fmt: skip
    run("sync")
    db = sqlite3.connect(database)
    with db:
        codes = json.dumps(CODES)[1:-1]
        db.execute(
            "UPDATE note SET content = replace(content, ?, ?)", (f"the {CARRIER}", f"the {codes}")
        )
        db.execute("UPDATE module SET title = ?, lecture = ?", ("[b]\x1b[31m\u202e",) * 2)
        db.execute("UPDATE topic SET title = ?", ("\x1b]0;x\x07",))
        db.execute("UPDATE source SET title = ?, url = ?", ("\x9b31m\u2066",) * 2)
    db.close()
    notes = (len(NASTY) + 2) * 7
    answers = ["\x1b[31m\u202ered", "3", "b", "c b a"] * notes
    out = quiz(*answers, "h", *["n", "-"] * notes, choose=("--questions", "200"))
    assert f"Exam: [b]␛[31m⟦U+202E⟧, {notes} questions." in out
    assert "You wrote: ␛[31m⟦U+202E⟧red" in out
    assert f"of {notes} points" in out
    assert is_safe(out)
    assert is_safe(run("quiz", "--history").out)
    assert is_safe(run("quiz", "\x1b[31m", "--plain", expect=2).err)


def test_a_quiz_that_is_killed_has_every_answer_that_was_taken(
    bank: Path, database: Path, run, tmp_path: Path
) -> None:
    environ = {**os.environ, "PYTHONPATH": str(Path(flashsafety.__file__).parents[1])}
    chosen = ["--db", str(database), "--questions", str(bank)]
    more = (question(f"card-{number}", extra="exam: true\n") for number in range(40))
    write_cards(bank, "01-shapes/more.yaml", *more)
    command = [sys.executable, "-m", "flashsafety", *chosen, "quiz", "--plain", "--questions", "40"]
    quiz = subprocess.Popen(
        command, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert quiz.stdin is not None
    assert quiz.stdout is not None
    shown = 0
    for line in quiz.stdout:
        if line.startswith("Question "):
            shown = int(re.findall(r"\d+", line)[0])
            if shown == 17:
                break
        if line.startswith("Type "):
            what = "2" if "number" in line else "a b c" if "order" in line else "a"
            quiz.stdin.write(f"{what}\n" if "answer" not in line else f"words {shown}\n")
            quiz.stdin.flush()
    os.kill(quiz.pid, signal.SIGKILL)
    quiz.stdout.close()
    quiz.stdin.close()
    assert quiz.wait() == -signal.SIGKILL
    assert run("quiz", "--history", "--json").data[0]["answered"] == 16
    assert "Question 17 of 40" in run("quiz", "--plain", lines="\n").out
    run("doctor")
