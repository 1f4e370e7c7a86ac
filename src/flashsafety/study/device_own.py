"""The files that this device itself appends to, in a folder that several devices share."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from flashsafety.store import folder as store
from flashsafety.store.folder import Folder, Mark
from flashsafety.store.shared import Record, Rows, set_hash
from flashsafety.study import device_files


class OwnFiles:
    """A device's own files, inside the transaction of an exchange."""

    def __init__(self, db: sqlite3.Connection, folder: Folder, rows: Rows) -> None:
        """Take the database, the folder as it was left, and what goes into records."""
        self._db, self._folder, self._rows = db, folder, rows
        self.sent = 0
        """Records written."""

    def as_left(self, marks: dict[str, Mark]) -> bool:
        """Whether the last file is as it was left.

        If not, this device joins, its database went back to a copy, or its home was copied and
        another machine writes there too.
        """
        path, size = self._path(self._folder.segment), self._folder.size
        if not size or device_files.size_of(path) != size:
            return False
        known = marks.get(device_files.segment(self._folder.name, self._folder.segment))
        return known is None or known == device_files.mark(path, size)

    def write(self, records: Iterable[Record], secret: bytes, *, anew: bool) -> None:
        """Append records to the last file, and to new ones as each is full.

        Args:
            records: What the folder lacks.
            secret: By which exports know the learner; for the headers.
            anew: Begin with a new file.
        """
        header = device_files.header_of(self._folder.name, secret)
        segment, size = self._folder.segment, self._folder.size
        if anew:
            segment, size = self._free(segment), 0
        batch: list[bytes] = []
        length, known = size, set[object]()
        for record in records:
            lines = self._lines(record, known)
            batch += lines
            length += sum(map(len, lines))
            self.sent += 1
            if length > device_files.FULL:
                self._append(segment, header, batch)
                segment, size, length = self._free(segment), 0, 0
                batch.clear()
                known.clear()
        if batch or size == 0:
            size = self._append(segment, header, batch)
        store.write_folder(self._db, self._folder._replace(segment=segment, size=size))

    def _lines(self, record: Record, known: set[object]) -> list[bytes]:
        """A record, after the parameter set that it refers to: no file needs an earlier one."""
        is_set = record["t"] == "parameters"
        hashed = set_hash(record) if is_set else record.get("parameters")
        lines = [] if is_set else [device_files.line_of(record)]
        if isinstance(hashed, str) and hashed not in known:
            known.add(hashed)
            lines.insert(0, device_files.line_of(self._rows.set_record(hashed)))
        return lines

    def _free(self, segment: int) -> int:
        """The number of the next file that is yet to be begun."""
        while self._path(segment).exists():
            segment += 1
        return segment

    def _append(self, segment: int, header: bytes, lines: list[bytes]) -> int:
        size = device_files.append(self._path(segment), header, lines)
        name = device_files.segment(self._folder.name, segment)
        keep_mark(self._db, self._folder, name, size)
        return size

    def _path(self, segment: int) -> Path:
        return Path(self._folder.path, device_files.segment(self._folder.name, segment))


def keep_mark(db: sqlite3.Connection, folder: Folder, name: str, end: int) -> None:
    """Keep how far a file of the folder was read or written."""
    mark = device_files.mark(Path(folder.path, name), end)
    if mark is not None:
        store.write_so_far(db, name, mark)
