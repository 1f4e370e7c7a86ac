"""What the measurements share: banks and logs of any size, and how a time is taken."""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from flashsafety.store.ids import uuid7
from flashsafety.store.writes import device_id, writing
from flashsafety.study.library import Library
from tests.banks import SOURCES, SYLLABUS, question, write_cards

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
WORDS = [
    word
    for file in sorted((Path(__file__).parent.parent / "questions").glob("*/*.yaml"))
    for word in file.read_text(encoding="utf-8").split()
    if word.isalpha()
]
"""As often as the real bank has them."""
Row = tuple[str, str, float | list[float], str, float, float]
"""Operation, unit, ours (one figure, or each of several runs), yardstick, theirs, reach."""
NONE = float("inf")
"""The reach of a row that only tells."""


def median(action: Callable[[], object], times: int = 7) -> float:
    """Seconds."""
    return statistics.median(timed(action) for _ in range(times))


def timed(action: Callable[[], object]) -> float:
    """Seconds."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def walk(folder: Path) -> None:
    """What it costs at least to see whether anything in a folder has changed."""
    for path, _, names in os.walk(folder):
        for name in names:
            os.stat(os.path.join(path, name))


def big_bank(folder: Path, cards: int, per_file: int = 50) -> Path:
    """A bank of question cards with prose of ordinary length."""
    rng = random.Random(7)
    folder.mkdir(parents=True)
    (folder / "syllabus.yaml").write_text(SYLLABUS)
    (folder / "sources.yaml").write_text(SOURCES)
    (folder / "retired.yaml").write_text("")

    def prose(length: int) -> str:
        """Words; one text in seven has marks in it, as in a real bank."""
        words = rng.choices(WORDS, k=length)
        return " ".join([*words, *(["**bold**", "$x_i^2$"] if rng.random() < 1 / 7 else [])])

    for first in range(0, cards, per_file):
        texts = [
            question(
                f"card-{number:06}",
                prompt=f"Why {prose(12)}?",
                answer=prose(25),
                extra=f"why: |\n  {prose(15)}\n",
            )
            for number in range(first, min(first + per_file, cards))
        ]
        write_cards(folder, f"01-shapes/{first:06}.yaml", *texts)
    return folder


def write_log(library: Library, per_card: int) -> None:
    """A log of as many ratings for each card, written plainly."""
    rng = random.Random(3)
    number, _ = library.scheduling
    cards = [row[0] for row in library.db.execute("SELECT id FROM card")]

    def rows() -> Iterator[tuple[object, ...]]:
        for card in cards:
            at = int(START.timestamp() * 1000) - 400 * 86_400_000
            for step in range(per_card):
                at += rng.randint(1, 40) * 86_400_000 + rng.randint(0, 10_000_000)
                phase = 0 if step == 0 else 2
                yield (
                    *(card, uuid7(at, rng.randbytes), rng.choice((1, 3, 3, 3, 4)), at, 0),
                    *(at // 86_400_000, 5000, phase, 10 * 86_400, 0, number, 1, "review", None),
                )

    with writing(library.db):
        device_id(library.db, "desk")
        marks = ",".join("?" * 14)
        library.db.executemany(f"INSERT INTO review VALUES ({marks})", rows())
