"""What Anki knows our rows by, and the rows that go to it."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flashsafety.store.due import Scope

SourceRow = tuple[str, str, str | None, int | None, str | None]
"""Key, title, authors, year, address."""


class DeckRow(NamedTuple):
    """A card in the bank, as it goes into a deck."""

    card: int
    key: str
    note: str
    content: str
    """JSON of the note."""
    file: str
    """Of the note."""
    module: str
    number: int
    """Of the module."""
    title: str
    """Of the module."""


class KeyRow(NamedTuple):
    """A card in the bank, without its text."""

    card: int
    key: str
    note: str
    number: int
    """Of the module."""


RatingRow = tuple[int, bytes, int, int, int, int, int, int]
"""A rating or a reset, as it goes into a review log: card, id, rating from 1 to 4 or 0 for a reset,
instant, milliseconds it took, phase, interval in seconds, and 1 where it was crammed, else 0. A
plain tuple, for there may be millions."""


def deck_keys(db: sqlite3.Connection, chosen: Scope) -> list[KeyRow]:
    """The cards of the bank in study order, those of a note together, without their text."""
    rows = db.execute(
        "SELECT card.id, card.key, card.note, module.number FROM card"
        " JOIN note ON note.id = card.note JOIN module ON module.slug = card.module"
        f" WHERE card.active = 1 AND {chosen.condition}"
        " ORDER BY module.number, card.position, card.key",
        chosen.values,
    )
    return list(map(KeyRow._make, rows))


def deck_rows(db: sqlite3.Connection, chosen: Scope) -> Iterator[DeckRow]:
    """The cards of the bank in study order, those of a note together."""
    rows = db.execute(
        "SELECT card.id, card.key, note.id, note.content, note.file, card.module, module.number,"
        " module.title FROM card JOIN note ON note.id = card.note"
        " JOIN module ON module.slug = card.module"
        f" WHERE card.active = 1 AND {chosen.condition}"
        " ORDER BY module.number, card.position, card.key",
        chosen.values,
    )
    return map(DeckRow._make, rows)


def sources(
    db: sqlite3.Connection,
) -> dict[str, tuple[str, str, str | None, int | None, str | None]]:
    """Every source: key to key, title, authors, year, address."""
    return {row[0]: row for row in db.execute("SELECT key, title, authors, year, url FROM source")}


def ratings(db: sqlite3.Connection) -> Iterator[RatingRow]:
    """Every rating and reset that was not undone, card by card in the order of the log."""
    return db.execute(
        "SELECT card, id, rating, reviewed_at, duration_ms, phase, interval, origin = 'cram'"
        " FROM review WHERE undone_at IS NULL UNION ALL"
        " SELECT card, id, 0, at, 0, 0, 0, 0 FROM action"
        " WHERE kind = 'reset' AND undone_at IS NULL ORDER BY card, id"
    )


def first_day(db: sqlite3.Connection) -> int | None:
    """The study day of the first of them; none when the log is empty."""
    row = db.execute(
        "SELECT min(day) FROM (SELECT min(study_day) AS day FROM review WHERE undone_at IS NULL"
        " UNION ALL SELECT min(study_day) FROM action WHERE kind = 'reset' AND undone_at IS NULL)"
    ).fetchone()
    day: int | None = row[0]
    return day


def known_notes(db: sqlite3.Connection) -> dict[str, tuple[int, int, str]]:
    """Note to its number in Anki, the second of its last change, and the hash of its export."""
    rows = db.execute("SELECT note, id, mod, shape FROM anki_note")
    return {note: (number, mod, shape) for note, number, mod, shape in rows}


def known_cards(db: sqlite3.Connection) -> dict[int, int]:
    """Card to its number in Anki."""
    return dict(db.execute("SELECT card, id FROM anki_card").fetchall())


def known_reviews(db: sqlite3.Connection) -> dict[bytes, int]:
    """Rating to its number in Anki, where that is not its instant."""
    return dict(db.execute("SELECT review, id FROM anki_review").fetchall())


def write_known(
    db: sqlite3.Connection,
    notes: Iterable[tuple[str, int, int, str]],
    cards: Iterable[tuple[int, int]],
    reviews: Iterable[tuple[bytes, int]],
) -> None:
    """Keep what was allotted: note, number, second, hash; card, number; rating, number."""
    db.executemany("INSERT OR REPLACE INTO anki_note VALUES (?,?,?,?)", notes)
    db.executemany("INSERT INTO anki_card VALUES (?,?)", cards)
    db.executemany("INSERT INTO anki_review VALUES (?,?)", reviews)


class Seen(NamedTuple):
    """What our log holds of a card, as another program's rows are compared with it."""

    instants: set[int]
    """Of ratings, resets and due dates, undone ones too; a rating by its number in Anki."""
    taken: set[int]
    """Of the ratings among them that came from Anki and were not undone."""
    newest: int
    """Of all that was done to the card; 0 when nothing was."""
    suspended_by: int | None
    """Device of the newest suspension or its lifting."""
    suspended_at: int
    """Instant of that; 0 when there was none."""


def card_keys(db: sqlite3.Connection) -> Iterator[tuple[int, str]]:
    """Row id and key of every card, those that no bank holds too."""
    return iter(db.execute("SELECT id, key FROM card"))


def seen(db: sqlite3.Connection) -> dict[int, Seen]:
    """The log of every card that has one."""
    found: dict[int, Seen] = {}
    numbers = known_reviews(db)
    rows = db.execute("SELECT card, id, reviewed_at, origin = 'anki' AND undone_at IS NULL FROM"
                      " review")  # fmt: skip
    for card, id_, at, taken in rows:
        entry = found.get(card) or Seen(set(), set(), 0, None, 0)
        number = numbers.get(id_, at)
        entry.instants.add(number)
        if taken:
            entry.taken.add(number)
        found[card] = entry._replace(newest=max(entry.newest, at))
    rows = db.execute("SELECT card, id, kind, at, device, undone_at FROM action"
                      " WHERE card IS NOT NULL ORDER BY id")  # fmt: skip
    for card, id_, kind, at, device, undone_at in rows:
        entry = found.get(card) or Seen(set(), set(), 0, None, 0)
        if kind in ("reset", "set-due"):
            entry.instants.add(numbers.get(id_, at))
        if kind in ("suspend", "unsuspend") and undone_at is None:
            entry = entry._replace(suspended_by=device, suspended_at=at)
        found[card] = entry._replace(newest=max(entry.newest, at))
    return found
