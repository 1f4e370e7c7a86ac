"""Numbered migrations: each is one SQL file, applied in a transaction with the record of it."""

import re
import sqlite3
from collections.abc import Mapping

APPLICATION_ID = 0x666C7366
"""``flsf`` in the file's header says that the file is ours."""

_LATEST = 15


def latest_version() -> int:
    """The schema version that this program writes; equal to the last migration's number.

    A constant, checked against the files by a test: listing a package's files costs more than the
    quick commands have.
    """
    return _LATEST


def migrations() -> Mapping[int, str]:
    """Every migration: number to SQL."""
    from importlib import resources

    folder = resources.files("flashsafety.store") / "migrations"
    found = {}
    for entry in folder.iterdir():
        match = re.fullmatch(r"(\d{4})_\w+\.sql", entry.name)
        if match:
            found[int(match[1])] = entry.read_text(encoding="utf-8")
    return dict(sorted(found.items()))


def migrate(db: sqlite3.Connection, scripts: Mapping[int, str]) -> None:
    """Apply every migration newer than the file, all in one transaction.

    Raises:
        sqlite3.Error: A script failed; nothing of any of them was kept.
    """
    db.execute("BEGIN IMMEDIATE")
    try:
        current = version(db)
        for number, script in scripts.items():
            if number > current:
                for statement in _statements(script):
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {number:d}")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID:d}")
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:  # a full disk has rolled it back already
            db.execute("ROLLBACK")
        raise


def version(db: sqlite3.Connection) -> int:
    """The schema version of an open file."""
    return int(db.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    """The statements of a script; ``executescript`` would commit the transaction under way."""
    found, pending = [], ""
    for line in script.splitlines(keepends=True):
        pending += line
        if line.split("--")[0].rstrip().endswith(";") and sqlite3.complete_statement(pending):
            found.append(pending)
            pending = ""
    return found
