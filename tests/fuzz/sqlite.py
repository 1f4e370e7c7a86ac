"""Databases as somebody could make them who knows SQL, and means no good."""

import sqlite3
from contextlib import closing, suppress

_STEPS = 100_000
"""Steps of SQLite's machine that a statement may take: the making is not what is tried."""
_LARGEST = 20_000_000
"""Bytes of a value."""


def crafted(whole: bytes, script: bytes) -> bytes:
    """A database after statements, one a line; those that SQLite refuses change nothing.

    Conditions do not hold meanwhile, and the schema itself may be written.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as db:
        db.deserialize(whole)
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
        db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        for name in ("ignore_check_constraints", "writable_schema"):
            db.execute(f"PRAGMA {name} = ON")
        db.set_progress_handler(lambda: 1, _STEPS)
        for line in script.split(b"\n"):
            with suppress(sqlite3.Error, sqlite3.Warning, ValueError, MemoryError):
                db.execute(line.decode("utf-8", "replace"))
        with suppress(sqlite3.Error):
            db.execute("ROLLBACK")
        return db.serialize()
