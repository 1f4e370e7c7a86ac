"""The bank's files as last read: what makes the check of an unchanged bank one stat a file."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
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
    return {row.path: row for row in map(FileRow._make, rows)}


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


class NotePlaces(Mapping[str, str]):
    """Notes in the bank, in files other than some: id to ``file:line``.

    Looked up one by one, for a file names few notes and the bank may hold many.
    """

    def __init__(self, db: sqlite3.Connection, outside: Collection[str]) -> None:
        """Leave out the notes of the files in ``outside``."""
        self._db = db
        self._outside = outside

    def __getitem__(self, note: str) -> str:
        """Where the note stands."""
        query = "SELECT file, line FROM note WHERE id = ? AND retired_at IS NULL"
        row = self._db.execute(query, (note,)).fetchone()
        if row is None or row[0] in self._outside:
            raise KeyError(note)
        return f"{row[0]}:{row[1]}"

    def __iter__(self) -> Iterator[str]:
        """All ids: to find the one that an author meant."""
        rows = self._db.execute("SELECT id, file FROM note WHERE retired_at IS NULL ORDER BY id")
        return (row[0] for row in rows if row[1] not in self._outside)

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)
