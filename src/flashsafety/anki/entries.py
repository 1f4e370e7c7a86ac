"""Every note of the bank as Anki is told of it, in a deck and in a text file alike."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from flashsafety.anki.guid import guid, qid
from flashsafety.anki.notes import fields
from flashsafety.content.load import load_bank
from flashsafety.content.notes import AnyNote, read_note
from flashsafety.content.pictures import picture_file, picture_hashes
from flashsafety.content.source import Source
from flashsafety.store import anki as store
from flashsafety.store.due import scope
from flashsafety.study.library import Library
from flashsafety.study.today import Choice


@dataclass(frozen=True, slots=True)
class Entry:
    """A note with all that goes to Anki."""

    note: str
    """Its id in the bank."""
    guid: str
    type: str
    """Ours: a key of ``NOTE_TYPES``."""
    module: int
    """Number of the module."""
    deck: str
    """Full name, parts joined by ``::``."""
    fields: tuple[str, ...]
    """HTML, as many as the note type has."""
    tags: tuple[str, ...]
    cards: tuple[store.DeckRow, ...]
    """In study order."""
    media: dict[str, str]
    """What each of its pictures is called in a deck, and its file on this machine."""


def entries(library: Library, choice: Choice) -> Iterator[Entry]:
    """The notes of a choice of cards, in study order."""
    syllabus = load_bank(library.roots, only=()).bank.syllabus
    sources = {key: Source(*row) for key, row in store.sources(library.db).items()}
    rows = store.deck_rows(library.db, scope(choice.modules, choice.topics, choice.tags))
    for _, cards in groupby(rows, key=attrgetter("note")):
        of_note = tuple(cards)
        first = of_note[0]
        note = read_note(first.content)
        module = f"{first.number}. {first.title}"
        known_by = qid(syllabus.slug, note.id)
        # Most notes have no picture, and to look for one is dear.
        files = _pictures(library, first.file, note) if "![" in first.content else {}
        media = {path: name for path, (name, _) in files.items()}
        topics = (f"{first.module}::{topic}" for topic in note.topics)
        yield Entry(
            note.id,
            guid(syllabus.slug, note.id),
            note.type,
            first.number,
            f"{_part(syllabus.title)}::{first.number:02} {_part(first.title)}",
            fields(note, sources.get(note.source), module, known_by, media),
            (*topics, *note.tags, f"level::{note.level}"),
            of_note,
            dict(files.values()),
        )


def _pictures(library: Library, card_file: str, note: AnyNote) -> dict[str, tuple[str, str]]:
    """Path of each sound picture of a note to what it is called in a deck, and its file.

    Anki keeps the pictures of all decks in one folder, so each is called by its content.
    """
    found = {}
    for path, known_by in picture_hashes(library.roots, card_file, note).items():
        file = picture_file(library.roots, card_file, path)
        if known_by and file:
            found[path] = f"flashsafety-{known_by}.{path.rpartition('.')[2]}", file
    return found


def _part(name: str) -> str:
    """A name as part of a deck's: two colons would begin a part of their own."""
    return name.replace("::", ":").strip() or "-"
