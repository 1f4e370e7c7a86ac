"""A copy that somebody else made, or made over: refused in words, and nothing is changed."""

import lzma
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError
from flashsafety.study.answer import act_on_card
from flashsafety.study.backup import backup, restore
from flashsafety.study.doctor import doctor, mend
from flashsafety.study.find import find
from flashsafety.study.library import Library
from flashsafety.study.salvage import salvage
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating

RELEASED = sorted((Path(__file__).parents[1] / "store/released").glob("*.xz"))

SCHEMA = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON review BEGIN DELETE FROM review; END",
    "a view": "CREATE VIEW v AS SELECT * FROM review",
    "a view in place of a table": "ALTER TABLE module RENAME TO m;"
    " CREATE VIEW module AS SELECT * FROM m",
    "a virtual table": "CREATE VIRTUAL TABLE f USING fts5(a)",
    "an index that computes": "CREATE INDEX i ON review (abs(rating))",
    "a computed column": "ALTER TABLE module ADD COLUMN x TEXT AS (hex(zeroblob(100000000)))",
    "another column": "ALTER TABLE source RENAME COLUMN title TO name",
    "no table": "DROP TABLE module",
    "what a condition forbids": "UPDATE card SET suspended = 7",
    "no conditions": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
    " replace(sql, 'CHECK (rating BETWEEN 1 AND 4)', '') WHERE name = 'review'",
    "a condition that computes": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
    " replace(sql, 'rating BETWEEN 1 AND 4', 'length(hex(zeroblob(400000000))) > 0')"
    " WHERE name = 'review'",
    "no types": "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql ="
    " replace(sql, ') STRICT', ')') WHERE name = 'card'",
}
ROWS = {
    "text without end": "UPDATE note SET content = hex(zeroblob(10000000))",
    "no note": "UPDATE note SET content = '[]'",
    "no JSON": "UPDATE note SET content = 'nothing'",
    "JSON without end": "UPDATE note SET content = replace(hex(zeroblob(50000)), '0', '[')",
    "another note": """UPDATE note SET content = '{"type": "choice"}'""",
    "the content of another": "UPDATE note SET content = (SELECT content FROM note"
    " WHERE id <> 'circle' LIMIT 1) WHERE id = 'circle'",
    "no list": "UPDATE note SET topics = '{}'",
    "bytes that are no text": "UPDATE module SET title = CAST(x'ff00fe' AS TEXT)",
    "roots that are none": "UPDATE meta SET value = '[1' WHERE key = 'roots'",
    "what was, and is none": "INSERT INTO change SELECT 1, id, 'reworded', 0, '[]', NULL FROM note"
    " LIMIT 1",
    "a file elsewhere": "UPDATE note SET file = '../../.ssh/config'",
    "an address that is none": "UPDATE source SET url = 'javascript:alert(1)'",
    "a folder elsewhere": "INSERT INTO folder VALUES (1, '/tmp', '../../x', 1, 0)",
    "an instant beyond time": "UPDATE review SET reviewed_at = 9223372036854775807",
    "an instant before time": "UPDATE review SET reviewed_at = -9223372036854775808",
    "a day beyond time": "UPDATE card SET last_day = 9223372036854775807",
    "a count beyond bounds": "UPDATE card SET reps = 9223372036854775807",
    "endless memory": "UPDATE card SET stability = 9e999, difficulty = 5",
    "weights that are none": "UPDATE parameters SET weights = '[NaN]'",
    "an offset beyond a day": "UPDATE review SET utc_offset = 10000000",
    "an id beyond ours": "UPDATE review SET id = x'ff00000000000000000000000000000f'",
    "an answer without end": f"INSERT INTO given SELECT id, '{'[' * 50_000}', 'x' FROM review",
    "a name without end": "UPDATE card SET key = hex(zeroblob(1000000)) WHERE reps = 1",
    "a name that is no text": "UPDATE card SET note = CAST(x'ff00fe' AS TEXT)",
}
LOST = {
    "a folder elsewhere", "an instant beyond time", "an instant before time", "an id beyond ours",
    "weights that are none", "an answer without end", "a name without end",
    "a name that is no text", "an offset beyond a day",
}  # fmt: skip
"""What follows from nothing else."""


@pytest.mark.parametrize("script", [*SCHEMA.values(), *ROWS.values()], ids=[*SCHEMA, *ROWS])
def test_a_copy_that_is_not_as_we_write_it_is_refused(
    library: Library, tmp_path: Path, script: str
) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    copy = _made_over(backup(library, str(tmp_path / "copy.db")).path, script)
    before = list(library.db.iterdump())
    with pytest.raises(UnusableDataError, match=r"added|not as flashsafety writes it") as refused:
        restore(library.paths, library.clock, copy)
    assert refused.value.mend
    assert list(library.db.iterdump()) == before


