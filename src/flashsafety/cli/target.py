"""The file that an export goes to: never written over unasked, and whole or not there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.files import writing_whole

force_option = click.option("--force", is_flag=True, help="Replace FILE when there is one.")


def refuse_taken(file: str, *, force: bool) -> None:
    """Raise UsageError when something stands at the path that may not be replaced."""
    path = Path(file)
    if path.exists() and not path.is_file():
        raise UsageError("this is no ordinary file", where=file, mend="name another")
    if path.exists() and not force:
        raise UsageError("there is a file already", where=file, mend="name another, or add --force")


@contextmanager
def writing_to(file: str, *, force: bool) -> Iterator[TextIO]:
    """The file of an export, to write to.

    Raises:
        UsageError: There is a file already.
        UnusableDataError: It cannot be written; what was at the path is still there.
    """
    refuse_taken(file, force=force)
    try:
        with writing_whole(file) as out:
            yield out
    except OSError as error:
        what = f"this file cannot be written: {error.strerror}"
        raise UnusableDataError(what, where=file, mend="name another place") from None
