"""What a database knows of the folder that it shares, and of what was read there."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple


class Folder(NamedTuple):
    """A shared folder as this database left it."""

    path: str
    name: str
    """Of its own folder in it, and so of this device among all."""
    segment: int
    """The file that is written to."""
    size: int
    """Its bytes, as they were left."""


class Mark(NamedTuple):
    """How far a file was read or written."""

    end: int
    """Bytes."""
    sum: int
    """Over what stands before; see ``study.device_files.mark``."""


class Agreed(NamedTuple):
    """A setting as the devices agree on it; the later one counts, of two at once the greater."""

    at: int
    """Instant, UTC, milliseconds; later than that of the choice which it took the place of."""
    value: str
    """As text; empty means the default."""


def read_folder(db: sqlite3.Connection) -> Folder | None:
    """The folder that is shared; none when nothing is."""
    row = db.execute("SELECT path, name, segment, size FROM folder").fetchone()
    return Folder(*row) if row else None


def write_folder(db: sqlite3.Connection, folder: Folder) -> None:
    """Keep it."""
    db.execute("INSERT OR REPLACE INTO folder VALUES (1, ?, ?, ?, ?)", folder)


def leave_folder(db: sqlite3.Connection) -> None:
    """Share nothing any more; the files stay for the others."""
    for table in ("folder", "folder_file", "folder_setting", "outbox"):
        db.execute(f"DELETE FROM {table}")


def read_so_far(db: sqlite3.Connection) -> dict[str, Mark]:
    """How far each file was read or written: path in the folder to a mark."""
    rows = db.execute("SELECT path, read, sum FROM folder_file")
    return {path: Mark(end, total) for path, end, total in rows}


def write_so_far(db: sqlite3.Connection, path: str, mark: Mark) -> None:
    """Keep how far a file was read or written."""
    db.execute(
        "INSERT OR REPLACE INTO folder_file (path, read, sum) VALUES (?, ?, ?)", (path, *mark)
    )


def forget_files(db: sqlite3.Connection) -> None:
    """Take nothing for read any more."""
    db.execute("DELETE FROM folder_file")


def newest_waiting(db: sqlite3.Connection) -> int:
    """The last row of the outbox; 0 where it is empty."""
    return int(db.execute("SELECT ifnull(max(id), 0) FROM outbox").fetchone()[0])


def empty_outbox(db: sqlite3.Connection, after: int = 0) -> None:
    """Nothing waits any more, or nothing of what came after a row."""
    db.execute("DELETE FROM outbox WHERE id > ?", (after,))


def agreed_settings(db: sqlite3.Connection) -> dict[str, Agreed]:
    """Name to what was agreed on last."""
    rows = db.execute("SELECT name, at, value FROM folder_setting")
    return {name: Agreed(at, value) for name, at, value in rows}


def agree(db: sqlite3.Connection, settings: Mapping[str, Agreed]) -> None:
    """Keep what is agreed on now."""
    db.executemany(
        "INSERT OR REPLACE INTO folder_setting (name, at, value) VALUES (?, ?, ?)",
        [(name, *agreed) for name, agreed in settings.items()],
    )


def device_name(db: sqlite3.Connection, device: int) -> str:
    """What the log calls a device."""
    return str(db.execute("SELECT name FROM device WHERE id = ?", (device,)).fetchone()[0])