@pytest.mark.parametrize("script", ROWS.values(), ids=ROWS.keys())
def test_the_doctor_names_rows_that_cannot_be(library: Library, script: str) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    assert all(one.ok for one in doctor(library))
    library.db.executescript(f"PRAGMA foreign_keys = OFF; {script}")
    assert [one.check for one in doctor(library) if not one.ok] == ["rows that can be"]


@pytest.mark.parametrize("name", ROWS)
def test_the_doctor_makes_again_what_follows_from_the_bank_or_the_log(
    library: Library, name: str
) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    act_on_card(library, 1, "suspend")
    whole = _told(library)
    library.db.executescript(f"PRAGMA foreign_keys = OFF; {ROWS[name]}; PRAGMA foreign_keys = ON")
    before = list(library.db.iterdump()) if name in LOST - {"a name that is no text"} else []
    [bad] = [one for one in doctor(library) if not one.ok]
    if name in LOST:
        assert "salvage" in bad.mend
        with pytest.raises(UnusableDataError):
            mend(library)
        assert not before or list(library.db.iterdump()) == before
        return
    assert bad.mend == "flashsafety doctor --mend"
    assert "made again from the bank and the log" in mend(library)[1][0]
    assert [one for one in doctor(library) if not one.ok] == []
    assert _told(library) == whole


def test_a_text_without_end_is_not_read(library: Library) -> None:
    library.db.execute("UPDATE note SET content = hex(zeroblob(10000000)) WHERE id = 'circle'")
    [bad] = [one for one in doctor(library) if not one.ok]
    assert bad.what == "a text in note is without end"


def test_what_cannot_be_brought_to_the_present_format_replaces_nothing(
    library: Library, tmp_path: Path
) -> None:
    copy = tmp_path / "old.db"
    copy.write_bytes(lzma.decompress(RELEASED[0].read_bytes()))
    _made_over(str(copy), "CREATE TABLE plan (x)")
    before = list(library.db.iterdump())
    with pytest.raises(UnusableDataError, match="table plan already exists"):
        restore(library.paths, library.clock, str(copy))
    assert list(library.db.iterdump()) == before


@pytest.mark.parametrize(
    "script",
    [
        "INSERT INTO unsearched VALUES ('nobody')",
        "INSERT INTO uncompared VALUES ('nobody')",
        "UPDATE note SET content = (SELECT content FROM note WHERE id <> 'circle')"
        " WHERE id = 'circle'; INSERT INTO unsearched VALUES ('circle')",
    ],
)
def test_what_waits_for_a_note_that_is_not_there_is_passed_over(
    library: Library, script: str
) -> None:
    library.take_in_changes()
    cards = find(library, "")
    library.db.executescript(script)
    library.take_in_changes()
    assert find(library, "") == cards
    for table in ("unsearched", "uncompared"):
        assert library.db.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


@pytest.mark.parametrize("script", ROWS.values(), ids=ROWS.keys())
def test_salvage_leaves_out_what_cannot_be(
    library: Library, tmp_path: Path, bank: Path, clock: FixedClock, script: str
) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    copy = _made_over(backup(library, str(tmp_path / "copy.db")).path, script)

    def open_at(path: str) -> Library:
        return Library.open(
            library.paths._replace(database=path), library.settings, [str(bank)], clock=clock
        )

    saved = str(tmp_path / "saved.db")
    salvage(copy, saved, open_at)
    restore(library.paths, clock, saved)
    with open_at(library.paths.database) as restored:
        restored.take_in_changes()
        assert [one for one in doctor(restored) if not one.ok] == []


@pytest.mark.parametrize("released", RELEASED, ids=lambda path: path.stem)
def test_a_copy_of_every_released_format_is_taken(
    library: Library, tmp_path: Path, released: Path
) -> None:
    copy = tmp_path / "old.db"
    copy.write_bytes(lzma.decompress(released.read_bytes()))
    assert restore(library.paths, library.clock, str(copy))[0].reviews > 0


def _told(library: Library) -> list[object]:
    """What is known of the cards and the modules."""
    rows = library.db.execute("SELECT * FROM card ORDER BY key").fetchall()
    modules = library.db.execute("SELECT * FROM module ORDER BY slug").fetchall()
    notes = library.db.execute("SELECT * FROM note ORDER BY id").fetchall()
    return [rows, modules, notes]


def _made_over(path: str, script: str) -> str:
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA ignore_check_constraints = ON")
        db.executescript(script)
    return path
