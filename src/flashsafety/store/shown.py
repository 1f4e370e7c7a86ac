"""The one indexed read that shows a card: its state, its note and where the note stands."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from flashsafety.store.due import STATE, states
from flashsafety.terms import CardKey, CardState, StudyDay


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A card as it is about to be shown."""

    id: int
    key: CardKey
    note: str
    content: str
    """JSON of the note."""
    module: str
    module_title: str
    file: str
    line: int
    source: tuple[str, str, str | None, int | None, str | None] | None
    """Key, title, authors, year, url."""
    active: bool
    sibling_met: bool
    """Another card of the note was rated on the study day."""
    change: tuple[str, str] | None
    """What happened to the note since the learner last saw it, and the note before (JSON)."""
    state: CardState


_OF_STATE = STATE.count(",") + 2
"""Columns of a state and the row id."""


def read_shown(db: sqlite3.Connection, card: int, day: StudyDay) -> ShownRow | None:
    """The card by its row id; none when no note of the bank ever carried it."""
    row = db.execute(
        f"SELECT {STATE}, card.id, card.key, card.note, note.content, note.module, module.title,"
        " note.file, note.line, card.active, card.reps,"
        " EXISTS (SELECT 1 FROM card AS other WHERE other.note = card.note"
        " AND other.id <> card.id AND other.last_day >= ?),"
        " source.key, source.title, source.authors, source.year, source.url"
        " FROM card JOIN note ON note.id = card.note"
        " LEFT JOIN module ON module.slug = note.module"
        " LEFT JOIN source ON source.key = json_extract(note.content, '$.source')"
        " WHERE card.id = ?",
        (day, card),
    ).fetchone()
    if row is None:
        return None
    (_, state), row = next(states((row[:_OF_STATE],))), row[_OF_STATE:]
    return ShownRow(
        card,
        row[0],
        row[1],
        row[2],
        row[3],
        row[4] or row[3],
        row[5],
        row[6],
        tuple(row[10:15]) if row[10] else None,
        bool(row[7]),
        bool(row[9]),
        _unseen_change(db, row[1]) if row[8] else None,
        state,
    )


def _unseen_change(db: sqlite3.Connection, note: str) -> tuple[str, str] | None:
    """The gravest kind of the unseen changes, and the note as it was before the first of them."""
    rows = db.execute(
        "SELECT kind, was FROM change WHERE note = ? AND seen_at IS NULL ORDER BY id", (note,)
    ).fetchall()
    return (min(row[0] for row in rows), rows[0][1]) if rows else None


def card_id(db: sqlite3.Connection, key: str) -> int | None:
    """Row id of a card by its key."""
    row = db.execute("SELECT id FROM card WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def card_keys(db: sqlite3.Connection) -> list[str]:
    """Keys of all cards in the bank, in no order that means anything."""
    return [row[0] for row in db.execute("SELECT key FROM card WHERE active = 1")]


def due_by(db: sqlite3.Connection, day: StudyDay, until: int) -> int:
    """Cards that will be due on a study day: reviews by day, learning by instant (ms)."""
    return int(
        db.execute(
            "SELECT (SELECT count(*) FROM card WHERE active = 1 AND suspended = 0 AND phase = 2"
            " AND due_day <= ?) + (SELECT count(*) FROM card WHERE active = 1 AND suspended = 0"
            " AND phase IN (1, 3) AND due_at < ?)",
            (day, until),
        ).fetchone()[0]
    )


def data_version(db: sqlite3.Connection) -> int:
    """A number that changes when another connection has changed the file."""
    return int(db.execute("PRAGMA data_version").fetchone()[0])


def card_key(db: sqlite3.Connection, card: int) -> CardKey:
    """The key of a card by its row id."""
    return CardKey(db.execute("SELECT key FROM card WHERE id = ?", (card,)).fetchone()[0])


def keys_of(db: sqlite3.Connection, cards: Iterable[int]) -> list[CardKey]:
    """The keys of many cards, in the order of their row ids."""
    query = "SELECT key FROM card WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [CardKey(row[0]) for row in db.execute(query, (json.dumps(list(cards)),))]


def card_module(db: sqlite3.Connection, card: int) -> str:
    """Slug of the module of a card's note; empty of a card that no bank ever held."""
    return str(db.execute("SELECT module FROM card WHERE id = ?", (card,)).fetchone()[0])


def is_active(db: sqlite3.Connection, card: int) -> bool:
    """True of a card that the bank holds."""
    return bool(db.execute("SELECT active FROM card WHERE id = ?", (card,)).fetchone()[0])
