"""The bank's files as last read: what makes the check of an unchanged bank one stat a file."""

import json
import sqlite3
from collections.abc import Collection, Iterable
from typing import NamedTuple

from flashsafety.content.changed import PICTURE_ENDINGS


class FileRow(NamedTuple):
    """A bank file as it was when it was read."""

    path: str
    root: int
    size: int
    mtime_ns: int
    hash: str
    problems: int


def known_files(db: sqlite3.Connection) -> dict[str, tuple[int, int, int]]:
    """Path to (root, size, mtime in ns): the form in which the bank's files are looked at."""
    return {
        row[0]: (row[1], row[2], row[3])
        for row in db.execute("SELECT path, root, size, mtime_ns FROM file")
    }


def has_pictures(db: sqlite3.Connection) -> bool | None:
    """Whether the bank that was last read has pictures; none when none was read yet."""
    if db.execute("SELECT 1 FROM file LIMIT 1").fetchone() is None:
        return None
    named = " OR ".join("path LIKE ?" for _ in PICTURE_ENDINGS)
    patterns = [f"%{ending}" for ending in PICTURE_ENDINGS]
    found = db.execute(f"SELECT 1 FROM file WHERE {named} LIMIT 1", patterns).fetchone()
    return found is not None


def file_rows(db: sqlite3.Connection) -> dict[str, FileRow]:
    """Everything kept of each file, by path."""
    rows = db.execute("SELECT path, root, size, mtime_ns, hash, problems FROM file")
    return {row[0]: FileRow(*row) for row in rows}


def write_files(db: sqlite3.Connection, rows: Iterable[FileRow], gone: Iterable[str]) -> None:
    """Keep what was read, and forget the files that are gone."""
    db.executemany("DELETE FROM file WHERE path = ?", ((path,) for path in gone))
    db.executemany(
        "INSERT OR REPLACE INTO file VALUES (?,?,?,?,?,?)",
        ((r.path, r.root, r.size, r.mtime_ns, r.hash, r.problems) for r in rows),
    )


def read_roots(db: sqlite3.Connection) -> tuple[str, ...]:
    """The folders of the bank that was last read."""
    row = db.execute("SELECT value FROM meta WHERE key = 'roots'").fetchone()
    return tuple(json.loads(row[0])) if row else ()


def write_roots(db: sqlite3.Connection, roots: tuple[str, ...]) -> None:
    """Keep which folders were read."""
    db.execute("INSERT OR REPLACE INTO meta VALUES ('roots', ?)", (json.dumps(roots),))


def note_places(db: sqlite3.Connection, outside: Collection[str]) -> dict[str, str]:
    """Notes in the bank, in files other than the given ones: id to ``file:line``."""
    rows = db.execute("SELECT id, file, line FROM note WHERE retired_at IS NULL")
    return {row[0]: f"{row[1]}:{row[2]}" for row in rows if row[1] not in outside}
