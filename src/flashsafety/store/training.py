"""The log as an optimiser reads it: one pass over the table in its own order."""

import json
import sqlite3
from collections.abc import Sequence

TrainingRow = tuple[int, int, int, int, int]
"""Card id, rating, study day, phase before, instant (ms).

A reset of the card comes as a row with rating 0, of which but the card means nothing.
"""


def training_rows(db: sqlite3.Connection, modules: Sequence[str] = ()) -> list[TrainingRow]:
    """Every rating that counts, card by card in the order of the log; with resets among them.

    Args:
        db: Where.
        modules: Only of these modules' cards; empty means all.
    """
    counts, values = "undone_at IS NULL", []
    if modules:
        counts += (
            " AND card IN (SELECT card.id FROM card"
            " WHERE module IN (SELECT value FROM json_each(?)))"
        )
        values = [json.dumps(list(modules))]
    columns = "card, rating, study_day, phase, reviewed_at"
    ratings = f"FROM review WHERE {counts} AND origin <> 'cram'"
    resets = f"FROM action WHERE kind = 'reset' AND {counts}"
    if db.execute(f"SELECT 1 {resets} LIMIT 1", values).fetchone() is None:
        return db.execute(f"SELECT {columns} {ratings} ORDER BY card, id", values).fetchall()
    return db.execute(
        f"SELECT {columns} FROM (SELECT {columns}, id {ratings}"
        f" UNION ALL SELECT card, 0, study_day, 0, at, id {resets}) ORDER BY card, id",
        values * 2,
    ).fetchall()
