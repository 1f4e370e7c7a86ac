"""Whole processes beside a bare interpreter: commands, and the app in a terminal."""

import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from tests.benchmark_browse import Terminal
from tests.benchmark_parts import NONE, Row, environment, turns
from tests.benchmark_profile import program

PYTHON = sys.executable
SIZE = (80, 24)


def bare(env: dict[str, str]) -> None:
    """Start an interpreter, and no more."""
    subprocess.run([PYTHON, "-c", "pass"], env=env, check=True)


def command(env: dict[str, str], *words: str) -> None:
    """Run one of ours to its end."""
    with program(*words) as run:
        subprocess.run([PYTHON, *run], env=env, check=True, capture_output=True)


def processes(work: Path, cards: int) -> Iterator[Row]:
    """Whole processes of the shell's daily commands."""
    env = environment(work, cards)
    command(env, "due")  # compiled, and the bank known
    daily = ("due", "--help", "--version")
    start, *ours = turns(15, partial(bare, env), *(partial(command, env, one) for one in daily))
    for words, took in zip(daily, ours, strict=True):
        yield (f"{words}, {cards:,} cards", "ms", took, "python -c pass", start, 5)


def screens(work: Path, cards: int) -> Iterator[Row]:
    """The app in a real terminal of 80x24: start to the day's counts, start to the first card."""
    env = environment(work, cards)
    command(env, "due")
    frames, firsts, starts, lines = [], [], [], []
    for _ in range(9):  # in turns
        ((start,),) = turns(1, partial(bare, env))
        frame, first = app_start(env)
        frames.append(frame)
        firsts.append(first)
        starts.append(start)
        lines.append(one_line_start(env))
    name = f"{cards:,} cards"
    yield (f"app to the first frame, {name}", "ms", frames, "python -c pass", starts, 18)
    yield (f"app to the first frame, {name}", "ms", frames, "Textual with one line", lines, NONE)
    yield (f"app to the first card, {name}", "ms", firsts, "python -c pass", starts, 35)


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
    app = Terminal(["-c", ONE_LINE], env, SIZE)
    app.wait(b"", b"one line")
    took = time.perf_counter() - start
    app.close()
    return took


def app_start(env: dict[str, str]) -> tuple[float, float]:
    """Seconds to the first frame with counts, and to a card after enter was pressed at once."""
    start = time.perf_counter()
    app = Terminal(["-m", "flashsafety"], env, SIZE)
    app.wait(b"", b" new")
    frame = time.perf_counter() - start
    app.wait(b"\r", b"Why ")
    first = time.perf_counter() - start
    app.quit()
    return frame, first


def new_card(work: Path, cards: int) -> Iterator[Row]:
    """``flashsafety new`` until the editor would open."""
    env = environment(work, cards)
    given = ("--type", "typed", "--module", "shapes", "--topic", "circles", "--no-edit")
    words = ("new", *given, "--source", "euclid-elements", "--text", "Which one?")
    command(env, *words)
    ours, start = turns(7, partial(command, env, *words), partial(bare, env))
    yield (f"new, to the editor, {cards:,} cards", "ms", ours, "python -c pass", start, 15)
