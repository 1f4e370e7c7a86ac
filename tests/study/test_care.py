"""Copies, going back to them, and the doctor."""

from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.store.open import connect_read_only
from flashsafety.study.backup import backup, copies, daily_copy, missed_copy, restore
from flashsafety.study.doctor import doctor, mend
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.salvage import salvage
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.libraries import SETTINGS, open_library, paths_in


def rate_all(library: Library) -> None:
    session = StudySession(library)
    while session.current:
        session.answer(Rating.EASY, 0)


def test_a_backup_holds_what_was_rated_and_restore_goes_back_to_it(
    tmp_path: Path, bank: Path, library: Library, clock: FixedClock
) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    copy = backup(library)
    assert (copy.cards, copy.reviews) == (1, 1)
    rate_all(library)
    restored, kept = restore(library.paths, clock, copy.path)
    assert restored.reviews == 1
    assert library.db.execute("SELECT count(*) FROM review").fetchone()[0] == 1
    assert Path(kept).exists()
    assert {c.reviews for c in copies(library.paths).found} == {1, 7}


def test_restore_refuses_what_is_no_database_and_changes_nothing(
    tmp_path: Path, library: Library, clock: FixedClock
) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    bad = tmp_path / "bad.db"
    bad.write_text("hello")
    with pytest.raises(UnusableDataError):
        restore(library.paths, clock, str(bad))
    with pytest.raises(UsageError):
        restore(library.paths, clock, str(tmp_path / "none.db"))
    assert library.db.execute("SELECT count(*) FROM review").fetchone()[0] == 1


