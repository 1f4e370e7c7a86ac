"""The bank, and what one knows of it, as a deck for Anki."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from flashsafety.anki.entries import Entry, entries
from flashsafety.anki.notes import place
from flashsafety.anki.notetypes import NOTE_TYPES
from flashsafety.anki.package import AnkiCard, AnkiNote, Calendar, Package, Preset, write_package
from flashsafety.anki.states import Today, anki_card, review_rows
from flashsafety.clock import day_begins_at
from flashsafety.store import anki as store
from flashsafety.store.due import all_states, scope
from flashsafety.store.writes import writing
from flashsafety.study.library import Library
from flashsafety.study.today import Choice
from flashsafety.terms import Parameters, StudyDay

_PRESET = 1795392000100
_DECKS = 1795392001000
"""Numbers of the preset and, with the module's number added, of the decks."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What went into a file."""

    notes: int
    cards: int
    reviews: int
    changed: int
    """Notes that read otherwise than in the last export, new ones too."""


class _Numbers:
    """What Anki knows rows by: as stored, and what is allotted beyond.

    Numbers are instants in study order, the last of them now: Anki changes one from the future.
    """

    def __init__(self, library: Library, chosen: Sequence[store.KeyRow], now: int) -> None:
        self.notes, self.cards = store.known_notes(library.db), store.known_cards(library.db)
        fresh_notes = {row.note for row in chosen} - self.notes.keys()
        fresh_cards = {row.card for row in chosen} - self.cards.keys()
        last_note = max((number for number, _, _ in self.notes.values()), default=0)
        last_card = max(self.cards.values(), default=0)
        self._note = max(last_note + 1, now - len(fresh_notes))
        self._card = max(last_card + 1, now - len(fresh_cards))
        self._fresh: dict[str, int] = {}
        self.new_notes: list[tuple[str, int, int, str]] = []
        self.new_cards: list[tuple[int, int]] = []
        self.new_reviews: list[tuple[bytes, int]] = []
        self._reviews = store.known_reviews(library.db)
        self._used = set(self._reviews.values())
        self._free: dict[int, int] = {}  # where to look on: many ratings may share one instant

    def note(self, note: str) -> int:
        """Number of a note."""
        known = self.notes.get(note)
        if known is not None:
            return known[0]
        if note not in self._fresh:
            self._fresh[note] = self._note
            self._note += 1
        return self._fresh[note]

    def changed_at(self, note: str, shape: str, seconds: int) -> int:
        """The second of a note's last change: now, unless it reads as it did."""
        known = self.notes.get(note)
        if known is not None and known[2] == shape:
            return known[1]
        # Later than what Anki has of it, be it exported twice in one second.
        mod = max(seconds, known[1] + 1) if known else seconds
        self.new_notes.append((note, self.note(note), mod, shape))
        return mod

    def card(self, card: int) -> int:
        """Number of a card."""
        number = self.cards.get(card)
        if number is None:
            number = self.cards[card] = self._card
            self._card += 1
            self.new_cards.append((card, number))
        return number

    def review(self, review: bytes, at: int) -> int:
        """Number of a rating: its instant, but no two may share one. Asked for once."""
        known = self._reviews.get(review)
        if known is not None:
            return known
        number = at
        if at in self._used:
            number = self._free.get(at, at)
            while number in self._used:
                number += 1
            self._free[at] = number + 1
            self.new_reviews.append((review, number))
        self._used.add(number)
        return number


def export_deck(library: Library, path: str, choice: Choice, *, with_scheduling: bool) -> Exported:
    """Write an ``.apkg``.

    Args:
        library: The bank as last read, and the log.
        path: The file.
        choice: Which cards.
        with_scheduling: States, log and preset too.

    Raises:
        OSError: The file cannot be written.
    """
    moment = library.clock.now()
    parameters = library.scheduling[1].parameters
    with writing(library.db):
        chosen = store.deck_keys(library.db, scope(choice.modules, choice.topics, choice.tags))
        numbers = _Numbers(library, chosen, moment.at)
        package = Package(moment.at // 1000, _calendar(library, moment.day))
        package.cards = [
            AnkiCard(
                numbers.card(row.card),
                numbers.note(row.note),
                _DECKS + row.number,
                place(row.key.rpartition("/")[2]),
                package.now,
                position,
            )
            for position, row in enumerate(chosen, 1)
        ]
        leeches: set[int] = set()
        if with_scheduling:
            leeches = _add_scheduling(package, numbers, library, parameters)
        package.notes = _notes(package, numbers, entries(library, choice), leeches)
        reviews = write_package(package, path)
        store.write_known(library.db, numbers.new_notes, numbers.new_cards, numbers.new_reviews)
    notes = len({row.note for row in chosen})
    return Exported(notes, len(chosen), reviews, len(numbers.new_notes))


def _notes(
    package: Package, numbers: _Numbers, chosen: Iterable[Entry], leeches: Collection[int]
) -> Iterator[AnkiNote]:
    """The notes one by one, as they are written: all at once would fill the memory."""
    for entry in chosen:
        whole = "\x1f".join([entry.type, *entry.fields, *entry.tags])
        shape = sha256(whole.encode()).hexdigest()[:32]
        package.decks[_DECKS + entry.module] = entry.deck
        package.media.update(entry.media)
        number = numbers.note(entry.note)
        mod = numbers.changed_at(entry.note, shape, package.now)
        # A leech in Anki is a tag of its note. It is no change of the note: like the states, it
        # comes with the first import alone.
        tags = (*entry.tags, "leech") if number in leeches else entry.tags
        yield AnkiNote(number, entry.guid, NOTE_TYPES[entry.type], mod, tags, entry.fields)


def _add_scheduling(
    package: Package, numbers: _Numbers, library: Library, parameters: Parameters
) -> set[int]:
    """Give the cards their states, and the package the log and the preset.

    Returns:
        The numbers of the notes that have a leech.
    """
    moment = library.clock.now()
    first = store.first_day(library.db)
    begins = StudyDay((moment.day if first is None else first) - 1)
    package.calendar = _calendar(library, begins)
    today = Today(moment.day, begins, day_begins_at(moment.day + 1, library.clock))
    exported = {card.id for card in package.cards}
    by_number = {number: card for card, number in numbers.cards.items() if number in exported}
    states = dict(all_states(library.db))
    threshold = library.settings.leech_threshold
    leeches = {
        card.note for card in package.cards if 0 < threshold <= states[by_number[card.id]].lapses
    }
    package.cards = [
        anki_card(card, states[by_number[card.id]], parameters, today) for card in package.cards
    ]
    package.preset = _preset(library, parameters)
    cards = {card: number for number, card in by_number.items()}
    ratings = store.ratings(library.db)
    package.reviews = review_rows(ratings, cards, numbers.review, parameters.weights)
    return leeches


def _preset(library: Library, parameters: Parameters) -> Preset:
    return Preset(
        _PRESET,
        "flashsafety",
        parameters.weights,
        parameters.desired_retention,
        [step / 60 for step in parameters.learning_steps],
        [step / 60 for step in parameters.relearning_steps],
        parameters.maximum_interval,
        library.settings.leech_threshold,
    )


def _calendar(library: Library, day: StudyDay) -> Calendar:
    """A package's calendar that begins with a study day."""
    begins = day_begins_at(day, library.clock)
    west = -library.clock.offset_at(begins) // 60
    return Calendar(begins // 1000, library.clock.day_start // 3600, west)
