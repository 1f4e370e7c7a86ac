"""One card, or many, with all that is known of them."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass

from flashsafety.content.cards import face
from flashsafety.content.notes import QuestionNote, read_note
from flashsafety.errors import UsageError
from flashsafety.store import logs, shown
from flashsafety.study.library import Library
from flashsafety.terms import CardKey, CardState, Moment, Review


@dataclass(frozen=True, slots=True)
class CardInfo:
    """A card as ``show`` and ``cards`` give it."""

    card: CardKey
    note: str
    type: str
    module: str
    topics: tuple[str, ...]
    source: str
    at: str | None
    """Where in the source."""
    file: str
    line: int
    prompt: str
    """Markdown."""
    answer: str
    """Markdown."""
    rubric: tuple[str, ...]
    """Points of a full answer, Markdown; empty of a card without."""
    why: str | None
    """Markdown."""
    state: CardState
    retrievability: float | None
    """Chance of recall today, 0 to 1; none of a card never rated."""
    log: tuple[Review, ...]
    """Every rating, oldest first, undone ones too; empty where the log was not asked for."""


def find_cards(library: Library, query: str) -> list[CardInfo]:
    """The cards that a query finds, in study order, without their logs.

    Raises:
        UsageError: The query cannot be understood.
    """
    from flashsafety.study.find import find

    return card_infos(library, find(library, query))


def card_infos(library: Library, cards: Iterable[int]) -> list[CardInfo]:
    """The cards with these row ids, without their logs."""
    moment = library.clock.now()
    return [_info(library, card, moment, with_log=False) for card in cards]


def card_info(library: Library, key: str) -> CardInfo:
    """One card with its log.

    Args:
        library: Where.
        key: The card's key, or the id of a note that has one card.

    Raises:
        UsageError: There is no such card; the nearest keys are named.
    """
    return _info(library, find_card(library, key), library.clock.now(), with_log=True)


def find_card(library: Library, key: str) -> int:
    """Row id of a card by its key, or by its note's id where the note has one card.

    Raises:
        UsageError: There is no such card; the nearest keys are named.
    """
    card = shown.card_id(library.db, key)
    if card is not None and shown.read_shown(library.db, card, library.clock.now().day):
        return card
    keys = shown.card_keys(library.db)
    own = [other for other in keys if other.rpartition("/")[0] == key]
    if len(own) == 1:
        found = shown.card_id(library.db, own[0])
        assert found is not None
        return found
    near = own or difflib.get_close_matches(key, keys, 3, 0.5)
    raise UsageError(
        f'there is no card "{key}"',
        mend=f"did you mean {' or '.join(near)}?" if near else "'flashsafety cards' lists them all",
    )


def _info(library: Library, card: int, moment: Moment, *, with_log: bool) -> CardInfo:
    row = shown.read_shown(library.db, card, moment.day)
    assert row is not None
    note = read_note(row.content)
    sides = face(note, row.key.rpartition("/")[2])
    memory = row.state.memory
    events = logs.card_log(library.db, card) if with_log else []
    retrievability = (
        library.scheduling[1].retrievability(memory, moment.day) if memory.stability else None
    )
    return CardInfo(
        row.key,
        row.note,
        note.type,
        row.module,
        note.topics,
        note.source,
        note.at,
        row.file,
        row.line,
        sides.prompt,
        sides.answer,
        note.rubric if isinstance(note, QuestionNote) else (),
        note.why,
        row.state,
        retrievability,
        tuple(event for event in events if isinstance(event, Review)),
    )
