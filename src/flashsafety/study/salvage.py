"""What a damaged database still yields."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flashsafety.collector import collector_off
from flashsafety.errors import UsageError
from flashsafety.files import put_in_place
from flashsafety.store.open import make_one_file
from flashsafety.store.pages import Pages
from flashsafety.store.salvage import adopt_orphans, take_rows
from flashsafety.store.writes import writing
from flashsafety.study.backup import Copy, read_copy
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved."""

    copy: Copy
    """The new database."""
    lost: tuple[str, ...]
    """What the ratings belong to and could not be read, in words."""


@collector_off()
def salvage(damaged: str, target: str, open_library: Callable[[str], Library]) -> Salvaged:
    """Write every rating and action that can be read of a damaged database into a new one.

    The damaged file is only read, page by page, and so is its write-ahead log. States are reckoned
    from the log; texts come from the bank when the new database is first used.

    Args:
        damaged: The file.
        target: The new database.
        open_library: Opens a library over the database at a path, made when there is none.

    Raises:
        UsageError: There is nothing to read, or something at the target already.
        UnusableDataError: The new database could not be written.
    """
    log = Path(f"{damaged}-wal")
    if not (Path(damaged).exists() or log.exists()):
        raise UsageError("there is no database", where=damaged, mend="name another with --db")
    if Path(target).exists():
        raise UsageError("there is a file already", where=target, mend="name another")
    pages = Pages(*(path.read_bytes() if path.exists() else b"" for path in (Path(damaged), log)))
    part = f"{target}.part"
    _remove(part)
    try:
        with open_library(part) as library:
            lost = _fill(library, pages)
            make_one_file(library.db)
        put_in_place(part, target)
    except BaseException:
        _remove(part)
        raise
    return Salvaged(read_copy(target), lost)


def _fill(library: Library, pages: Pages) -> tuple[str, ...]:
    db = library.db
    db.execute("PRAGMA foreign_keys = OFF")
    with writing(db):
        take_rows(db, pages.rows())
    assert library.scheduling  # there is a parameter set from now on
    with writing(db):
        lost = adopt_orphans(db)
    rebuild(library)
    return tuple(lost)


def _remove(path: str) -> None:
    for end in ("", "-wal", "-shm"):
        Path(path + end).unlink(missing_ok=True)
