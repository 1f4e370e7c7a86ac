"""What of a file's schema and indexes can be put right where it stands."""

import sqlite3
from collections.abc import Iterable

from flashsafety.store import lookalikes, search_index
from flashsafety.store.checks import foreign_parts, missing_parts


def make_missing_parts(db: sqlite3.Connection) -> list[str]:
    """Make indexes and triggers that the schema has and the file lacks; inside a transaction.

    Returns:
        Their names.
    """
    missing = missing_parts(db)
    for statement in missing.values():
        db.execute(statement)
    return list(missing)


def drop_foreign_parts(db: sqlite3.Connection) -> list[str]:
    """Take out triggers, views, indexes and virtual tables that are not ours; in a transaction.

    Returns:
        Their names.
    """
    names = foreign_parts(db)
    for name in names:
        quoted = name.replace('"', '""')
        (kind,) = db.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        db.execute(f'DROP {kind} "{quoted}"')
        # Of one whose type is not in small letters it leaves the entry, which would act again.
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = ?", (name,))
        db.execute("PRAGMA writable_schema = OFF")
    return names


def forget_bank(db: sqlite3.Connection) -> None:
    """Let the bank be read whole the next time, and no card come without a note; in a transaction.

    Progress stays where it is.
    """
    db.execute("DELETE FROM file")
    db.execute(
        "UPDATE card SET active = 0 WHERE active = 1"
        " AND note NOT IN (SELECT id FROM note WHERE retired_at IS NULL)"
    )


def forget_impossible(db: sqlite3.Connection, notes: Iterable[int], changes: Iterable[int]) -> None:
    """Empty what follows from the bank and the log, so that it is made again; in a transaction.

    Args:
        db: Where.
        notes: Row ids of the notes that cannot be; the others stay.
        changes: The same of what is told of notes.
    """
    db.executemany("DELETE FROM change WHERE rowid = ?", ((number,) for number in changes))
    for number in notes:
        db.execute(
            "DELETE FROM change WHERE note = (SELECT id FROM note WHERE rowid = ?)", (number,)
        )
        db.execute("DELETE FROM note WHERE rowid = ?", (number,))
    for table in (
        *("file", "module", "topic", "source", "uncompared", "unsearched", "rollup_stage"),
        *("rollup_hour", "rollup_module", "rollup_recall", "rollup_change", "rollup_mark"),
    ):
        db.execute(f"DELETE FROM {table}")
    db.execute("DELETE FROM meta WHERE key = 'roots'")
    db.execute(
        "UPDATE card SET module = '', position = '', type = '', active = 0, phase = 0, step = NULL,"
        " stability = NULL, difficulty = NULL, due_at = NULL, due_day = NULL, interval = 0,"
        " last_at = NULL, last_day = NULL, reps = 0, lapses = 0, suspended = 0,"
        " buried_until = NULL, flag = NULL"
    )
    lookalikes.forget_all(db)
    search_index.forget_all(db)


def rebuild_indexes(db: sqlite3.Connection) -> None:
    """Make every index again from its table; inside a transaction."""
    db.execute("REINDEX")
