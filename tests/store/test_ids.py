"""Ids of log rows order the log, whatever the clock does."""

import sqlite3
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashsafety.store.ids import as_text, next_id, uuid7
from flashsafety.store.open import open_database


@pytest.fixture
def db(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    db = open_database(str(tmp_path / "a.db"), stamp=lambda: "stamp")
    yield db
    db.close()


def test_an_id_is_a_uuid_of_version_7_that_holds_its_instant() -> None:
    value = uuid7(1_700_000_000_123, lambda count: b"\xab" * count)
    read = uuid.UUID(as_text(value))
    assert (read.version, read.variant) == (7, uuid.RFC_4122)
    assert read.int >> 80 == 1_700_000_000_123


@given(st.lists(st.integers(0, 2**47), min_size=2, max_size=20))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_ids_grow_under_any_clock(db: sqlite3.Connection, instants: list[int]) -> None:
    db.execute("DELETE FROM action")
    db.execute("INSERT OR IGNORE INTO device VALUES (1, 'here')")
    last = b""
    for at in instants:
        fresh = next_id(db, at)
        assert fresh > last
        db.execute(
            "INSERT INTO action VALUES (?, 'start', NULL, 'm', NULL, ?, 0, 0, 1, NULL)", (fresh, at)
        )
        last = fresh


def test_two_devices_that_count_up_from_one_id_never_meet(db: sqlite3.Connection) -> None:
    """They share a log that holds an id from after the time on the clocks of both."""
    db.execute("INSERT INTO device VALUES (1, 'here')")
    future = uuid7(2**40, lambda count: bytes(count))
    db.execute(
        "INSERT INTO action VALUES (?, 'start', NULL, 'm', NULL, 1, 0, 0, 1, NULL)", (future,)
    )
    fresh = {next_id(db, 1) for _ in range(100)}
    assert len(fresh) == 100
    assert all(each > future for each in fresh)
