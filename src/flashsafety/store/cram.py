"""The cards that may be crammed, and those that were."""

import sqlite3

from flashsafety.store.due import Scope
from flashsafety.terms import Rating, StudyDay


def crammable(day: StudyDay, chosen: Scope, *, suspended: bool, buried: bool) -> Scope:
    """The cards of a choice that may be crammed: due or not, of modules open or not.

    Args:
        day: The study day.
        chosen: The choice.
        suspended: With those that are suspended.
        buried: With those that are buried on the day.
    """
    condition, values = chosen
    if not suspended:
        condition += " AND suspended = 0"
    if not buried:
        condition += " AND (buried_until IS NULL OR buried_until <= ?)"
        values = (*values, day)
    return Scope(condition, values)


def read(db: sqlite3.Connection, which: Scope) -> list[int]:
    """Row ids of the cards of the bank that a condition chooses, by number."""
    rows = db.execute(
        f"SELECT id FROM card WHERE active = 1 AND {which.condition} ORDER BY id", which.values
    )
    return [card for (card,) in rows]


def count(db: sqlite3.Connection, which: Scope) -> int:
    """How many they are."""
    row = db.execute(
        f"SELECT count(*) FROM card WHERE active = 1 AND {which.condition}", which.values
    ).fetchone()
    return int(row[0])


def crammed_on(db: sqlite3.Connection, day: StudyDay) -> dict[int, Rating]:
    """Row id of every card that was crammed on a study day, to how that went the last time."""
    rows = db.execute(
        "SELECT card, rating, max(id) FROM review WHERE study_day = ? AND undone_at IS NULL"
        " AND origin = 'cram' GROUP BY card",
        (day,),
    )
    return {card: Rating(rating) for card, rating, _ in rows}
