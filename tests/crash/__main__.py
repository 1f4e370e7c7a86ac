"""The crash campaign: ``python -m tests.crash [--faults N] [--seed S] [--only NAME]``.

Every operation meets every kind of fault at points drawn from all that it has; after each the file
must open, hold every acknowledged rating once, and agree with its log. On Linux, with a C compiler.
"""

import argparse
import ctypes
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from math import ceil
from pathlib import Path

KINDS = {"kill": 1, "torn write": 2, "power cut": 3, "one failure": 4, "all fail": 5, "full": 6}
"""Name to number in faults.c."""


def main() -> int:
    """Run the campaign; returns how many faults broke a promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(2**32))
    parser.add_argument("--only", help="one operation")
    asked = parser.parse_args()
    if "faults.so" not in os.environ.get("LD_PRELOAD", ""):
        _start_again_with_faults()
    print(f"seed {asked.seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        return Campaign(Path(folder).resolve(), random.Random(asked.seed)).run(
            asked.faults, asked.only
        )


def _start_again_with_faults() -> None:
    folder = tempfile.mkdtemp()
    shim = f"{folder}/faults.so"
    source = Path(__file__).with_name("faults.c")
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", shim, str(source), "-ldl"], check=True)
    environ = {**os.environ, "LD_PRELOAD": shim}
    done = subprocess.run([sys.executable, "-m", "tests.crash", *sys.argv[1:]], env=environ)
    shutil.rmtree(folder)
    raise SystemExit(done.returncode)


class Campaign:
    """All operations under all faults, in a folder of its own."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        """Make the base from which each fault begins."""
        from tests.crash.learner import make_base

        self._folder, self._chance = folder, chance
        self._shim = ctypes.CDLL(None)
        self._shim.fault_points.restype = ctypes.c_long
        self._base = folder / "base"
        make_base(self._base)
        self._met: Counter[tuple[str, str]] = Counter()
        self._broken: list[str] = []

    def run(self, faults: int, only: str | None) -> int:
        """Meet about so many faults, shared out over all operations; 1 where a promise broke."""
        from tests.crash.learner import reset
        from tests.crash.operations import OPERATIONS

        names = [only] if only else list(OPERATIONS)
        for name in names:
            work = self._folder / "work"
            ready = self._folder / name
            reset(ready, self._base)
            OPERATIONS[name].prepare(ready)
            reset(work, ready)
            points = self._count(name, work)
            for _ in range(ceil(faults / len(names))):
                kind = list(KINDS)[self._met.total() % len(KINDS)]
                self._meet(name, work, ready, kind, self._chance.randint(1, points))
            self._tell(name, points)
            shutil.rmtree(ready)
        return self._close()

    def _tell(self, name: str, points: int) -> None:
        met = ", ".join(f"{kind} {self._met[name, kind]}" for kind in KINDS)
        broken = sum(words.startswith(f"{name}, ") for words in self._broken)
        print(f"{name}: {points} points: {met}; {broken} finds", flush=True)

    def _close(self) -> int:
        for words in self._broken:
            print(f"BROKEN {words}")
        kinds: Counter[str] = Counter()
        for (_, kind), count in self._met.items():
            kinds[kind] += count
        met = ", ".join(f"{kind} {count}" for kind, count in kinds.items())
        print(f"{self._met.total()} faults ({met}), {len(self._broken)} finds")
        return min(len(self._broken), 1)

    def _count(self, name: str, work: Path) -> int:
        """Points of an operation that goes well."""
        told, status = self._in_a_child(name, work, 0, 0, 0)
        assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0, (name, told[-9:])
        return int(next(line.split()[1] for line in told if line.startswith("points ")))

    def _meet(self, name: str, work: Path, ready: Path, kind: str, at: int) -> None:
        from tests.crash.checks import broken, log_in
        from tests.crash.learner import reset
        from tests.crash.operations import OPERATIONS

        reset(work, ready)
        before = log_in(work)
        reset(work, ready)
        seed = self._chance.randrange(2**31)
        told, status = self._in_a_child(name, work, at, KINDS[kind], seed)
        words = f"{name}, {kind} at point {at} (seed {seed})"
        self._met[name, kind] += 1
        if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 99:
            self._broken.append(f"{words}: no words for it: {told[-12:]}")
        try:
            faults = broken(
                OPERATIONS[name], work, before, told, tidied=kind in ("one failure", "full")
            )
        except Exception:
            faults = [traceback.format_exc()]
        self._broken += [f"{words}: {fault}" for fault in faults]

    def _in_a_child(
        self, name: str, work: Path, at: int, kind: int, seed: int
    ) -> tuple[list[str], int]:
        """Do it in a fork, so that it may die; what it told, and how it ended."""
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._as_child(name, work, at, kind, seed, writing)
        os.close(writing)
        with os.fdopen(reading) as told:
            lines = told.read().splitlines()
        _, status = os.waitpid(child, 0)
        assert not os.WIFSIGNALED(status) or os.WTERMSIG(status) == signal.SIGKILL
        return lines, status

    def _as_child(self, name: str, work: Path, at: int, kind: int, seed: int, writing: int) -> None:
        from flashsafety.cli.faults import guarded
        from tests.crash.operations import OPERATIONS

        def tell(line: str) -> None:
            os.write(writing, f"{line}\n".encode())

        for standard in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), standard)
        self._shim.fault_arm(str(work).encode(), ctypes.c_long(at), kind, seed)
        code = 99
        try:
            code = guarded(lambda: OPERATIONS[name].run(work, tell))
            tell(f"points {self._shim.fault_points()}")
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            tell(traceback.format_exc())
        finally:
            os._exit(code)


if __name__ == "__main__":
    raise SystemExit(main())
