"""SQLite's faults in a learner's words."""

import sqlite3

from flashsafety.errors import UnusableDataError

_MENDS = {
    sqlite3.SQLITE_BUSY: "another program holds it; close that one, or try again",
    sqlite3.SQLITE_LOCKED: "another program holds it; close that one, or try again",
    sqlite3.SQLITE_READONLY: "allow writing to the file, to those beside it that begin with its"
    " name, and to its folder; or name another with --db",
    sqlite3.SQLITE_IOERR: "look whether the disk is full or failing; what was saved is kept",
    sqlite3.SQLITE_CORRUPT: "'flashsafety restore' lists the copies that can replace it, and"
    " 'flashsafety doctor --salvage FILE' saves what can still be read",
    sqlite3.SQLITE_FULL: "make room on the disk; what was saved is kept",
    sqlite3.SQLITE_CANTOPEN: "look at the file and its folder, or name another with --db",
    sqlite3.SQLITE_NOTADB: "it was left as it was; name another with --db or FLASHSAFETY_DB",
}
"""Faults of the file or the machine by SQLite's result code; any other is a bug of ours."""


def in_words(error: BaseException, path: str = "the database") -> UnusableDataError | None:
    """What to tell a learner of a fault of the database; none when it is no such fault.

    Args:
        error: What was raised.
        path: The file, where it is known.
    """
    if not isinstance(error, sqlite3.Error):
        return None
    # The low byte is the kind of fault, the rest its details.
    mend = _MENDS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return None if mend is None else UnusableDataError(str(error), where=path, mend=mend)
