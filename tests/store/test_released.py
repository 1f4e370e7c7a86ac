"""A database of every format that was ever released opens in the present one, with all its log."""

import lzma
import sqlite3
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError
from flashsafety.store import migrate
from flashsafety.study.devices import exchange
from flashsafety.study.doctor import doctor
from flashsafety.study.rebuild import rebuild
from tests.banks import tiny_bank
from tests.libraries import open_library, paths_in

RELEASED = sorted((Path(__file__).parent / "released").glob("*.xz"))
LOG = ("SELECT * FROM review ORDER BY id", "SELECT * FROM action ORDER BY id")
STATES = (
    "SELECT key, phase, stability, due_day, reps, lapses, suspended, flag FROM card ORDER BY id"
)


def test_there_is_a_file_of_each_format_that_was_released() -> None:
    assert [path.name for path in RELEASED] == [f"format-{number}.db.xz" for number in (1, 12, 5)]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_released_format_opens_with_all_that_was_in_it(
    released: Path, tmp_path: Path, clock: FixedClock
) -> None:
    path = Path(paths_in(tmp_path).database)
    path.parent.mkdir()
    path.write_bytes(lzma.decompress(released.read_bytes()))
    old = sqlite3.connect(path)
    before = [old.execute(query).fetchall() for query in (*LOG, STATES)]
    number = migrate.version(old)
    old.close()
    assert number < migrate.latest_version()
    assert len(before[0]) > 20
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        after = [library.db.execute(query).fetchall() for query in (*LOG, STATES)]
        assert after == before
        library.take_in_changes()
        assert rebuild(library, verify=True).differing == ()
        assert [finding.what for finding in doctor(library) if not finding.ok] == []
    copies = list((path.parent / "backups").glob("*.db"))
    assert [migrate.version(sqlite3.connect(copy)) for copy in copies] == [number]


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_migration_that_fails_leaves_the_old_file(
    released: Path, tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(paths_in(tmp_path).database)
    path.parent.mkdir()
    path.write_bytes(lzma.decompress(released.read_bytes()))
    before = list(sqlite3.connect(path).iterdump())
    scripts = {**migrate.migrations(), 99: "CREATE TABLE more (x INTEGER) STRICT;\nNONSENSE;\n"}
    monkeypatch.setattr("flashsafety.store.open.migrations", lambda: scripts)
    with pytest.raises((UnusableDataError, sqlite3.Error)):
        open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock)
    assert list(sqlite3.connect(path).iterdump()) == before


def test_what_a_database_shared_before_it_shares_still(tmp_path: Path, clock: FixedClock) -> None:
    path = Path(paths_in(tmp_path).database)
    path.parent.mkdir()
    path.write_bytes(lzma.decompress(RELEASED[1].read_bytes()))
    shared = tmp_path / "shared"
    shared.mkdir()
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        library.take_in_changes()
        library.db.execute("UPDATE folder SET path = ?", (str(shared),))
        ratings = library.db.execute("SELECT count(*) FROM review").fetchone()[0]
        assert exchange(library).sent > ratings > 20
        assert exchange(library).sent == 0
