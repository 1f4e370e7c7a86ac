"""What of a file's schema and indexes can be put right where it stands."""

import sqlite3

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
    """Take out triggers and views that are not ours; inside a transaction.

    Returns:
        Their names.
    """
    names = foreign_parts(db)
    for name in names:
        quoted = name.replace('"', '""')
        (kind,) = db.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()
        db.execute(f'DROP {kind} "{quoted}"')
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


def rebuild_indexes(db: sqlite3.Connection) -> None:
    """Make every index again from its table; inside a transaction."""
    db.execute("REINDEX")
