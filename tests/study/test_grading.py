# ruff: noqa: RUF001 (signs that look alike are what is tested)
"""Checking an answer: what counts as right, and what a slip looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.notes import (
    ChoiceNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.study.answers import bare, distance, read_number
from flashsafety.study.grading import (
    grade_choice,
    grade_numeric,
    grade_ordering,
    grade_rubric,
    grade_typed,
)
from flashsafety.terms import Rating


def keys(kind: str, **own: object) -> dict[str, object]:
    return {"id": "a-note", "type": kind, "topics": ("t",), "source": "s", **own}


def choice(*right: bool) -> ChoiceNote:
    options = tuple(
        {"text": f"option {n}", "why": "so", "answer": answer} for n, answer in enumerate(right)
    )
    return ChoiceNote.model_validate(keys("choice", prompt="?", options=options))


def numeric(answer: str, tolerance: str | None = None, unit: str | None = None) -> NumericNote:
    return NumericNote.model_validate(
        keys("numeric", prompt="?", answer=answer, tolerance=tolerance, unit=unit)
    )


def typed(answer: str, *accept: str) -> TypedNote:
    return TypedNote.model_validate(keys("typed", prompt="?", answer=answer, accept=accept))


def ordering(*, partial: bool = False) -> OrderingNote:
    return OrderingNote.model_validate(
        keys("ordering", prompt="?", items=("a", "b", "c", "d"), partial=partial)
    )


def question(*rubric: str) -> QuestionNote:
    return QuestionNote.model_validate(keys("question", prompt="?", answer="!", rubric=rubric))


def test_a_choice_is_right_when_exactly_the_right_options_are_picked():
    grade = grade_choice(choice(True, False, True), {0, 2})
    assert (grade.correct, grade.score, grade.suggested) == (True, 1.0, Rating.GOOD)


def test_a_choice_with_one_of_two_picked_is_not_all():
    grade = grade_choice(choice(True, False, True), {0})
    assert not grade.correct
    assert grade.suggested == Rating.AGAIN
    assert grade.feedback == "not all of them: option 0; option 2"


def test_a_wrong_pick_names_the_right_option():
    assert grade_choice(choice(False, True, False), {0}).feedback == "the answer is: option 1"


@pytest.mark.parametrize("text", ["semicircle", " Semi-Circle ", "SEMI CIRCLE", "a semicircle."])
def test_case_spacing_and_hyphens_do_not_count(text):
    assert grade_typed(typed("semicircle"), text).correct


def test_other_accepted_answers_are_right():
    assert grade_typed(typed("FMEA", "failure mode and effects analysis"), "fmea").correct
    assert grade_typed(typed("x", "$\\alpha$"), "α").correct


def test_a_slip_is_shown_and_suggests_hard():
    grade = grade_typed(typed("semicircle"), "semicirlce")
    assert (grade.correct, grade.suggested) == (False, Rating.HARD)
    assert grade.feedback == "nearly: you wrote semicirlce, it is semicircle"


def test_another_word_suggests_again():
    assert grade_typed(typed("semicircle"), "square").suggested == Rating.AGAIN
    assert grade_typed(typed("FTA"), "FMA").suggested == Rating.AGAIN
    assert grade_typed(typed("FTA"), "").feedback == "the answer is: FTA"


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("0.35", "", 0.35),
        ("35%", "", 0.35),
        ("35%", "%", 35),
        ("35", "%", 35),
        ("50 per cent", "%", 50),
        ("1e-3", "", 0.001),
        ("2×10^3", "", 2000),
        ("1,000", "", 1000),
        ("1 000", "", 1000),
        ("1.234.567,8", "", 1234567.8),
        ("0,35", "", 0.35),
        ("1,5", "", 1.5),
        ("3/4", "", 0.75),
        ("−5", "", -5),
        (".5", "", 0.5),
        ("2.25 m^2", "m²", 2.25),
        ("12 hour", "hours", 12),
        ("3 m/s", "m/s", 3),
        ("abc", "", None),
        ("5 km", "m", None),
        ("", "", None),
        ("1/0", "", None),
        ("1e999", "", None),
    ],
)
def test_numbers_are_read_as_people_write_them(text, unit, number):
    assert read_number(text, unit) == number


def test_a_number_within_the_tolerance_is_right_and_the_exact_one_is_said():
    assert grade_numeric(numeric("144"), "144").feedback == "right"
    grade = grade_numeric(numeric("2.25", "1%", "m²"), "2.26")
    assert grade.correct
    assert grade.feedback == "right, exactly 2.25 m²"


@pytest.mark.parametrize(
    ("given_", "said"),
    [
        ("5", "the sign is wrong"),
        ("-50", "10 times too low"),
        ("-5.5", "10.0% too low"),
        ("x", "no number was given"),
    ],
)
def test_a_wrong_number_says_how_far_off_it_is(given_, said):
    grade = grade_numeric(numeric("-5"), given_)
    assert not grade.correct
    assert grade.feedback == f"{said}; the answer is -5"


def test_an_order_is_graded_by_its_pairs():
    assert grade_ordering(ordering(), (0, 1, 2, 3)).correct
    grade = grade_ordering(ordering(), (1, 0, 2, 3))
    assert (grade.suggested, grade.feedback) == (Rating.AGAIN, "5 of 6 pairs in the right order")
    assert grade_ordering(ordering(partial=True), (1, 0, 2, 3)).suggested == Rating.HARD
    assert grade_ordering(ordering(partial=True), (3, 2, 1, 0)).suggested == Rating.AGAIN


def test_ticked_points_suggest_a_rating_and_never_easy():
    points = question("a", "b", "c", "d")
    said = [grade_rubric(points, range(count)) for count in range(5)]
    assert said == [Rating.AGAIN, Rating.AGAIN, Rating.HARD, Rating.HARD, Rating.GOOD]


@given(st.text(max_size=30), st.text(max_size=30))
def test_distance_is_symmetric_and_zero_only_for_equals(one, other):
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)


@given(st.text(max_size=60))
def test_no_answer_raises(text):
    read_number(text, "m")
    bare(text)
    grade_typed(typed("semicircle"), text)
    grade_numeric(numeric("0.5"), text)
