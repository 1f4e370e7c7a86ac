"""What a damaged database still yields, and what is mended where it stands."""

import io
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.store.migrate import migrations
from flashsafety.store.open import connect
from flashsafety.store.pages import Pages
from flashsafety.store.plausible import is_card_key
from flashsafety.store.salvage import TABLES
from flashsafety.study.anonymous import write
from flashsafety.study.backup import backup, restore
from flashsafety.study.doctor import doctor, mend
from flashsafety.study.library import Library
from flashsafety.study.plans import pause_until
from flashsafety.study.rebuild import rebuild
from flashsafety.study.salvage import Salvaged, salvage
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating, StudyDay
from tests.libraries import SETTINGS, paths_in
from tests.study.lives import Step, fresh_library, live, states

PAGE = 4096
LOG = tuple(f"SELECT * FROM {table} ORDER BY id" for table in ("review", "action", "plan"))


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a learner with some hundred ratings, the last of them only in the WAL."""
    folder = tmp_path_factory.mktemp("lived")
    with fresh_library(folder) as (library, clock):
        live(library, clock, _long_life())
        pause_until(library, StudyDay(clock.now().day + 3))
        library.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        live(library, clock, _long_life()[:40])
        data = Path(library.paths.database).parent
        shutil.copytree(data, folder / "copy")
    return folder


def _long_life() -> list[Step]:
    drawn = random.Random(7)
    steps: list[Step] = []
    for _ in range(900):
        steps.append(("rate", drawn.choice((Rating.AGAIN, Rating.GOOD, Rating.EASY))))
        if drawn.random() < 0.3:
            steps.append(("wait", drawn.uniform(1, 90)))
        if drawn.random() < 0.05:
            steps.append((drawn.choice(("undo", "bury", "flag")), None))
    return steps


@pytest.fixture
def save(tmp_path: Path, clock: FixedClock, lived: Path) -> Callable[[Path], Salvaged]:
    def open_at(database: str) -> Library:
        paths = paths_in(tmp_path)._replace(database=database)
        return Library.open(paths, SETTINGS, [str(lived / "bank")], clock=clock, device_name="desk")

    return lambda damaged: salvage(str(damaged), str(tmp_path / "saved.db"), open_at)


@pytest.fixture
def damaged(lived: Path, tmp_path: Path) -> Path:
    """The lived database with its WAL, to be damaged."""
    shutil.copytree(lived / "copy", tmp_path / "damaged")
    return tmp_path / "damaged/flashsafety.db"


def log_of(path: Path) -> list[list[tuple[object, ...]]]:
    db = sqlite3.connect(path)
    found = [db.execute(query).fetchall() for query in LOG]
    db.close()
    return found


def ratings_on(page: bytes) -> set[object]:
    """Ids of the ratings on one page, read as page 2 of a file without a header."""
    rows = Pages(bytes(PAGE) + page).rows()
    return {row.values[1] for row in rows if row.rowid is None and len(row.values) == 14}


def test_a_whole_file_and_its_wal_yield_the_whole_log_and_the_same_states(
    damaged: Path, save: Callable[[Path], Salvaged], tmp_path: Path, clock: FixedClock, lived: Path
) -> None:
    before = damaged.read_bytes()
    saved = save(damaged)
    assert damaged.read_bytes() == before
    assert saved.lost == ("devices whose names are lost: 1",)
    reviews, *others = log_of(Path(saved.copy.path))
    assert [reviews, *others] == log_of(damaged)
    assert all(others)
    assert saved.copy.reviews == sum(1 for row in reviews if row[-1] is None)
    assert len(reviews) > 300
    paths = paths_in(tmp_path)
    restore(paths, clock, saved.copy.path)
    with Library.open(paths, SETTINGS, [str(lived / "bank")], clock=clock) as library:
        library.take_in_changes()
        assert rebuild(library, verify=True).differing == ()
        restored = states(library)
    with Library.open(
        paths._replace(database=str(damaged)), SETTINGS, [str(lived / "bank")], clock=clock
    ) as library:
        assert states(library) == restored


def test_what_was_answered_is_saved_with_its_rating(
    library: Library, save: Callable[[Path], Salvaged]
) -> None:
    session = StudySession(library)
    for answer in ((2, 0), "semicircle", None):
        session.answer(Rating.EASY, 100, answer)
    query = "SELECT * FROM given ORDER BY review"
    answers = library.db.execute(query).fetchall()
    db = connect(save(Path(library.paths.database)).copy.path)
    assert db.execute(query).fetchall() == answers
    db.close()
    assert len(answers) == 2


def test_exports_know_the_learner_of_a_salvaged_database(
    library: Library, save: Callable[[Path], Salvaged], tmp_path: Path
) -> None:
    StudySession(library).answer(Rating.EASY, 100)
    known = write(library, io.StringIO()).learner
    saved = save(Path(library.paths.database)).copy.path
    paths = library.paths._replace(database=saved)
    with Library.open(paths, SETTINGS, library.roots, clock=library.clock) as again:
        assert write(again, io.StringIO()).learner == known


@pytest.mark.parametrize("seed", range(6))
def test_every_rating_on_a_page_that_is_whole_is_saved(
    damaged: Path, save: Callable[[Path], Salvaged], seed: int
) -> None:
    drawn = random.Random(seed)
    sqlite3.connect(damaged).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(damaged.read_bytes())
    every = {row[1] for row in log_of(damaged)[0]}
    lost = set()
    pages = [bytes(data[at : at + PAGE]) for at in range(0, len(data), PAGE)]
    of_the_log = [number for number, page in enumerate(pages) if ratings_on(page)]
    for number in {drawn.choice(of_the_log), *drawn.sample(range(len(pages)), 12)}:
        page = pages[number]
        lost |= ratings_on(page)
        data[number * PAGE : (number + 1) * PAGE] = drawn.choice(
            (bytes(PAGE), drawn.randbytes(PAGE), page[:2000] + drawn.randbytes(PAGE - 2000))
        )
    damaged.write_bytes(data)
    saved = {row[1] for row in log_of(Path(save(damaged).copy.path))[0]}
    assert every - lost <= saved <= every
    assert lost


def test_a_file_cut_short_and_without_its_header_yields_what_is_left(
    damaged: Path, save: Callable[[Path], Salvaged]
) -> None:
    sqlite3.connect(damaged).execute("PRAGMA wal_checkpoint(TRUNCATE)")
    every = {row[1] for row in log_of(damaged)[0]}
    data = damaged.read_bytes()
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    cut = max(number for number, page in enumerate(pages) if ratings_on(page))
    damaged.write_bytes(bytes(100) + data[100 : cut * PAGE + 1000])
    saved = {row[1] for row in log_of(Path(save(damaged).copy.path))[0]}
    assert every - ratings_on(pages[cut]) <= saved < every


def test_a_card_whose_name_no_card_has_is_taken_for_one_whose_name_is_lost(
    damaged: Path, save: Callable[[Path], Salvaged]
) -> None:
    with closing(sqlite3.connect(damaged)) as db, db:
        (card,) = db.execute("SELECT card FROM review").fetchone()
        name = "=cmd|'/c calc'!A1"
        db.execute("UPDATE card SET key = ?, note = ? WHERE id = ?", (f"{name}/x", name, card))
    with closing(sqlite3.connect(save(damaged).copy.path)) as db:
        keys = {row[0] for row in db.execute("SELECT key FROM card JOIN review ON card = card.id")}
    assert f"lost-card-{card}/card" in keys
    assert all(is_card_key(key) for key in keys)


def test_nothing_is_written_over_and_nothing_is_left_lying(
    damaged: Path, save: Callable[[Path], Salvaged], tmp_path: Path
) -> None:
    save(damaged)
    with pytest.raises(UsageError, match="a file already"):
        save(damaged)
    with pytest.raises(UsageError, match="no database"):
        save(tmp_path / "none.db")
    assert [path.name for path in tmp_path.glob("saved.db*")] == ["saved.db"]


def test_the_tables_that_are_saved_are_stored_as_they_are_declared() -> None:
    db = sqlite3.connect(":memory:")
    for script in migrations().values():
        db.executescript(script)
    for name, rowids, columns in TABLES:
        found = db.execute(f"PRAGMA table_info({name})").fetchall()
        assert len(found) == columns
        keys = [place for *_, place in found if place]
        assert [place for *_, place in found[: len(keys)]] == keys == sorted(keys)
        sql = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
        assert ("WITHOUT ROWID" not in sql) == rowids


@given(st.binary(max_size=3 * PAGE), st.binary(max_size=200), st.sampled_from((0x0D, 0x0A, 2)))
def test_no_bytes_whatever_make_the_page_reader_fail(data: bytes, log: bytes, kind: int) -> None:
    list(Pages(data, log).rows())
    list(Pages(bytes(PAGE) + bytes([kind]) + data, b"\x37\x7f\x06\x83" + log).rows())


def test_a_record_that_says_it_is_endless_on_pages_in_a_circle_is_passed_over() -> None:
    for length in (b"\x7f" * 8 + b"\xff", b"\xff" * 9, b"\xbf" + b"\xff" * 7 + b"\x00"):
        page = bytearray(PAGE)
        page[0], page[3:5], page[8:10] = 0x0D, (1).to_bytes(2, "big"), (100).to_bytes(2, "big")
        cell = length + b"\x01"
        page[100 : 100 + len(cell)] = cell
        circle = (2).to_bytes(4, "big")
        for at in range(100 + len(cell), PAGE - 4, 4):
            page[at : at + 4] = circle
        over = circle + bytes(PAGE - 4)
        assert list(Pages(bytes(PAGE) + over + bytes(page)).rows()) == []


def test_the_doctor_mends_states_indexes_triggers_and_orphans(library: Library) -> None:
    session = StudySession(library)
    while session.current:
        session.answer(Rating.GOOD, 100)
    db = library.db
    rated = db.execute("SELECT card FROM review").fetchone()[0]
    ratings = db.execute("SELECT * FROM review").fetchall()
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("UPDATE card SET lapses = 9 WHERE reps > 0")
    db.execute("DROP INDEX card_met")
    db.execute("DROP TRIGGER rollup_added")
    db.execute("DELETE FROM card WHERE id = ?", (rated,))
    db.execute("DELETE FROM device")
    db.execute("DELETE FROM parameters")
    db.execute("PRAGMA foreign_keys = ON")
    assert {finding.check for finding in doctor(library) if not finding.ok} >= {
        "references between rows",
        "indexes and triggers",
        "state of cards against their log",
    }
    library.adopt(library.settings)  # as one that has just been opened
    copy, done = mend(library)
    assert copy.made == "before-mend"
    assert len(done) > 4
    assert [finding.what for finding in doctor(library) if not finding.ok] == []
    assert db.execute("SELECT * FROM review").fetchall() == ratings


def test_mending_what_is_whole_does_nothing_but_a_copy(library: Library) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    before = list(library.db.iterdump())
    assert mend(library)[1] == []
    assert list(library.db.iterdump()) == before


def test_an_index_that_does_not_fit_its_table_is_made_again(library: Library) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    path = library.paths.database
    library.close()
    hidden = "type, name, tbl_name, rootpage, sql FROM sqlite_master WHERE name = 'card_note'"
    with sqlite3.connect(path) as db:
        row = db.execute(f"SELECT {hidden}").fetchone()
        db.execute("PRAGMA writable_schema = ON")
        db.execute("DELETE FROM sqlite_master WHERE name = 'card_note'")
    with sqlite3.connect(path) as db:  # does not know of the index, and leaves it behind
        db.execute("INSERT INTO card (key, note) VALUES ('new/recall', 'new')")
        db.execute("PRAGMA writable_schema = ON")
        db.execute("INSERT INTO sqlite_master VALUES (?,?,?,?,?)", row)
    library.db = connect(path)
    pages, tables = doctor(library)
    assert (pages.ok, tables.ok, pages.mend) == (False, True, "flashsafety doctor --mend")
    mend(library)
    assert doctor(library)[0].ok


@pytest.mark.parametrize(
    ("script", "name"),
    [
        ("CREATE TRIGGER easy AFTER INSERT ON review BEGIN DELETE FROM review; END", "easy"),
        ('CREATE VIEW "a ""b" AS SELECT * FROM review', 'a "b'),
        (
            "DROP TRIGGER rollup_added;"
            " CREATE TRIGGER rollup_added AFTER INSERT ON review BEGIN DELETE FROM review; END",
            "rollup_added",
        ),
        (
            "PRAGMA writable_schema = ON; INSERT INTO sqlite_master VALUES ('Trigger', 'easy',"
            " 'review', 0, 'CREATE TRIGGER easy AFTER INSERT ON review BEGIN DELETE FROM review;"
            " END'); PRAGMA writable_schema = OFF",
            "easy",
        ),
    ],
)
def test_what_others_added_to_a_copy_is_refused_and_found_and_taken_out(
    library: Library, tmp_path: Path, script: str, name: str
) -> None:
    StudySession(library).answer(Rating.GOOD, 100)
    copy = backup(library, str(tmp_path / "copy.db"))
    with closing(sqlite3.connect(copy.path)) as db:
        db.executescript(script)
    with pytest.raises(UnusableDataError, match="added"):
        restore(library.paths, library.clock, copy.path)
    library.db.executescript(script)
    library.db.close()
    library.db = connect(library.paths.database)  # from now on it acts
    assert [one.what for one in doctor(library) if not one.ok] == [name]
    assert mend(library)[1][0] == f"taken out: {name}"
    library.db.close()
    library.db = connect(library.paths.database)  # and so would what is left in the file
    assert all(one.ok for one in doctor(library))
    StudySession(library).answer(Rating.GOOD, 100)
    assert library.db.execute("SELECT count(*) FROM review").fetchone() == (2,)
