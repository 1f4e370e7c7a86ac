"""The cards by what is known of them now: when they are due, and how well they are remembered."""

import sqlite3
from collections.abc import Iterator, Sequence
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


class Ahead(NamedTuple):
    """A card that may come, and what its coming depends on."""

    phase: int
    step: int | None
    stability: float | None
    difficulty: float | None
    last_day: int | None
    due_at: int | None
    due_day: int | None
    buried_until: int | None
    note: str
    type: str
    module: str


def cards_ahead(db: sqlite3.Connection, opened: Sequence[str]) -> Iterator[Ahead]:
    """Every card of the bank that is not suspended: rated ones, then new ones in study order.

    New cards of open modules come first, then those of the others, as a learner would open them;
    those of optional modules that are not open never come and are left out.
    """
    marks = ",".join("?" * len(opened))
    rows = db.execute(
        "SELECT phase, step, stability, difficulty, last_day, due_at, due_day, buried_until, note,"
        " type, module FROM card LEFT JOIN module ON module.slug = card.module"
        f" WHERE active = 1 AND suspended = 0 AND (phase > 0 OR slug IN ({marks}) OR optional = 0)"
        f" ORDER BY phase = 0, slug NOT IN ({marks}), number, position",
        (*opened, *opened),
    )
    return map(Ahead._make, rows)


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
    type: str
    """Of the note."""


def review_cards(db: sqlite3.Connection) -> list[ReviewCard]:
    """Every card in review that the bank holds, suspended ones too."""
    rows = db.execute(
        "SELECT id, key, module, stability, reps, last_day, due_day, ifnull(buried_until, 0),"
        " suspended, type FROM card WHERE active = 1 AND phase = 2 ORDER BY id"
    )
    return [ReviewCard(*row) for row in rows]
