"""Opening the one SQLite file: what is refused is left byte for byte as it was."""

import contextlib
import os
import sqlite3
from collections.abc import Callable

from flashsafety.errors import UnusableDataError
from flashsafety.files import (
    make_private_file,
    make_private_folder,
    put_in_place,
    settle,
)
from flashsafety.store.migrate import APPLICATION_ID, latest_version, migrate, migrations, version

BUSY_SECONDS = 10
"""How long a write waits for another window's write before it gives up."""

CHECKED_BYTES = 4 * 2**20
"""Files up to this size are checked page by page when opened; larger ones by ``doctor``."""


CHECKPOINT_PAGES = 2000
"""Pages that gather in the write-ahead log before an answer waits for them to go into the file.

Some 8 are written for an answer. A session brings them there earlier, while the learner reads; this
is for what writes much or one rating at a time."""

BACKUPS = "backups"
"""The folder of copies, beside the database."""


def open_database(path: str, *, stamp: Callable[[], str], check: bool = True) -> sqlite3.Connection:
    """An open, migrated database, made when there was none.

    Args:
        path: The file.
        stamp: Gives the present time as text for the name of the copy taken before a migration.
        check: Look for damage first. The quick commands leave it out.

    Raises:
        UnusableDataError: The file is newer than this program, damaged, or no database of ours.
    """
    if _found_version(path) is None:
        _create(path)
    try:
        if check or _journal_left(path):
            _refuse_damage(path, thorough=check and os.path.getsize(path) <= CHECKED_BYTES)
        db = connect(path)
        found = version(db)
        if found != latest_version():
            copy_database(db, _name_before_format(path, stamp()))
            migrate(db, migrations())
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error
    return db


def _name_before_format(path: str, stamp: str) -> str:
    folder, name = os.path.split(path)
    before = f"{os.path.splitext(name)[0]}-before-format-{latest_version()}-{stamp}.db"
    return os.path.join(folder, BACKUPS, before)


def _create(path: str) -> None:
    """Make an empty database of ours, in one step: whole, or not there.

    The header says whose file it is, so it must never be seen before it is complete. When another
    window makes the file at the same time, the first one stays.
    """
    make_private_folder(os.path.dirname(path))
    refuse_remains(path)
    if os.path.exists(path) and os.path.getsize(path) == 0:
        os.unlink(path)
    temporary = f"{path}.{os.getpid()}.new"
    make_private_file(temporary)
    try:
        db = sqlite3.connect(temporary, isolation_level=None)
        try:
            migrate(db, migrations())
        finally:
            db.close()
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        os.unlink(temporary)
    settle(os.path.dirname(path))


def refuse_remains(path: str) -> None:
    """Raise UnusableDataError when a file is gone or empty and its write-ahead log is not.

    SQLite would take what is in that log for changes to whatever stands at the path next, or throw
    it away.
    """
    log = f"{path}-wal"
    if os.path.exists(log) and os.path.getsize(log) and _found_version(path) is None:
        raise UnusableDataError(
            "the database is gone, but not what was written to it last",
            where=log,
            mend="it was left as it was; 'flashsafety doctor --salvage FILE' saves what it holds,"
            " and 'flashsafety restore' lists the copies",
        )


def connect(path: str) -> sqlite3.Connection:
    """A connection with our pragmas; every statement commits itself unless in ``writing``."""
    db = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT_PAGES}")
    db.execute("PRAGMA foreign_keys = ON")
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def checkpoint(db: sqlite3.Connection) -> None:
    """Bring what gathered in the write-ahead log into the file, as far as other windows let it.

    What is committed is on the disk before and after. A disk that is full or fails is not told of:
    all stays in the log, and the next write says so.
    """
    with contextlib.suppress(sqlite3.OperationalError):
        db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()


