"""Taking an exam: what is on the disk, when, and that nothing else is touched."""

import sqlite3
from pathlib import Path
from random import Random

import pytest

from flashsafety.errors import FlashsafetyError, UsageError
from flashsafety.study.answers import LONGEST
from flashsafety.study.exam import Ask, Exam, begin, history, syllabus, unfinished
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.terms import Given, Rating
from tests.banks import ALL_TYPES, CHOICE, QUESTION, question, tiny_bank, write_cards
from tests.libraries import open_library


def for_exam(card: str) -> str:
    """The card, marked for exams."""
    return card if "exam: true" in card else f"{card}exam: true\n"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """Every card of the tiny bank may be asked."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *map(for_exam, ALL_TYPES))
    return bank


def drawn(library: Library, **ask: int) -> Exam:
    return begin(library, Ask(("shapes",), **ask), Random(7))


def place_of(exam: Exam, note: str) -> int:
    return next(n for n, asked in enumerate(exam.questions) if asked.showing.note.id == note)


def again(library: Library, exam: Exam) -> Exam:
    """The exam as it stands on the disk."""
    return Exam(library, exam.attempt.id)


def answer_all(exam: Exam) -> None:
    """Everything right, but for the number."""
    answers: dict[str, Given] = {
        "circle": "all points at one distance",
        "circle-area": "with the square",
        "circle-symmetry": (0,),
        "square-facts": "four",
        "square-area": "22.5",
        "half-a-circle": "Half circle",
        "by-corners": (0, 1, 2),
    }
    for note, given in answers.items():
        exam.give(place_of(exam, note), given)


def scheduling(library: Library) -> list[list[tuple[object, ...]]]:
    """Every byte that scheduling rests on."""
    tables = ("review", "action", "card", "parameters", "change", "module")
    return [library.db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]


def test_every_type_is_asked_answered_and_scored(library: Library) -> None:
    exam = drawn(library)
    assert len(exam.questions) == 7
    answer_all(exam)
    assert (exam.answered, exam.left_open) == (7, [])
    exam.hand_in()
    assert {exam.questions[place].showing.note.id for place in exam.unjudged} == {
        "circle", "circle-area", "square-facts",
    }  # fmt: skip
    exam.judge(place_of(exam, "circle"), [0])
    exam.judge(place_of(exam, "circle-area"), [1])
    exam.judge(place_of(exam, "square-facts"), [])
    found = again(library, exam).score()
    assert (found.earned, found.questions, found.unjudged) == (4.5, 7, 0)
    circles, squares = found.topics
    assert (circles.subject.topic, circles.earned, len(circles.questions)) == ("circles", 3.5, 4)
    assert (squares.subject.topic, squares.earned, len(squares.questions)) == ("squares", 1.0, 3)
    assert [place.words for place in circles.reread] == ["Elements, Euclid"]
    assert circles.reread[0].url == "https://example.org/elements"
    assert {exam.questions[p].showing.note.id for p in squares.missed} == {
        "square-area", "square-facts",
    }  # fmt: skip


def test_an_exam_touches_nothing_that_scheduling_rests_on(library: Library, clock) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 1000)
    session.flag("typo")
    before = scheduling(library)
    assert any(before)
    exam = drawn(library)
    answer_all(exam)
    clock.advance(days=3)
    exam.hand_in()
    for place in exam.unjudged:
        exam.judge(place, [0])
    again(library, exam).score()
    history(library)
    assert scheduling(library) == before


def test_each_answer_is_on_the_disk_at_once_and_all_versions_stay(library: Library) -> None:
    exam = drawn(library)
    place = place_of(exam, "circle-area")
    exam.give(place, "with its cube")
    assert again(library, exam).questions[place].given == "with its cube"
    exam.give(place, "with its square")
    exam.give(place, "  with its square \n")
    exam.give(place, None)
    assert again(library, exam).questions[place].given is None
    rows = library.db.execute("SELECT number, given FROM answer ORDER BY number").fetchall()
    assert rows == [(1, '"with its cube"'), (2, '"with its square"'), (3, "null")]


def test_blank_words_are_no_answer_and_what_hides_is_shown(library: Library) -> None:
    exam = drawn(library)
    exam.give(0, " \n ")
    exam.give(1, ())
    assert exam.answered == 0
    exam.give(0, "a\x1b[31mb\u202e" + "x" * 9999)
    given = again(library, exam).questions[0].given
    assert isinstance(given, str)
    assert given.startswith("a␛[31mb⟦U+202E⟧")
    assert len(given) == LONGEST


def test_an_exam_that_was_left_is_found_as_it_was(library: Library, clock) -> None:
    assert unfinished(library) is None
    exam = drawn(library)
    exam.give(2, "something")
    order = [asked.showing for asked in exam.questions]
    clock.advance(days=2)
    past = unfinished(library)
    assert past is not None
    assert (past.attempt.id, past.answered, past.questions) == (exam.attempt.id, 1, 7)
    found = again(library, exam)
    assert [asked.showing.order for asked in found.questions] == [one.order for one in order]
    assert [asked.showing.key for asked in found.questions] == [one.key for one in order]
    found.hand_in()
    for place in found.unjudged:
        found.judge(place, [])
    assert unfinished(library) is None


def test_the_clock_ends_the_answering(library: Library, clock) -> None:
    exam = drawn(library, minutes=10)
    assert exam.milliseconds_left() == 600_000
    clock.advance(minutes=9)
    assert again(library, exam).milliseconds_left() == 60_000
    clock.advance(minutes=2)
    assert exam.milliseconds_left() == 0
    assert drawn(library).milliseconds_left() is None


def test_nothing_is_taken_once_another_window_handed_in(library: Library) -> None:
    exam = drawn(library)
    again(library, exam).hand_in()
    with pytest.raises(FlashsafetyError, match="another window"):
        exam.give(0, "late")
    with pytest.raises(FlashsafetyError, match="another window"):
        exam.hand_in()
    assert library.db.execute("SELECT count(*) FROM answer WHERE given <> 'null'").fetchone() == (
        0,
    )


def test_a_seed_draws_the_same_exam_again(library: Library) -> None:
    one, other = (begin(library, Ask((), 4), Random(3)) for _ in range(2))
    keys = [[asked.showing.key for asked in exam.questions] for exam in (one, other)]
    assert keys[0] == keys[1]
    assert one.attempt.id < other.attempt.id


def test_suspended_and_unmarked_cards_are_not_asked(library: Library, bank: Path) -> None:
    library.db.execute("UPDATE card SET suspended = 1 WHERE note = 'circle-symmetry'")
    write_cards(bank, "01-shapes/more.yaml", question("unmarked"))
    library.take_in_changes()
    keys = {asked.showing.note.id for asked in drawn(library, questions=99).questions}
    assert len(keys) == 6
    assert not keys & {"circle-symmetry", "unmarked"}
    assert [unit.notes for unit in syllabus(library)] == [6, 0]


def test_modules_without_exam_cards_are_refused_in_words(library: Library) -> None:
    with pytest.raises(UsageError, match="marked for an exam"):
        begin(library, Ask(("numbers",)), Random(1))
    assert history(library) == []


def test_a_card_that_changed_or_left_the_bank_is_still_asked_and_judged(
    library: Library, bank: Path
) -> None:
    exam = drawn(library)
    exam.give(place_of(exam, "circle-symmetry"), (2,))
    typed = QUESTION.replace("type: question", "type: typed").partition("rubric")[0]
    typed = typed.replace("prerequisites: [circle]\n", "")
    typed = typed.replace("answer: |\n  With its square: $A = \\pi r^2$.", "answer: square")
    options = CHOICE.partition("  - text: Only a quarter")[0]
    options += "  - text: None\n    why: |\n      No.\n"
    write_cards(bank, "01-shapes/shapes.yaml", *map(for_exam, (typed, options)))
    report = library.take_in_changes()
    assert report is not None
    assert not report.problems
    found = again(library, exam)
    assert [asked.showing.note.id for asked in found.questions] == [
        asked.showing.note.id for asked in exam.questions
    ]
    found.hand_in()
    for place in found.unjudged:
        found.judge(place, [0])
    assert found.score().unjudged == 0


def test_a_question_that_became_one_for_the_program_after_the_handing_in_is_judged_by_it(
    library: Library, bank: Path
) -> None:
    exam = drawn(library)
    place = place_of(exam, "circle-area")
    exam.give(place, "Square")
    exam.hand_in()
    typed = "id: circle-area\ntype: typed\nexam: true\nprompt: |\n  How?\nanswer: square\n"
    write_cards(bank, "01-shapes/shapes.yaml", typed)
    library.take_in_changes()
    found = again(library, exam)
    assert place in found.unjudged
    found.judge(place, [])
    assert found.questions[place].score == 1.0


def test_the_history_has_every_attempt_newest_first_by_topic(library: Library, clock) -> None:
    first = drawn(library)
    answer_all(first)
    first.hand_in()
    for place in first.unjudged:
        first.judge(place, [0])
    clock.advance(hours=-5)  # a clock that goes back orders nothing anew
    second = drawn(library, questions=2, minutes=5)
    newest, oldest = history(library)
    assert (newest.attempt.id, oldest.attempt.id) == (second.attempt.id, first.attempt.id)
    assert (newest.questions, newest.answered, newest.judged, newest.finished) == (2, 0, 0, False)
    assert newest.attempt.seconds == 300
    assert (oldest.questions, oldest.answered, oldest.judged, oldest.finished) == (7, 7, 7, True)
    assert oldest.earned == pytest.approx(first.score().earned)
    assert [(tally.topic, tally.asked) for tally in oldest.topics] == [
        ("circles", 4),
        ("squares", 3),
    ]


def test_the_tables_refuse_what_makes_no_sense(library: Library) -> None:
    exam = drawn(library)
    insert = "INSERT INTO answer VALUES (?, ?, ?, 0, 'null', NULL, ?)"
    for values in ((exam.attempt.id, 0, 0, None), (exam.attempt.id, 99, 1, None),
                   (exam.attempt.id, 0, 1, 1.5)):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError):
            library.db.execute(insert, values)


def test_an_answer_that_cannot_be_written_is_told_and_the_others_stay(
    tmp_path: Path, bank: Path, clock
) -> None:
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        exam = drawn(library)
        exam.give(0, "kept")
        pages = library.db.execute("PRAGMA page_count").fetchone()[0]
        library.db.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(FlashsafetyError, match="full"):
            for place in range(1, 7):
                exam.give(place, "x" * 5000)
        library.db.execute("PRAGMA max_page_count = 1000000")
        given = [asked.given for asked in again(library, exam).questions]
        assert given == [asked.given for asked in exam.questions]
        assert given[0] == "kept"
