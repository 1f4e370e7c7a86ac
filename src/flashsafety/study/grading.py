"""Checking what the learner answered, and the rating that it suggests. Pure; stores nothing.

The learner has the last word: a suggestion is where enter leads. Easy is never suggested, since
how easily an answer came is something that only the learner knows.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from flashsafety.content.notes import (
    AnyNote,
    ChoiceNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.content.plain import plain_line
from flashsafety.study.answers import bare, distance, read_number
from flashsafety.terms import Given, Rating

NEARLY = 0.8
"""Least share of pairs in the right order that still counts as Hard rather than Again."""


@dataclass(frozen=True, slots=True)
class Grade:
    """What came of an answer."""

    correct: bool
    score: float
    """Share of the answer that was right, 0..1."""
    suggested: Rating
    feedback: str
    """One line of plain text."""


def grade(note: AnyNote, given: Given) -> Grade | None:
    """What the program makes of an answer; none where judging is the learner's."""
    chosen = given if isinstance(given, tuple) else ()
    text = given if isinstance(given, str) else ""
    match note:
        case ChoiceNote():
            return grade_choice(note, chosen)
        case OrderingNote() if sorted(chosen) == list(range(len(note.items))):
            return grade_ordering(note, chosen)
        case OrderingNote():
            return Grade(False, 0.0, Rating.AGAIN, "no order was given")
        case TypedNote():
            return grade_typed(note, text)
        case NumericNote():
            return grade_numeric(note, text)
        case _:
            return None


def grade_choice(note: ChoiceNote, picked: Collection[int]) -> Grade:
    """Compare the picked options (indexes into ``options``) with the right ones."""
    right = {index for index, option in enumerate(note.options) if option.answer}
    wrong, missed = set(picked) - right, right - set(picked)
    score = 1 - len(wrong | missed) / len(note.options)
    if not wrong and not missed:
        return Grade(True, 1.0, Rating.GOOD, "right")
    answers = "; ".join(plain_line(note.options[index].text) for index in sorted(right))
    if picked and not wrong:
        return Grade(False, score, Rating.AGAIN, f"not all of them: {answers}")
    return Grade(False, score, Rating.AGAIN, f"the answer is: {answers}")


def grade_typed(note: TypedNote, text: str) -> Grade:
    """Compare words with the answer and the other accepted ones; case and spacing do not count.

    A slip of the fingers (one letter in four to seven, two in longer words) suggests Hard.
    """
    given = bare(text)
    accepted = [bare(plain_line(answer)) for answer in (note.answer, *note.accept)]
    answer = plain_line(note.answer)
    if given in accepted:
        return Grade(True, 1.0, Rating.GOOD, "right")
    if not given:
        return Grade(False, 0.0, Rating.AGAIN, f"the answer is: {answer}")
    slips, length = min((distance(given, word), len(word)) for word in accepted)
    score = max(0.0, 1 - slips / max(length, len(given)))
    if slips <= (0 if length < 4 else 1 if length < 8 else 2):
        return Grade(False, score, Rating.HARD, f"nearly: you wrote {text.strip()}, it is {answer}")
    return Grade(False, score, Rating.AGAIN, f"you wrote {text.strip()}, the answer is: {answer}")


def grade_numeric(note: NumericNote, text: str) -> Grade:
    """Compare a number with the answer, within the note's tolerance, and say how far off it is."""
    unit = "" if note.unit is None else note.unit
    answer = f"{note.answer}{unit if unit in ('', '%') else f' {plain_line(unit)}'}"
    given = read_number(text, unit)
    if given is None:
        return Grade(False, 0.0, Rating.AGAIN, f"no number was given; the answer is {answer}")
    off = abs(given - note.value)
    if off <= note.margin + 1e-9 * max(abs(note.value), abs(given)):
        exact = off <= 1e-9 * abs(note.value)
        return Grade(True, 1.0, Rating.GOOD, "right" if exact else f"right, exactly {answer}")
    return Grade(False, 0.0, Rating.AGAIN, f"{_how_far(given, note.value)}; the answer is {answer}")


def grade_ordering(note: OrderingNote, order: Sequence[int]) -> Grade:
    """Compare an order (indexes into ``items``) with the right one, pair by pair.

    A note with ``partial`` suggests Hard when four pairs in five are right.
    """
    pairs = list(combinations(order, 2))
    right = sum(first < second for first, second in pairs)
    score = right / len(pairs) if pairs else 1.0
    if right == len(pairs):
        return Grade(True, 1.0, Rating.GOOD, "right")
    said = f"{right} of {len(pairs)} pairs in the right order"
    close = note.partial and score >= NEARLY
    return Grade(False, score, Rating.HARD if close else Rating.AGAIN, said)


def grade_rubric(note: QuestionNote, ticked: Collection[int]) -> Rating:
    """The rating that the ticked points suggest: all Good, at least half Hard, fewer Again."""
    share = len(set(ticked)) / len(note.rubric) if note.rubric else 1.0
    return Rating.GOOD if share == 1 else Rating.HARD if share >= 0.5 else Rating.AGAIN


def _how_far(given: float, right: float) -> str:
    """How a wrong number lies to the right one, in words that point to the slip."""
    way = "too high" if given > right else "too low"
    if given == -right:
        return "the sign is wrong"
    if right == 0 or given == 0 or (given < 0) != (right < 0):
        return f"off by {abs(given - right):.3g}, {way}"
    factor = max(given / right, right / given)
    return f"{factor:.3g} times {way}" if factor >= 2 else f"{abs(given / right - 1):.1%} {way}"
