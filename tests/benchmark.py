"""Every wait beside its yardstick, in one run: ``python -m tests.benchmark``.

Machines differ and are noisy, so nothing here is a test: the program prints medians and ratios.
The whole table takes less than half an hour on two cores that do nothing else; a run that is ended
before has printed what it found.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from tests.benchmark_anki import export_anki, export_memory, import_back
from tests.benchmark_answer import answer_and_next
from tests.benchmark_bank import first_load, lint_whole, one_file_changed, sync_unchanged
from tests.benchmark_browse import browse_screen, searches
from tests.benchmark_floor import (
    begin_session,
    install_size,
    memory_of_session,
    undo_beside_answer,
)
from tests.benchmark_items import items_of_a_class
from tests.benchmark_load import reviews_balanced
from tests.benchmark_optimize import optimize
from tests.benchmark_parts import Row
from tests.benchmark_process import from_a_process
from tests.benchmark_profile import looking, top_ten
from tests.benchmark_readme import machine, write_in_short
from tests.benchmark_rebuild import rebuild_floor, rebuild_log
from tests.benchmark_simulate import simulated_year
from tests.benchmark_start import new_card, processes, screens
from tests.benchmark_stats import statistics_of_a_log
from tests.benchmark_table import (
    GROWTH_HEAD,
    HEAD,
    Measured,
    add_row,
    growth_line,
    growths,
    line_of,
    read_rows,
    verdict,
)

BANKS = (1_000, 10_000, 100_000)
SMALL = (1_000, 10_000)
LOGS = (20_000, 200_000, 2_000_000)
"""Of the banks' cards, twenty ratings each."""
Sizes = tuple[int, ...]
FULL: dict[str, tuple[Callable[[Path, int], Iterator[Row]], Sizes, Sizes]] = {
    "due": (processes, BANKS, SMALL),
    "screens": (screens, BANKS, SMALL),
    "answer": (answer_and_next, BANKS, SMALL),
    "begin": (begin_session, BANKS, SMALL),
    "undo": (undo_beside_answer, BANKS, SMALL),
    "load": (first_load, BANKS, SMALL),
    "unchanged": (sync_unchanged, BANKS, SMALL),
    "one-file": (one_file_changed, BANKS, SMALL),
    "lint": (lint_whole, BANKS, SMALL),
    "floor": (rebuild_floor, LOGS, LOGS[:2]),
    "stats": (statistics_of_a_log, LOGS, LOGS[:2]),
    "search": (searches, BANKS, SMALL),
    "export": (export_anki, BANKS, SMALL),
    "memory": (memory_of_session, BANKS, SMALL),
    "install": (install_size, (1,), (1,)),
    "balance": (reviews_balanced, BANKS, SMALL),
    "new": (new_card, (1_000,), (1_000,)),
    "rebuild": (rebuild_log, (100_000,), (10_000,)),
    "items": (items_of_a_class, (10_000_000,), (1_000_000,)),
    "optimize": (optimize, (100_000,), (20_000,)),
    "simulate": (simulated_year, SMALL, (1_000,)),
    "export-memory": (export_memory, (100_000,), (10_000,)),
    "import": (import_back, (100_000, 1_000_000), (10_000,)),
    "browse": (browse_screen, (100_000,), (10_000,)),
}
"""Name: the measurement, its sizes, its sizes in a quick run; first what README tells."""


def main(words: Sequence[str]) -> int:
    """Print the tables as Markdown; returns how many measurements failed."""
    options = _parser().parse_args(words)
    names = options.names or list(FULL)
    jobs = []
    for name in names:
        _, full, quick = FULL[name]
        jobs += [(name, size) for size in (quick if options.quick else full)]
    table: list[Measured] = []
    failed = 0
    print(HEAD)
    for number, (name, size) in enumerate(jobs, 1):
        start = time.perf_counter()
        try:
            for row in from_a_process(rows_of, name, size):
                print(line_of(row), flush=True)
                table.append(Measured(name, size, row))
                if options.rows:
                    add_row(options.rows, table[-1])
        except ChildProcessError:
            failed += 1
        took = time.perf_counter() - start
        print(f"{number} of {len(jobs)}: {name} {size:,}, {took:.0f} s", file=sys.stderr)
    print(f"\n{GROWTH_HEAD}")
    for growth in growths(table):
        print(growth_line(growth))
    print(f"\nMeasured {machine()}.", flush=True)
    if options.readme:
        write_in_short(read_rows(options.rows) if options.rows else table)
    if options.profile:
        _tell_profiles(table)
    return failed


def rows_of(name: str, size: int) -> Iterator[Row]:
    """The rows of a measurement, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        yield from FULL[name][0](Path(folder), size)


def _profile(name: str, size: int) -> Iterator[str]:
    """Lines that say where the time of a measurement goes."""
    with looking() as found:
        for _ in rows_of(name, size):
            pass
    yield from top_ten(found)


def _tell_profiles(table: list[Measured]) -> None:
    """Print where the time goes in what missed its reach, each in the largest such size."""
    missed = {one.measurement: one.size for one in table if verdict(one.row) == "missed"}
    for name, size in missed.items():
        print(f"\n{name} {size:,}, most time of their own:\n\n```")
        for line in from_a_process(_profile, name, size):
            print(line)
        print("```", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *FULL], metavar="NAME", help=", ".join(FULL)
    )
    parser.add_argument("--quick", action="store_true", help="no size that takes minutes")
    parser.add_argument("--rows", type=Path, metavar="FILE", help="add each row to FILE")
    parser.add_argument(
        "--readme", action="store_true", help="refresh README's table; with --rows from all of FILE"
    )
    parser.add_argument(
        "--profile", action="store_true", help="profile again what missed its reach"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
