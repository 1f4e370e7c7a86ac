"""Reading the log for an export that names nobody, and the secret by which a learner is known."""

import sqlite3
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flashsafety.store.writes import writing

SALT_BYTES = 16

_OF_THE_BANK = (
    "FROM review JOIN card ON card.id = review.card AND card.active = 1"
    " JOIN note ON note.id = card.note JOIN file ON file.path = note.file AND file.root = 0"
)
_COUNTS = "review.undone_at IS NULL"


class Line(NamedTuple):
    """A rating of one of the bank's cards, crammed ones too, and what was answered before it."""

    key: str
    note: str
    day: int
    """Study day."""
    rating: int
    phase: int
    """Before the rating."""
    interval: int
    """Seconds given."""
    duration_ms: int
    origin: str
    answer: str | None
    """JSON of what was answered; none where the program did not see it."""
    wording: str | None
    """The note's fingerprint when it was answered."""


def lines(db: sqlite3.Connection) -> Iterator[Line]:
    """Every rating that was not undone, card by card in the order of the log.

    Only of cards that the bank's main folder holds now: no one else knows a learner's own.
    """
    rows = db.execute(
        "SELECT card.key, card.note, study_day, rating, review.phase, review.interval, duration_ms,"
        f" origin, answer, wording {_OF_THE_BANK} LEFT JOIN given ON given.review = review.id"
        f" WHERE {_COUNTS} ORDER BY card.key, review.id"
    )
    for row in rows:
        yield Line(*row)


def first_day(db: sqlite3.Connection) -> int:
    """The study day of the first of those ratings; 0 when there is none."""
    row = db.execute(f"SELECT min(study_day) {_OF_THE_BANK} WHERE {_COUNTS}").fetchone()
    return row[0] or 0


def left_out(db: sqlite3.Connection) -> int:
    """Ratings that were not undone, of cards that the bank's main folder does not hold."""
    every = db.execute(f"SELECT count(*) FROM review WHERE {_COUNTS}").fetchone()[0]
    ours = db.execute(f"SELECT count(*) {_OF_THE_BANK} WHERE {_COUNTS}").fetchone()[0]
    return int(every - ours)


def choice_notes(db: sqlite3.Connection) -> Iterator[tuple[str, str, str]]:
    """Every choice note of the bank: id, fingerprint, and JSON of its content."""
    return db.execute(
        "SELECT id, fingerprint, content FROM note WHERE type = 'choice' AND retired_at IS NULL"
    )


def salt(db: sqlite3.Connection, entropy: Callable[[int], bytes]) -> bytes:
    """The secret of this database, made when it is first asked for; shared with own devices only.

    Args:
        db: The database.
        entropy: Gives that many random bytes.
    """
    with writing(db):
        row = db.execute("SELECT value FROM meta WHERE key = 'salt'").fetchone()
        if row is not None:
            return bytes.fromhex(row[0])
        made = entropy(SALT_BYTES)
        set_salt(db, made)
    return made


def set_salt(db: sqlite3.Connection, salt: bytes) -> None:
    """Keep a secret, in place of the one that there was; inside a transaction."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('salt', ?)", (salt.hex(),))
