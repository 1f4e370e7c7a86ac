"""Every wait beside its yardstick, in one run: ``python -m tests.benchmark``.

Machines differ and are noisy, so nothing here is a test: the program prints medians and ratios.
Options: ``--quick`` leaves out the sizes that take minutes; ``--readme`` puts the table in short
into README; names of rows run only those.
"""

import gc
import math
import os
import pty
import re
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.terms import Rating
from tests.benchmark_anki import export_anki, export_memory, import_back
from tests.benchmark_browse import Terminal, browse_screen, searches
from tests.benchmark_floor import (
    begin_session,
    install_size,
    memory_of_session,
    one_file_changed,
    rebuild_floor,
    undo_beside_answer,
)
from tests.benchmark_items import items_of_a_class
from tests.benchmark_load import reviews_balanced
from tests.benchmark_optimize import optimize
from tests.benchmark_parts import NONE, START, Row, big_bank, median, timed, walk, write_log
from tests.benchmark_readme import asked, machine, middle, write_in_short
from tests.benchmark_simulate import simulated_year
from tests.benchmark_stats import statistics_of_a_log
from tests.libraries import open_library

PYTHON = sys.executable


def environment(home: Path, bank: Path) -> dict[str, str]:
    """An empty home with a bank."""
    return {
        **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        "HOME": str(home),
        "FLASHSAFETY_QUESTIONS": str(bank),
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "LINES": "24",
    }


def bare(env: dict[str, str]) -> float:
    """Seconds of a bare interpreter start."""
    return median(lambda: subprocess.run([PYTHON, "-c", "pass"], env=env, check=True), 15)


def command(env: dict[str, str], *words: str) -> None:
    """Run one of ours to its end."""
    words = (PYTHON, "-m", "flashsafety", *words)
    subprocess.run(words, env=env, check=True, capture_output=True)


def processes(work: Path, cards: int) -> Iterator[Row]:
    """Whole processes of the shell's daily commands."""
    env = environment(work / "home", big_bank(work / "bank", cards))
    command(env, "sync")
    start = bare(env)
    for words in ("due", "--help", "--version"):
        ours = [timed(lambda w=words: command(env, w)) for _ in range(15)]  # type: ignore[misc]
        yield (f"{words}, {cards:,} cards", "ms", ours, "python -c pass", start, 5)


def screens(work: Path, cards: int) -> Iterator[Row]:
    """The app in a real terminal of 80x24: start to the day's counts, start to the first card."""
    env = environment(work / "home", big_bank(work / "bank", cards))
    command(env, "sync")
    frames, firsts = [], []
    for _ in range(5):
        frame, first = app_start(env)
        frames.append(frame)
        firsts.append(first)
    name, start = f"{cards:,} cards", bare(env)
    yield (f"app to the first frame, {name}", "ms", frames, "python -c pass", start, 18)
    line = statistics.median(one_line_start(env) for _ in range(5))
    yield (f"app to the first frame, {name}", "ms", frames, "Textual with one line", line, NONE)
    yield (f"app to the first card, {name}", "ms", firsts, "python -c pass", start, 35)


ONE_LINE = """
from textual.app import App
from textual.widgets import Static

class OneLine(App):
    def compose(self):
        yield Static("one line", markup=False)

OneLine().run()
"""


def one_line_start(env: dict[str, str]) -> float:
    """Seconds to the first frame of the least app there is: the floor of every Textual app."""
    start = time.perf_counter()
    app = Terminal(["-c", ONE_LINE], env)
    app.wait(b"", b"one line")
    took = time.perf_counter() - start
    app.close()
    return took


