"""Ratings on their way into and out of the log as files; those that come wait on disk."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple


class Incoming(NamedTuple):
    """A rating of a card that the database knows."""

    card: int
    at: int
    """Instant, UTC, milliseconds."""
    rating: int
    phase: int | None
    """Before the rating; none where that is not known."""
    duration_ms: int


def exported(db: sqlite3.Connection) -> Iterator[tuple[str, int, int, int, int]]:
    """Every rating that counts, card by card: key, instant, rating, phase before, duration (ms)."""
    return db.execute(
        "SELECT card.key, reviewed_at, rating, review.phase, duration_ms"
        " FROM review JOIN card ON card.id = review.card"
        " WHERE undone_at IS NULL AND origin <> 'cram' ORDER BY review.card, review.id"
    )


def card_ids(db: sqlite3.Connection) -> dict[str, int]:
    """Key to row id of every card, those that no bank holds too."""
    return dict(db.execute("SELECT key, id FROM card").fetchall())


@contextmanager
def held(db: sqlite3.Connection, rows: Iterable[Incoming]) -> Iterator[int]:
    """Hold ratings until the end; of rows with one card, instant and rating, the first.

    Nothing is locked meanwhile: the table is this connection's own.

    Yields:
        How many rows were repetitions.
    """
    offered = 0

    def counted() -> Iterator[Incoming]:
        nonlocal offered
        for row in rows:
            offered += 1
            yield row

    db.execute("PRAGMA temp_store = FILE")
    db.execute(
        "CREATE TEMP TABLE incoming (card INTEGER, reviewed_at INTEGER, rating INTEGER,"
        " phase INTEGER, duration_ms INTEGER,"
        " PRIMARY KEY (card, reviewed_at, rating)) STRICT, WITHOUT ROWID"
    )
    try:
        before = db.total_changes
        db.execute("BEGIN")
        db.executemany("INSERT OR IGNORE INTO temp.incoming VALUES (?,?,?,?,?)", counted())
        db.execute("COMMIT")
        yield offered - (db.total_changes - before)
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
        db.execute("DROP TABLE temp.incoming")


def drop_known(db: sqlite3.Connection) -> int:
    """Let go of the ratings that the log holds already, undone ones too; returns how many."""
    return db.execute(
        "DELETE FROM temp.incoming WHERE (card, reviewed_at, rating) IN"
        " (SELECT card, reviewed_at, rating FROM review"
        " WHERE card IN (SELECT card FROM temp.incoming))"
    ).rowcount


def figures(db: sqlite3.Connection) -> tuple[int, int]:
    """Ratings that are held, and their cards."""
    row = db.execute("SELECT count(*), count(DISTINCT card) FROM temp.incoming").fetchone()
    return int(row[0]), int(row[1])


def modules(db: sqlite3.Connection) -> list[str]:
    """The modules of the cards whose ratings are held."""
    rows = db.execute(
        "SELECT DISTINCT module FROM card WHERE id IN (SELECT card FROM temp.incoming)"
    )
    return [row[0] for row in rows]


def walk(db: sqlite3.Connection) -> Iterator[tuple[int, str, str, Incoming]]:
    """Those that are held, with row id, key and module of their cards.

    Card by card, oldest first.
    """
    rows = db.execute(
        "SELECT key, module, incoming.card, reviewed_at, rating, incoming.phase, duration_ms"
        " FROM temp.incoming JOIN card ON card.id = incoming.card"
        " ORDER BY incoming.card, reviewed_at, rating"
    )
    for key, module, *row in rows:
        yield row[0], key, module, Incoming(*row)
