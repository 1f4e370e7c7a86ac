"""What cards build on: the cards of the notes that their own names as prerequisites."""

import sqlite3
from typing import NamedTuple

from flashsafety.store.due import COLUMNS, Scope
from flashsafety.terms import Candidate, CardKey, StudyDay


class Base(NamedTuple):
    """A card that another builds on, which was forgotten."""

    card: int
    """Row id."""
    module: str
    stability: float
    """Days."""
    last_day: StudyDay
    """Study day of the last rating."""
    lapsed: CardKey
    """The card that was forgotten."""


def under_lapses(db: sqlite3.Connection, day: StudyDay, chosen: Scope) -> list[Base]:
    """What the cards of a choice that were forgotten on a study day build on, newest lapse first.

    Only reviews, due or not, that may come on the day and whose note has not been met on it. One in
    relearning since an earlier day is not among them: it comes first as it is.
    """
    rows = db.execute(
        "SELECT base.id, base.module, base.stability, base.last_day, card.key"
        " FROM review JOIN card ON card.id = review.card JOIN note ON note.id = card.note,"
        " json_each(note.prerequisites) AS wanted JOIN card AS base ON base.note = wanted.value"
        " WHERE review.study_day = ? AND review.undone_at IS NULL AND review.origin <> 'cram'"
        " AND review.rating = 1 AND review.phase = 2 AND note.prerequisites <> '[]'"
        " AND base.active = 1 AND base.suspended = 0 AND base.phase = 2"
        " AND base.stability IS NOT NULL AND base.last_day IS NOT NULL"
        " AND (base.buried_until IS NULL OR base.buried_until <= ?)"
        " AND NOT EXISTS (SELECT 1 FROM card AS met"
        " WHERE met.note = base.note AND met.last_day >= ?)"
        f" AND {chosen.condition} ORDER BY review.id DESC, base.id",
        (day, day, day, *chosen.values),
    )
    return [Base(*row) for row in rows]


def candidates(db: sqlite3.Connection, cards: list[int]) -> list[Candidate]:
    """Cards by row id as the queue sees them; their look-alikes do not hold these back."""
    found = (
        db.execute(f"SELECT {COLUMNS} FROM card WHERE id = ?", (card,)).fetchone() for card in cards
    )
    return [Candidate(*row)._replace(alike=None) for row in found]


def bases(db: sqlite3.Connection, note: str) -> list[tuple[str, list[tuple[float, StudyDay]]]]:
    """The prerequisites of a note that are in the bank, in its order.

    Returns:
        Note id, and of each of its cards that FSRS has a memory of: stability in days, and study
        day of the last rating.
    """
    wanted = db.execute(
        "SELECT base.id FROM note, json_each(note.prerequisites) AS wanted"
        " JOIN note AS base ON base.id = wanted.value WHERE note.id = ? AND base.retired_at IS NULL"
        " ORDER BY wanted.key",
        (note,),
    )
    return [
        (
            base,
            db.execute(
                "SELECT stability, last_day FROM card WHERE note = ? AND active = 1"
                " AND stability IS NOT NULL",
                (base,),
            ).fetchall(),
        )
        for (base,) in wanted.fetchall()
    ]
