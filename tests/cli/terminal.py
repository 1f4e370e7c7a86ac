"""A command at a real terminal, with a person's answers to what it asks."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import flashsafety

LONGEST = 30
"""Seconds that a command may be silent."""


def at_terminal(
    bank: Path, database: Path, arguments: Sequence[str], answers: Sequence[str], columns: int = 80
) -> tuple[int, str]:
    """Run a command on a bank at a terminal; its exit code, and all that stood on the screen.

    Args:
        bank: The bank's folder.
        database: The database.
        arguments: Of the command.
        answers: A line for every question, typed when a question stands on the last line.
        columns: Width of the terminal.
    """
    ours, theirs = pty.openpty()
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(flashsafety.__file__).parents[1]),
        "FLASHSAFETY_DB": str(database),
        "FLASHSAFETY_QUESTIONS": str(bank),
    }
    set_size(theirs, columns)
    command = [sys.executable, "-m", "flashsafety", *arguments]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, start_new_session=True
    )
    os.close(theirs)
    left = list(answers)
    seen = b""
    while chunk := read(ours):
        seen += chunk
        if left and seen.rstrip(b"\r\n") == seen and seen.endswith(b": "):
            os.write(ours, left.pop(0).encode() + b"\n")
    code = process.wait(LONGEST)
    os.close(ours)
    assert not left, f"never asked for {left}: {seen.decode()}"
    return code, seen.decode().replace("\r\n", "\n")


def read(handle: int) -> bytes:
    """What the command has written; empty at its end."""
    ready, _, _ = select.select([handle], [], [], LONGEST)
    if not ready:
        raise TimeoutError("the command waits for an answer that it was not given")
    try:
        return os.read(handle, 65536)
    except OSError:  # how Linux says that nobody holds the other end any more
        return b""


def set_size(handle: int, columns: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
