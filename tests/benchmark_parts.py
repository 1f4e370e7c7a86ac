"""What the measurements share: banks and logs of any size, and how a time is taken."""

import atexit
import os
import random
import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.store.files import write_roots
from flashsafety.store.ids import uuid7
from flashsafety.store.writes import device_id, writing
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.sync import sync
from tests import benchmark_profile
from tests.banks import SOURCES, SYLLABUS, question, write_cards
from tests.libraries import SETTINGS, open_library

START = datetime.fromisoformat(time.strftime("%Y-%m-%dT12:00:00Z", time.gmtime()))
"""Today, for Anki goes by the system's clock: or what is due for us would be long overdue there."""
WORDS = [
    word
    for file in sorted((Path(__file__).parent.parent / "questions").glob("*/*.yaml"))
    for word in file.read_text(encoding="utf-8").split()
    if word.isalpha()
]
"""As often as the real bank has them."""
Row = tuple[str, str, float | list[float], str, float | list[float], float]
"""Operation, unit, ours (one figure, or each of several runs), yardstick, theirs, reach."""
MB = 1e-3
"""The table shows a thousand times its figures."""
NONE = float("inf")
"""The reach of a row that only tells."""


def median(action: Callable[[], object], times: int = 7) -> float:
    """Seconds."""
    return statistics.median(timed(action) for _ in range(times))


def timed(action: Callable[[], object]) -> float:
    """Seconds."""
    with benchmark_profile.watch(action):
        start = time.perf_counter()
        action()
        return time.perf_counter() - start


def turns(times: int, *actions: Callable[[], object]) -> list[list[float]]:
    """Seconds of each action's runs, taken in turns: what else the machine does is for all."""
    rounds = [[timed(action) for action in actions] for _ in range(times)]
    return list(map(list, zip(*rounds, strict=True)))


def late(times: list[float], share: float = 0.99) -> float:
    """What so many of the times are below."""
    return sorted(times)[min(int(len(times) * share), len(times) - 1)]


def peak() -> int:
    """The greatest memory of this process so far, in KB."""
    # Not ru_maxrss: that of a child begins at its parent's.
    return int(re.findall(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[0])


def walk(folder: Path) -> None:
    """What it costs at least to see whether anything in a folder has changed."""
    for path, _, names in os.walk(folder):
        for name in names:
            os.stat(os.path.join(path, name))


@cache
def shelf() -> Path:
    """Where banks and databases are kept for later rows of the same run."""
    folder = tempfile.mkdtemp(prefix="flashsafety-benchmark-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def big_bank(folder: Path, cards: int) -> Path:
    """A bank of question cards with prose of ordinary length, fifty in each file."""
    shutil.copytree(_bank(cards), folder)  # with the times of its files, as a database knows them
    return folder


def studied(
    work: Path,
    cards: int,
    per_card: int = 0,
    *,
    replayed: bool = True,
    clock: FixedClock | None = None,
    **changes: object,
) -> Library:
    """A library over a bank in ``work / "bank"``, with so many ratings of each card.

    ``replayed``: with the states that follow from these.
    """
    made = _database(cards, per_card, replayed and per_card > 0)
    bank = big_bank(work / "bank", cards)
    shutil.copytree(made, work / "data")
    library = open_library(work, bank, clock or FixedClock(START), SETTINGS, **changes)
    with writing(library.db):
        write_roots(library.db, library.roots)
    return library


_UNLIKE_A_USERS = {"PYTHONDONTWRITEBYTECODE", "COLUMNS", "LINES"}


def environment(work: Path, cards: int) -> dict[str, str]:
    """That of a process with a bank and a database that knows it, and an empty home."""
    studied(work, cards).close()
    return {
        **{k: v for k, v in os.environ.items() if k not in _UNLIKE_A_USERS},
        "HOME": str(work / "home"),
        "FLASHSAFETY_DB": str(work / "data" / "flashsafety.db"),
        "FLASHSAFETY_QUESTIONS": str(work / "bank"),
        "TERM": "xterm-256color",
    }


def _database(cards: int, per_card: int, replayed: bool) -> Path:
    folder = shelf() / f"{cards}-{per_card}-{replayed}"
    made = folder / "made"
    if made.exists():
        return made
    shutil.rmtree(folder, ignore_errors=True)  # of a measurement that failed
    if replayed:
        with studied(folder, cards, per_card, replayed=False) as library:
            rebuild(library)
    elif per_card:
        with studied(folder, cards) as library:
            write_log(library, per_card)
    else:
        with open_library(folder, big_bank(folder / "bank", cards), FixedClock(START)) as library:
            sync(library)
    return (folder / "data").rename(made)


def _bank(cards: int) -> Path:
    per_file = 50
    rng = random.Random(7)
    made = shelf() / f"bank-{cards}"
    if made.exists():
        return made
    folder = shelf() / "bank"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
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
    return folder.rename(made)


def write_log(library: Library, per_card: int) -> None:
    """A log of as many ratings for each card until yesterday, in the order of their times."""
    rng = random.Random(3)
    number, _ = library.scheduling
    db = library.db
    events = []
    for (card,) in db.execute("SELECT id FROM card"):
        at = int(START.timestamp() * 1000)
        for step in reversed(range(per_card)):
            at -= rng.randint(1, 40) * 86_400_000 + rng.randint(0, 10_000_000)
            events.append((at, card, step))
    events.sort()

    def rows() -> Iterator[tuple[object, ...]]:
        for at, card, step in events:
            phase = 0 if step == 0 else 2
            yield (
                *(card, uuid7(at, rng.randbytes), rng.choice((1, 3, 3, 3, 4)), at, 0),
                *(at // 86_400_000, 5000, phase, 10 * 86_400, 0, number, 1, "review", None),
            )

    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'review'"
    db.execute("PRAGMA cache_size = -600000")  # in KB: or most of the time goes into paging
    with writing(db):
        device_id(db, "desk")
        # They keep up what no new database has yet, and take as long as all the rest.
        found = db.execute(triggers).fetchall()
        for name, _ in found:
            db.execute(f"DROP TRIGGER {name}")
        marks = ",".join("?" * 14)
        db.executemany(f"INSERT INTO review VALUES ({marks})", rows())
        for _, sql in found:
            db.execute(sql)
