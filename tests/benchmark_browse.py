"""The waits of Browse and of searching: the app in a terminal, beside a plain screen's repaint."""

import fcntl
import os
import pty
import random
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path

from anki.collection import Collection
from anki.errors import SearchError

from flashsafety.anki.export import export_deck
from flashsafety.study.find import find
from flashsafety.study.query_tokens import QueryError
from flashsafety.study.today import EVERYTHING
from tests.anki import phone
from tests.benchmark_parts import WORDS, Row, environment, late, studied, timed, turns

PYTHON = sys.executable
SIZE = (120, 40)
ALONE = ("import", "why number", "is:due", "prop:s>30", "rated:30:1")
"""Searches that have a row of their own."""
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

    def __init__(
        self, arguments: list[str], env: dict[str, str], size: tuple[int, int] = SIZE
    ) -> None:
        self.end, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        # Not a fork of this process: the more memory that has, the longer it takes.
        self.child = subprocess.Popen(
            [PYTHON, *arguments],
            env=env,
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
        )
        os.close(inside)

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
            left = start + 20 - time.perf_counter()  # not since the last sign: a cursor blinks
            if not select.select([self.end], [], [], max(0, left))[0]:
                raise TimeoutError(seen[-400:])
            seen += os.read(self.end, 65536)
        return time.perf_counter() - start

    def quit(self) -> None:
        """End it by its key: after a kill the next start looks for damage."""
        os.write(self.end, b"\x11")
        with suppress(OSError):  # the terminal's end is told so
            while os.read(self.end, 65536):
                pass
        self.child.wait()
        os.close(self.end)

    def close(self) -> None:
        self.child.kill()
        self.child.wait()
        os.close(self.end)


def repaint(env: dict[str, str]) -> list[float]:
    """Seconds in which a plain screen of text is painted anew after a key."""
    plain = Terminal(["-c", PLAIN], env)
    plain.settle(1.5)
    times = [plain.wait(letter.encode(), f"{letter} line 38".encode()) for letter in "abcd" * 5]
    plain.close()
    return times


def browse_screen(work: Path, cards: int) -> Iterator[Row]:
    """The app in a terminal of 120x40: Browse to its first page, and the list after each key."""
    env = environment(work, cards)
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
    yield (f"Browse, first page, {name}", "ms", opened, stick, theirs, 10)
    yield (f"Browse, list after a key, {name}", "ms", keys, stick, theirs, 3)


def searches(work: Path, cards: int) -> Iterator[Row]:
    """What is found as words and Anki's search words are typed, letter by letter."""
    rng = random.Random(5)
    typed = [
        *rng.sample(WORDS, 100), "import number", "why -statistics", "is:suspended", "is:due",
        "prop:s>30", "prop:r<0.9", "rated:30:1", "introduced:30", "type:question", "tag:none",
        "flag:", "is:leech", "prop:due<3", "source:euc*", "card-0123", "d*t",
        "is:review prop:lapses>3 -is:suspended", "(why or how) is:due",
    ]  # fmt: skip
    with studied(work, cards, 2) as library:
        find(library, "word")  # the index is made once
        queries = [text[:end] for text in typed for end in range(1, len(text) + 1)]
        pages, wholes = [], []
        for query in queries:
            with suppress(QueryError):
                pages.append(timed(lambda q=query: find(library, q, limit=200)))  # type: ignore[misc]
                wholes.append(timed(lambda q=query: find(library, q)))  # type: ignore[misc]
        export_deck(library, str(work / "all.apkg"), EVERYTHING, with_scheduling=True)
        alone = {word: turns(5, partial(find, library, word))[0] for word in ALONE}
    theirs = []
    with closing(Collection(str(work / "c.anki2"))) as collection:
        phone.take(collection, str(work / "all.apkg"))
        for query in queries:
            with suppress(SearchError):
                theirs.append(timed(lambda q=query: collection.find_cards(q)))  # type: ignore[misc]
        for word in ALONE:
            (found,) = turns(5, partial(collection.find_cards, word))
            name = f'search "{word}", whole list, {cards:,} cards'
            yield (name, "ms", alone[word], "Anki's find_cards", found, 1)
    for what, times in (("first page", pages), ("whole list", wholes)):
        name = f"search, {what}, p95, {cards:,} cards"
        yield (name, "ms", late(times, 0.95), "20 ms", 0.02, 1)
        yield (name, "ms", late(times, 0.95), "Anki's find_cards, p95", late(theirs, 0.95), 1)