def copy_database(db: sqlite3.Connection, path: str) -> None:
    """A whole copy of an open database, readable by its owner only, in one step.

    Raises:
        sqlite3.Error: The copy failed or did not read back whole; no file is left at ``path``.
    """
    make_private_folder(os.path.dirname(path))
    temporary = f"{path}.tmp"
    make_private_file(temporary)
    try:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            db.backup(target)
            make_one_file(target)
        finally:
            target.close()
        put_in_place(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


def make_one_file(db: sqlite3.Connection) -> None:
    """Let a new database be a file without companions, and read it back.

    Raises:
        sqlite3.Error: It failed, or the file is not whole.
    """
    db.execute("PRAGMA journal_mode = DELETE")
    verdict = db.execute("PRAGMA quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise sqlite3.DatabaseError(f"the copy is damaged: {verdict.splitlines()[-1]}")


def connect_read_only(path: str) -> sqlite3.Connection:
    """A connection that cannot change the file."""
    return sqlite3.connect(f"file:{_quote(path)}?mode=ro", uri=True)


def connect_alone(path: str) -> sqlite3.Connection:
    """A connection that sees what is in the file without its journal, and cannot change it."""
    return sqlite3.connect(f"file:{_quote(path)}?immutable=1", uri=True)


def refuse_unusable(path: str) -> None:
    """Raise UnusableDataError when a file is newer, damaged, or no database of ours; only reads."""
    refuse_foreign(path)
    try:
        _refuse_damage(path, thorough=True)
    except sqlite3.DatabaseError as error:
        raise damaged(path, error) from error


def refuse_foreign(path: str) -> None:
    """The same of what the header tells; damage further in is not looked for."""
    if _found_version(path) is None:
        raise UnusableDataError(
            "there is no database in this file", where=path, mend="name another"
        )


def figures(db: sqlite3.Connection) -> tuple[int, int, int | None]:
    """Cards rated at least once, ratings in the log, and the instant of the newest (ms)."""
    rated = db.execute("SELECT count(*) FROM card WHERE phase > 0").fetchone()[0]
    ratings, newest = db.execute(
        "SELECT count(*), max(reviewed_at) FROM review WHERE undone_at IS NULL"
    ).fetchone()
    return rated, ratings, newest


def damaged(path: str, error: sqlite3.Error) -> UnusableDataError:
    """The refusal of a file that SQLite cannot read."""
    return UnusableDataError(
        f"this database cannot be used: {error}",
        where=path,
        mend="it was left as it was; 'flashsafety restore' lists the copies that can replace it,"
        " and 'flashsafety doctor --salvage FILE' saves what can still be read",
    )


def _found_version(path: str) -> int | None:
    """The schema version in the file's header; none when there is no file, or an empty one.

    Read from the bytes: opening a foreign file with SQLite may already change it.
    """
    try:
        with open(path, "rb") as file:
            header = file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnusableDataError(
            f"this database cannot be read: {error.strerror}",
            where=path,
            mend="name another with --db or FLASHSAFETY_DB",
        ) from error
    if not header:
        return None
    ours = APPLICATION_ID.to_bytes(4, "big")
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0") or header[68:72] != ours:
        raise UnusableDataError(
            "this file is no flashsafety database",
            where=path,
            mend="it was left as it was; name another with --db or FLASHSAFETY_DB, or go back to a"
            " copy: flashsafety restore",
        )
    number = int.from_bytes(header[60:64], "big")
    if number > latest_version():
        raise UnusableDataError(
            f"this database was written by a newer flashsafety (format {number}; this program "
            f"knows {latest_version()})",
            where=path,
            mend="it was left as it was; update flashsafety, or name another with --db",
        )
    return number


def _journal_left(path: str) -> bool:
    """Whether there is a journal: a crash, another window, or whatever copied the file left it."""
    try:
        return os.path.getsize(f"{path}-wal") > 0
    except OSError:
        return False


def roll_back(path: str) -> None:
    """Let SQLite take back what a crash left half written before the file had its ``-wal``.

    A new file, or one that was gone back to, first has a journal of the other kind. As long as that
    is there the file cannot be read by a connection that may not write.
    """
    if os.path.exists(f"{path}-journal"):
        db = sqlite3.connect(path)
        try:
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
        finally:
            db.close()


def _refuse_damage(path: str, *, thorough: bool) -> None:
    """Raise sqlite3.DatabaseError when a page of the file is damaged; the file is only read.

    Where a journal is left, the indexes are compared with their tables too, for a journal of
    another time gives whole pages that do not go together.
    """
    roll_back(path)
    left = _journal_left(path)
    db = connect_read_only(path)
    try:
        verdict = "ok"
        if thorough:
            check = "integrity_check(1)" if left else "quick_check(1)"
            verdict = str(db.execute(f"PRAGMA {check}").fetchone()[0])
        if left and verdict == "ok":
            from flashsafety.store.pairing import refuse_other_times

            refuse_other_times(path, db, thorough=thorough)
    finally:
        db.close()
    if verdict != "ok":
        raise sqlite3.DatabaseError(verdict.splitlines()[-1])


def _quote(path: str) -> str:
    for plain, quoted in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        path = path.replace(plain, quoted)
    return path
