"""All states from the log, beside SQLite's own pass over it and py-fsrs; and the log's size."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import fsrs
from anki.collection import Collection

from flashsafety.anki.export import export_deck
from flashsafety.study.rebuild import rebuild
from flashsafety.study.today import EVERYTHING
from tests.anki import phone
from tests.benchmark_parts import MB, START, Row, median, studied, timed, turns


def rebuild_floor(work: Path, reviews: int) -> Iterator[Row]:
    """All states from the log, beside one pass of SQLite over its rows."""
    per_card = 20
    first = []
    for number in range(3):
        with studied(work / str(number), reviews // per_card, per_card, replayed=False) as library:
            first.append(timed(lambda at=library: rebuild(at)))  # type: ignore[misc]
    with studied(work, reviews // per_card, per_card) as library:
        every = "SELECT " + ", ".join(
            f"sum({row[1]})" if row[2] == "INTEGER" else f"max({row[1]})"
            for row in library.db.execute("PRAGMA table_info(review)")
        )
        verify, floor, rows = turns(
            3,
            lambda: rebuild(library, verify=True),
            lambda: library.db.execute(f"{every} FROM review").fetchall(),
            lambda: sum(1 for _ in library.db.execute("SELECT * FROM review")),
        )
        export_deck(library, str(work / "all.apkg"), EVERYTHING, with_scheduling=True)
    size = os.path.getsize(library.paths.database)  # closed, so without a journal beside it
    name = f"{reviews:,} ratings"
    yield (f"rebuild, {name}", "ms", first, "one pass inside SQLite", floor, 4)
    yield (f"rebuild --verify, {name}", "ms", verify, "one pass inside SQLite", floor, 4)
    yield (f"rebuild --verify, {name}", "ms", verify, "one pass into Python", rows, 4)
    with closing(Collection(str(work / "c.anki2"))) as collection:
        phone.take(collection, str(work / "all.apkg"))
    with closing(sqlite3.connect(work / "c.anki2")) as theirs:
        pages, free, size_of_page = (
            theirs.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
    used = (pages - free) * size_of_page / 1e6
    yield (f"size on disk, {name}", "MB", size / 1e6 * MB, "Anki's collection", used * MB, 1.5)


def rebuild_log(work: Path, reviews: int) -> Iterator[Row]:
    """The state of every card from its log, beside py-fsrs's own ``review_card``."""
    per_card = 10
    with studied(work, reviews // per_card, per_card, replayed=False) as library:
        took = [timed(lambda: rebuild(library)) for _ in range(3)]
        verify = timed(lambda: rebuild(library, verify=True))
        assert rebuild(library, verify=True).differing == ()
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    count = 20_000

    def py_fsrs() -> None:
        for number in range(count // per_card):
            card = fsrs.Card(number, due=START)
            for step in range(per_card):
                at = START + timedelta(days=step * 7)
                card, _ = scheduler.review_card(card, fsrs.Rating(number % 4 + 1), at)

    theirs = median(py_fsrs, 3) / count * reviews
    name = f"rebuild, {reviews:,} ratings"
    yield (f"{name}, all states written", "ms", took[0], "py-fsrs review_card", theirs, 0.1)
    yield (f"{name}, states already right", "ms", min(took[1:]), "py-fsrs", theirs, 0.1)
    yield (f"{name}, --verify", "ms", verify, "py-fsrs review_card", theirs, 0.1)
