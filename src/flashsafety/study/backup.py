"""Copies of the database, and going back to one. Whatever is replaced is kept."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from flashsafety.clock import Clock, instant_to_datetime
from flashsafety.config import Paths
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.files import make_private_folder
from flashsafety.store.open import (
    connect,
    connect_read_only,
    copy_database,
    figures,
    open_database,
    refuse_unusable,
)
from flashsafety.study.library import Library


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the database with what is in it."""

    path: str
    size: int
    """Bytes."""
    cards: int
    """Rated at least once."""
    reviews: int
    last_review: int | None
    """Instant, UTC, milliseconds."""


def backup(library: Library, path: str | None = None) -> Copy:
    """Copy the whole database while it is in use, and read the copy back.

    Args:
        library: What to copy.
        path: Where to; a new name in the data folder's ``backups`` when left out.

    Raises:
        UsageError: There is a file at the path already.
        UnusableDataError: The copy could not be written or is damaged.
    """
    default = _folder(library.paths) / f"flashsafety-{_stamp(library.clock)}.db"
    target = str(Path(path or default).absolute())
    if Path(target).exists():
        raise UsageError("there is a file already", where=target, mend="name another")
    try:
        copy_database(library.db, target)
    except (sqlite3.Error, OSError) as error:
        raise UnusableDataError(
            f"the copy could not be written: {error}", where=target, mend="name another place"
        ) from error
    return _read(target)


def copies(paths: Paths) -> list[Copy]:
    """The copies in the data folder, newest first; those that cannot be read are left out."""
    found = sorted(_folder(paths).glob("*.db"), key=lambda path: path.stat().st_mtime, reverse=True)
    return [copy for path in found if (copy := _try_read(str(path))) is not None]


def restore(paths: Paths, clock: Clock, path: str) -> tuple[Copy, str]:
    """Go back to a copy.

    Args:
        paths: Where the database is.
        clock: For the name under which the replaced database is kept.
        path: The copy.

    Returns:
        What is in force now, and where the replaced database was kept (empty when there was none).

    Raises:
        UnusableDataError: The copy is no database of ours, newer, or damaged; nothing was changed.
    """
    if not Path(path).exists():
        raise UsageError("there is no such file", where=path, mend="flashsafety restore lists them")
    refuse_unusable(path)
    kept = ""
    if Path(paths.database).exists():
        kept = str(_folder(paths) / f"replaced-{_stamp(clock)}.db")
        _set_aside(paths.database, kept)
    source = connect_read_only(path)
    try:
        if Path(paths.database).exists():
            # Through SQLite rather than over the file: a window that is open sees the change.
            target = connect(paths.database)
            try:
                source.backup(target)
            finally:
                target.close()
        else:
            copy_database(source, paths.database)
    finally:
        source.close()
    open_database(paths.database, stamp=lambda: _stamp(clock)).close()
    return _read(paths.database), kept


def _set_aside(database: str, kept: str) -> None:
    """Copy the database in force; move it, with its companions, when it cannot be copied."""
    try:
        refuse_unusable(database)
        current = connect_read_only(database)
        try:
            copy_database(current, kept)
        finally:
            current.close()
    except (UnusableDataError, sqlite3.Error):
        make_private_folder(str(Path(kept).parent))
        for end in ("-wal", "-shm", ""):
            if Path(database + end).exists():
                Path(database + end).replace(kept + end)


def _folder(paths: Paths) -> Path:
    return Path(paths.database).parent / "backups"


def _stamp(clock: Clock) -> str:
    return instant_to_datetime(clock.now().at).strftime("%Y%m%dT%H%M%S%f")[:-3] + "Z"


def _try_read(path: str) -> Copy | None:
    try:
        return _read(path)
    except (UnusableDataError, sqlite3.Error):
        return None


def _read(path: str) -> Copy:
    refuse_unusable(path)
    db = connect_read_only(path)
    try:
        return Copy(path, Path(path).stat().st_size, *figures(db))
    finally:
        db.close()
