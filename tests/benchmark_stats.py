"""Statistics beside a plain screen and a plain read of the log; see ``tests.benchmark``."""

import asyncio
import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from flashsafety.stats.figures import figures
from flashsafety.stats.report import statistics as read_statistics
from flashsafety.store import rollups, writes
from flashsafety.study.library import Library
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.base import BaseScreen
from flashsafety.tui.screens.statistics import StatisticsScreen
from tests.benchmark_parts import Row, studied, turns

if TYPE_CHECKING:
    from textual.screen import Screen
    from textual.widgets import Static

_PER_CARD = 20


class _Plain(BaseScreen):
    """As many widgets and lines, and nothing to read."""

    PLACE = "statistics"

    def column(self) -> "Iterator[Static]":
        from textual.widgets import Static

        yield Static("tabs", id="tabs")
        yield Static("a line of text\n" * 20, id="lines", markup=False)


def statistics_of_a_log(work: Path, reviews: int) -> Iterator[Row]:
    """Summed anew, from what is kept, and on the screen."""
    with studied(work, reviews // _PER_CARD, _PER_CARD) as library:
        jobs = _read_all, _scan, _sum_anew, read_statistics
        read, scan, anew, whole = turns(3, *(partial(job, library) for job in jobs))
        name = f"statistics, {reviews:,} ratings"
        yield (f"{name}, summed anew", "ms", anew, "all rows read through sqlite3", read, 3)
        yield (f"{name}, summed anew", "ms", anew, "the rows inside SQLite", scan, 3)
        kept, one_day = turns(7, lambda: _sums(library), lambda: _sum_newest(library))
        frame, plain, shown = asyncio.run(_screens(library))
        yield (f"{name}, kept sums read", "ms", kept, "a frame at 60 a second", frame, 1)
        yield (f"{name}, a day of them new", "ms", one_day, "the rows inside SQLite", scan, 3)
        yield (f"{name}, on screen", "ms", shown, "plain screen + a frame", plain + frame, 1)
        yield (f"{name}, all of it", "ms", whole, "the rows inside SQLite", scan, 3)


def _read_all(library: Library) -> None:
    for _ in library.db.execute("SELECT * FROM review"):
        pass


def _scan(library: Library) -> None:
    columns = [row[1] for row in library.db.execute("PRAGMA table_info(review)")]
    library.db.execute(f"SELECT {', '.join(f'max({c})' for c in columns)} FROM review").fetchone()


def _sum_anew(library: Library) -> None:
    with writes.writing(library.db):
        rollups.forget(library.db)
    _sums(library)


def _sum_newest(library: Library) -> None:
    """As after a day of ratings: its sums alone are made and kept."""
    db = library.db
    newest = db.execute("SELECT max(study_day) FROM review").fetchone()[0]
    with writes.writing(db):
        db.execute("INSERT OR IGNORE INTO rollup_change VALUES (?)", (newest,))
    _sums(library)


def _sums(library: Library) -> None:
    with figures(library) as log:
        log.stages()
        log.hours()
        log.modules()
        log.recalls()


async def _screens(library: Library) -> tuple[float, float, float]:
    """Seconds of a frame; from asking for a plain screen until it is painted; the same of ours."""
    app = FlashsafetyApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.workers.wait_for_complete()
        times = []
        for make, ready in (
            (_Plain, lambda screen: True),
            (StatisticsScreen, lambda screen: bool(screen._read)),
        ):
            runs = []
            for _ in range(9):
                runs.append(await _until_painted(app, make(), ready))
                await pilot.pause()
                app.pop_screen()
                await pilot.pause()
            times.append(statistics.median(runs))
    return 1 / 60, times[0], times[1]


async def _until_painted(
    app: FlashsafetyApp, screen: "Screen[None]", ready: "Callable[[Screen[None]], bool]"
) -> float:
    painted = asyncio.Event()
    start = time.perf_counter()
    await app.push_screen(screen)
    while not ready(screen):
        await asyncio.sleep(0)
    screen.call_after_refresh(painted.set)
    await painted.wait()
    return time.perf_counter() - start
