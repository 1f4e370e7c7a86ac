"""What a simulated year costs: 1,000 cards at 13 retentions, and at the limits of new cards."""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from flashsafety.stats.expected import expectations
from flashsafety.stats.figures import figures
from flashsafety.stats.workload import workloads
from tests.benchmark_parts import Row, studied, turns
from tests.benchmark_profile import program


def simulated_year(work: Path, cards: int) -> Iterator[Row]:
    """The whole process of ``flashsafety simulate``, and its parts."""
    with studied(work, cards) as library:
        database = library.paths.database
        with figures(library) as log:
            year, month = turns(3, lambda: workloads(log, 365), lambda: expectations(log, 28))
    environ = {
        "FLASHSAFETY_DB": database,
        "FLASHSAFETY_QUESTIONS": str(work / "bank"),
        "HOME": str(work),
    }
    (whole,) = turns(3, lambda: _simulate(environ))
    (bare,) = turns(15, lambda: _run(environ, "-c", "pass"))
    name = f"simulate a year, {cards:,} cards"
    yield f"{name}, 13 retentions and 6 limits, whole process", "ms", whole, "python", bare, 100
    yield f"{name}, without start and reading", "ms", year, "python -c pass", bare, 100
    yield f"forecast of 28 days, {cards:,} cards, 200 lives", "ms", month, "python", bare, 100


def _simulate(environ: Mapping[str, str]) -> None:
    with program("simulate") as words:
        _run(environ, *words)


def _run(environ: Mapping[str, str], *words: str) -> None:
    subprocess.run([sys.executable, *words], env=environ, check=True, capture_output=True)
