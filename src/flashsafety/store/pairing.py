"""Whether the database and its journal (``-wal``) belong together. Only reads.

SQLite lays the pages of the journal over those of the file and asks not whether they are of one
time. Whatever copies the two one after the other, or one of them alone, may leave an older journal
beside a newer file, and ratings that are in the file are then hidden, and lost for good with the
next checkpoint.
"""

import os
import sqlite3
from typing import TYPE_CHECKING

from flashsafety.store.open import connect_alone

if TYPE_CHECKING:
    from flashsafety.store.pages import Row

_TABLES = ("review", "action")
_ORIGINS = ("review", "cram", "anki", "import")
_COLUMNS = 14
"""Of a rating."""

_OTHER_TIMES = "the file and the journal beside it ({}-wal) are of different times"


def refuse_other_times(path: str, seen: sqlite3.Connection, *, thorough: bool) -> None:
    """Raise sqlite3.DatabaseError when a journal hides what the file holds.

    Args:
        path: The file; it has a journal.
        seen: A connection to it, which sees it through the journal.
        thorough: Look at every page that the journal hides, and not for the newest row alone.
    """
    # The file first: another window may be writing, and what it writes is seen through the journal.
    hides = _page_hidden(path, seen) if thorough else _newest_hidden(path, seen)
    if hides and not _stands_alone(path, seen):
        raise sqlite3.DatabaseError(_OTHER_TIMES.format(os.path.basename(path)))


def _newest_hidden(path: str, seen: sqlite3.Connection) -> bool:
    """Whether the file alone holds a later rating or action than is seen."""
    try:
        alone = connect_alone(path)
        try:
            there = [_newest(alone, table) for table in _TABLES]
        finally:
            alone.close()
    except sqlite3.DatabaseError:
        return False  # half of a checkpoint is in it, and the journal has the other half
    return any(one > _newest(seen, table) for one, table in zip(there, _TABLES, strict=True))


def _newest(db: sqlite3.Connection, table: str) -> bytes:
    """The newest id of which the row is there too: of a page half written, an index may lie."""
    found = db.execute(f"SELECT max(id) FROM {table}").fetchone()[0] or b""
    known = db.execute(f"SELECT study_day FROM {table} WHERE id = ?", (found,)).fetchone()
    return bytes(found) if known else b""


def _page_hidden(path: str, seen: sqlite3.Connection) -> bool:
    """Whether a page that the journal hides has a rating, or an undo of one, that is not seen."""
    from flashsafety.store.pages import Pages

    with open(path, "rb") as file:
        pages = Pages(file.read())
    found = dict(seen.execute("SELECT id, undone_at IS NOT NULL FROM review"))
    for number in _in_journal(path):
        rows = pages.whole(number)
        if not all(map(_is_rating, rows)):
            continue  # another table's, or half written: the journal has it whole
        for row in rows:
            if found.get(row.values[1], -1) < (row.values[-1] is not None):
                return True
    return False


def _is_rating(row: "Row") -> bool:
    if row.rowid is not None or len(row.values) != _COLUMNS:
        return False
    id_, rating, origin = row.values[1], row.values[2], row.values[-2]
    return (
        isinstance(id_, bytes) and len(id_) == 16 and rating in (1, 2, 3, 4) and origin in _ORIGINS
    )


def _stands_alone(path: str, seen: sqlite3.Connection) -> bool:
    """Whether the journal has every page, as after going back to a copy: the file says nothing."""
    size = seen.execute("PRAGMA page_count").fetchone()[0]
    return _in_journal(path) >= set(range(1, size + 1))


def _in_journal(path: str) -> set[int]:
    """The numbers of the pages that the journal has."""
    from flashsafety.store.pages import journal_pages

    try:
        with open(f"{path}-wal", "rb") as file:
            return set(journal_pages(file.read()))
    except FileNotFoundError:
        return set()  # another window has closed it meanwhile
