"""A note's content -> the fields of its Anki note, and which card has which place in it."""

from flashsafety.anki.html import cloze_html, html, listed, plain_html
from flashsafety.content.bank import Source
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


def fields(note: AnyNote, source: Source | None, module: str, qid: str) -> tuple[str, ...]:
    """The fields of a note, as HTML, in the order of its note type.

    Args:
        note: The note.
        source: Its source, when the bank knows it.
        module: Number and title of its module.
        qid: As ``guid.qid`` makes it.
    """
    own: tuple[str, ...]
    match note:
        case ConceptNote():
            also = ", ".join(map(html, note.also))
            forward = "1" if note.directions != "reverse" else ""
            reverse = "1" if note.directions != "forward" else ""
            own = (html(note.term), html(note.definition), also, forward, reverse)
        case QuestionNote():
            own = (html(note.prompt), html(note.answer), listed(note.rubric) if note.rubric else "")
        case ChoiceNote():
            own = (html(note.prompt), *_options(note))
        case ClozeNote():
            own = (cloze_html(note.text),)
        case NumericNote():
            unit, tolerance = html(note.unit or ""), plain_html(note.tolerance or "")
            own = (html(note.prompt), plain_html(note.answer), unit, tolerance)
        case TypedNote():
            accepted = ", ".join(map(html, note.accept))
            own = (html(note.prompt), html(note.answer), accepted)
        case OrderingNote():
            order = shuffled(note, note.id)
            mixed = [note.items[index] for index in order]
            own = (html(note.prompt), listed(mixed), listed(note.items, "ol"))
    why = html(note.why) if note.why else ""
    return (*own, why, _source(note, source), plain_html(module), "", "", qid)


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
        f"<li{' class=' + chr(34) + 'right' + chr(34) if option.answer else ''}>{html(option.text)}"
        f'<span class="because">{html(option.why)}</span></li>'
        for option in options
    )
    right = ", ".join(chr(65 + place) for place, option in enumerate(options) if option.answer)
    return front, f'<ol class="options">{rows}</ol>', right


def _source(note: AnyNote, source: Source | None) -> str:
    """Title with its link, authors, year and place."""
    if source is None:
        return plain_html(note.source)
    title = plain_html(source.title)
    if source.url:
        title = f'<a href="{plain_html(source.url)}">{title}</a>'
    rest = [source.authors, str(source.year) if source.year else None, note.at]
    return ", ".join([title, *(plain_html(part) for part in rest if part)])
