"""One act on many cards: an action for each, and the span of their ids, so that undo takes all.

The write lock is held while they are made and every id is greater than all before it, so nothing
else of this device lies between the first and the last.
"""

import sqlite3
from collections.abc import Sequence

from flashsafety.terms import Action, Instant


def add_bulk(
    db: sqlite3.Connection, actions: Sequence[tuple[int, Action]], device: int, utc_offset: int
) -> None:
    """Append the actions of one act, each with its card's row id; inside a transaction."""
    db.executemany(
        "INSERT INTO action VALUES (?,?,?,NULL,?,?,?,?,?,NULL)",
        (
            (action.id, action.kind, card, action.value, action.at, utc_offset, action.day, device)
            for card, action in actions
        ),
    )
    if len(actions) > 1:
        db.execute("INSERT INTO bulk VALUES (?,?)", (actions[-1][1].id, actions[0][1].id))


def first_of(db: sqlite3.Connection, last: bytes) -> bytes | None:
    """Id of the first action of the act that ends with this one; none of an act on one card."""
    row = db.execute("SELECT first FROM bulk WHERE last = ?", (last,)).fetchone()
    return None if row is None else bytes(row[0])


def undo_bulk(
    db: sqlite3.Connection, first: bytes, last: bytes, device: int, at: Instant
) -> list[int]:
    """Mark a device's actions from the first to the last as undone; the row ids of their cards."""
    rows = db.execute(
        "UPDATE action SET undone_at = ? WHERE id BETWEEN ? AND ? AND device = ?"
        " AND undone_at IS NULL AND card IS NOT NULL RETURNING card",
        (at, first, last, device),
    )
    return [row[0] for row in rows.fetchall()]
