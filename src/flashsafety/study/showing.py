"""A card as it stands in front of the learner."""

from dataclasses import dataclass

from flashsafety.content.cards import shuffled
from flashsafety.content.notes import AnyNote, ChoiceNote, OrderingNote, read_note
from flashsafety.content.source import Source
from flashsafety.store import shown
from flashsafety.terms import CardKey, CardState


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to a note since the learner last rated one of its cards."""

    kind: str
    """``reworded`` or ``meaning changed``."""
    was: AnyNote


@dataclass(frozen=True, slots=True)
class Showing:
    """The card in front of the learner."""

    id: int
    key: CardKey
    note: AnyNote
    facet: str
    module: str
    module_title: str
    state: CardState
    source: Source | None
    file: str
    """As the bank names it."""
    line: int
    change: Change | None
    order: tuple[int, ...]
    """Indexes of the options or items in the order to show; empty for other types."""
    foundation_of: CardKey | None = None
    """The card that was forgotten today and builds on this one, which therefore comes early."""


def as_showing(row: shown.ShownRow, seed: str) -> Showing:
    """A card as front ends take it; options and items are in the order that the seed leads to."""
    note = read_note(row.content)
    return Showing(
        row.id,
        row.key,
        note,
        row.key.rpartition("/")[2],
        row.module,
        row.module_title,
        row.state,
        Source(*row.source) if row.source else None,
        row.file,
        row.line,
        Change(row.change[0], read_note(row.change[1])) if row.change else None,
        shuffled(note, seed) if isinstance(note, ChoiceNote | OrderingNote) else (),
    )
