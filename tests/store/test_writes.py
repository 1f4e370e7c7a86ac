"""A transaction is all or nothing, and what stops it is put into words."""

import sqlite3
from pathlib import Path

import pytest

from flashsafety.errors import UnusableDataError
from flashsafety.store.open import connect, open_database
from flashsafety.store.writes import writing


def test_a_transaction_that_fails_leaves_nothing(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "a.db"), stamp=lambda: "stamp")
    with pytest.raises(RuntimeError), writing(db):
        db.execute("INSERT INTO meta VALUES ('k', 'v')")
        raise RuntimeError
    assert db.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    db.close()


def test_a_locked_file_is_told_and_the_next_write_succeeds(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "a.db"), stamp=lambda: "stamp")
    other = connect(str(tmp_path / "a.db"))
    db.execute("PRAGMA busy_timeout = 0")
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(UnusableDataError, match="locked") as caught, writing(db):
        raise AssertionError("the lock is not ours")
    assert "another program" in caught.value.mend
    other.execute("ROLLBACK")
    with writing(db):
        db.execute("INSERT INTO meta VALUES ('k', 'v')")
    assert db.execute("SELECT count(*) FROM meta").fetchone() == (1,)
    db.close()
    other.close()


def test_a_full_disk_is_told_and_nothing_is_half_written(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "a.db"), stamp=lambda: "stamp")
    pages = db.execute("PRAGMA page_count").fetchone()[0]
    db.execute(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(UnusableDataError, match="full"), writing(db):
        for number in range(99):
            db.execute("INSERT INTO meta VALUES (?, ?)", (str(number), "x" * 4000))
    assert db.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    db.close()


def test_a_fault_of_ours_is_not_dressed_up(tmp_path: Path) -> None:
    db = open_database(str(tmp_path / "a.db"), stamp=lambda: "stamp")
    with pytest.raises(sqlite3.OperationalError), writing(db):
        db.execute("SELECT nothing FROM nowhere")
    db.close()
