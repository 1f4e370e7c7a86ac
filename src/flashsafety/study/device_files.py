"""The files by which devices tell each other what happened: lines that only ever grow in number.

A shared folder holds a folder for each device, and in it ``000001.jsonl`` and so on, each of up to
about ``FULL`` bytes. Only its own device appends to a file, so that whatever carries the folder
(git, Syncthing, Dropbox) finds no two versions to join. A line is the CRC-32 of its JSON in eight
hexadecimal digits, a blank, and the JSON; the first line of a file is the header. Files may come
late, cut short, twice, under other names or in place of each other: every line counts by itself,
and once.
"""

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from flashsafety.files import make_private_folder, settle
from flashsafety.store.folder import Mark

FULL = 2**20
"""Bytes after which a new file is begun."""

LONGEST = 2**16
"""Bytes of a line; a longer one is no record of ours."""

MARKED = 2**12
"""Bytes before a place that tell a file from another: some records, each with an id of its own."""

VERSION = 1
_KIND = "device log"
_SECRET = re.compile(r"[0-9a-f]{32}")


class Line(NamedTuple):
    """One line of a file."""

    end: int
    """Where the next one begins, bytes."""
    record: Mapping[str, object] | None
    """What it says; none where it is no line of ours."""
    fault: str = ""
    """Why it is not."""


def line_of(record: Mapping[str, object]) -> bytes:
    """A record as a line."""
    data = json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode()
    return b"%08x %s\n" % (crc32(data), data)


def header_of(device: str, secret: bytes | None = None) -> bytes:
    """The first line of a device's file.

    Args:
        device: What it is called.
        secret: By which exports that name nobody know the learner.
    """
    header = {"flashsafety": _KIND, "version": VERSION, "device": device}
    return line_of({**header, "secret": secret.hex()} if secret else header)


def files_in(root: Path) -> Iterator[str]:
    """The files in a shared folder that may be logs, by their paths in it and in their order.

    A link is none: it may lead anywhere.
    """
    for folder in sorted(root.iterdir()):
        if folder.is_dir() and not folder.is_symlink():
            for path in sorted(folder.glob("*.jsonl")):
                if path.is_file() and not path.is_symlink():
                    yield f"{folder.name}/{path.name}"


def read_lines(path: Path, start: int = 0) -> Iterator[Line]:
    """The whole lines of a file from a place on; ends before a line that is not whole yet.

    The header comes first, and is a fault when it is none of ours: nothing is read then.

    Args:
        path: The file.
        start: Where a line begins, bytes; the header is looked at all the same.
    """
    with path.open("rb") as file:
        head = _line(file.readline(LONGEST), 0)
        if head is None:
            return
        fault = _refuses(head.record or {})
        if fault:
            yield Line(0, None, fault)
            return
        file.seek(max(start, head.end))
        end = file.tell()
        while (line := _line(file.readline(LONGEST), end)) is not None:
            end = line.end
            yield line


def secret_in(path: Path) -> bytes | None:
    """The secret of the learner in a file's header; none where there is none that can be."""
    with path.open("rb") as file:
        head = _line(file.readline(LONGEST), 0)
    header = (head and head.record) or {}
    secret = header.get("secret")
    if _refuses(header) or not isinstance(secret, str) or not _SECRET.fullmatch(secret):
        return None
    return bytes.fromhex(secret)


def mark(path: Path, end: int) -> Mark | None:
    """A place in a file, to know the file by again; none at its beginning and beyond its end.

    Args:
        path: The file.
        end: The place, bytes.
    """
    if not 0 < end <= size_of(path):
        return None
    with path.open("rb") as file:
        file.seek(max(0, end - MARKED))
        return Mark(end, crc32(file.read(end - file.tell())))


def _line(data: bytes, start: int) -> Line | None:
    """One line; none where it is not whole."""
    end = start + len(data)
    if not data.endswith(b"\n"):
        return Line(end, None, "this line is too long") if len(data) == LONGEST else None
    # git on Windows may end lines in its own way.
    total, blank, body = data[:8], data[8:9], data[9:-1].removesuffix(b"\r")
    if blank != b" " or total != b"%08x" % crc32(body):
        return Line(end, None, "this line was changed or damaged on its way")
    try:
        record = json.loads(body)
    except (ValueError, RecursionError):
        return Line(end, None, "this line is no JSON")
    if not isinstance(record, dict):
        return Line(end, None, "this line holds no record")
    return Line(end, record)


def _refuses(header: Mapping[str, object]) -> str:
    """Why a file is not read; empty when it is."""
    version = header.get("version")
    if header.get("flashsafety") != _KIND or not isinstance(version, int):
        return "this is no log of a device"
    if version > VERSION:
        return f"this log was written by a newer flashsafety (version {version}); update this one"
    return ""


def segment(device: str, number: int) -> str:
    """The path in the shared folder of a device's file of a number."""
    return f"{device}/{number:06}.jsonl"


def append(path: Path, header: bytes, lines: Iterable[bytes]) -> int:
    """Add lines to a device's own file, on the disk when this returns.

    Args:
        path: The file.
        header: Its first line, should it be new.
        lines: What to add.

    Returns:
        Its size, bytes.

    Raises:
        OSError: It cannot be written, or a link stands in its place or its folder's: whoever may
            write in the shared folder would choose where our lines go.
    """
    make_private_folder(str(path.parent))
    if path.parent.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path.parent))
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(path, flags, 0o600), "ab") as file:
        begun = file.tell() == 0
        if begun:
            file.write(header)
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())
        size = file.tell()
    if begun:
        settle(str(path.parent))
    return size


def size_of(path: Path) -> int:
    """Bytes of a file; 0 where there is none."""
    return path.stat().st_size if path.exists() else 0
