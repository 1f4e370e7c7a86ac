"""Daily waits beside Anki's backend and the machine's floor; part of ``tests.benchmark``."""

import os
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from anki.collection import Collection
from anki.decks import DeckId
from anki.scheduler.v3 import Scheduler

from flashsafety.anki.export import export_deck
from flashsafety.clock import FixedClock
from flashsafety.study.find import find
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.study.today import EVERYTHING, plan_day
from flashsafety.terms import Rating
from tests.anki import phone
from tests.benchmark_parts import START, Row, big_bank, median, timed, walk, write_log
from tests.libraries import open_library

DECK = "A tiny course"
"""The name of the bank's course."""

MB = 1e-3
"""The table shows a thousand times its figures."""


def begin_session(work: Path, cards: int) -> Iterator[Row]:
    """The queue of an ordinary day, beside Anki's first ``get_queued_cards`` of the same cards.

    Some two hundred reviews are due, as after some years of studying so many cards.
    """
    with open_library(work, big_bank(work / "bank", cards), FixedClock(START)) as library:
        sync(library)
        write_log(library, 2)
        rebuild(library)
        today = library.clock.now().day
        spread = "UPDATE card SET due_day = ? + (id * 7919) % ? WHERE phase = 2"
        library.db.execute(spread, (today, max(1, cards // 200)))
        ours = [timed(lambda: plan_day(library, library.clock.now())) for _ in range(7)]
        whole = [timed(lambda: StudySession(library)) for _ in range(7)]
        words = ("import", "why number", "is:due", "prop:s>30", "rated:30:1")
        find(library, "word")  # the index is made once
        mine = {word: [timed(lambda w=word: find(library, w)) for _ in range(5)] for word in words}  # type: ignore[misc]
        export_deck(library, str(work / "all.apkg"), EVERYTHING, with_scheduling=True)
        library.db.execute("UPDATE card SET due_day = ? - id % 97 WHERE phase = 2", (today,))
        backlog = [timed(lambda: StudySession(library)) for _ in range(7)]
    with closing(Collection(str(work / "c.anki2"))) as collection:
        phone.take(collection, str(work / "all.apkg"))
        without_limits(collection)
    theirs = statistics.median(first_queued(work / "c.anki2") for _ in range(5))
    name = f"{cards:,} cards"
    stick = "Anki, first get_queued_cards"
    yield (f"queue of the day, {name}", "ms", ours, stick, theirs, 0.2)
    yield (f"session begun, {name}", "ms", whole, stick, theirs, 1)
    with closing(Collection(str(work / "c.anki2"))) as collection:
        late = "UPDATE cards SET due = ? - id % 97 WHERE queue = 2"
        collection.db.execute(late, collection.sched.today)  # type: ignore[union-attr]
    theirs = statistics.median(first_queued(work / "c.anki2") for _ in range(5))
    yield (f"session begun, all of {name} overdue", "ms", backlog, stick, theirs, 0.2)
    with closing(Collection(str(work / "c.anki2"))) as collection:
        for word in words:
            found = [timed(lambda w=word: collection.find_cards(w)) for _ in range(5)]  # type: ignore[misc]
            yield (
                f'search "{word}", whole list, {name}', "ms", mine[word],
                "Anki's find_cards", statistics.median(found), 1,
            )  # fmt: skip


def without_limits(collection: Collection) -> None:
    """Let a day bring as many cards as Anki has a number for."""
    for config in collection.decks.all_config():
        config["new"]["perDay"] = config["rev"]["perDay"] = 9999
        collection.decks.update_config(config)


def first_queued(path: Path) -> float:
    """Seconds in which Anki builds its queue of the deck that has the cards."""
    with closing(Collection(str(path))) as collection:
        assert isinstance(collection.sched, Scheduler)
        decks = collection.decks.all_names_and_ids()
        collection.decks.select(next(DeckId(deck.id) for deck in decks if deck.name == DECK))
        return timed(partial(collection.sched.get_queued_cards, fetch_limit=1))


def undo_beside_answer(work: Path, cards: int) -> Iterator[Row]:
    """Undo beside the answer that it takes back, and the answer beside one fdatasync."""
    clock = FixedClock(START)
    bank = big_bank(work / "bank", cards)
    with open_library(work, bank, clock, new_limit=200) as library:
        sync(library)
        session = StudySession(library)
        answers, undos = [], []
        for _ in range(100):
            clock.advance(minutes=0.1)
            answers.append(timed(lambda: session.answer(Rating.GOOD, 1000)))
            undos.append(timed(session.undo))
    with (work / "x").open("wb", buffering=0) as file:

        def durable() -> None:
            file.write(bytes(4096))
            os.fdatasync(file.fileno())

        floor = median(durable, 100)
    name = f"{cards:,} cards"
    yield (f"undo, {name}", "ms", undos, "answer", statistics.median(answers), 2)
    slow = sorted(answers)[98]
    yield (f"answer, p99, {name}", "ms", slow, "one write and fdatasync", floor, 10)


def one_file_changed(work: Path, cards: int) -> Iterator[Row]:
    """A bank of many files of which one has changed."""
    import yaml

    bank = big_bank(work / "bank", cards)
    files = sorted(bank.rglob("*.yaml"))
    path = next(path for path in files if path.parent != bank)
    text = path.read_text()
    with open_library(work, bank, FixedClock(START)) as library:
        sync(library)
        ours = []
        for number in range(7):
            path.write_text(text.replace("Why ", f"Why {'so ' * (number + 1)}"))
            ours.append(timed(library.take_in_changes))

    def floor() -> None:
        walk(bank)
        yaml.load(path.read_bytes(), yaml.CSafeLoader)

    name = f"sync, one file of {len(files):,} changed, {cards:,} cards"
    yield (name, "ms", ours, "walk + stat + C load of that file", median(floor), 3)


def rebuild_floor(work: Path, reviews: int) -> Iterator[Row]:
    """All states from the log, beside one pass of SQLite over its rows."""
    per_card = 20
    bank = big_bank(work / "bank", reviews // per_card)
    with open_library(work, bank, FixedClock(START)) as library:
        sync(library)
        write_log(library, per_card)
        first = timed(lambda: rebuild(library))
        verify = [timed(lambda: rebuild(library, verify=True)) for _ in range(3)]
        every = "SELECT " + ", ".join(
            f"sum({row[1]})" if row[2] == "INTEGER" else f"max({row[1]})"
            for row in library.db.execute("PRAGMA table_info(review)")
        )
        floor = median(lambda: library.db.execute(f"{every} FROM review").fetchall(), 3)
        rows = median(lambda: sum(1 for _ in library.db.execute("SELECT * FROM review")), 3)
        size = os.path.getsize(library.paths.database)
        export_deck(library, str(work / "all.apkg"), EVERYTHING, with_scheduling=True)
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


def memory_of_session(work: Path, cards: int) -> Iterator[Row]:
    """The greatest memory of the app that reviews, beside that of the app over no card."""
    figures = []
    for count in (cards, 0):
        folder = work / str(count)
        with open_library(folder, big_bank(folder / "bank", count), FixedClock(START)) as library:
            sync(library)
        command = [sys.executable, "-m", "tests.benchmark_memory", str(folder)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        figures.append(int(ran.stdout) / 1024)
    full, empty = figures
    name = f"memory of a review beyond an empty one's {empty:.0f} MB, {cards:,} cards"
    yield (name, "MB", (full - empty) * MB, "asked", 60 * MB, 1)


def install_size(work: Path, _: int) -> Iterator[Row]:
    """All that is installed, beside the four core packages alone."""
    sizes = []
    for name, packages in (("ours", ["."]), ("core", ["sqlmodel", "textual", "pyyaml", "fsrs"])):
        site = work / name / "site"
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", str(site)]
        subprocess.run([*pip, *packages], check=True, capture_output=True)
        files = site.rglob("*")
        sizes.append(sum(file.stat().st_size for file in files if file.is_file()) / 1e6)
    ours, core = sizes
    yield ("install size, default", "MB", ours * MB, "the four core packages", core * MB, 1.3)
