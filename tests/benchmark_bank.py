"""Reading the bank, beside PyYAML's C loader and a walk over its files."""

import gc
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import yaml

from flashsafety.clock import FixedClock
from flashsafety.study.sync import sync
from tests.benchmark_parts import (
    START,
    Row,
    big_bank,
    environment,
    studied,
    timed,
    turns,
    walk,
)
from tests.benchmark_start import command
from tests.libraries import open_library


def load(texts: list[bytes]) -> None:
    """What PyYAML's C loader does with a bank's files."""
    gc.disable()
    for text in texts:
        yaml.load(text, yaml.CSafeLoader)
    gc.enable()


def texts_of(bank: Path) -> list[bytes]:
    """The files of a bank."""
    return [path.read_bytes() for path in sorted(bank.rglob("*.yaml"))]


def first_load(work: Path, cards: int) -> Iterator[Row]:
    """Everything read, checked and stored."""
    bank = big_bank(work / "bank", cards)
    theirs = partial(load, texts_of(bank))
    ours, loads = [], []
    for number in range(3):
        with open_library(work / str(number), bank, FixedClock(START)) as library:
            ours.append(timed(partial(sync, library)))
        loads.append(timed(theirs))
    yield (f"first load, {cards:,} cards", "ms", ours, "PyYAML C loader", loads, 2)


def sync_unchanged(work: Path, cards: int) -> Iterator[Row]:
    """A bank that has not changed: one stat a file."""
    with studied(work, cards) as library:
        bank = work / "bank"
        ours, walks = turns(15, library.take_in_changes, lambda: walk(bank))
    files = sum(1 for _ in bank.rglob("*.yaml"))
    name = f"sync, nothing changed, {cards:,} cards in {files:,} files"
    yield (name, "ms", ours, "walk + stat", walks, 2)


def one_file_changed(work: Path, cards: int) -> Iterator[Row]:
    """A bank of many files of which one has changed."""
    ours, theirs = [], []
    with studied(work, cards) as library:
        bank = work / "bank"
        files = sorted(bank.rglob("*.yaml"))
        path = next(path for path in files if path.parent != bank)
        text = path.read_text()

        def floor() -> None:
            walk(bank)
            yaml.load(path.read_bytes(), yaml.CSafeLoader)

        for number in range(9):
            path.write_text(text.replace("Why ", f"Why {'so ' * (number + 1)}"))
            ours.append(timed(library.take_in_changes))
            theirs.append(timed(floor))
    name = f"sync, one of {len(files):,} files changed, {cards:,} cards"
    yield (name, "ms", ours, "walk + stat + C load of that file", theirs, 3)


def lint_whole(work: Path, cards: int) -> Iterator[Row]:
    """The whole process of ``flashsafety lint``, near-duplicates included."""
    env = environment(work, cards)
    command(env, "lint")
    texts = texts_of(work / "bank")
    ours, loads = turns(3, lambda: command(env, "lint"), lambda: load(texts))
    yield (f"lint, {cards:,} cards", "ms", ours, "PyYAML C loader", loads, 3)
