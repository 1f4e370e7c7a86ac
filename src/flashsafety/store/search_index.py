"""What cards are found by, kept beside the notes it follows from.

A note that was written stands in ``unsearched`` until it is taken in here, so that sync costs no
more for it.
"""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from flashsafety.store.due import Scope

COMMON = 5000
"""Cards: to gather and sort as many takes as long as to look at all 100,000 for a page of them."""


class Searched(NamedTuple):
    """All that the cards of a note are found by."""

    note: str
    text: str
    """Folded, one text a line."""
    names: frozenset[tuple[str, str]]
    """Kind and value: ``("tag", "attacks")``."""


def mark_unsearched(db: sqlite3.Connection, notes: Iterable[str]) -> None:
    """These notes were written; inside the transaction that did."""
    db.executemany("INSERT OR IGNORE INTO unsearched VALUES (?)", ((note,) for note in notes))


def any_unsearched(db: sqlite3.Connection) -> bool:
    """Whether the index lags behind the notes."""
    return db.execute("SELECT 1 FROM unsearched LIMIT 1").fetchone() is not None


def unsearched(db: sqlite3.Connection, limit: int) -> list[tuple[str, str]]:
    """Id and stored JSON of some of the notes that are to be taken in."""
    return db.execute(
        "SELECT id, content FROM unsearched JOIN note ON note.id = unsearched.note LIMIT ?",
        (limit,),
    ).fetchall()


def pass_over(db: sqlite3.Connection) -> None:
    """Wait no more for notes that are not there; inside a transaction."""
    db.execute("DELETE FROM unsearched WHERE note NOT IN (SELECT id FROM note)")


def take_in(db: sqlite3.Connection, notes: Iterable[Searched]) -> None:
    """Bring the index up to date for these notes; inside a transaction."""
    for note in notes:
        for card in _cards(db, note.note):
            if (found := _stored(db, card)) is None:
                _add(db, card, note)
            elif found != (note.text, note.names):
                _forget(db, card)
                _add(db, card, note)
        db.execute("DELETE FROM unsearched WHERE note = ?", (note.note,))


def forget_all(db: sqlite3.Connection) -> None:
    """Empty the index and mark every note of the bank to be taken in; inside a transaction."""
    db.execute("DELETE FROM card_text")
    db.execute("INSERT INTO card_trigram (card_trigram) VALUES ('delete-all')")
    db.execute("DELETE FROM card_name")
    db.execute("INSERT OR IGNORE INTO unsearched SELECT id FROM note WHERE retired_at IS NULL")


def wrong_cards(db: sqlite3.Connection, note: Searched) -> list[str]:
    """Keys of the note's cards that are found by anything else than they should be."""
    rows = db.execute("SELECT id, key FROM card WHERE note = ? AND active = 1", (note.note,))
    return [key for card, key in rows.fetchall() if _stored(db, card) != (note.text, note.names)]


def searched_contents(db: sqlite3.Connection) -> sqlite3.Cursor:
    """The stored JSON of every note of the bank that the index should hold, one a row."""
    return db.execute(
        "SELECT content FROM note WHERE retired_at IS NULL"
        " AND id NOT IN (SELECT note FROM unsearched)"
    )


def is_common(db: sqlite3.Connection, found: Scope) -> bool:
    """Whether a SELECT of row ids finds many cards; told without counting all of them."""
    row = db.execute(
        f"SELECT count(*) FROM ({found.condition} LIMIT ?)", (*found.values, COMMON)
    ).fetchone()
    return bool(row[0] == COMMON)


def trigram_faults(db: sqlite3.Connection) -> list[str]:
    """What FTS5 itself finds wrong with the index of words; nothing where it may not write.

    It is asked by a statement that looks like writing.
    """
    try:
        db.execute("INSERT INTO card_trigram (card_trigram, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        read_only = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY
        return [] if read_only else [str(error)]
    return []


def _cards(db: sqlite3.Connection, note: str) -> list[int]:
    return [row[0] for row in db.execute("SELECT id FROM card WHERE note = ?", (note,))]


def _stored(db: sqlite3.Connection, card: int) -> tuple[str, frozenset[tuple[str, str]]] | None:
    row = db.execute("SELECT text FROM card_text WHERE card = ?", (card,)).fetchone()
    if row is None:
        return None
    names = db.execute("SELECT kind, value FROM card_name WHERE card = ?", (card,))
    return row[0], frozenset(names.fetchall())


def _add(db: sqlite3.Connection, card: int, note: Searched) -> None:
    db.execute("INSERT INTO card_text VALUES (?,?)", (card, note.text))
    db.execute("INSERT INTO card_trigram (rowid, text) VALUES (?,?)", (card, note.text))
    db.executemany("INSERT INTO card_name VALUES (?,?,?)", ((*name, card) for name in note.names))


def _forget(db: sqlite3.Connection, card: int) -> None:
    """Take a card out of the index; FTS5 needs to be told what stood there."""
    db.execute(
        "INSERT INTO card_trigram (card_trigram, rowid, text)"
        " SELECT 'delete', card, text FROM card_text WHERE card = ?",
        (card,),
    )
    db.execute("DELETE FROM card_text WHERE card = ?", (card,))
    db.execute("DELETE FROM card_name WHERE card = ?", (card,))
