"""What was done in an Anki that runs on this computer, added to the log."""

from flashsafety.anki.connect import AnkiConnect
from flashsafety.anki.matching import matched, our_cards
from flashsafety.anki.take import Taken, take_in
from flashsafety.study.library import Library


def pull(library: Library, anki: AnkiConnect, *, dry_run: bool = False) -> Taken:
    """Add what was done there; as for a file, but due dates that no rating gave are not told.

    Args:
        library: Where.
        anki: Where to ask.
        dry_run: Do everything and keep nothing.

    Raises:
        UnusableDataError: No Anki answers, or not as it should; nothing was written.
    """
    ours, taken = our_cards(library), Taken()
    notes, cards = {}, []
    for note, card in anki.cards():
        notes[note.id] = note
        cards.append(card)
    known, taken.strangers = matched(notes.values(), ours)
    cards = [card for card in cards if card.note in known]
    take_in(library, known, cards, ours, taken, dry_run=dry_run)
    return taken
