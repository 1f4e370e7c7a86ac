"""Copies of the database and its journal (``-wal``) that do not belong together, or not whole.

A program that carries files (rsync, a backup, Dropbox) takes the two one after the other while the
learner goes on. Every copy is either opened with each rating that its bytes hold, or refused; a
refused one is left as it was and yields those ratings by ``doctor --salvage``.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from flashsafety.errors import UnusableDataError
from flashsafety.store.ids import as_text
from flashsafety.store.pages import Pages
from flashsafety.study.doctor import doctor
from flashsafety.study.library import Library
from flashsafety.study.salvage import salvage
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.crash.learner import Log, clock_in, library_in, log_of
from tests.libraries import SETTINGS, paths_in

PAGE = 4096
COLUMNS = 14
"""Of a rating."""
RATINGS = 150


class Pair(NamedTuple):
    """The bytes of the files at one moment; none where there is no such file."""

    data: bytes
    log: bytes | None
    shm: bytes | None


def moments(folder: Path) -> list[Pair]:
    """The files of a learner after each of many ratings; the journal is begun anew now and then."""
    clock = clock_in(folder)
    path = paths_in(folder).database
    found = []
    with library_in(folder, clock) as library:
        library.db.execute("PRAGMA wal_autocheckpoint = 60")
        session = StudySession(library)
        for number in range(RATINGS):
            if session.current is None:
                clock.advance(days=1)
                session.refresh()
                continue
            clock.advance(minutes=1)
            session.answer(Rating(1 + number % 4), 700)
            if number % 9 == 8:
                session.undo()
            found.append(Pair(*(Path(path + end).read_bytes() for end in ("", "-wal", "-shm"))))
    return found


def _alone(all_: list[Pair], chance: Random) -> Pair:
    return Pair(chance.choice(all_).data, None, None)


def _older(all_: list[Pair], chance: Random) -> Pair:
    first, second = sorted(chance.sample(range(len(all_)), 2))
    return Pair(all_[second].data, all_[first].log, all_[second].shm)


def _newer(all_: list[Pair], chance: Random) -> Pair:
    first, second = sorted(chance.sample(range(len(all_)), 2))
    return Pair(all_[first].data, all_[second].log, all_[first].shm)


def _cut(all_: list[Pair], chance: Random) -> Pair:
    one = chance.choice(all_)
    assert one.log is not None
    return one._replace(log=one.log[: chance.randrange(len(one.log))])


def _mixed(all_: list[Pair], chance: Random) -> Pair:
    """The file was copied while a checkpoint wrote to it, and the journal after it."""
    first, second = sorted(chance.sample(range(len(all_)), 2))
    place = chance.randrange(1, len(all_[first].data) // PAGE) * PAGE
    data = all_[first].data[:place] + all_[second].data[place:]
    return Pair(data, all_[second].log, all_[second].shm)


def _other_shm(all_: list[Pair], chance: Random) -> Pair:
    shm = chance.choice((None, chance.choice(all_).shm, chance.randbytes(32768), b""))
    return chance.choice(all_)._replace(shm=shm)


KINDS: dict[str, Callable[[list[Pair], Random], Pair]] = {
    "journal missing": _alone,
    "journal older": _older,
    "journal newer": _newer,
    "journal cut": _cut,
    "file mixed": _mixed,
    "shm of another time": _other_shm,
}
"""What is wrong with a copy."""


def lay(pair: Pair, folder: Path) -> Path:
    """Put a pair where the learner's database is; returns its path."""
    path = Path(paths_in(folder).database)
    for end, data in zip(("", "-wal", "-shm"), pair, strict=True):
        file = Path(f"{path}{end}")
        file.unlink(missing_ok=True)
        if data is not None:
            file.write_bytes(data)
    return path


def broken(pair: Pair, folder: Path) -> tuple[str, list[str]]:
    """How the copy was met (opened or refused), and what does not hold of it, in words."""
    path = lay(pair, folder)
    held = _held(pair)
    try:
        library = library_in(folder)
    except UnusableDataError as error:
        found = [] if "restore" in str(error) else [f"the refusal does not help: {error}"]
        if path.read_bytes() != pair.data or _bytes(f"{path}-wal") != pair.log:
            found.append("what was refused was not left as it was")
        return "refused", found + _salvaged(path, folder, held)
    with library:
        rows = library.db.execute("SELECT id, undone_at FROM review").fetchall()
        log: Log = {as_text(id_): (undone,) for id_, undone in rows}
        found = [] if len(log) == len(rows) else ["a rating is there twice"]
        found += _lacking(log, held)
        library.take_in_changes()
        found += [f"the doctor finds: {one}" for one in doctor(library) if not one.ok]
    return "opened", found


def _bytes(path: str) -> bytes | None:
    return Path(path).read_bytes() if Path(path).exists() else None


def _held(pair: Pair) -> dict[str, bool]:
    """Every rating on a page of the file or of the journal's whole steps: whether it is undone."""
    held: dict[str, bool] = {}
    for key, undone in (*_ratings(pair.data, b""), *_ratings(b"", pair.log or b"")):
        held[key] = held.get(key, False) or undone
    return held


def _ratings(data: bytes, log: bytes) -> Iterator[tuple[str, bool]]:
    for row in Pages(data, log).rows():
        if row.rowid is None and len(row.values) == COLUMNS and isinstance(row.values[1], bytes):
            yield as_text(row.values[1]), row.values[-1] is not None


def _lacking(log: Log, held: dict[str, bool]) -> list[str]:
    lost = [key for key in held if key not in log]
    revived = [key for key in held if held[key] and key in log and log[key][-1] is None]
    found = [f"{len(lost)} of {len(held)} ratings that are there are not found"] if lost else []
    return found + ([f"{len(revived)} undone ratings count again"] if revived else [])


def _salvaged(path: Path, folder: Path, held: dict[str, bool]) -> list[str]:
    def open_at(database: str) -> Library:
        paths = paths_in(folder)._replace(database=database)
        return Library.open(paths, SETTINGS, [str(folder / "bank")], clock=clock_in(folder))

    target = folder / "saved.db"
    target.unlink(missing_ok=True)
    salvage(str(path), str(target), open_at)
    with open_at(str(target)) as library:
        return [f"salvage: {words}" for words in _lacking(log_of(library), held)]