def test_restore_replaces_a_damaged_database_and_keeps_it(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    paths = paths_in(tmp_path)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        rate_all(library)
        copy = backup(library)
    Path(paths.database).write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    restored, kept = restore(paths, clock, copy.path)
    assert restored.reviews == 7
    assert Path(kept).read_bytes().endswith(b"\xff")
    with open_library(tmp_path, bank, clock) as library:
        assert rebuild(library, verify=True).differing == ()


def test_a_backup_never_writes_over_a_file(tmp_path: Path, library: Library) -> None:
    taken = tmp_path / "mine.db"
    taken.write_text("mine")
    with pytest.raises(UsageError, match="a file already"):
        backup(library, str(taken))
    assert taken.read_text() == "mine"


def test_a_day_has_one_copy_of_its_own_once_there_is_something_to_lose(
    library: Library, clock: FixedClock
) -> None:
    assert daily_copy(library) is None
    StudySession(library).answer(Rating.EASY, 0)
    copy = daily_copy(library)
    assert copy is not None
    assert (copy.made, copy.reviews) == ("daily", 1)
    clock.advance(hours=1)
    assert daily_copy(library) is None
    clock.advance(days=1)
    assert daily_copy(library) is not None
    assert [c.made for c in copies(library.paths).found] == ["daily", "daily"]


def test_automatic_copies_are_thinned_and_those_asked_for_are_not(
    library: Library, clock: FixedClock
) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    asked = backup(library)
    for _ in range(100):
        clock.advance(days=1)
        daily_copy(library)
    left = copies(library.paths).found
    assert asked.path in {copy.path for copy in left}
    assert 14 < len(left) < 30


def test_copies_of_another_database_in_the_folder_are_neither_listed_nor_thinned(
    library: Library, clock: FixedClock
) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    copy = daily_copy(library)
    assert copy is not None
    other = Path(copy.path).with_name("other-daily-20200101T000000000Z.db")
    twin = other.with_name("other-daily-20200101T000001000Z.db")
    for path in (other, twin):
        path.write_bytes(Path(copy.path).read_bytes())
    clock.advance(days=400)
    daily_copy(library)
    assert other.exists()
    assert twin.exists()
    assert len(copies(library.paths).found) == 2


def test_a_copy_that_cannot_be_read_is_named(library: Library) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    copy = backup(library)
    Path(copy.path).write_bytes(b"SQLite format 3\0" + b"\xff" * 9000)
    assert [*copies(library.paths).unreadable] == [copy.path]


def test_rebuild_mends_a_state_that_differs_from_its_log(library: Library) -> None:
    rate_all(library)
    library.db.execute("UPDATE card SET stability = 1, lapses = 9 WHERE reps = 1")
    assert len(rebuild(library, verify=True).differing) == 7
    assert len(rebuild(library).differing) == 7
    assert rebuild(library, verify=True).differing == ()


def test_the_doctor_finds_nothing_in_a_healthy_database(library: Library) -> None:
    rate_all(library)
    assert all(finding.ok for finding in doctor(library))


def test_the_doctor_names_a_stale_state_a_missing_index_and_a_broken_bank(
    library: Library, bank: Path
) -> None:
    rate_all(library)
    library.db.execute("UPDATE card SET lapses = 9 WHERE reps = 1")
    library.db.execute("DROP INDEX card_met")
    (bank / "01-shapes/shapes.yaml").write_text("module: nowhere\n")
    library.take_in_changes()
    faults = {finding.check: finding for finding in doctor(library) if not finding.ok}
    assert len(faults) == 3
    assert all(finding.mend for finding in faults.values())
    assert any("card_met" in finding.what for finding in faults.values())


@pytest.fixture
def gone(tmp_path: Path, bank: Path, clock: FixedClock) -> Path:
    """A database whose file is gone; what was written last is in its write-ahead log."""
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        backup(library)
        library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        library.db.execute("PRAGMA wal_autocheckpoint = 0")
        rate_all(library)
        path = Path(library.paths.database)
        log = Path(f"{path}-wal").read_bytes()
    Path(f"{path}-wal").write_bytes(log)
    path.unlink()
    return path


@pytest.mark.parametrize("empty", [True, False])
def test_what_is_left_of_a_database_that_is_gone_is_never_mixed_into_a_new_one(
    gone: Path, empty: bool, tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    if empty:
        gone.touch()
    log = Path(f"{gone}-wal")
    before = log.read_bytes()
    with pytest.raises(UnusableDataError, match="the database is gone"):
        open_library(tmp_path, bank, clock)
    assert log.read_bytes() == before
    [copy] = copies(paths_in(tmp_path)).found

    def open_at(database: str) -> Library:
        paths = paths_in(tmp_path)._replace(database=database)
        return Library.open(paths, SETTINGS, [str(bank)], clock=clock)

    assert salvage(str(gone), str(tmp_path / "saved.db"), open_at).copy.reviews == 7
    restored, kept = restore(paths_in(tmp_path), clock, copy.path)
    assert restored.reviews == 0
    assert [*copies(paths_in(tmp_path)).unreadable] == [kept] * empty
    assert Path(f"{kept}-wal").read_bytes() == before
    with open_library(tmp_path, bank, clock) as library:
        assert all(finding.ok for finding in doctor(library))


def test_a_copy_with_ratings_is_named_where_the_database_has_none(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        backup(library)
        rate_all(library)
        assert missed_copy(library) is None
        clock.advance(minutes=1)
        with_ratings = backup(library)
    Path(library.paths.database).unlink()
    with open_library(tmp_path, bank, clock) as anew:
        found = missed_copy(anew)
        assert found is not None and found.path == with_ratings.path


@pytest.mark.parametrize("table", ["review", "change", "card_name", "parameters"])
def test_a_table_that_is_missing_is_named_and_not_made_up(library: Library, table: str) -> None:
    library.db.execute("PRAGMA foreign_keys = OFF")
    library.db.execute(f"DROP TABLE {table}")
    *_, last = doctor(library)
    assert (last.check, last.what) == ("tables", f"{table} is missing")
    assert "restore" in last.mend
    with pytest.raises(UnusableDataError, match=f"{table} is missing"):
        mend(library)


def test_the_doctor_looks_at_a_file_that_may_only_be_read(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    StudySession(library).answer(Rating.EASY, 0)
    assert library.scheduling
    path = library.paths.database
    library.close()
    library.db = connect_read_only(path)
    monkeypatch.setattr("os.access", lambda each, _: str(each) != path)
    bad = [finding for finding in doctor(library) if not finding.ok]
    assert [finding.what for finding in bad if "write" in finding.check] == [
        f"{path} may not be written"
    ]
    assert "what cards are found by" not in {finding.check for finding in bad}


def test_why_a_copy_cannot_be_used_is_said(library: Library) -> None:
    copy = backup(library)
    Path(copy.path).write_text("hello")
    [(path, why)] = copies(library.paths).unreadable.items()
    assert (path, why) == (copy.path, "this file is no flashsafety database")


def test_cards_that_the_bank_asks_for_and_that_are_not_there_are_made_again(
    library: Library,
) -> None:
    db = library.db
    rate_all(library)
    before = set(db.execute("SELECT key, active, reps FROM card").fetchall())
    new, of = db.execute("SELECT key, note FROM card WHERE reps = 0").fetchone()
    db.execute("DELETE FROM card WHERE key = ?", (new,))
    [note] = db.execute("SELECT note FROM card WHERE reps = 1 AND note <> ?", (of,)).fetchone()
    db.execute("DELETE FROM note WHERE id = ?", (note,))
    db.execute("INSERT INTO card (key, note, active) VALUES ('stray/recall', 'stray', 1)")
    [bad] = [finding for finding in doctor(library) if not finding.ok]
    assert f"{new} is missing" in bad.what
    assert "stray/recall has no note" in bad.what
    mend(library)
    assert all(finding.ok for finding in doctor(library))
    after = set(db.execute("SELECT key, active, reps FROM card").fetchall())
    assert after == before | {("stray/recall", 0, 0)}
