"""Which of another program's notes and cards are ours."""

from collections.abc import Iterable
from dataclasses import dataclass

from flashsafety.anki.guid import guid, qid
from flashsafety.anki.notes import place
from flashsafety.anki.theirs import TheirNote
from flashsafety.content.load import load_bank
from flashsafety.store import anki as store
from flashsafety.study.library import Library


@dataclass(slots=True)
class Ours:
    """Every card that the log knows, by what Anki knows it by."""

    notes: dict[str, str]
    """GUID to note, and QID to note: the two never look alike."""
    cards: dict[tuple[str, int], int]
    """Note and place to row id."""


def our_cards(library: Library) -> Ours:
    """Those of the bank and those that have left it."""
    bank = load_bank(library.roots, only=()).bank.syllabus.slug
    cards = {}
    for card, key in store.card_keys(library.db):
        note, _, facet = key.rpartition("/")
        cards[note, place(facet)] = card
    notes = {note for note, _ in cards}
    by_guid, by_qid = {guid(bank, x): x for x in notes}, {qid(bank, x): x for x in notes}
    return Ours(by_qid | by_guid, cards)


def matched(notes: Iterable[TheirNote], ours: Ours) -> tuple[dict[int, str], int]:
    """Their number of each note that is ours, with our id of it; and how many are not ours.

    By GUID first. A note that was brought by other ways has another, and is known by its QID.
    """
    found: dict[int, str] = {}
    others: list[TheirNote] = []
    for note in notes:
        known = ours.notes.get(note.guid)
        if known is None:
            others.append(note)
        else:
            found[note.id] = known
    taken = set(found.values())
    strangers = 0
    for note in others:
        known = ours.notes.get(note.qid) if note.qid else None
        if known is None or known in taken:
            strangers += 1
        else:
            found[note.id] = known
            taken.add(known)
    return found, strangers
