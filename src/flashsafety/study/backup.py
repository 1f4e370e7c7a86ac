"""Copies of the database, and going back to one. Whatever is replaced is kept.

Copies that were asked for stay until their owner deletes them; those that the program makes of
itself are thinned, see ``study.thinning``.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from glob import escape
from pathlib import Path
from shlex import quote
from typing import Literal

from flashsafety.clock import Clock, day_begins_at, instant_to_datetime
from flashsafety.config import Paths
from flashsafety.errors import FlashsafetyError, UnusableDataError, UsageError
from flashsafety.files import make_private_folder, settle
from flashsafety.store.folder import read_folder
from flashsafety.store.logs import any_rating
from flashsafety.store.open import (
    BACKUPS,
    connect,
    connect_read_only,
    copy_database,
    figures,
    open_database,
    refuse_foreign,
    refuse_unusable,
)
from flashsafety.study.library import Library
from flashsafety.study.thinning import served

Reason = Literal[
    "daily", "before-import", "before-mend", "before-reschedule", "before-sharing", "replaced"
]
"""Why the program makes a copy of itself; ``store.open`` adds those before a new format."""

_AUTOMATIC = re.compile(r"(daily|replaced|before-[a-z]+(?:-\d+)?)-(\d{8}T\d{6}(?:\d{3})?)Z")
"""Reason and time in the name of a copy, after the name of the database."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the database with what is in it."""

    path: str
    made: str
    """Why it was made: a reason, or empty where it was asked for."""
    size: int
    """Bytes."""
    cards: int
    """Rated at least once."""
    reviews: int
    last_review: int | None
    """Instant, UTC, milliseconds."""


@dataclass(frozen=True, slots=True)
class Copies:
    """What is at hand to go back to."""

    found: tuple[Copy, ...]
    """Newest first."""
    unreadable: Mapping[str, str]
    """Path to why a copy cannot be used."""


def backup(library: Library, path: str | None = None, *, reason: Reason | None = None) -> Copy:
    """Copy the whole database while it is in use, and read the copy back.

    Args:
        library: What to copy.
        path: Where to; a new name in the data folder's ``backups`` when left out.
        reason: Why the program makes it of itself; older ones of its kind are thinned after it.

    Raises:
        UsageError: There is a file at the path already.
        UnusableDataError: The copy could not be written or is damaged.
    """
    target = str(Path(path or _name(library.paths, library.clock, reason)).absolute())
    if Path(target).exists():
        raise UsageError("there is a file already", where=target, mend="name another")
    try:
        copy_database(library.db, target)
    except (sqlite3.Error, OSError) as error:
        why = (isinstance(error, OSError) and error.strerror) or error
        raise UnusableDataError(
            f"the copy could not be written: {why}",
            where=target,
            mend="name another place; 'flashsafety doctor' looks whether the database is sound",
        ) from error
    copy = read_copy(target)
    if reason:
        _thin(library.paths, library.clock)
    return copy


def daily_copy(library: Library) -> Copy | None:
    """The day's own copy, when it has none yet and there is a rating to lose.

    Raises:
        UnusableDataError: The copy could not be written or is damaged.
    """
    began = instant_to_datetime(day_begins_at(library.clock.now().day, library.clock))
    made = [when for reason, when, _ in _automatic(library.paths) if reason == "daily"]
    if (made and max(made) >= began) or not any_rating(library.db):
        return None
    return backup(library, reason="daily")


def missed_copy(library: Library) -> Copy | None:
    """The newest copy that holds ratings while the log holds none: a database that was lost."""
    if any_rating(library.db):
        return None
    return next((copy for copy in copies(library.paths).found if copy.reviews), None)


def copies(paths: Paths) -> Copies:
    """The copies in the data folder."""
    found, unreadable = [], {}
    for path in sorted(_mine(paths), key=lambda path: path.stat().st_mtime, reverse=True):
        try:
            found.append(read_copy(str(path), check=False))
        except FlashsafetyError as error:
            unreadable[str(path)] = error.what
        except sqlite3.Error as error:
            unreadable[str(path)] = f"this database cannot be used: {error}"
    return Copies(tuple(found), unreadable)


def restoring(path: str) -> str:
    """The command that goes back to a copy, for a shell: a Mac's folder of data has a blank."""
    return f"flashsafety restore {quote(path)}"


def restore(paths: Paths, clock: Clock, path: str) -> tuple[Copy, str]:
    """Go back to a copy.

    Args:
        paths: Where the database is.
        clock: For the name under which the replaced database is kept.
        path: The copy.

    Returns:
        What is in force now, and where the replaced database was kept (empty when there was none).

    Raises:
        UnusableDataError: The copy is no database of ours, newer, damaged, or not as we write it;
            nothing was changed.
    """
    # It brings pydantic, and the daily copy needs none.
    from flashsafety.study.others_copies import refuse_others_work

    if not Path(path).exists():
        raise UsageError("there is no such file", where=path, mend="flashsafety restore lists them")
    refuse_others_work(path)
    kept = ""
    if any(Path(paths.database + end).exists() for end in ("", "-wal")):
        kept = _name(paths, clock, "replaced")
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
    return read_copy(paths.database), kept


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
        settle(str(Path(kept).parent))  # first, so that a power cut loses neither name
        settle(str(Path(database).parent))


def _folder(paths: Paths) -> Path:
    return Path(paths.database).parent / BACKUPS


def _name(paths: Paths, clock: Clock, reason: Reason | None) -> str:
    why = f"{reason}-" if reason else ""
    return str(_folder(paths) / f"{Path(paths.database).stem}-{why}{_stamp(clock)}.db")


def _stamp(clock: Clock) -> str:
    return instant_to_datetime(clock.now().at).strftime("%Y%m%dT%H%M%S%f")[:-3] + "Z"


def _mine(paths: Paths) -> list[Path]:
    return list(_folder(paths).glob(f"{escape(Path(paths.database).stem)}-*.db"))


def _automatic(paths: Paths) -> Iterator[tuple[str, datetime, Path]]:
    """Reason, time and path of each copy that the program made of itself."""
    for path in _mine(paths):
        match = _AUTOMATIC.fullmatch(path.stem[len(Path(paths.database).stem) + 1 :])
        if match:
            stamp = f"{match[2]:0<18}+0000"
            yield match[1], datetime.strptime(stamp, "%Y%m%dT%H%M%S%f%z"), path


def _thin(paths: Paths, clock: Clock) -> None:
    """Delete the automatic copies that have served their time."""
    made = {when: path for _, when, path in _automatic(paths)}
    for when in served(made, instant_to_datetime(clock.now().at)):
        made[when].unlink(missing_ok=True)


def shared_by(paths: Paths) -> str:
    """The folder by which the database in force shares its log; empty when by none."""
    db = connect_read_only(paths.database)
    try:
        folder = read_folder(db)
    finally:
        db.close()
    return folder.path if folder else ""


def read_copy(path: str, *, check: bool = True) -> Copy:
    """A copy with what is in it.

    Args:
        path: Where it is.
        check: Look at every page for damage first.

    Raises:
        UnusableDataError: It is newer, damaged, or no database of ours.
    """
    (refuse_unusable if check else refuse_foreign)(path)
    match = _AUTOMATIC.search(Path(path).stem)
    db = connect_read_only(path)
    try:
        made = match[1] if match else ""
        return Copy(path, made, Path(path).stat().st_size, *figures(db))
    finally:
        db.close()
