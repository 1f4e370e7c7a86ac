"""Writing files so that a crash leaves the old one or the new one, never half of either."""

import contextlib
import errno
import os
from collections.abc import Iterator
from typing import TextIO


def write_whole(path: str, data: bytes, *, mode: int = 0o600) -> None:
    """Replace a file in one step; makes its folder when missing.

    Args:
        path: The file.
        data: All that it shall hold.
        mode: Who may do what with it; by default nobody but its owner.
    """
    make_private_folder(os.path.dirname(path))
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        with open(_new_file(temporary, mode), "wb") as file:
            file.write(data)
        put_in_place(temporary, path)
    finally:
        if os.path.exists(temporary):
            os.unlink(temporary)


@contextlib.contextmanager
def writing_whole(path: str) -> Iterator[TextIO]:
    """A file to write text to, bit by bit, that takes its place when all of it is written.

    UTF-8, and line ends as they are given. Nobody but its owner may read it.
    """
    part = f"{path}.part"
    try:
        make_private_file(part)
        with open(part, "w", encoding="utf-8", newline="") as file:
            yield file
        put_in_place(part, path)
    finally:
        if os.path.exists(part):
            os.unlink(part)


def make_private_file(path: str) -> None:
    """Create an empty file that only its owner may read, in place of what a crash left there."""
    os.close(_new_file(path, 0o600))


def _new_file(path: str, mode: int) -> int:
    """Open a file that was not there a moment ago; a link that waits at the path leads nowhere."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)


def put_in_place(part: str, path: str) -> None:
    """Let a file that is all written take the place of another, to last through a power cut."""
    # Windows flushes only what may be written to, and a file's own mode may be read-only elsewhere.
    handle = os.open(part, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
    os.replace(part, path)
    settle(os.path.dirname(path))


def make_private_folder(path: str) -> None:
    """Create a folder, and those above it that are missing, that only its owner may enter.

    Args:
        path: The folder; empty is the one that the program was started in.
    """
    if not path or os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    make_private_folder(parent)
    try:
        os.mkdir(path, 0o700)
    except FileExistsError:
        if not os.path.isdir(path):  # another window was quicker where it is
            raise
    settle(parent)


def settle(folder: str) -> None:
    """Make the names in a folder last through a power cut, as fsync does what is in its files.

    A file that was made or renamed is there after a crash of the program, but after a power cut
    only when its folder was written too. Where a system or a file system knows no such call, or
    the folder may not be read, the system's own order of writing has to do.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    try:
        handle = os.open(folder or ".", os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(handle)
