"""What a simulated year costs: 1,000 cards at 13 retentions, and at the limits of new cards."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.stats.expected import expectations
from flashsafety.stats.figures import figures
from flashsafety.stats.workload import workloads
from flashsafety.study.sync import sync
from tests.benchmark_parts import START, Row, big_bank, median
from tests.libraries import open_library


def simulated_year(work: Path, cards: int) -> Iterator[Row]:
    """The whole process of ``flashsafety simulate``, and its parts."""
    bank = big_bank(work / "bank", cards)
    with open_library(work, bank, FixedClock(START)) as library:
        sync(library)
        database = library.paths.database
        with figures(library) as log:
            year = median(lambda: workloads(log, 365), 3)
            month = median(lambda: expectations(log, 28), 3)
    environ = {
        "FLASHSAFETY_DB": database,
        "FLASHSAFETY_QUESTIONS": str(bank),
        "HOME": str(work),
    }
    whole = median(lambda: _run(environ, "-m", "flashsafety", "simulate"), 3)
    bare = median(lambda: _run(environ, "-c", "pass"), 15)
    name = f"simulate a year, {cards:,} cards"
    yield f"{name}, 13 retentions and 6 limits, whole process", "ms", whole, "python", bare, 100
    yield f"{name}, without start and reading", "ms", year, "python -c pass", bare, 100
    yield f"forecast of 28 days, {cards:,} cards, 200 lives", "ms", month, "python", bare, 100


def _run(environ: Mapping[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=environ, check=True, capture_output=True)
