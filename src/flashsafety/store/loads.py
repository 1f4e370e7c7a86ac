"""The cards by what is known of them now: when they are due, and how well they are remembered."""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple


def due_reviews(db: sqlite3.Connection, before: int) -> Iterator[tuple[int, int, float]]:
    """Reviews due before a study day: the day they come, that of the last rating, stability.

    A buried card comes when it is no longer; suspended ones never.
    """
    return db.execute(
        "SELECT max(due_day, ifnull(buried_until, due_day)), last_day, stability FROM card"
        " WHERE active = 1 AND suspended = 0 AND phase = 2 AND due_day < ?",
        (before,),
    )


def reviews_by_day(db: sqlite3.Connection, first: int, last: int) -> Iterator[tuple[int, str, int]]:
    """How many reviews are due on each study day from one to another: day, type of note, count.

    Days without any are left out. One range of one index.
    """
    return db.execute(
        "SELECT due_day, type, count(*) FROM card WHERE active = 1 AND suspended = 0 AND phase = 2"
        " AND due_day BETWEEN ? AND ? GROUP BY due_day, type",
        (first, last),
    )


def due_steps(db: sqlite3.Connection, before: int) -> list[int]:
    """The instants (ms), before one, at which cards in learning and relearning are due."""
    rows = db.execute(
        "SELECT due_at FROM card WHERE active = 1 AND suspended = 0 AND phase IN (1, 3)"
        " AND due_at < ?",
        (before,),
    )
    return [row[0] for row in rows]


def memories(db: sqlite3.Connection) -> Iterator[tuple[float, float, int]]:
    """Stability, difficulty and day of the last rating of every rated card in the bank."""
    return db.execute(
        "SELECT stability, difficulty, last_day FROM card"
        " WHERE active = 1 AND stability IS NOT NULL"
    )


class ReviewCard(NamedTuple):
    """A card in review as a new due day is reckoned from it."""

    id: int
    key: str
    module: str
    stability: float
    """Days."""
    reps: int
    """Ratings since the last reset; at least one."""
    last_day: int
    due_day: int
    buried_until: int
    """0 where it is not buried."""
    suspended: bool


def review_cards(db: sqlite3.Connection) -> list[ReviewCard]:
    """Every card in review that the bank holds, suspended ones too."""
    rows = db.execute(
        "SELECT id, key, module, stability, reps, last_day, due_day, ifnull(buried_until, 0),"
        " suspended FROM card WHERE active = 1 AND phase = 2 ORDER BY id"
    )
    return [ReviewCard(*row) for row in rows]
