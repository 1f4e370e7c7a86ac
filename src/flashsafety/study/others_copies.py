"""A copy that may be somebody else's work: refused in words before it replaces anything."""

import sqlite3
from contextlib import closing
from shlex import quote

from flashsafety.errors import UnusableDataError
from flashsafety.store.checks import dangling, foreign_parts, integrity, odd_tables
from flashsafety.store.impossible import impossible_rows
from flashsafety.store.migrate import migrate, migrations
from flashsafety.store.open import (
    connect_read_only,
    damaged,
    refuse_foreign,
    refuse_unusable,
    roll_back,
)


def refuse_others_work(path: str) -> None:
    """Raise UnusableDataError when a copy is damaged, or holds what no flashsafety writes.

    The schema comes first: what somebody put there would run when the rows are looked at.
    """
    refuse_foreign(path)
    try:
        roll_back(path)
        with closing(connect_read_only(path)) as db:
            _refuse_odd_schema(path, db)
            refuse_unusable(path)
            _refuse_odd(path, _odd_rows(db))
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error


def _refuse_odd_schema(path: str, db: sqlite3.Connection) -> None:
    if added := foreign_parts(db):
        raise UnusableDataError(
            f"somebody added {added[0]!r} to the copy, which would act whenever you rate",
            where=path,
            mend=f"restore a copy that flashsafety made; {_save(path)}",
        )
    _refuse_odd(path, [f"{table} is missing or another table" for table in odd_tables(db)])


def _odd_rows(db: sqlite3.Connection) -> list[str]:
    """What rows of a copy cannot be, or why they cannot be brought to this program's format.

    Asked of a copy of it that SQLite deletes at the end: on a file that may only be read SQLite
    looks at no condition of a table.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as trial:
        db.backup(trial)
        if odd := integrity(trial) or dangling(trial) or impossible_rows(trial):
            return odd
        try:
            migrate(trial, migrations())
        except sqlite3.DatabaseError as error:
            return [str(error)]
    return []


def _refuse_odd(path: str, odd: list[str]) -> None:
    if odd:
        raise UnusableDataError(
            f"the copy is not as flashsafety writes it: {odd[0]}",
            where=path,
            mend=f"nothing was changed; {_save(path)}",
        )


def _save(path: str) -> str:
    """The way out, for a shell."""
    return f"to save what is sound in it: flashsafety --db {quote(path)} doctor --salvage FILE"
