"""The learner to whom all of it happens, and what the campaign knows of an operation."""

import os
import shutil
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

from flashsafety.cli.group import commands
from flashsafety.clock import FixedClock
from flashsafety.store.ids import as_text
from flashsafety.study.backup import backup
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_all
from flashsafety.terms import Rating
from tests.banks import question, tiny_bank, write_cards
from tests.images import put, shows
from tests.libraries import open_library, paths_in

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
CARDS = 60
DAYS = 25

Tell = Callable[[str], None]

Log = dict[str, tuple[object, ...]]
"""Id to what is in the row; last comes when it was undone."""


@dataclass(frozen=True)
class Operation:
    """Something that is done while the disk fails.

    It works in a folder that ``make_base`` filled and ``prepare`` made ready, and tells what is
    safe from then on: a line a fact.
    """

    run: Callable[[Path, Tell], None]
    prepare: Callable[[Path], None] = lambda folder: None
    check: Callable[[Path, list[str]], list[str]] = lambda folder, told: []
    """What does not hold of that which it alone promises, given what it told; in words."""
    copies_first: str = ""
    """Why it makes a copy before it changes the log."""
    may_go_back: bool = False
    """It ends with the log of the copy, or with that from before: whole, either way."""
    damaged: bool = False
    """States do not follow from the log before it."""


def clock_in(folder: Path) -> FixedClock:
    """The day after the history."""
    clock = FixedClock(START)
    clock.advance(days=DAYS)
    return clock


def library_in(folder: Path, clock: FixedClock | None = None) -> Library:
    """The learner's library."""
    return open_library(folder, folder / "bank", clock or clock_in(folder), new_limit=20)


def log_of(library: Library) -> Log:
    """Every rating, action and plan that a database holds, and every set of parameters."""
    rows = [
        row
        for table in ("review", "action", "plan")
        for row in library.db.execute(f"SELECT id, * FROM {table}").fetchall()
    ]
    found = {as_text(row[0]): row[1:] for row in rows}
    assert len(found) == len(rows)
    for row in library.db.execute("SELECT * FROM parameters").fetchall():
        found[f"set {row[0]}"] = (*row, None)
    return found


def tell_new(library: Library, known: Log, tell: Tell) -> None:
    """Tell that whatever is new in the log is safe."""
    for key in log_of(library).keys() - known.keys():
        tell(f"kept {key}")


def flashsafety(folder: Path, *arguments: str, hours: float = 0) -> None:
    """A command line, some hours after the history; a fault is raised."""
    clock = clock_in(folder)
    clock.advance(hours=hours)
    os.environ["FLASHSAFETY_CONFIG"] = paths_in(folder).config
    whole = ["--db", paths_in(folder).database, "--questions", str(folder / "bank"), *arguments]
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            commands.main(whole, prog_name="flashsafety", obj=clock)
    except SystemExit as end:
        if end.code:
            raise


def make_base(folder: Path) -> None:
    """A learner with some weeks of history."""
    bank = tiny_bank(folder / "bank")
    write_cards(
        bank, "01-shapes/shapes.yaml", *(question(f"card-{n}") for n in range(CARDS)), shows()
    )
    put(bank, "01-shapes/images/circle.png")
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


def some_ratings(folder: Path) -> None:
    """Rate some cards."""
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        session = StudySession(library)
        for _ in range(5):
            session.answer(Rating.GOOD, 500)


def other_device(folder: Path, ratings: int, then: Callable[[Library], None]) -> None:
    """What another machine does that has the same data, after some ratings of its own."""
    clock = clock_in(folder)
    shutil.copytree(folder / "data", folder / "other/data")
    with open_library(folder / "other", folder / "bank", clock, new_limit=20) as library:
        session = StudySession(library)
        for _ in range(ratings):
            clock.advance(minutes=1)
            session.answer(Rating.HARD, 500)
        then(library)
    shutil.rmtree(folder / "other")


def reset(work: Path, base: Path) -> None:
    """The folder as the base is."""
    shutil.rmtree(work, ignore_errors=True)
    for lost in work.parent.glob(f"{work.name}.lost-*"):
        shutil.rmtree(lost) if lost.is_dir() else lost.unlink()
    shutil.copytree(base, work)
    for path in (work / "shared").glob("*/*"):
        os.chmod(path, 0o600)
