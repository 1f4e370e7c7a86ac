"""The waits of Browse and of searching: the app in a terminal, beside a plain screen's repaint."""

import contextlib
import fcntl
import os
import pty
import random
import select
import statistics
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from anki.collection import Collection
from anki.errors import SearchError

from flashsafety.anki.export import export_deck
from flashsafety.clock import FixedClock
from flashsafety.study.find import find
from flashsafety.study.query_tokens import QueryError
from flashsafety.study.sync import sync
from flashsafety.study.today import EVERYTHING
from tests.anki import phone
from tests.benchmark_parts import START, WORDS, Row, big_bank, timed, write_log
from tests.libraries import open_library

PYTHON = sys.executable
SIZE = (120, 40)
PLAIN = """
from textual.app import App
from textual.widgets import Static

class Plain(App):
    def compose(self):
        yield Static(markup=False)
    def on_key(self, event):
        width, height = self.size
        lines = [(event.key + f" line {n} " * 20)[:width] for n in range(height)]
        self.query_one(Static).update("\\n".join(lines))

Plain().run()
"""


class Terminal:
    """A program on a terminal of its own."""

    def __init__(self, arguments: list[str], env: dict[str, str]) -> None:
        self.child, self.end = pty.fork()
        if self.child == 0:
            os.execve(PYTHON, [PYTHON, *arguments], env)
        fcntl.ioctl(self.end, termios.TIOCSWINSZ, struct.pack("HHHH", SIZE[1], SIZE[0], 0, 0))

    def settle(self, quiet: float = 0.4) -> None:
        """Read until nothing comes for so many seconds; less than a cursor's blink."""
        while select.select([self.end], [], [], quiet)[0]:
            os.read(self.end, 65536)

    def wait(self, keys: bytes, sign: bytes) -> float:
        """Seconds from the keys until the sign is on the screen."""
        start = time.perf_counter()
        os.write(self.end, keys)
        seen = b""
        while sign not in seen:
            if not select.select([self.end], [], [], 20)[0]:
                raise TimeoutError(seen[-400:])
            seen += os.read(self.end, 65536)
        return time.perf_counter() - start

    def close(self) -> None:
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)
        os.close(self.end)


def repaint(env: dict[str, str]) -> float:
    """Seconds in which a plain screen of text is painted anew after a key."""
    plain = Terminal(["-c", PLAIN], env)
    plain.settle(1.5)
    times = [plain.wait(letter.encode(), f"{letter} line 38".encode()) for letter in "abcd" * 5]
    plain.close()
    return statistics.median(times)


def browse_screen(work: Path, cards: int) -> Iterator[Row]:
    """The app in a terminal of 120x40: Browse to its first page, and the list after each key."""
    env = {
        **os.environ,
        "HOME": str(work / "home"),
        "FLASHSAFETY_QUESTIONS": str(big_bank(work / "bank", cards)),
        "TERM": "xterm-256color",
    }
    command = [PYTHON, "-m", "flashsafety"]
    subprocess.run([*command, "cards", "none of it"], env=env, check=True, capture_output=True)
    app = Terminal(command[1:], env)
    app.settle(4)
    opened, keys = [], []
    for _ in range(5):
        opened.append(app.wait(b"b", b"card-0"))
        app.settle()
        for letter in "import stat":  # each of them leaves cards, and other ones at the top
            keys.append(app.wait(letter.encode(), b"card-0"))
            app.settle(0.2)
        os.write(app.end, b"\x15\r")  # clear the line, leave it, and leave Browse
        app.settle()
        os.write(app.end, b"q")
        app.settle()
    app.close()
    stick = "repaint of a plain screen"
    theirs = repaint(env)
    name = f"{cards:,} cards"
    yield (f"Browse, first page, {name}", "ms", statistics.median(opened), stick, theirs, 10)
    yield (f"Browse, list after a key, {name}", "ms", statistics.median(keys), stick, theirs, 3)


def searches(work: Path, cards: int) -> Iterator[Row]:
    """What is found as words and Anki's search words are typed, letter by letter."""
    rng = random.Random(5)
    typed = [
        *rng.sample(WORDS, 100), "import number", "why -statistics", "is:suspended", "is:due",
        "prop:s>30", "prop:r<0.9", "rated:30:1", "introduced:30", "type:question", "tag:none",
        "flag:", "is:leech", "prop:due<3", "source:euc*", "card-0123", "d*t",
        "is:review prop:lapses>3 -is:suspended", "(why or how) is:due",
    ]  # fmt: skip
    bank = big_bank(work / "bank", cards)
    with open_library(work, bank, FixedClock(START)) as library:
        sync(library)
        write_log(library, 3)
        find(library, "word")  # the index is made once
        queries = [text[:end] for text in typed for end in range(1, len(text) + 1)]
        pages, wholes = [], []
        for query in queries:
            with contextlib.suppress(QueryError):
                pages.append(timed(lambda q=query: find(library, q, limit=200)))  # type: ignore[misc]
                wholes.append(timed(lambda q=query: find(library, q)))  # type: ignore[misc]
        export_deck(library, str(work / "all.apkg"), EVERYTHING, with_scheduling=True)
    theirs = []
    with closing(Collection(str(work / "c.anki2"))) as collection:
        phone.take(collection, str(work / "all.apkg"))
        for query in queries:
            with contextlib.suppress(SearchError):
                theirs.append(timed(lambda q=query: collection.find_cards(q)))  # type: ignore[misc]
    for what, times in (("first page", pages), ("whole list", wholes)):
        name = f"search, {what}, p95, {cards:,} cards"
        yield (name, "ms", _p95(times), "20 ms", 0.02, 1)
        yield (name, "ms", _p95(times), "Anki's find_cards, p95", _p95(theirs), 1)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]
