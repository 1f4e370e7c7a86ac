"""The parts of a note that are read, and their words, for rules about wording."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

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

_CODE = re.compile(r"```.*?```|`[^`\n]*`", re.DOTALL)
_MATHS = re.compile(r"\$\$.*?\$\$|(?<!\\)\$[^$\n]*\$", re.DOTALL)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:['\u2019.-][^\W_]+)*")
_TEXTS = 1 << 16
"""Whose words are kept: those of twenty thousand notes are asked for by the rules about one note,
and again by those about all. Some thirty MB, for texts share their words."""
_PIECES = 1 << 14
"""Whose words are kept, for a bank says most of them again and again. Some three MB."""
_STEM = 5
"""Letters that two forms of a word share, as in "calibrate" and "calibration"."""
_SMALL = frozenset(
    """
    about after again also answer asked because been before being between both cannot could does
    each from gives have here into itself more most much must names only other over rather same says
    several should since some such than that their them then there these they this those through
    under until very were what when where whether which while will with within without would
    """.split()  # noqa: SIM905, a wall of quotes reads worse
)
"""Words that two texts share whatever they are about."""


def prompt(note: AnyNote) -> tuple[str, str] | None:
    """Key and text of what the learner is asked; none for a concept."""
    match note:
        case ConceptNote():
            return None
        case ClozeNote():
            return "text", note.text
        case _:
            return "prompt", note.prompt


def answer(note: AnyNote) -> tuple[str, str] | None:
    """Key and text of an answer that the learner says."""
    match note:
        case ConceptNote():
            return "definition", note.definition
        case QuestionNote():
            return "answer", note.answer
        case _:
            return None


def asked(note: AnyNote) -> str:
    """What the learner is asked; of a concept the definition, which is so one way round.

    Pictures stand for their words: cards that ask the same of two pictures differ by these.
    """
    part = prompt(note) or answer(note)
    return worded(part[1]) if part else ""


def answered(note: AnyNote) -> str:
    """What is to be said or chosen; the term of a concept, nothing where the prompt holds it."""
    match note:
        case ChoiceNote():
            return " ".join(option.text for option in note.options if option.answer)
        case NumericNote() | TypedNote() | QuestionNote():
            return note.answer
        case ConceptNote():
            return note.term
        case _:
            return ""


def spoken(note: AnyNote) -> Iterator[tuple[str, str]]:
    """Key and text of the question and the answer, as far as they are prose."""
    for part in (prompt(note), answer(note)):
        if part is not None:
            yield part


def texts(note: AnyNote) -> Iterator[tuple[str, int | None, str]]:
    """Key, index and text of all that is shown as Markdown at some time."""
    for key, text in spoken(note):
        yield key, None, text
    match note:
        case QuestionNote():
            yield from (("rubric", index, point) for index, point in enumerate(note.rubric))
        case ChoiceNote():
            for index, option in enumerate(note.options):
                yield "options", index, option.text
                yield "options", index, option.why
        case OrderingNote():
            yield from (("items", index, item) for index, item in enumerate(note.items))
        case _:
            pass
    if note.why:
        yield "why", None, note.why


@lru_cache(maxsize=16)
def bare(text: str) -> str:
    """Text on one line: a formula is one word, a gap its content; no code, address or picture."""
    return " ".join(_unmarked(text).split())


def _unmarked(text: str) -> str:
    """The same on its lines."""
    text = LINE.sub("", text) if "![" in text else text
    text = _CODE.sub(" x ", text) if "`" in text else text
    text = CLOZE.sub(r"\2", text) if "{{" in text else text
    text = _MATHS.sub(" x ", text) if "$" in text else text
    return _LINK.sub(r"\1", text) if "](" in text else text


@lru_cache(maxsize=_TEXTS)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case."""
    return tuple(chain.from_iterable(map(_words_in, _unmarked(text).lower().split())))


@lru_cache(maxsize=_PIECES)
def _words_in(piece: str) -> tuple[str, ...]:
    """The words of what stands between two blanks: most often one, with a comma or without."""
    return (piece,) if piece.isalpha() else tuple(_WORD.findall(piece))


def stems(text: str) -> set[str]:
    """What the telling words of a text begin with; numbers and short names whole."""
    telling = set(chain.from_iterable(map(_stems_in, _unmarked(text).lower().split())))
    if "$" in text:
        telling.update(name[:_STEM] for name in ("formula", "equation"))
    return telling


@lru_cache(maxsize=_PIECES)
def _stems_in(piece: str) -> tuple[str, ...]:
    if piece.isalpha():  # most are
        return (piece[:_STEM],) if len(piece) > 3 and piece not in _SMALL else ()
    found = [word for word in _words_in(piece) if word not in _SMALL]
    return (
        *(word[:_STEM] for word in found if len(word) > 3),
        *(word for word in found if not word.isalpha()),
    )


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [part.strip() for part in re.split(r"(?<=[.?!])\s+", text.strip()) if part.strip()]
