"""The only module that writes to the terminal: data on standard output, the rest on standard error.

Everything passes through here, so contributed text can never move the cursor or colour the screen.
"""

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TextIO, TypeAlias

if TYPE_CHECKING:
    from flashsafety.errors import FlashsafetyError

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
"""What a program that reads us may be given."""
LEAST = 20
"""Cells that the last column of a table is left, however narrow the terminal."""


def prepare() -> None:
    """Make both streams write whatever they are given, in any locale."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """Write data: lines on standard output, at once."""
    _write(sys.stdout, text)


def note(text: str) -> None:
    """Write narration: lines on standard error."""
    _write(sys.stderr, text)


def progress(text: str) -> None:
    """Write a line of narration in place of the last such line; at a terminal only.

    An empty text takes it away.
    """
    if sys.stderr.isatty():
        columns = _columns(sys.stderr) or 80
        sys.stderr.write(f"\r{_safe(text)[: columns - 1].ljust(columns - 1)}\r")
        sys.stderr.flush()


def names(text: str) -> None:
    """Write narration that lists names: at a terminal no name is broken at the end of a line."""
    columns = _columns(sys.stderr)
    if columns and len(text) > columns:
        from textwrap import fill

        text = fill(text, columns, break_long_words=False, break_on_hyphens=False)
    note(text)


def json(value: Json) -> None:
    """Write one JSON document to standard output.

    ASCII only, so that the invisible and the reversing characters are seen for what they are.
    """
    from json import dumps

    say(dumps(value, ensure_ascii=True, indent=None if _is_flat(value) else 2))


def table(rows: Iterable[Sequence[str]], *, cut: bool = False) -> None:
    """Write rows as columns set apart by two spaces.

    Args:
        rows: Cells, as many in each row.
        cut: At a terminal end the last column where the line does; by default it runs free.
    """
    lines = [[_safe(cell) for cell in row] for row in rows]
    if not lines:
        return
    widths = [max(map(_cells, column)) for column in zip(*lines, strict=True)]
    columns = _columns(sys.stdout) if cut else 0
    if columns:
        room = max(LEAST, columns - sum(widths[:-1]) - 2 * (len(widths) - 1))
        lines = [[*line[:-1], _shortened(line[-1], room)] for line in lines]
        widths[-1] = room
    for line in lines:
        padded = (
            cell + " " * (width - _cells(cell)) for cell, width in zip(line, widths, strict=True)
        )
        say("  ".join(padded).rstrip())


def fault(error: "FlashsafetyError") -> None:
    """Write what went wrong to standard error: place, what, and how to mend it."""
    note(f"error: {error}" if not error.where else str(error))


def width() -> int:
    """Columns to wrap prose to: the terminal's, at most 88; 80 where it does not say."""
    return min(88, _columns(sys.stdout) or 80)


def finish() -> None:
    """Write what is still to be written; where that fails, it was said, or nobody is there."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the interpreter would try again and make 120 of the exit code
        close_quietly()


def close_quietly() -> None:
    """Let go of a pipe whose reader has left, so that the interpreter's own flush says nothing."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):
            continue


def _columns(stream: TextIO) -> int:
    """Columns of the terminal that a stream leads to; 0 where there is none, or it does not say."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0


def _shortened(text: str, room: int) -> str:
    """A text in so many cells at most."""
    if _cells(text) <= room:
        return text
    from flashsafety.content.visible import shortened

    return shortened(text, room)


def _write(stream: TextIO, text: str) -> None:
    stream.write("".join(f"{_safe(line)}\n" for line in text.split("\n")))
    stream.flush()


def _safe(line: str) -> str:
    """A line with its control characters made visible."""
    if line.isascii() and line.isprintable():
        return line
    from flashsafety.content.visible import visible

    return visible(line)


def _cells(text: str) -> int:
    """Terminal cells that a text takes; its length where it is plain ASCII."""
    if text.isascii():
        return len(text)
    from flashsafety.content.visible import cells

    return cells(text)


def _is_flat(value: Json) -> bool:
    """Whether a document fits on one line: no list or object inside it."""
    parts = value.values() if isinstance(value, dict) else value
    if isinstance(parts, str | int | float | None):
        return True
    return not any(isinstance(part, dict | list | tuple) for part in parts)
