"""Queues, undo, memory and size of an installation, beside Anki and the machine's floor."""

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
from flashsafety.study.session import StudySession
from flashsafety.study.today import EVERYTHING, plan_day
from flashsafety.terms import Rating
from tests.anki import phone
from tests.benchmark_parts import MB, NONE, START, Row, studied, timed, turns

DECK = "A tiny course"
"""The name of the bank's course."""

MOST = 9999
"""Cards a day: as many as Anki has a number for."""
REPOSITORY = Path(__file__).parent.parent


def begin_session(work: Path, cards: int) -> Iterator[Row]:
    """The queue of a day, beside Anki's first ``get_queued_cards`` of the same cards.

    On an ordinary day some two hundred reviews are due, as after some years of studying so many
    cards; and on a day without limits all are, long overdue.
    """
    name, reach = f"{cards:,} cards", 0.2 if cards >= 100_000 else NONE
    stick = "Anki, first get_queued_cards"
    file = str(work / "all.apkg")
    with studied(work, cards, 2) as library:
        today = library.clock.now().day
        spread = "UPDATE card SET due_day = ? + (id * 7919) % ? WHERE phase = 2"
        library.db.execute(spread, (today, max(1, cards // 200)))
        export_deck(library, file, EVERYTHING, with_scheduling=True)
        with closing(Collection(str(work / "c.anki2"))) as collection:
            phone.take(collection, file)
            limit(collection, library.settings.new_limit, library.settings.review_limit)
        theirs = [first_queued(work / "c.anki2") for _ in range(9)]
        ours, whole = turns(
            9, lambda: plan_day(library, library.clock.now()), lambda: StudySession(library)
        )
        yield (f"queue of the day, {name}", "ms", ours, stick, theirs, reach)
        yield (f"session begun, {name}", "ms", whole, stick, theirs, reach)
        library.db.execute("UPDATE card SET due_day = ? - id % 97 WHERE phase = 2", (today,))
        library.settings = library.settings._replace(new_limit=MOST, review_limit=MOST)
        (backlog,) = turns(9, lambda: StudySession(library))
    with closing(Collection(str(work / "c.anki2"))) as collection:
        limit(collection, MOST, MOST)
        late = "UPDATE cards SET due = ? - id % 97 WHERE queue = 2"
        collection.db.execute(late, collection.sched.today)  # type: ignore[union-attr]
    theirs = [first_queued(work / "c.anki2") for _ in range(9)]
    yield (f"session begun, all of {name} overdue", "ms", backlog, stick, theirs, reach)


def limit(collection: Collection, new: int, reviews: int) -> None:
    """Let a day bring so many cards."""
    for config in collection.decks.all_config():
        config["new"]["perDay"], config["rev"]["perDay"] = new, reviews
        collection.decks.update_config(config)


def first_queued(path: Path) -> float:
    """Seconds in which Anki builds its queue of the deck that has the cards."""
    with closing(Collection(str(path))) as collection:
        assert isinstance(collection.sched, Scheduler)
        decks = collection.decks.all_names_and_ids()
        collection.decks.select(next(DeckId(deck.id) for deck in decks if deck.name == DECK))
        return timed(partial(collection.sched.get_queued_cards, fetch_limit=1))


def undo_beside_answer(work: Path, cards: int) -> Iterator[Row]:
    """Undo beside the answer that it takes back."""
    clock = FixedClock(START)
    with studied(work, cards, clock=clock, new_limit=200) as library:
        session = StudySession(library)
        answers, undos = [], []
        for _ in range(100):
            clock.advance(minutes=0.1)
            session.rest()  # as front ends do while the learner reads
            answers.append(timed(lambda: session.answer(Rating.GOOD, 1000)))
            undos.append(timed(session.undo))
    yield (f"undo, {cards:,} cards", "ms", undos, "answer", answers, 2)


def memory_of_session(work: Path, cards: int) -> Iterator[Row]:
    """The greatest memory of the app that reviews, beside that of the app over no card."""
    figures = []
    for count in (cards, 0):
        folder = work / str(count)
        studied(folder, count).close()
        command = [sys.executable, "-m", "tests.benchmark_memory", str(folder)]
        ran = subprocess.run(command, capture_output=True, text=True, check=True)
        figures.append(int(ran.stdout) / 1024)
    full, empty = figures
    name = f"memory of a review beyond an empty bank's, {cards:,} cards"
    yield (name, "MB", (full - empty) * MB, "60 MB", 60 * MB, 1)


def install_size(work: Path, _: int) -> Iterator[Row]:
    """All that is installed, beside the four core packages alone."""
    sizes = []
    for name, packages in (
        ("ours", [str(REPOSITORY)]),
        ("core", ["sqlmodel", "textual", "pyyaml", "fsrs"]),
    ):
        site = work / name / "site"
        pip = [sys.executable, "-m", "pip", "install", "-q", "--no-compile", "--target", str(site)]
        subprocess.run([*pip, *packages], check=True, capture_output=True)
        files = site.rglob("*")
        sizes.append(sum(file.stat().st_size for file in files if file.is_file()) / 1e6)
    ours, core = sizes
    yield ("install size, default", "MB", ours * MB, "the four core packages", core * MB, 1.3)