def app_start(env: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first frame with counts, and to a card after enter was pressed at once."""
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        os.execve(PYTHON, [PYTHON, "-m", "flashsafety"], env)
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    seen = b""
    frame = 0.0
    while True:
        ready, _, _ = select.select([terminal], [], [], 20)
        if not ready:
            raise TimeoutError(seen[-400:])
        seen += os.read(terminal, 65536)
        if not frame and b" new" in seen:
            frame = time.perf_counter() - start
            os.write(terminal, b"\r")
        elif frame and b"Why " in seen:
            first = time.perf_counter() - start
            break
    os.write(terminal, b"\x11")  # quits: after a crash the next start would look for damage
    with suppress(OSError):  # the terminal's end is told so
        while os.read(terminal, 65536):
            pass
    os.waitpid(child, 0)
    os.close(terminal)
    return frame, first


def answer_and_next(work: Path, cards: int) -> Iterator[Row]:
    """A rating, committed, and the next card, beside Anki's backend with as many cards."""
    clock = FixedClock(START)
    bank = big_bank(work / "bank", cards)
    with open_library(work, bank, clock, new_limit=9999) as library:
        sync(library)
        session = StudySession(library)
        session.preview()
        ours = []
        for _ in range(300):
            clock.advance(minutes=0.1)
            ours.append(timed(lambda: session.answer(Rating.GOOD, 1000)))
    theirs = list(anki_answers(work, cards, 300))
    name = f"answer + next, {cards:,} cards"
    yield (f"{name}, p50", "ms", ours, "anki", statistics.median(theirs), 1)
    yield (f"{name}, p99", "ms", sorted(ours)[-3], "anki", sorted(theirs)[-3], 1)


def anki_answers(work: Path, cards: int, count: int) -> Iterator[float]:
    """Seconds of ``answer_card`` and ``get_queued_cards`` in Anki's own backend."""
    import anki.collection  # first: anki's modules import each other
    from anki.cards import CardId
    from anki.scheduler.v3 import CardAnswer, Scheduler

    collection = anki.collection.Collection(str(work / "anki.anki2"))
    notetype = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    assert notetype is not None and deck is not None
    config = collection.decks.config_dict_for_deck_id(deck)
    config["new"]["perDay"] = 9999
    collection.decks.save(config)
    requests = []
    for number in range(cards):
        note = collection.new_note(notetype)
        note.fields = [f"front {number}", f"back {number}"]
        requests.append(anki.collection.AddNoteRequest(note=note, deck_id=deck))
    collection.add_notes(requests)
    scheduler = collection.sched
    assert isinstance(scheduler, Scheduler)
    queued = scheduler.get_queued_cards(fetch_limit=1)
    for _ in range(count):
        top = queued.cards[0]
        card = collection.get_card(CardId(top.card.id))
        card.start_timer()
        answer = scheduler.build_answer(card=card, states=top.states, rating=CardAnswer.GOOD)
        start = time.perf_counter()
        scheduler.answer_card(answer)
        queued = scheduler.get_queued_cards(fetch_limit=1)
        yield time.perf_counter() - start
    collection.close()


def sync_unchanged(work: Path, cards: int) -> Iterator[Row]:
    """A bank that has not changed: one stat a file."""
    bank = big_bank(work / "bank", cards)
    with open_library(work, bank, FixedClock(START)) as library:
        sync(library)
        ours = median(library.take_in_changes)

    files = sum(1 for _ in bank.rglob("*.yaml"))
    name = f"sync, nothing changed, {cards:,} cards in {files:,} files"
    yield (name, "ms", ours, "walk + stat", median(lambda: walk(bank)), 2)


def c_loader(bank: Path) -> float:
    """Seconds that PyYAML's C loader takes for a bank's files."""
    import yaml

    texts = [path.read_bytes() for path in sorted(bank.rglob("*.yaml"))]

    def load() -> None:
        gc.disable()
        for text in texts:
            yaml.load(text, yaml.CSafeLoader)
        gc.enable()

    return median(load, 3)


def lint_whole(work: Path, cards: int) -> Iterator[Row]:
    """The whole process of ``flashsafety lint``, near-duplicates included."""
    bank = big_bank(work / "bank", cards)
    env = environment(work / "home", bank)
    command(env, "lint")
    ours = [timed(lambda: command(env, "lint")) for _ in range(3)]
    yield (f"lint, {cards:,} cards", "ms", ours, "PyYAML C loader", c_loader(bank), 3)


def new_card(work: Path, cards: int) -> Iterator[Row]:
    """``flashsafety new`` until the editor would open."""
    bank = big_bank(work / "bank", cards)
    env = environment(work / "home", bank)
    given = ("--type", "typed", "--module", "shapes", "--topic", "circles", "--no-edit")
    words = ("new", *given, "--source", "euclid-elements", "--text", "Which one?")
    command(env, *words)
    ours = median(lambda: command(env, *words), 5)
    yield (f"new, to the editor, {cards:,} cards", "ms", ours, "python -c pass", bare(env), 15)


def first_load(work: Path, cards: int) -> Iterator[Row]:
    """Everything read, checked and stored."""
    bank = big_bank(work / "bank", cards)
    theirs = c_loader(bank)
    runs = []
    for number in range(3):
        with open_library(work / str(number), bank, FixedClock(START)) as library:
            runs.append(timed(lambda: sync(library)))
    name = f"first load, {cards:,} cards"
    yield (name, "ms", runs, "PyYAML C loader", theirs, 2)


def rebuild_log(work: Path, reviews: int) -> Iterator[Row]:
    """The state of every card from its log, beside py-fsrs's own ``review_card``."""
    import fsrs

    per_card = 10
    bank = big_bank(work / "bank", reviews // per_card)
    with open_library(work, bank, FixedClock(START)) as library:
        sync(library)
        write_log(library, per_card)
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


FULL: dict[str, tuple[Callable[[Path, int], Iterator[Row]], tuple[int, ...], tuple[int, ...]]] = {
    "due": (processes, (100_000,), (1_000,)),
    "screens": (screens, (1_000, 100_000), (1_000,)),
    "answer": (answer_and_next, (1_000, 10_000, 100_000), (1_000, 10_000)),
    "balance": (reviews_balanced, (10_000, 100_000), (10_000,)),
    "unchanged": (sync_unchanged, (1_000, 10_000, 100_000), (10_000,)),
    "load": (first_load, (1_000, 10_000, 100_000), (2_000,)),
    "lint": (lint_whole, (1_000, 10_000, 100_000), (1_000,)),
    "new": (new_card, (1_000,), (1_000,)),
    "rebuild": (rebuild_log, (100_000,), (100_000,)),
    "stats": (statistics_of_a_log, (2_000_000,), (100_000,)),
    "items": (items_of_a_class, (10_000_000,), (1_000_000,)),
    "optimize": (optimize, (100_000,), (20_000,)),
    "simulate": (simulated_year, (1_000, 10_000), (1_000,)),
    "export": (export_anki, (10_000, 100_000), (1_000,)),
    "export-memory": (export_memory, (100_000,), (1_000,)),
    "import": (import_back, (100_000,), (10_000,)),
    "browse": (browse_screen, (100_000,), (10_000,)),
    "search": (searches, (100_000,), (10_000,)),
    "begin": (begin_session, (1_000, 10_000, 100_000), (1_000, 10_000)),
    "undo": (undo_beside_answer, (1_000, 10_000, 100_000), (1_000, 10_000)),
    "one-file": (one_file_changed, (1_000, 10_000, 100_000), (10_000,)),
    "floor": (rebuild_floor, (2_000_000,), (100_000,)),
    "memory": (memory_of_session, (100_000,), (10_000,)),
    "install": (install_size, (1,), (1,)),
}
"""Name: the measurement, its sizes, its sizes in a quick run."""


def main(words: list[str]) -> None:
    """Print the tables as Markdown."""
    quick = "--quick" in words
    names = [word for word in words if word in FULL] or list(FULL)
    table: list[Row] = []
    growth: dict[str, list[tuple[int, float]]] = {}
    print("| operation | ours | spread | yardstick | its figure | ratio | reach |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for name in names:
        measure, sizes, quick_sizes = FULL[name]
        for size in quick_sizes if quick else sizes:
            with tempfile.TemporaryDirectory() as folder:
                for row in measure(Path(folder), size):
                    print(line_of(row), flush=True)
                    table.append(row)
                    what = f"{re.sub('[0-9,]{4,}', 'N', row[0])}, beside {row[3]}"
                    growth.setdefault(what, []).append((size, middle(row[2])))
    print("\n| operation | sizes | growth exponent | reach |\n| --- | --- | --- | --- |")
    for what, points in growth.items():
        if len(points) > 1:
            met = ", ".join(f"{size:,}" for size, _ in points)
            reach = next(
                (f"{most:g}" for begin, most in GROWTH.items() if what.startswith(begin)), ""
            )
            print(f"| {what} | {met} | {exponent(points):.2f} | {reach} |")
    print(f"\nMeasured {machine()}.")
    if "--readme" in words:
        write_in_short(table)


GROWTH = {"answer + next": 0.1, "lint": 1.2}
"""The most by which these may grow."""


def line_of(row: Row) -> str:
    """A line of the table; the spread is from the first to the third quartile."""
    what, unit, ours, stick, theirs, reach = row
    spread = ""
    if isinstance(ours, list) and len(ours) > 2:
        low, _, high = statistics.quantiles(ours, n=4)
        spread = f"{low * 1000:.2f} to {high * 1000:.2f}"
    found = middle(ours)
    return (
        f"| {what} | {found * 1000:.2f} {unit} | {spread} | {stick} | {theirs * 1000:.2f} {unit}"
        f" | {found / theirs:.2f} | {asked(reach)} |"
    )


def exponent(points: list[tuple[int, float]]) -> float:
    """The power of the size with which a figure grows: a least-squares fit of the logarithms."""
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(max(figure, 1e-9)) for _, figure in points]
    return statistics.linear_regression(xs, ys).slope


if __name__ == "__main__":
    main(sys.argv[1:])
