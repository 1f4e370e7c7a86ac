"""Note to cards: which cards a note yields, what each shows, and whether a note has changed.

Everything here is a pure function of the note, so that a card key, once given, never wanders.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random
from typing import assert_never

from flashsafety.content.cloze import CLOZE
from flashsafety.content.notes import (
    AnyNote,
    ChoiceNote,
    ClozeNote,
    ConceptNote,
    NumericNote,
    OrderingNote,
    QuestionNote,
    TypedNote,
)
from flashsafety.content.pictures import LINE, worded
from flashsafety.terms import CardKey

SAME_MEANING = 0.5
"""Least share of words that two answers of one meaning have in common (Jaccard, 0..1). Chosen by
us: a mended sentence keeps well over half of its words, another answer well under."""

_NOT_SHOWN = {
    "id", "topics", "source", "at", "tags", "level", "prerequisites", "exam", "replaces", "allow",
}  # fmt: skip
"""Keys that a learner is not shown as part of the card."""


@dataclass(frozen=True, slots=True)
class Face:
    """The two sides of a card, as Markdown with ``$maths$``."""

    prompt: str
    answer: str


def facets(note: AnyNote) -> tuple[str, ...]:
    """The cards of a note by name, in the order in which they are introduced."""
    match note:
        case ConceptNote(directions="both"):
            return ("forward", "reverse")
        case ConceptNote():
            return (note.directions,)
        case QuestionNote():
            return ("recall",)
        case ChoiceNote():
            return ("choose",)
        case ClozeNote():
            numbers = {int(gap[1]) for gap in CLOZE.finditer(note.text)}
            return tuple(f"c{number}" for number in sorted(numbers))
        case NumericNote():
            return ("number",)
        case TypedNote():
            return ("type",)
        case OrderingNote():
            return ("order",)
    assert_never(note)


def card_keys(note: AnyNote) -> tuple[CardKey, ...]:
    """The keys of a note's cards, ``note-id/facet``."""
    return tuple(CardKey(f"{note.id}/{facet}") for facet in facets(note))


def face(note: AnyNote, facet: str, order: Sequence[int] | None = None) -> Face:
    """What a card asks and what it answers.

    Args:
        note: The note.
        facet: One of its ``facets``.
        order: Options or items in the order to show, as ``shuffled`` gives it; by default the
            order that the note's id leads to, the same each time.
    """
    match note:
        case ConceptNote():
            return _concept(note, facet)
        case QuestionNote():
            return Face(note.prompt, note.answer)
        case ChoiceNote():
            return _choice(note, shuffled(note, note.id) if order is None else order)
        case ClozeNote():
            return _cloze(note.text, facet)
        case NumericNote():
            return _numeric(note)
        case TypedNote():
            also = f"\n\nAlso right: {', '.join(note.accept)}" if note.accept else ""
            return Face(note.prompt, f"**{note.answer}**{also}")
        case OrderingNote():
            return _ordering(note, shuffled(note, note.id) if order is None else order)
    assert_never(note)


def shuffled(note: ChoiceNote | OrderingNote, seed: str) -> tuple[int, ...]:
    """Indexes into the options or items, in the order in which to show them.

    The same for the same seed. Options that are ``fixed`` stay as written, and items to put in
    order never start in the right one.
    """
    count = len(note.options) if isinstance(note, ChoiceNote) else len(note.items)
    written = list(range(count))
    if isinstance(note, ChoiceNote) and note.fixed:
        return tuple(written)
    random = Random(seed)
    order = written.copy()
    random.shuffle(order)
    while isinstance(note, OrderingNote) and order == written:
        random.shuffle(order)
    return tuple(order)


def fingerprint(note: AnyNote, pictures: Mapping[str, str] | None = None) -> str:
    """Hash of all that a learner is shown; it changes when the words do, not when lines wrap.

    Args:
        note: The note.
        pictures: The hash of each picture by its path: another picture is another fingerprint, and
            the same under another name is none. Left out, a picture is its path.
    """
    shown = note.model_dump(exclude=_NOT_SHOWN, exclude_defaults=True)
    parts = (f"{key}\0{_flat(shown[key])}" for key in sorted(shown))
    if pictures:
        parts = (_with_hashes(part, pictures) for part in parts)
    return _hash(parts)


def _with_hashes(text: str, pictures: Mapping[str, str]) -> str:
    return LINE.sub(lambda found: f"![{found[1]}]({pictures.get(found[2], found[2])}) ", text)


def meaning(note: AnyNote) -> str:
    """Hash of what counts as right, with case, spacing, punctuation and markup left out."""
    return _hash((note.type, *map(_bare, _right(note))))


