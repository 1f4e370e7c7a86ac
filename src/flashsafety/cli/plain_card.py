"""A card read out as lines of text, and what a line typed to it may mean. Prints nothing."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from flashsafety.content.cards import face
from flashsafety.content.changed import locate
from flashsafety.content.notes import (
    AnyNote,
    ChoiceNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.content.plain import plain, plain_line
from flashsafety.content.source import Source
from flashsafety.study.answers import read_number
from flashsafety.study.changes import with_the_answer, with_the_question
from flashsafety.study.showing import Showing
from flashsafety.terms import Given, Rating


def picture_folder(roots: Sequence[str], file: str) -> str:
    """The folder that the paths of a card's pictures begin in, as seen from where one stands.

    Args:
        roots: The bank's folders.
        file: The card's file, as ``changed.stat_bank`` names it.
    """
    folder = Path(locate(roots, file)).parent
    near = os.path.relpath(folder)
    return str(folder) if near.startswith(os.pardir) else "" if near == os.curdir else near


def prompt_lines(showing: Showing, width: int, folder: str) -> Iterator[str]:
    """What the card asks, with its options or items by letter.

    Args:
        showing: The card.
        width: Cells.
        folder: Of its pictures, as ``picture_folder`` gives it.
    """
    note = showing.note
    if said := with_the_question(showing, "r"):
        yield from (plain(said, width=width, folder=folder), "")
    if isinstance(note, ChoiceNote):
        yield plain(note.prompt, width=width, folder=folder)
        yield from lettered([note.options[index].text for index in showing.order])
    elif isinstance(note, OrderingNote):
        yield plain(note.prompt, width=width, folder=folder)
        yield from lettered([note.items[index] for index in showing.order])
    else:
        yield plain(face(note, showing.facet).prompt, width=width, folder=folder)


def how_to_answer(note: AnyNote) -> str:
    """One line: what to type."""
    what = what_to_type(note)
    if what is None:
        return "An empty line shows the answer."
    it = "it" if isinstance(note, TypedNote) else "the answer"
    return f"Type {what}, or an empty line to see {it}."


def what_to_type(note: AnyNote) -> str | None:
    """In what form a card is answered; none of one that the learner answers for herself."""
    match note:
        case ChoiceNote():
            several = sum(option.answer for option in note.options) > 1
            return (
                "the letters of the right ones, as a c"
                if several
                else "the letter of the right one"
            )
        case OrderingNote():
            return "the letters in the right order, as c a b"
        case NumericNote():
            return f"the number in {note.unit}" if note.unit else "the number"
        case TypedNote():
            return "the answer"
        case _:
            return None


def answer_lines(showing: Showing, width: int, folder: str) -> Iterator[str]:
    """The answer, why it is so, and where it comes from.

    Args:
        showing: The card.
        width: Cells.
        folder: Of its pictures, as ``picture_folder`` gives it.
    """
    note = showing.note
    if isinstance(note, ChoiceNote):
        for letter, index in zip("abcde", showing.order, strict=False):
            option = note.options[index]
            verdict = "right" if option.answer else "wrong"
            yield f"{letter}) {verdict}: {plain_line(option.text)}"
            yield plain(option.why, width=width)
    else:
        answer = face(note, showing.facet, showing.order or None).answer
        yield plain(answer, width=width, folder=folder)
    if was := with_the_answer(showing):
        yield from ("", plain(was, width=width, folder=folder), "")
    if note.why:
        yield plain(f"Why: {note.why}", width=width, folder=folder)
    yield f"Source: {source_words(showing.source, note)}"


def rubric_lines(note: AnyNote) -> Iterator[str]:
    """The points of a rubric by letter, and how to tick them; nothing where there are none."""
    if isinstance(note, QuestionNote) and note.rubric:
        yield "Points of a full answer:"
        yield from lettered(note.rubric)
        how = "Type the letters of the points that you had, as a b, or a minus for none"
        yield f"{how}; or rate at once."


def rating_line(offers: dict[Rating, str], suggested: Rating) -> str:
    """The ratings with what each would give, and the one that an empty line takes."""
    given = ", ".join(
        f"{rating} {rating.name.capitalize()} {gives}" for rating, gives in offers.items()
    )
    return f"{given}. An empty line takes {suggested} {suggested.name.capitalize()}."


def source_words(source: Source | None, note: AnyNote) -> str:
    """Title, authors, year and place of a source; its key where the bank has no more."""
    place = f", {note.at}" if note.at else ""
    if source is None:
        return f"{note.source}{place}"
    parts = [source.title, source.authors, str(source.year) if source.year else ""]
    return ", ".join(part for part in parts if part) + place


def lettered(texts: Sequence[str]) -> Iterator[str]:
    """Texts as ``a) ...``, each on one line."""
    for letter, text in zip("abcdefghij", texts, strict=False):
        yield f"{letter}) {plain_line(text)}"


def read_answer(showing: Showing, text: str) -> Given:
    """What a line answers; none when it cannot be read as an answer to this card."""
    note, order = showing.note, showing.order
    if isinstance(note, NumericNote):
        return text if read_number(text, note.unit or "") is not None else None
    if not isinstance(note, ChoiceNote | OrderingNote):
        return text.removeprefix(":")
    places = read_letters(text, len(order))
    if places is None:
        return None
    named = tuple(order[place] for place in places)
    if isinstance(note, ChoiceNote):
        return tuple(sorted(set(named)))
    return named if sorted(named) == sorted(order) else None


def read_letters(text: str, count: int) -> list[int] | None:
    """Places (from 0) named by letters, as ``c a b``, ``cab`` or ``C, A, B``.

    Returns none when anything in the text is no letter of the first ``count``.
    """
    letters = text.lower().replace(",", " ").replace(".", " ").replace(")", " ").split()
    places = [ord(letter) - ord("a") for letter in "".join(letters)]
    return places if places and all(0 <= place < count for place in places) else None
