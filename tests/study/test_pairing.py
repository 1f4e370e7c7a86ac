"""A file and a journal that are not of one time are refused, and whatever is whole is not."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError
from flashsafety.store import open as opening
from flashsafety.store.open import connect, open_database
from flashsafety.store.pages import Pages
from flashsafety.study.backup import backup, restore
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating


def rate(library: Library, count: int) -> None:
    """Rate some cards."""
    session = StudySession(library)
    for _ in range(count):
        session.answer(Rating.GOOD, 100)


def journal(library: Library) -> Path:
    return Path(f"{library.paths.database}-wal")


def opened(path: Path, *, check: bool = True) -> sqlite3.Connection:
    return open_database(str(path), stamp=lambda: "stamp", check=check)


@pytest.fixture
def apart(library: Library, tmp_path: Path) -> Path:
    """A copy of the file with a journal from before its last ratings."""
    path = tmp_path / "copy/flashsafety.db"
    path.parent.mkdir()
    rate(library, 2)
    shutil.copy(journal(library), f"{path}-wal")
    rate(library, 3)
    library.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    shutil.copy(library.paths.database, path)
    return path


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("large", [True, False])
def test_an_older_journal_is_refused_and_both_are_left_as_they_are(
    apart: Path, monkeypatch: pytest.MonkeyPatch, check: bool, large: bool
) -> None:
    if large:
        monkeypatch.setattr(opening, "CHECKED_BYTES", 0)
    log = Path(f"{apart}-wal")
    before = apart.read_bytes(), log.read_bytes()
    with pytest.raises(UnusableDataError, match="of different times") as caught:
        opened(apart, check=check)
    assert "--salvage" in str(caught.value)
    assert (apart.read_bytes(), log.read_bytes()) == before


def test_an_older_journal_that_would_take_back_an_undo_is_refused(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "copy/flashsafety.db"
    path.parent.mkdir()
    session = StudySession(library)
    session.answer(Rating.GOOD, 100)
    shutil.copy(journal(library), f"{path}-wal")
    session.undo()
    library.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    shutil.copy(library.paths.database, path)
    with pytest.raises(UnusableDataError, match="of different times"):
        opened(path)


def test_what_an_older_journal_hides_is_yielded_by_the_pages(apart: Path, library: Library) -> None:
    pages = Pages(apart.read_bytes(), Path(f"{apart}-wal").read_bytes())
    yielded = {row.values[1] for row in pages.rows() if row.rowid is None and len(row.values) == 14}
    assert yielded == {id_ for (id_,) in library.db.execute("SELECT id FROM review")}
    assert len(yielded) == 5


def test_a_journal_that_goes_with_its_file_is_opened(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "copy/flashsafety.db"
    path.parent.mkdir()
    rate(library, 2)
    library.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    shutil.copy(library.paths.database, path)
    rate(library, 3)
    shutil.copy(journal(library), f"{path}-wal")
    for check in (False, True):
        db = opened(path, check=check)
        assert db.execute("SELECT count(*) FROM review").fetchone() == (5,)
        db.close()


@pytest.mark.parametrize("large", [True, False])
def test_the_log_of_a_copy_that_was_gone_back_to_is_no_older_journal(
    library: Library, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, large: bool
) -> None:
    if large:
        monkeypatch.setattr(opening, "CHECKED_BYTES", 0)
    copy = backup(library)
    rate(library, 4)
    library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    other = connect(library.paths.database)  # keeps what is restored in the journal
    other.execute("SELECT count(*) FROM review").fetchone()
    restore(library.paths, clock, copy.path)
    assert journal(library).stat().st_size
    db = opened(Path(library.paths.database))
    assert db.execute("SELECT count(*) FROM review").fetchone() == (0,)
    db.close()
    other.close()


def test_a_checkpoint_that_broke_off_within_a_page_is_no_other_time(
    library: Library, tmp_path: Path
) -> None:
    rate(library, 2)
    library.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    before = Path(library.paths.database).read_bytes()
    rate(library, 5)
    log = journal(library).read_bytes()
    library.db.execute("PRAGMA wal_checkpoint(PASSIVE)")
    after = Path(library.paths.database).read_bytes()
    path = tmp_path / "copy/flashsafety.db"
    path.parent.mkdir()
    for half in range(512, len(before), 1536):
        path.write_bytes(after[:half] + before[half:])
        Path(f"{path}-wal").write_bytes(log)
        for check in (False, True):
            db = opened(path, check=check)
            assert db.execute("SELECT count(*) FROM review").fetchone() == (7,)
            db.close()
            path.write_bytes(after[:half] + before[half:])
            Path(f"{path}-wal").write_bytes(log)