def meaning_changed(old: AnyNote, new: AnyNote) -> bool:
    """True when what was learnt may no longer be right.

    Where the program judges, any other right answer is another meaning. Where the learner does, an
    answer may be put in other words: it counts as another one when fewer than half of the words
    (``SAME_MEANING``) are shared.
    """
    if old.type != new.type:
        return True
    if _right(old) == _right(new):  # most edits leave the answer alone
        return False
    if isinstance(old, TypedNote) and isinstance(new, TypedNote):
        return _bare(old.answer) not in {_bare(word) for word in (new.answer, *new.accept)}
    if isinstance(old, ConceptNote | QuestionNote | ClozeNote):
        before, after = right_words(old), right_words(new)
        return len(before & after) < SAME_MEANING * len(before | after)
    return meaning(old) != meaning(new)


def right_words(note: AnyNote) -> frozenset[str]:
    """The words of what counts as right, without case, punctuation or markup."""
    return frozenset(_bare(" ".join(_right(note))).split())


def _right(note: AnyNote) -> tuple[str, ...]:
    """The texts that say what is right."""
    match note:
        case ConceptNote():
            return (note.term, note.definition)
        case QuestionNote():
            return (note.answer,)
        case ChoiceNote():
            return tuple(sorted(option.text for option in note.options if option.answer))
        case ClozeNote():
            return (CLOZE.sub(r"\2", note.text),)
        case NumericNote():
            return (f"{note.value!r}", note.unit or "")
        case TypedNote():
            return (note.answer,)
        case OrderingNote():
            return note.items
    assert_never(note)


def _concept(note: ConceptNote, facet: str) -> Face:
    also = f"\n\nAlso called: {', '.join(note.also)}" if note.also else ""
    if facet == "reverse":
        return Face(f"Which term means this?\n\n{note.definition}", f"**{note.term}**{also}")
    return Face(f"What does **{note.term}** mean?", note.definition + also)


def _choice(note: ChoiceNote, order: Sequence[int]) -> Face:
    letters = {index: chr(ord("A") + place) for place, index in enumerate(order)}
    lines = {index: f"- **{letters[index]}** {note.options[index].text}" for index in order}
    right = [line for index, line in lines.items() if note.options[index].answer]
    return Face("\n".join((note.prompt, "", *lines.values())), "\n".join(right))


def _numeric(note: NumericNote) -> Face:
    unit = f" {note.unit}" if note.unit else ""
    margin = f" (within {note.tolerance})" if note.tolerance else ""
    return Face(note.prompt, f"**{note.answer}**{unit}{margin}")


def _ordering(note: OrderingNote, order: Sequence[int]) -> Face:
    shown = (f"- {note.items[index]}" for index in order)
    right = (f"{place}. {item}" for place, item in enumerate(note.items, 1))
    return Face("\n".join((note.prompt, "", *shown)), "\n".join(right))


def _cloze(text: str, facet: str) -> Face:
    """The hidden part in bold; inside maths and code, where bold means nothing, in brackets."""
    prompt, answer = [], []
    end = 0
    for gap in CLOZE.finditer(text):
        between = text[end : gap.start()]
        prompt.append(between)
        answer.append(between)
        end = gap.end()
        number, hidden, hint = gap.groups()
        if f"c{int(number)}" != facet:
            prompt.append(hidden)
            answer.append(hidden)
            continue
        maths, code = _inside(text[: gap.start()])
        if maths:
            prompt.append(rf"[\text{{{hint}}}]" if hint else r"[\ldots]")
            answer.append(hidden)
        elif code:
            prompt.append(f"[{hint or '...'}]")
            answer.append(hidden)
        else:
            prompt.append(f"**[{hint or '...'}]**")
            answer.append(f"**{hidden.strip()}**")
    rest = text[end:]
    return Face("".join((*prompt, rest)), "".join((*answer, rest)))


def _inside(before: str) -> tuple[bool, bool]:
    """Whether a place lies in maths, and whether in code, from the text before it."""
    code = before.count("`") % 2 == 1
    bare = re.sub(r"`[^`]*`|\\.", "", CLOZE.sub(r"\2", before)).replace("$$", "$")
    return bare.count("$") % 2 == 1, code


def _bare(text: str) -> str:
    """Words only: no case, spacing, punctuation or markup.

    Signs that tell numbers and formulas apart (minus, point between digits, comparison) stay.
    """
    text = unicodedata.normalize("NFKC", worded(text)).casefold().replace("\N{MINUS SIGN}", "-")
    text = re.sub(r"(?<=\d)\.(?=\d)", "\0", text)
    text = re.sub(r"(?:(?<=\s)|(?<=[$(=^])|^)-(?=[\w\\])", "\1", text)
    return " ".join(re.sub(r"[^\w\0\1<>=+/^]+", " ", text).split())


def _flat(value: object) -> str:
    """A value as one line of text, line breaks and runs of blanks made one blank."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return "\2".join(f"{key}\1{_flat(value[key])}" for key in sorted(value))
    if isinstance(value, tuple):
        return "\3".join(map(_flat, value))
    return repr(value)


def _hash(parts: Iterable[str]) -> str:
    text = "\0\0".join(parts)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
