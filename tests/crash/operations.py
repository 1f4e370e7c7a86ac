"""What a learner does while the disk fails.

Each operation works in a folder that ``make_base`` filled and ``prepare`` made ready. It tells what
is safe from then on: a line a fact.
"""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.settings.change import set_setting
from flashsafety.store.incoming import exported
from flashsafety.store.migrate import migrate, migrations
from flashsafety.store.open import connect
from flashsafety.study.answer import undo_newest
from flashsafety.study.backup import backup, daily_copy, restore
from flashsafety.study.devices import exchange
from flashsafety.study.doctor import mend
from flashsafety.study.import_reviews import import_reviews
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.reviews_csv import write
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.study.today import start_all
from flashsafety.terms import Rating
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library, paths_in

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
CARDS = 60
DAYS = 25

Tell = Callable[[str], None]


def clock_in(folder: Path) -> FixedClock:
    """The day after the history."""
    clock = FixedClock(START)
    clock.advance(days=DAYS)
    return clock


def library_in(folder: Path, clock: FixedClock | None = None) -> Library:
    """The learner's library."""
    return open_library(folder, folder / "bank", clock or clock_in(folder), new_limit=20)


def make_base(folder: Path) -> None:
    """A learner with some weeks of history."""
    bank = tiny_bank(folder / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"card-{n}") for n in range(CARDS)))
    clock = FixedClock(START)
    with library_in(folder, clock) as library:
        library.take_in_changes()
        start_all(library)
        for day in range(DAYS):
            session = StudySession(library)
            for number in range(12):
                if session.current is not None:
                    clock.advance(minutes=1)
                    session.answer(Rating(1 + (day * 7 + number * 3) % 4), 900)
            clock.advance(days=1)
        backup(library)
    (folder / "shared").mkdir()


@dataclass(frozen=True)
class Operation:
    """Something that is done while the disk fails."""

    run: Callable[[Path, Tell], None]
    prepare: Callable[[Path], None] = lambda folder: None
    may_go_back: bool = False
    """It ends with the log of the copy, or with that from before: whole, either way."""


def _review(folder: Path, tell: Tell) -> None:
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        session = StudySession(library)
        for number in range(6):
            clock.advance(minutes=1)
            tell(f"rated {session.answer(Rating(1 + number % 4), 700).review}")
        session.bury()
        session.suspend()
        undone = session.undo()
        tell("done")
        assert undone is not None


def _undo(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        for _ in range(3):
            undone = undo_newest(library)
            assert undone is not None
            tell(f"undone {undone.review}")


def _some_ratings(folder: Path) -> None:
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        session = StudySession(library)
        for _ in range(5):
            session.answer(Rating.GOOD, 500)


def _change_bank(folder: Path) -> None:
    kept = [question(f"card-{n}").replace("right", "right still") for n in range(5, CARDS)]
    write_cards(folder / "bank", "01-shapes/shapes.yaml", *kept)
    more = [question(f"prime-{n}") for n in range(20)]
    write_cards(folder / "bank", "02-numbers/p.yaml", *more, module="numbers", topics="primes")


def _sync(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        sync(library)


def _make_old(folder: Path) -> None:
    """Put the database into the first format, as far as that holds it."""
    path = Path(paths_in(folder).database)
    old = path.with_name("first.db")
    db = connect(str(old))
    migrate(db, {1: migrations()[1]})
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute("ATTACH ? AS newer", (str(path),))
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = ", ".join(row[1] for row in db.execute(f"PRAGMA table_info({table})"))
        db.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM newer.{table}")
    db.close()
    for end in ("-wal", "-shm", ""):
        Path(f"{path}{end}").unlink(missing_ok=True)
    old.rename(path)


def _open(folder: Path, tell: Tell) -> None:
    library_in(folder).close()


def _write_csv(folder: Path) -> None:
    """A log of ratings that the database does not hold."""
    other = folder / "other"
    shutil.copytree(folder / "data", other / "data")
    clock = clock_in(folder)
    with open_library(other, folder / "bank", clock, new_limit=20) as library:
        session = StudySession(library)
        for _ in range(8):
            clock.advance(minutes=1)
            session.answer(Rating.HARD, 500)
        with (folder / "log.csv").open("w", encoding="utf-8") as out:
            write(exported(library.db), out)
    shutil.rmtree(other)


def _import(folder: Path, tell: Tell) -> None:
    clock = clock_in(folder)
    clock.advance(hours=5)
    with library_in(folder, clock) as library:
        import_reviews(library, str(folder / "log.csv"))


def _backup(folder: Path, tell: Tell) -> None:
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        backup(library)
        for _ in range(3):
            clock.advance(days=20)
            daily_copy(library)


def _restore(folder: Path, tell: Tell) -> None:
    copy = next((folder / "data/backups").glob("*.db"))
    restore(paths_in(folder), clock_in(folder), str(copy))


def _damage_states(folder: Path) -> None:
    with library_in(folder) as library:
        library.db.execute("UPDATE card SET lapses = lapses + 1 WHERE reps > 0")
        library.db.execute("DROP INDEX card_met")


def _rebuild(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        rebuild(library)
        mend(library)


def _other_device(folder: Path) -> None:
    """Two devices share a folder, and the other has done more."""
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        exchange(library, str(folder / "shared"))
    other = folder / "other"
    shutil.copytree(folder / "data", other / "data")
    with open_library(other, folder / "bank", clock, new_limit=20) as library:
        library.db.execute("UPDATE device SET name = 'phone'")
        library.db.execute("DELETE FROM folder")
        exchange(library, str(folder / "shared"))
        session = StudySession(library)
        for _ in range(8):
            clock.advance(minutes=1)
            session.answer(Rating.HARD, 500)
        exchange(library)
    shutil.rmtree(other)
    _some_ratings(folder)


def _exchange(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        exchange(library)


def _choose(folder: Path, tell: Tell) -> None:
    paths = paths_in(folder)
    for name, value in (("new_limit", "5"), ("theme", "nord"), ("new_limit", "7")):
        set_setting(paths, name, value)
        tell(f"set {name} {value}")


OPERATIONS: dict[str, Operation] = {
    "review": Operation(_review),
    "undo": Operation(_undo, _some_ratings),
    "sync": Operation(_sync, _change_bank),
    "migrate": Operation(_open, _make_old),
    "import": Operation(_import, _write_csv),
    "backup": Operation(_backup),
    "restore": Operation(_restore, _some_ratings, may_go_back=True),
    "rebuild": Operation(_rebuild, _damage_states),
    "sync-dir": Operation(_exchange, _other_device),
    "config": Operation(_choose),
}
"""By name."""


def reset(work: Path, base: Path) -> None:
    """The folder as the base is."""
    shutil.rmtree(work, ignore_errors=True)
    shutil.copytree(base, work)
    for path in (work / "shared").glob("*/*"):
        os.chmod(path, 0o600)
