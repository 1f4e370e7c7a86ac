"""What may keep a card back that is due, or new: few indexed reads about one card."""

import sqlite3
from collections.abc import Sequence

from flashsafety.store.due import HELD
from flashsafety.terms import CardKey, StudyDay


def due_reviews(db: sqlite3.Connection, day: StudyDay) -> int:
    """How many reviews are due on a study day or were before it."""
    return int(
        db.execute(
            "SELECT count(*) FROM card WHERE active = 1 AND suspended = 0 AND phase = 2"
            " AND due_day <= ? AND (buried_until IS NULL OR buried_until <= ?)",
            (day, day),
        ).fetchone()[0]
    )


def siblings_due(db: sqlite3.Connection, card: int, day: StudyDay) -> list[CardKey]:
    """Keys of the other reviews of the card's note that are due on a study day."""
    rows = db.execute(
        "SELECT other.key FROM card JOIN card AS other ON other.note = card.note"
        " WHERE card.id = ? AND other.id <> card.id AND other.active = 1 AND other.suspended = 0"
        " AND other.due_day <= ? AND (other.buried_until IS NULL OR other.buried_until <= ?)"
        " ORDER BY other.key",
        (card, day, day),
    )
    return [CardKey(row[0]) for row in rows]


def is_held(db: sqlite3.Connection, card: int, modules: Sequence[str]) -> bool:
    """Whether a new card waits for another module to begin, when these are open."""
    marks = ",".join("?" * len(modules))
    row = db.execute(
        f"SELECT {HELD.format(begun=marks)} FROM card WHERE card.id = ?", (*modules, card)
    ).fetchone()
    return bool(row[0])
