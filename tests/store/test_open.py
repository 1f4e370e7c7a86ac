"""Opening the database: what is refused stays byte for byte as it was."""

import sqlite3
import stat
from pathlib import Path

import pytest

from flashsafety.errors import UnusableDataError
from flashsafety.store import due, migrate, urgent
from flashsafety.store import open as opening
from flashsafety.store.open import connect, copy_database, open_database
from flashsafety.terms import Instant, Moment, StudyDay


def opened(path: Path) -> sqlite3.Connection:
    return open_database(str(path), stamp=lambda: "stamp")


def test_a_new_database_has_every_table_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "learner.db"
    db = opened(path)
    tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"note", "card", "review", "action", "parameters", "file", "module"} <= tables
    assert db.execute("PRAGMA synchronous").fetchone()[0] == 2
    assert db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert db.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    db.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_every_table_is_strict(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    rows = db.execute("PRAGMA table_list").fetchall()
    own = [
        row
        for row in rows
        if row[0] == "main" and row[2] == "table" and not row[1].startswith("sqlite_")
    ]
    assert len(own) == sum(sql.count("CREATE TABLE") for sql in migrate.migrations().values())
    assert all(row[5] for row in own)


def test_the_latest_version_is_that_of_the_last_migration() -> None:
    assert migrate.latest_version() == max(migrate.migrations())


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text", b"dear diary"),
        ("text longer than a header", b"dear diary, " * 40),
        ("an empty header", b"\0" * 4096),
        ("half a header", b"SQLite format 3\0" + b"\0" * 20),
        ("our mark in another file", bytes(68) + migrate.APPLICATION_ID.to_bytes(4) + bytes(400)),
        (
            "most of a header",
            b"SQLite format 3\0" + bytes(52) + migrate.APPLICATION_ID.to_bytes(4) + bytes(27),
        ),
    ],
)
def test_a_foreign_file_is_refused_and_left_alone(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / "foreign.db"
    path.write_bytes(content)
    with pytest.raises(UnusableDataError, match="no flashsafety database"):
        opened(path)
    assert path.read_bytes() == content
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != "home"] == ["foreign.db"]


def test_another_programs_sqlite_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE notes (x)")
    db.close()
    before = path.read_bytes()
    with pytest.raises(UnusableDataError, match="no flashsafety database"):
        opened(path)
    assert path.read_bytes() == before


def test_a_newer_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.db"
    db = opened(path)
    db.execute("PRAGMA user_version = 99")
    db.close()
    before = path.read_bytes()
    with pytest.raises(UnusableDataError, match="newer flashsafety") as caught:
        opened(path)
    assert "update flashsafety" in str(caught.value)
    assert path.read_bytes() == before


def test_a_damaged_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "damaged.db"
    opened(path).close()
    data = bytearray(path.read_bytes())
    data[4096 : 4096 * 6] = b"\xff" * (4096 * 5)
    path.write_bytes(data)
    with pytest.raises(UnusableDataError, match="cannot be used") as caught:
        opened(path)
    assert "restore" in str(caught.value)
    assert path.read_bytes() == bytes(data)


def test_a_truncated_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "short.db"
    opened(path).close()
    data = path.read_bytes()[:-6000]
    path.write_bytes(data)
    with pytest.raises(UnusableDataError):
        opened(path)
    assert path.read_bytes() == data


def test_a_folder_in_its_place_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnusableDataError, match="cannot be read"):
        opened(tmp_path)


def test_a_copy_is_taken_before_a_migration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    db = opened(path)
    db.execute("INSERT INTO meta VALUES ('kept', 'yes')")
    db.close()
    newer = {**migrate.migrations(), 99: "CREATE TABLE later (x INTEGER) STRICT;\n"}
    monkeypatch.setattr(opening, "migrations", lambda: newer)
    monkeypatch.setattr(opening, "latest_version", lambda: 99)
    db = opened(path)
    assert migrate.version(db) == 99
    db.execute("SELECT x FROM later")
    db.close()
    copy = sqlite3.connect(tmp_path / "backups/old-before-format-99-stamp.db")
    assert migrate.version(copy) == migrate.latest_version()
    assert copy.execute("SELECT value FROM meta WHERE key = 'kept'").fetchone() == ("yes",)
    copy.close()


