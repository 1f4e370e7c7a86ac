"""Cramming beside real Anki's filtered decks that do not reschedule."""

from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler

from flashsafety.clock import FixedClock
from flashsafety.study.begin import begin
from flashsafety.study.kinds import Cram
from flashsafety.study.library import Library
from flashsafety.study.today import Choice
from flashsafety.terms import Rating
from tests.anki.conftest import Export, Take, study
from tests.anki.phone import rows


class Crammed(NamedTuple):
    """What was seen."""

    kinds: set[str]
    """The kinds of cards that the deck takes in."""
    comes_again: list[bool]
    """Whether a card comes again after each rating, as the buttons say."""


def anki_crams(folder: Path) -> Crammed:
    """Fill such a deck with all that it takes, and look at its buttons."""
    with closing(Collection(str(folder / "cram.anki2"))) as collection:
        cards = _cards(collection)
        deck = collection.sched.get_or_create_filtered_deck(DeckId(0))
        deck.name = "cram"
        deck.config.reschedule = False
        del deck.config.search_terms[:]
        deck.config.search_terms.add(search="", limit=100)
        number = collection.sched.add_or_update_filtered_deck(deck).id
        collection.decks.select(DeckId(number))
        scheduler = collection.sched
        assert isinstance(scheduler, Scheduler)
        shown, *_ = scheduler.get_queued_cards().cards
        buttons = scheduler.describe_next_states(shown.states)
        found = collection.find_cards(f"did:{number}")
        return Crammed({cards[card] for card in found}, ["end" not in button for button in buttons])


def _cards(collection: Collection) -> dict[int, str]:
    """A card of each kind."""
    cards: dict[str, int] = {}
    for kind in ("new", "in steps", "due", "not due", "suspended", "buried"):
        note = collection.new_note(collection.models.by_name("Basic") or {})
        note["Front"] = kind
        collection.add_note(note, 1)  # type: ignore[arg-type]
        cards[kind] = note.card_ids()[0]
    day = collection.sched.today
    for kind, columns in (
        ("in steps", {"type": 1, "queue": 1, "due": 1, "left": 1001}),
        ("due", {"type": 2, "queue": 2, "due": day, "ivl": 10}),
        ("not due", {"type": 2, "queue": 2, "due": day + 8, "ivl": 10}),
    ):
        card = collection.get_card(cards[kind])  # type: ignore[arg-type]
        for column, value in columns.items():
            setattr(card, column, value)
        collection.update_card(card)
    collection.sched.suspend_cards([cards["suspended"]])  # type: ignore[list-item]
    collection.sched.bury_cards([cards["buried"]])  # type: ignore[list-item]
    return {card: kind for kind, card in cards.items()}


def test_anki_leaves_out_the_same_cards_and_brings_the_same_ones_again(
    library: Library, tmp_path: Path
) -> None:
    found = anki_crams(tmp_path)
    assert found.kinds == {"new", "in steps", "due", "not due"}
    session = begin(library, Choice(kind=Cram()))
    assert found.comes_again == [given == "later" for given in session.offers().values()]


def test_what_was_crammed_arrives_as_such_and_weighs_nothing(
    collection: Collection, library: Library, clock: FixedClock, export: Export, take: Take
) -> None:
    study(library, clock)
    session = begin(library, Choice(kind=Cram()))
    for rating in Rating:
        clock.advance(minutes=1)
        session.answer(rating, 900)
    crammed = library.db.execute(
        "SELECT reviewed_at, rating FROM review WHERE origin = 'cram' ORDER BY id"
    ).fetchall()
    take(export()[0])
    assert collection.fix_integrity()[1]
    found = rows(collection, "SELECT id, ease, type, factor FROM revlog WHERE type = 3 ORDER BY id")
    assert [tuple(row) for row in found] == [(at, rating, 3, 0) for at, rating in crammed]
    numbers = dict(library.db.execute("SELECT card, id FROM anki_card").fetchall())
    collection.set_config("fsrs", True)
    for (card,) in library.db.execute(
        "SELECT id FROM card WHERE id IN (SELECT card FROM review WHERE origin = 'cram')"
        " AND stability > 0"
    ).fetchall():
        (ours,) = library.db.execute("SELECT stability FROM card WHERE id = ?", (card,)).fetchone()
        theirs = collection.compute_memory_state(numbers[card])
        assert abs(theirs.stability / ours - 1) < 1e-4
