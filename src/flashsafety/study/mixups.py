"""Help with a card that keeps being forgotten: what it is taken for, and what it builds on."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from flashsafety.content.notes import AnyNote, ChoiceNote, NumericNote, TypedNote
from flashsafety.content.plain import plain_line
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.store import foundations, logs
from flashsafety.store.given import answers_to
from flashsafety.store.lookalikes import alike_to, cards_of, named
from flashsafety.study import words
from flashsafety.study.grading import grade
from flashsafety.study.kinds import Cram
from flashsafety.study.library import Library
from flashsafety.study.today import Choice
from flashsafety.terms import CardKey, Given

_MOST = 3
"""Of each list in words: more than that is no help."""


class Wrong(NamedTuple):
    """A wrong answer that was given."""

    text: str
    """The option as plain text, or what was typed."""
    times: int


class BuiltOn(NamedTuple):
    """A prerequisite of the card's note."""

    note: str
    recall: float | None
    """Chance of recall today, 0 to 1, of the weakest of its cards; none when all are new."""


class Mixups(NamedTuple):
    """What a card is mixed up with, and what it builds on."""

    alike: tuple[CardKey, ...]
    """A card of each note that it may be taken for: those that were answered in its place first,
    then the look-alikes."""
    wrong: tuple[Wrong, ...]
    """The most frequent first."""
    builds_on: tuple[BuiltOn, ...]


def mixups(library: Library, card: int, key: CardKey, note: AnyNote) -> Mixups:
    """What a card is mixed up with: indexed reads, and one over concepts for each wrong answer.

    Args:
        library: Where.
        card: Row id.
        key: Its key.
        note: Its note as it is now.
    """
    db = library.db
    wrong = _wrong(note, answers_to(db, card))
    notes = [other for one in wrong for other in named(db, one.text)]
    alike = dict.fromkeys(other for other in (*notes, *alike_to(db, note.id)) if other != note.id)
    return Mixups(
        tuple(found for other in alike if (found := _facing(library, other, key))),
        wrong,
        tuple(_built_on(library, note)),
    )


def pair(found: Mixups, key: CardKey) -> Choice:
    """A session over a card and the one that it is taken for most, which schedules nothing."""
    return Choice(query=f"card:{key} or card:{found.alike[0]}", kind=Cram())


def lines(found: Mixups) -> Iterator[tuple[str, str]]:
    """The same in words: what each line is about, and what it says."""
    if found.alike:
        yield "taken for", ", ".join(found.alike[:_MOST])
    if found.wrong:
        yield (
            "answered",
            "; ".join(
                f"{one.text} ({words.count(one.times, 'time')})" for one in found.wrong[:_MOST]
            ),
        )
    if found.builds_on:
        yield (
            "builds on",
            ", ".join(
                f"{base.note} ({'new' if base.recall is None else f'recall {base.recall:.0%}'})"
                for base in found.builds_on
            ),
        )


def _wrong(note: AnyNote, answers: list[Given]) -> tuple[Wrong, ...]:
    """The wrong options that were picked, or the wrong words or numbers that were typed."""
    found = Counter[str]()
    for given in answers:
        if isinstance(note, ChoiceNote) and isinstance(given, tuple):
            picked = (note.options[index] for index in given if 0 <= index < len(note.options))
            found.update(plain_line(option.text) for option in picked if not option.answer)
        elif isinstance(note, TypedNote | NumericNote) and isinstance(given, str):
            judged = grade(note, given)
            if judged is not None and not judged.correct:
                found[given] += 1
    return tuple(Wrong(text, times) for text, times in found.most_common())


def _facing(library: Library, other: str, key: CardKey) -> CardKey | None:
    """The card of another note that asks as this one does; else its first."""
    keys = cards_of(library.db, other)
    same = CardKey(f"{other}/{key.rpartition('/')[2]}")
    return same if same in keys else keys[0] if keys else None


def _built_on(library: Library, note: AnyNote) -> Iterator[BuiltOn]:
    found = foundations.bases(library.db, note.id) if note.prerequisites else []
    if not any(memories for _, memories in found):
        yield from (BuiltOn(base, None) for base, _ in found)
        return
    day = library.clock.now().day
    curve = forgetting_curve(logs.current_parameters(library.db)[1].weights)
    for base, memories in found:
        chances = [curve(stability, day - last) for stability, last in memories]
        yield BuiltOn(base, min(chances, default=None))