def test_a_failed_migration_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "old.db"
    opened(path).close()
    script = "CREATE TABLE later (x INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);\n"
    monkeypatch.setattr(opening, "migrations", lambda: {**migrate.migrations(), 99: script})
    monkeypatch.setattr(opening, "latest_version", lambda: 99)
    with pytest.raises(UnusableDataError):
        opened(path)
    db = connect(str(path))
    assert migrate.version(db) == migrate.latest_version()
    assert db.execute("SELECT 1 FROM sqlite_master WHERE name = 'later'").fetchone() is None
    db.close()


def test_a_copy_holds_what_is_still_in_the_journal(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    db.execute("INSERT INTO meta VALUES ('k', 'v')")
    copy_database(db, str(tmp_path / "copies" / "b.db"))
    copy = opened(tmp_path / "copies" / "b.db")
    assert copy.execute("SELECT value FROM meta").fetchall() == [("v",)]
    assert not list(tmp_path.glob("copies/*.tmp"))


def test_cards_of_an_older_file_learn_the_type_of_their_note(tmp_path: Path) -> None:
    path = str(tmp_path / "old.db")
    db = sqlite3.connect(path, isolation_level=None)
    migrate.migrate(db, {n: text for n, text in migrate.migrations().items() if n < 10})
    db.execute("INSERT INTO note VALUES ('a','numeric','m','[]','[]','[]','{}','','f.yaml',1,NULL)")
    db.execute("INSERT INTO card (key, note) VALUES ('a/number', 'a'), ('gone/recall', 'gone')")
    db.close()
    db = open_database(path, stamp=lambda: "stamp")
    assert db.execute("SELECT key, type FROM card ORDER BY key").fetchall() == [
        ("a/number", "numeric"),
        ("gone/recall", ""),
    ]
    db.close()


def test_places_and_number_of_notes_are_read_from_an_index_alone(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    for query in ("SELECT id, file, line FROM note", "SELECT count(*) FROM note"):
        plan = db.execute(f"EXPLAIN QUERY PLAN {query} WHERE retired_at IS NULL").fetchall()
        assert "COVERING INDEX note_place" in plan[0][3]
    db.close()


def test_what_a_queue_asks_of_the_whole_bank_is_read_from_an_index(tmp_path: Path) -> None:
    db = opened(tmp_path / "a.db")
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    moment, everything = Moment(Instant(0), 0, StudyDay(20_000)), due.scope()
    due.met_on(db, moment.day)
    due.count_reviews(db, moment, everything)
    for order in urgent.URGENCY:
        urgent.first_reviews(db, moment, everything, order, 10, also=())
    db.set_trace_callback(None)
    plans = [
        db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()[0][3]
        for sql in asked
        if "json_each" not in sql
    ]
    assert "USING INDEX card_met" in plans[0]
    assert len(plans) == 6
    assert all("COVERING INDEX card_review" in plan for plan in plans[1:])
    db.close()


def test_what_a_crash_left_before_there_was_a_wal_is_taken_back(tmp_path: Path) -> None:
    path, copy = tmp_path / "a.db", tmp_path / "b.db"
    opened(path).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = DELETE")
    db.execute("INSERT INTO meta SELECT 'before', 'x'")
    db.execute("PRAGMA cache_size = 1")
    db.execute("BEGIN")
    for number in range(300):  # more than the cache holds, so that the file itself is written to
        db.execute("INSERT INTO meta VALUES (?, ?)", (f"k{number}", "y" * 500))
    copy.write_bytes(path.read_bytes())
    Path(f"{copy}-journal").write_bytes(Path(f"{path}-journal").read_bytes())
    db.close()
    db = opened(copy)
    assert db.execute("SELECT key FROM meta").fetchall() == [("before",)]
    db.close()
