"""Questions to SQLite about the health of the file: each returns its faults, if any."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
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


def odd_tables(db: sqlite3.Connection) -> list[str]:
    """Tables of the file's format that it lacks, or has otherwise.

    Other columns, such as computed ones, other conditions, or none. Only the schema is read, which
    runs nothing of it.

    Returns:
        Their names.
    """
    query = f"SELECT name, iif({_OURS}, sql, '') FROM sqlite_master WHERE type = 'table'"
    wanted, found = _made_by(query, version(db)), dict(db.execute(query).fetchall())
    return sorted(name for name, sql in wanted.items() if found.get(name) != sql)


def columns_of(db: sqlite3.Connection) -> dict[str, dict[str, str]]:
    """Tables of the file's format, each with its columns and their types."""
    with _fresh(version(db)) as fresh:
        return {
            name: {row[1]: row[2] for row in fresh.execute(f"PRAGMA table_info({name})")}
            for (name,) in fresh.execute(_TABLES).fetchall()
        }


def foreign_parts(db: sqlite3.Connection) -> list[str]:
    """What no format of ours has and would act whenever we write.

    Triggers, views, indexes, and tables that are no tables but programs.
    """
    # SQLite reads the type without regard to case, and itself begins the text of every other table
    # so, whatever was typed.
    query = (
        "SELECT name, sql FROM sqlite_master WHERE lower(type) IN ('trigger', 'view')"
        " OR sql IS NOT NULL AND (lower(type) = 'index' OR sql NOT LIKE 'CREATE TABLE %')"
    )
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


_OURS = "name NOT LIKE 'card\\_trigram\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
"""Not what SQLite makes and declares itself, for the index of words."""
_TABLES = (
    f"SELECT name FROM sqlite_master WHERE type = 'table' AND {_OURS}"
    " AND name <> 'card_trigram' ORDER BY name"
)


def _made_by(query: str, last: int) -> dict[str, str]:
    """What a query finds in a new file of some format."""
    with _fresh(last) as fresh:
        return dict(fresh.execute(query).fetchall())


@contextlib.contextmanager
def _fresh(last: int) -> Iterator[sqlite3.Connection]:
    """A new database of some format."""
    with contextlib.closing(sqlite3.connect(":memory:")) as fresh:
        for number, script in migrations().items():
            if number <= last:
                fresh.executescript(script)
        yield fresh
