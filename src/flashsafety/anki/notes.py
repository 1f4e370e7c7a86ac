"""A note's content -> the fields of its Anki note, and which card has which place in it."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache, partial
from html import escape

from flashsafety.anki.html import cloze_html, html, listed, plain_html
from flashsafety.anki.inert import inert
from flashsafety.content.cards import shuffled
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
from flashsafety.content.plain import plain_line
from flashsafety.content.source import Source

_LETTERS = "ABCDEFG"


def fields(
    note: AnyNote, source: Source | None, module: str, qid: str, media: Mapping[str, str]
) -> tuple[str, ...]:
    """The fields of a note, as HTML, in the order of its note type.

    The first spare field holds what counts as right: of a numeric note the numbers from which to
    which, of an ordering note its letters in order.

    Args:
        note: The note.
        source: Its source, when the bank knows it.
        module: Number and title of its module.
        qid: As ``guid.qid`` makes it.
        media: Path of each picture that the deck has, to what it is called there.
    """
    block = partial(html, media=media)
    own: tuple[str, ...]
    besides = ""
    match note:
        case ConceptNote():
            also = "; ".join(map(html, note.also))
            forward = "1" if note.directions != "reverse" else ""
            reverse = "1" if note.directions != "forward" else ""
            own = (html(note.term), block(note.definition), also, forward, reverse)
        case QuestionNote():
            points = listed(note.rubric) if note.rubric else ""
            own = (block(note.prompt), block(note.answer), points)
        case ChoiceNote():
            own = (block(note.prompt), *_options(note))
        case ClozeNote():
            own = (cloze_html(note.text, media),)
        case NumericNote():
            unit = html(note.unit or "")
            own = (block(note.prompt), note.answer, unit, _within(note))
            besides = _range(note)
        case TypedNote():
            # Anki compares what was typed with this, so it is text without any markup.
            expected = plain_html(plain_line(note.answer))
            own = (block(note.prompt), expected, "; ".join(map(html, note.accept)))
        case OrderingNote():
            mixed, ordered, besides = _order(note)
            own = (block(note.prompt), mixed, ordered)
    why = block(note.why) if note.why else ""
    whole = (*own, why, _source(note, source), plain_html(module), besides, "", qid)
    return tuple(map(inert, whole))


def place(facet: str) -> int:
    """The place of a facet's card in the Anki note, from 0: template, or gap."""
    if facet == "reverse":
        return 1
    return int(facet[1:]) - 1 if facet[1:].isdigit() else 0


def _options(note: ChoiceNote) -> tuple[str, str, str]:
    """The options in one order for front and back, the same with marks and reasons, the letters."""
    order = shuffled(note, note.id)
    options = [note.options[index] for index in order]
    front = listed([option.text for option in options], "ol", "options")
    rows = "".join(
        (
            f'<li class="right">{html(option.text)} ✓'
            if option.answer
            else f"<li>{html(option.text)}"
        )
        + f'<div class="because">{html(option.why)}</div></li>'
        for option in options
    )
    right = ", ".join(_LETTERS[place] for place, option in enumerate(options) if option.answer)
    return front, f'<ol class="options">{rows}</ol>', right


def _order(note: OrderingNote) -> tuple[str, str, str]:
    """The items as shown, with letters; in order, each after its letter; the letters in order."""
    order = shuffled(note, note.id)
    mixed = listed([note.items[index] for index in order], "ol", "options")
    letters = [_LETTERS[order.index(index)] for index in range(len(order))]
    rows = "".join(
        f'<li><span class="letter">{letter}</span> {html(item)}</li>'
        for letter, item in zip(letters, note.items, strict=True)
    )
    return mixed, f"<ol>{rows}</ol>", ", ".join(letters)


def _within(note: NumericNote) -> str:
    """How far off still counts as right, as said before one answers; empty when nothing does."""
    if not note.margin or note.tolerance is None:
        return ""
    return note.tolerance + " of the answer" * note.tolerance.endswith("%")


def _range(note: NumericNote) -> str:
    """The numbers that count as right, where more than one does: Anki knows only the one."""
    if not note.margin or note.tolerance is None:
        return ""
    value, share = Decimal(note.answer), Decimal(note.tolerance.removesuffix("%"))
    margin = abs(value) * share / 100 if note.tolerance.endswith("%") else share
    return f"{_number(value - margin)} to {_number(value + margin)}"


def _number(value: Decimal) -> str:
    """A number without needless zeros; with an exponent when it is very long."""
    text = f"{value:f}" if -9 < value.adjusted() < 15 else f"{value:e}"
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _source(note: AnyNote, source: Source | None) -> str:
    """Title with its link, authors, year and place."""
    if source is None:
        return plain_html(note.source)
    named = _named(source)
    return f"{named}, {plain_html(note.at)}" if note.at else named


@lru_cache(maxsize=256)
def _named(source: Source) -> str:
    title = plain_html(source.title)
    if source.url:
        title = f'<a href="{escape(source.url)}">{title}</a>'
    rest = [source.authors, str(source.year) if source.year else None]
    return ", ".join([title, *(plain_html(part) for part in rest if part)])
