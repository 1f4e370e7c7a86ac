"""Writing files so that a crash leaves the old one or the new one, never half of either."""

import contextlib
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
    folder = os.path.dirname(path)
    make_private_folder(folder)
    temporary = f"{path}.{os.getpid()}.tmp"
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
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
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        if os.path.exists(part):
            os.unlink(part)


def make_private_file(path: str) -> None:
    """Create an empty file that only its owner may read, in place of what a crash left there."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(path)
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def make_private_folder(path: str) -> None:
    """Create a folder, and those above it that are missing, that only its owner may enter.

    Args:
        path: The folder; empty is the one that the program was started in.
    """
    if path and not os.path.isdir(path):
        make_private_folder(os.path.dirname(path))
        with contextlib.suppress(FileExistsError):
            os.mkdir(path, 0o700)
