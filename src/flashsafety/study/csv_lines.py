"""Lines of a file that may be hostile: what is read is bounded, and so is what is said of it."""

from collections.abc import Iterator
from typing import BinaryIO

LONGEST = 4096
"""Bytes of a line; none is read beyond."""


def lines(file: BinaryIO) -> Iterator[tuple[int, str | None]]:
    """Each line's number and text without its end; none in place of a line that is too long."""
    number = 0
    while line := file.readline(LONGEST + 1):
        number += 1
        if len(line) <= LONGEST:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8", "replace")
            yield number, text.rstrip("\r\n")
            continue
        yield number, None
        while line and not line.endswith(b"\n"):
            line = file.readline(LONGEST)


def short(text: str) -> str:
    """A cell as a message quotes it."""
    return text if len(text) <= 24 else f"{text[:24]}…"
