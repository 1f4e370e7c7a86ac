"""Moving what can still be read of a damaged database into a new one, and mending what dangles."""

import sqlite3
from collections.abc import Iterable

from flashsafety.store.pages import Row
from flashsafety.store.plausible import is_card_key, refuse_row, refuse_set

_KEPT = " ON CONFLICT DO NOTHING"
_MARKED = " ON CONFLICT DO UPDATE SET undone_at = excluded.undone_at WHERE undone_at IS NULL"
"""A page that is no longer in use may hold a row as it was before it was undone."""

TABLES = {
    ("review", False, 14): _MARKED,
    ("given", False, 3): _KEPT,
    ("action", False, 10): _MARKED,
    ("plan", False, 13): _MARKED,
    ("parameters", True, 9): _KEPT,
    ("attempt", False, 8): _KEPT,
    ("attempt_card", False, 4): _KEPT,
    ("answer", False, 7): _KEPT,
}
"""What cannot be made again from elsewhere: name, whether it has rowids, and number of columns; and
what to do with a row that is there already."""

_SHORTER = {("parameters", True, 8): _KEPT}
"""The same of rows that were written before their table grew."""


def take_rows(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Add those of the rows that are the learner's; inside a transaction, without foreign keys.

    A record does not say of which table it is. The types and conditions of ours decide: they are
    strict, and no two tables here have a row in common. What cannot be is damage: one set that
    cannot be read would keep the whole log from being reckoned, and ratings under it are given
    another one, as under one that is lost.
    """
    statements = {}
    for (table, rowids, count), conflict in (TABLES | _SHORTER).items():
        names = [row[1] for row in db.execute(f"PRAGMA table_info({table})")][:count]
        places = ",".join("?" * count)
        sql = f"INSERT INTO {table} ({', '.join(names)}) VALUES ({places}){conflict}"
        statements[rowids, count] = names, sql
    for row in rows:
        values = row.values if row.rowid is None else (row.rowid, *row.values[1:])
        statement = statements.get((row.rowid is not None, len(values)))
        try:
            if statement:
                names, sql = statement
                refuse = refuse_row if row.rowid is None else refuse_set
                refuse(dict(zip(names, values, strict=True)))
                db.execute(sql, values)
            elif row.rowid is not None and _is_card(values):
                # Only who it is: all else follows from the log and the bank.
                card = "INSERT INTO card (id, key, note) VALUES (?,?,?)" + _KEPT
                db.execute(card, values[:3])
            elif row.rowid is None and _is_salt(values):
                db.execute("INSERT INTO meta VALUES (?,?)" + _KEPT, values)
        except (sqlite3.IntegrityError, OverflowError, ValueError):
            continue  # a row of another table, or damage that looks like one


def _is_card(values: tuple[object, ...]) -> bool:
    if len(values) < 3:
        return False
    _, key, note = values[:3]
    return isinstance(key, str) and is_card_key(key) and key.partition("/")[0] == note


def _is_salt(values: tuple[object, ...]) -> bool:
    """Whether this is the secret by which exports know the learner; see ``store.anonymous``."""
    return len(values) == 2 and values[0] == "salt" and isinstance(values[1], str)


def adopt_orphans(db: sqlite3.Connection) -> list[str]:
    """Give every row of the log what it refers to, and drop other rows that refer to nothing.

    A rating is never dropped: a card, device or parameter set that is missing is made anew, the
    card under a name that says so, the set with the weights of the newest one. Inside a
    transaction.

    Returns:
        What was done, in words.
    """
    done = []
    for what, statement in _ADOPTIONS:
        count = db.execute(statement).rowcount
        if count > 0:
            done.append(f"{what}: {count}")
    return done


_LOGGED = (
    "(SELECT card FROM review UNION SELECT card FROM action WHERE card IS NOT NULL"
    " UNION SELECT card FROM attempt_card) WHERE card NOT IN (SELECT id FROM card)"
)
_DEVICES = (
    "(SELECT device FROM review UNION SELECT device FROM action UNION SELECT device FROM attempt"
    " UNION SELECT device FROM plan) WHERE device NOT IN (SELECT id FROM device)"
)
_ADOPTIONS = (
    (
        "cards whose names are lost",
        "INSERT INTO card (id, key, note) SELECT card, 'lost-card-' || card || '/card',"
        f" 'lost-card-' || card FROM {_LOGGED}",
    ),
    (
        "devices whose names are lost",
        f"INSERT INTO device (id, name) SELECT device, 'lost device ' || device FROM {_DEVICES}",
    ),
    (
        "parameter sets that are lost",
        "INSERT INTO parameters SELECT lost, weights, desired_retention, learning_steps,"
        " relearning_steps, maximum_interval, made_at, 'lost', NULL FROM parameters,"
        " (SELECT DISTINCT parameters AS lost FROM review"
        " WHERE parameters NOT IN (SELECT id FROM parameters))"
        " WHERE id = (SELECT max(id) FROM parameters)",
    ),
    *(
        (
            f"rows of {table} that belonged to nothing",
            f"DELETE FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {parent})",
        )
        for table, column, parent, key in (
            ("change", "note", "note", "id"),
            ("anki_card", "card", "card", "id"),
            ("card_text", "card", "card", "id"),
            ("card_name", "card", "card", "id"),
            ("given", "review", "review", "id"),
            ("answer", "attempt", "attempt", "id"),
            ("attempt_card", "attempt", "attempt", "id"),
        )
    ),
)
"""What, and how; the log first."""
