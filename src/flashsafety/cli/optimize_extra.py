"""The packages of the extra ``optimize``: refused in words where they are missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from flashsafety.errors import UsageError

MEND = "pip install 'flashsafety[optimize]'"


@contextmanager
def needed_by(command: str) -> Iterator[None]:
    """Import inside; a package that is not there is named with the command that installs it.

    Raises:
        UsageError: A package is missing.
    """
    try:
        yield
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"'{command}' needs a package that is not installed: {missing.name}", mend=MEND
        ) from None
