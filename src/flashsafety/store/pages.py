"""The rows on the pages of a damaged SQLite file, read without SQLite. Pure.

SQLite gives up at the first page that is not what another page says of it. Here each page stands
for itself: what is on it is read though the pages above it, the header, or the end of the file are
gone. Source of the format: https://www.sqlite.org/fileformat2.html.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

Value = None | int | float | str | bytes

_LEAF_TABLE, _LEAF_INDEX, _INNER_INDEX = 0x0D, 0x0A, 0x02
_INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Serial type to bytes."""

_LONGEST = 2**20
"""Bytes of a record; ours have some hundreds. A greater length is damage, and a chain of pages
that leads round in a circle would otherwise be followed for ever."""

_USUAL = 4096
"""Bytes of a page, where the header does not say."""


class Row(NamedTuple):
    """One record of a page."""

    rowid: int | None
    """None in a table without rowids, and in an index."""
    values: tuple[Value, ...]
    """In the order in which they are stored: a table without rowids has its key first."""


class Pages:
    """The pages of a database file with those of its write-ahead log laid over them."""

    def __init__(self, data: bytes, log: bytes = b"") -> None:
        """Take the bytes of the file and of its ``-wal``, if there is one."""
        size = int.from_bytes(data[16:18], "big")
        size = 65536 if size == 1 else size
        sane = data.startswith(b"SQLite format 3\0") and size >= 512 and size & (size - 1) == 0
        self._size = size if sane else _USUAL
        self._usable = self._size - (data[20] if sane else 0)
        self._data = data
        self._newer = _committed(log, self._size)

    def rows(self) -> Iterator[Row]:
        """Every record that can be read, page by page; what cannot be is passed over.

        A page that the log lays over one of the file hides nothing: the log may be of another time,
        and what is on either was once written.
        """
        last = max(-(-len(self._data) // self._size), *self._newer, 0)
        for number in range(1, last + 1):
            yield from self._on_page(self._page(number), number)
            if number in self._newer:
                yield from self.whole(number)

    def whole(self, number: int) -> list[Row]:
        """The records on a page of the file, or none where some are unreadable or in disorder.

        So it is with a page that was being written when the power went.
        """
        page = self._in_file(number)
        start = 100 if number == 1 else 0
        rows = list(self._on_page(page, number))
        keys = [row.values[:2] if row.rowid is None else (row.rowid,) for row in rows]
        said = int.from_bytes(page[start + 3 : start + 5], "big")
        try:
            return rows if len(rows) == said and keys == sorted(keys) else []
        except TypeError:
            return []  # keys of several types

    def _page(self, number: int) -> bytes:
        return self._newer[number] if number in self._newer else self._in_file(number)

    def _in_file(self, number: int) -> bytes:
        return self._data[(number - 1) * self._size : number * self._size]

    def _on_page(self, page: bytes, number: int) -> Iterator[Row]:
        start = 100 if number == 1 else 0
        if len(page) < start + 8:
            return
        kind = page[start]
        if kind not in (_LEAF_TABLE, _LEAF_INDEX, _INNER_INDEX):
            return
        cells = int.from_bytes(page[start + 3 : start + 5], "big")
        first = start + (12 if kind == _INNER_INDEX else 8)
        for place in range(first, min(first + 2 * cells, len(page) - 1), 2):
            try:
                yield self._cell(page, int.from_bytes(page[place : place + 2], "big"), kind)
            except (IndexError, ValueError):
                continue  # the damage itself

    def _cell(self, page: bytes, at: int, kind: int) -> Row:
        if kind == _INNER_INDEX:
            at += 4
        length, at = _varint(page, at)
        rowid = None
        if kind == _LEAF_TABLE:
            rowid, at = _varint(page, at)
        return Row(rowid, _record(self._payload(page, at, length, kind)))

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> bytes:
        """The bytes of a record, those on overflow pages too."""
        if length > min(_LONGEST, len(self._data) + len(self._newer) * self._size):
            raise ValueError("the record is longer than any")
        usable = self._usable
        most = usable - 35 if kind == _LEAF_TABLE else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return _taken(page, at, length)
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        parts = [_taken(page, at, local)]
        following = int.from_bytes(_taken(page, at + local, 4), "big")
        missing = length - local
        while missing > 0:
            over = self._page(following)
            parts.append(_taken(over, 4, min(missing, usable - 4)))
            following = int.from_bytes(over[:4], "big")
            missing -= usable - 4
        return b"".join(parts)


def _taken(data: bytes, at: int, length: int) -> bytes:
    part = data[at : at + length]
    if len(part) < length:
        raise ValueError("the page ends before the record")
    return part


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    number = 0
    for place in range(at, at + 8):
        byte = data[place]
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, place + 1
    return number << 8 | data[at + 8], at + 9


def _record(payload: bytes) -> tuple[Value, ...]:
    """The values of a record."""
    end, at = _varint(payload, 0)
    body = end
    values = []
    while at < end:
        kind, at = _varint(payload, at)
        value, body = _value(payload, body, kind)
        values.append(value)
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Value, int]:
    """The value of a serial type, and where it ends."""
    if kind in _INTEGERS:
        size = _INTEGERS[kind]
        return int.from_bytes(_taken(payload, at, size), "big", signed=True), at + size
    if kind == 7:
        return struct.unpack(">d", _taken(payload, at, 8))[0], at + 8
    if kind in (0, 8, 9):
        return (None, 0, 1)[(0, 8, 9).index(kind)], at
    if kind < 12:
        raise ValueError(f"no such serial type: {kind}")
    size = (kind - 12) // 2
    data = _taken(payload, at, size)
    return (data if kind % 2 == 0 else data.decode()), at + size


def journal_pages(log: bytes) -> Iterator[int]:
    """The numbers of the pages in a write-ahead log since it last began anew, whole or not."""
    size = int.from_bytes(log[8:12], "big")
    if size:
        for at in range(32, len(log) - size - 23, size + 24):
            if log[at + 8 : at + 16] != log[16:24]:
                break
            yield int.from_bytes(log[at : at + 4], "big")


def _committed(log: bytes, size: int) -> dict[int, bytes]:
    """The newest page of each number that a write-ahead log holds and a commit covers.

    Frames from before the last time the log began anew have other salts; what comes after the first
    frame whose sum is wrong was never written whole.
    """
    found: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    if len(log) < 32 or log[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return found
    order = ">" if log[3] == 0x83 else "<"
    sums = _summed(log[:24], (0, 0), order)
    for at in range(32, len(log) - size - 23, size + 24):
        head, page = log[at : at + 24], log[at + 24 : at + 24 + size]
        sums = _summed(page, _summed(head[:8], sums, order), order)
        if head[8:16] != log[16:24] or struct.pack(">II", *sums) != head[16:24]:
            break
        pending[int.from_bytes(head[:4], "big")] = page
        if int.from_bytes(head[4:8], "big"):
            found.update(pending)
            pending.clear()
    return found


def _summed(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for one, two in zip(words[::2], words[1::2], strict=True):
        first = first + one + second & 0xFFFFFFFF
        second = second + two + first & 0xFFFFFFFF
    return first, second
