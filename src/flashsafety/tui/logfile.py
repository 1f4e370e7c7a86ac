"""The app's log: what went wrong and where in the code, for a report of a bug.

It names no card and no rating, and holds no text of either: of an error its kind and the lines of
the program that it came through, of a message its title.
"""

import logging
import os
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from flashsafety.files import make_private_folder

SIZE = 200_000
"""Bytes after which the log is put aside for a new one; the last two are kept."""

_LOGGER = logging.getLogger("flashsafety.tui")


class _Private(RotatingFileHandler):
    """Files that nobody but their owner may read."""

    def _open(self):  # type: ignore[no-untyped-def]
        return os.fdopen(
            os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600),
            "a",
            encoding="utf-8",
        )


def open_log(path: str) -> None:
    """Log to a file from now on; a file that cannot be written costs the log and nothing else."""
    close_log()
    try:
        make_private_folder(str(Path(path).parent))
        handler = _Private(path, maxBytes=SIZE, backupCount=2, delay=False)
    except OSError:
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    _LOGGER.addHandler(handler)
    _LOGGER.setLevel(logging.INFO)
    _LOGGER.propagate = False


def close_log() -> None:
    """Log no more."""
    for handler in _LOGGER.handlers[:]:
        _LOGGER.removeHandler(handler)
        handler.close()


def note(words: str) -> None:
    """A line of the log."""
    _LOGGER.info(words)


def note_failure(error: BaseException) -> None:
    """An error that ends the app: its kind, and the way that it took through the program.

    Nothing before the log is open: logging would write it on the terminal, over what is said there.
    """
    if not _LOGGER.handlers:
        return
    frames = traceback.extract_tb(error.__traceback__)
    way = "".join(f"\n  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames)
    _LOGGER.error("%s%s", type(error).__name__, way)
