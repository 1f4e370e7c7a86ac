"""The care of the data: formats, copies, going back, mending, saving what a damaged file yields."""

from pathlib import Path

from flashsafety.errors import FlashsafetyError
from flashsafety.store.migrate import migrate, migrations
from flashsafety.store.open import connect
from flashsafety.study.backup import backup, daily_copy, read_copy, restore
from flashsafety.study.doctor import mend
from flashsafety.study.rebuild import rebuild
from tests.crash.learner import Operation, Tell, clock_in, flashsafety, library_in, some_ratings
from tests.libraries import paths_in

OLDEST = 1
"""The first format."""


def _make_old(folder: Path) -> None:
    """Put the database into the first format, as far as that holds it."""
    path = Path(paths_in(folder).database)
    old = path.with_name("first.db")
    db = connect(str(old))
    migrate(db, {OLDEST: migrations()[OLDEST]})
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


def _the_old_is_kept(folder: Path, told: list[str]) -> list[str]:
    """The file has been opened by now, so there is a whole copy of what it was."""
    kept = list((folder / "data/backups").glob("*-before-format-*.db"))
    for path in kept:
        db = connect(str(path))
        version = db.execute("PRAGMA user_version").fetchone()[0]
        db.close()
        if version != OLDEST:
            return [f"{path.name} is of format {version}"]
    return [] if kept else ["there is no copy of the old format"]


def _backup(folder: Path, tell: Tell) -> None:
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        tell(f"copy {backup(library).path}")
        for _ in range(3):
            clock.advance(days=20)
            daily_copy(library)


def _restore(folder: Path, tell: Tell) -> None:
    copy = next((folder / "data/backups").glob("*.db"))
    _, kept = restore(paths_in(folder), clock_in(folder), str(copy))
    tell(f"copy {kept}")


def _damage_states(folder: Path) -> None:
    with library_in(folder) as library:
        library.db.execute("UPDATE card SET lapses = lapses + 1 WHERE reps > 0")
        library.db.execute("DROP INDEX card_met")


def _rebuild(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        rebuild(library)
        mend(library)


def _salvage(folder: Path, tell: Tell) -> None:
    target = folder / "saved.db"
    flashsafety(folder, "doctor", "--salvage", str(target))
    tell(f"copy {target}")


def _saved_whole(folder: Path, told: list[str]) -> list[str]:
    """The new database holds all that there is, or is not there."""
    target = folder / "saved.db"
    if not target.exists():
        return []
    try:
        saved = read_copy(str(target)).reviews
    except FlashsafetyError as error:
        return [f"what was saved cannot be read: {error}"]
    with library_in(folder) as library:
        there = library.db.execute(
            "SELECT count(*) FROM review WHERE undone_at IS NULL AND origin = 'review'"
        ).fetchone()[0]
    return [] if saved >= there - 1 else [f"saved are {saved} of {there} ratings"]


OPERATIONS = {
    "migrate": Operation(_open, _make_old, check=_the_old_is_kept),
    "backup": Operation(_backup),
    "restore": Operation(_restore, some_ratings, copies_first="replaced", may_go_back=True),
    "rebuild": Operation(_rebuild, _damage_states, damaged=True),
    "salvage": Operation(_salvage, check=_saved_whole),
}
"""By name."""
