"""Questions to SQLite about the health of the file: each returns its faults, if any."""

import contextlib
import os
import sqlite3
from glob import escape
from pathlib import Path

from flashsafety.store.migrate import latest_version, migrations, version


def integrity(db: sqlite3.Connection) -> list[str]:
    """Pages, indexes and CHECKs."""
    rows = [str(row[0]) for row in db.execute("PRAGMA integrity_check(20)")]
    return [] if rows == ["ok"] else rows


def dangling(db: sqlite3.Connection) -> list[str]:
    """Rows that refer to rows that are not there."""
    rows = db.execute("PRAGMA foreign_key_check").fetchall()
    return [f"a row of {row[0]} refers to a missing row of {row[2]}" for row in rows]


def not_writable(path: str) -> list[str]:
    """What of the file, its companions and its folder may not be written."""
    file = Path(path)
    wanted = [file.parent, *file.parent.glob(f"{escape(file.name)}*")]
    return [f"{each} may not be written" for each in wanted if not os.access(each, os.W_OK)]


def pragmas(db: sqlite3.Connection) -> list[str]:
    """Settings of the connection that durability rests on."""
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    found = {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}
    return [
        f"{name} is {found[name]}, not {value}"
        for name, value in wanted.items()
        if found[name] != value
    ]


def missing_tables(db: sqlite3.Connection) -> list[str]:
    """Tables of the schema that the file lacks, by name."""
    return sorted(_missing(db, "'table'"))


def missing_parts(db: sqlite3.Connection) -> dict[str, str]:
    """Indexes and triggers of the schema that the file lacks: name to the SQL that makes it."""
    return _missing(db, "'index', 'trigger'")


def foreign_parts(db: sqlite3.Connection) -> list[str]:
    """Triggers and views that no format of ours has; they would act whenever we write."""
    query = "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    ours = _made_by(query, version(db))
    found = dict(db.execute(query).fetchall())
    return sorted(name for name, sql in found.items() if ours.get(name) != sql)


def bank_problems(db: sqlite3.Connection) -> list[str]:
    """Bank files that had problems when they were last read."""
    rows = db.execute("SELECT path, problems FROM file WHERE problems > 0 ORDER BY path")
    return [f"{path}: {count} problems" for path, count in rows]


def _missing(db: sqlite3.Connection, types: str) -> dict[str, str]:
    query = f"SELECT name, sql FROM sqlite_master WHERE type IN ({types}) AND sql IS NOT NULL"
    wanted, found = _made_by(query, latest_version()), dict(db.execute(query).fetchall())
    return {name: wanted[name] for name in sorted(wanted.keys() - found.keys())}


def _made_by(query: str, last: int) -> dict[str, str]:
    """What a query finds in a new file of some format."""
    with contextlib.closing(sqlite3.connect(":memory:")) as fresh:
        for number, script in migrations().items():
            if number <= last:
                fresh.executescript(script)
        return dict(fresh.execute(query).fetchall())
