"""Lines from standard input, from a pipe or a person."""

import sys
from collections.abc import Callable

LineReader = Callable[[], str | None]
"""Gives the next line without its end; none when there are no more."""


def line_reader() -> LineReader:
    """A reader of standard input; at a terminal it prompts, and readline edits, if installed."""
    if is_person():
        _use_readline()
        return _from_person
    reconfigure = getattr(sys.stdin, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
    return _from_pipe


def is_person() -> bool:
    """Whether someone sits at the other end."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _use_readline() -> None:
    try:
        import readline
    except ImportError:
        return
    # Pasting is announced with control codes unless it is told not to.
    readline.parse_and_bind("set enable-bracketed-paste off")


def _from_person() -> str | None:
    try:
        return input("> ")
    except EOFError:
        return None


def _from_pipe() -> str | None:
    line = sys.stdin.readline()
    return line.rstrip("\r\n") if line else None
