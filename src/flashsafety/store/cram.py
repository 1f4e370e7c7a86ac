"""The cards that may be crammed, and those that were."""

import sqlite3

from flashsafety.store.due import Scope
from flashsafety.terms import CardKey, Rating, StudyDay


def crammable(
    db: sqlite3.Connection, day: StudyDay, chosen: Scope, *, suspended: bool, buried: bool
) -> list[tuple[int, CardKey]]:
    """Row id and key of every card of the bank in a choice, due or not, of modules open or not.

    Args:
        db: Where.
        day: The study day.
        chosen: The choice.
        suspended: With those that are suspended.
        buried: With those that are buried on the day.
    """
    hidden = "" if suspended else " AND suspended = 0"
    values: tuple[object, ...] = chosen.values
    if not buried:
        hidden += " AND (buried_until IS NULL OR buried_until <= ?)"
        values = (*values, day)
    return db.execute(
        f"SELECT id, key FROM card WHERE active = 1 AND {chosen.condition}{hidden}", values
    ).fetchall()


def crammed_on(db: sqlite3.Connection, day: StudyDay) -> dict[int, Rating]:
    """Row id of every card that was crammed on a study day, to how that went the last time."""
    rows = db.execute(
        "SELECT card, rating, max(id) FROM review WHERE study_day = ? AND undone_at IS NULL"
        " AND origin = 'cram' GROUP BY card",
        (day,),
    )
    return {card: Rating(rating) for card, rating, _ in rows}
