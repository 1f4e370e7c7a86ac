"""What may keep a card back that is due, or new: few indexed reads about one card."""

import sqlite3
from collections.abc import Sequence

from flashsafety.store.due import COLUMNS, HELD
from flashsafety.terms import Candidate, CardKey, Met, StudyDay


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


def alike_met(db: sqlite3.Connection, card: int, day: StudyDay) -> list[Met]:
    """The look-alikes of a card that were met on a study day, each note through one card."""
    rows = db.execute(
        "SELECT other.key, min(other.stability), max(other.lapses) FROM card JOIN look_alike"
        " ON look_alike.note = card.note JOIN card AS other ON other.note = look_alike.other"
        " WHERE card.id = ? AND other.active = 1 AND other.last_day >= ?"
        " GROUP BY other.note ORDER BY other.key",
        (card, day),
    )
    return [Met(*row) for row in rows]


def alike_due(db: sqlite3.Connection, card: int, day: StudyDay) -> list[Met]:
    """The look-alikes of a card among the reviews that are due on a study day."""
    rows = db.execute(
        "SELECT other.key, other.stability, other.lapses FROM card JOIN look_alike"
        " ON look_alike.note = card.note JOIN card AS other ON other.note = look_alike.other"
        " WHERE card.id = ? AND other.active = 1 AND other.suspended = 0 AND other.due_day <= ?"
        " AND (other.buried_until IS NULL OR other.buried_until <= ?) ORDER BY other.key",
        (card, day, day),
    )
    return [Met(*row) for row in rows]


def candidate(db: sqlite3.Connection, card: int) -> Candidate:
    """A card as the queue sees it."""
    row = db.execute(f"SELECT {COLUMNS} FROM card WHERE id = ?", (card,)).fetchone()
    return Candidate(*row)


def is_held(db: sqlite3.Connection, card: int, modules: Sequence[str]) -> bool:
    """Whether a new card waits for another module to begin, when these are open."""
    marks = ",".join("?" * len(modules))
    row = db.execute(
        f"SELECT {HELD.format(begun=marks)} FROM card WHERE card.id = ?", (*modules, card)
    ).fetchone()
    return bool(row[0])


def new_cards(db: sqlite3.Connection, modules: Sequence[str], opened: Sequence[str]) -> int:
    """New cards of some modules that may come when these are open; buried ones too."""
    of, begun = (",".join("?" * len(slugs)) for slugs in (modules, opened))
    row = db.execute(
        "SELECT count(*) FROM card WHERE active = 1 AND suspended = 0 AND phase = 0"
        f" AND module IN ({of}) AND NOT {HELD.format(begun=begun)}",
        (*modules, *opened),
    ).fetchone()
    return int(row[0])


def begun_on(db: sqlite3.Connection, day: StudyDay, modules: Sequence[str]) -> int:
    """Cards of some modules that were rated for the first time on a study day."""
    of = ",".join("?" * len(modules))
    row = db.execute(
        "SELECT count(*) FROM review JOIN card ON card.id = review.card WHERE study_day = ?"
        " AND undone_at IS NULL AND origin <> 'cram' AND review.phase = 0"
        f" AND card.module IN ({of})",
        (day, *modules),
    ).fetchone()
    return int(row[0])


def cards_of(db: sqlite3.Connection, modules: Sequence[str]) -> tuple[int, int]:
    """Cards of some modules that are not suspended, and those of them that were ever rated."""
    of = ",".join("?" * len(modules))
    row = db.execute(
        "SELECT count(*), total(phase > 0) FROM card WHERE active = 1 AND suspended = 0"
        f" AND module IN ({of})",
        modules,
    ).fetchone()
    return int(row[0]), int(row[1])
