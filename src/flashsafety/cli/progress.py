"""How far a long computation is, as a line that comes when it takes longer than a moment."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flashsafety.cli import output

_PATIENCE = 1.0
"""Seconds before anything is said."""
_EVERY = 0.1
"""Seconds from one line to the next."""


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """What is to be told how much of the whole is done; its line is gone at the end."""
    due = time.monotonic() + _PATIENCE
    shown = False

    def tell(done: int) -> None:
        nonlocal due, shown
        now = time.monotonic()
        if now >= due:
            due, shown = now + _EVERY, True
            output.progress(f"{what}: {done / total:.0%}")

    try:
        yield tell
    finally:
        if shown:
            output.progress("")
