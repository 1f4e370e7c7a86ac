"""All operations under all faults, and copies that do not belong together."""

import ctypes
import os
import random
import signal
import sqlite3
import traceback
from collections import Counter
from math import ceil
from pathlib import Path

from flashsafety.cli.faults import guarded
from flashsafety.store import open as opening
from tests.crash import pairs
from tests.crash.checks import broken, log_in
from tests.crash.learner import make_base, reset
from tests.crash.operations import OPERATIONS

KINDS = {"kill": 1, "torn write": 2, "power cut": 3, "one failure": 4, "all fail": 5, "full": 6}
"""Name to number in faults.c."""

COPIES = "torn copies"
"""What is met beside the operations."""


class Campaign:
    """All operations under all faults, in a folder of its own."""

    def __init__(self, folder: Path, chance: random.Random, *, careless: bool) -> None:
        """Make the base from which each fault begins.

        Args:
            folder: Where.
            chance: All that is left to it.
            careless: Let SQLite never wait for the disk: then a promise must break.
        """
        self._folder, self._chance = folder, chance
        self._shim = ctypes.CDLL(None)
        self._shim.fault_points.restype = ctypes.c_long
        self._base = folder / "base"
        make_base(self._base)
        self._kinds: Counter[str] = Counter()
        self._deck: list[str] = []
        self._careless = careless
        self._broken: list[str] = []

    def run(self, faults: int, only: str | None) -> int:
        """Meet about so many faults, shared out over all operations; 1 where a promise broke."""
        names = [only] if only else [*OPERATIONS, COPIES]
        print(f"{'':24}{'points':>8}{''.join(f'{kind:>15}' for kind in KINDS)}{'finds':>8}")
        for name in names:
            each = ceil(faults / len(names))
            if name == COPIES:
                self._meet_copies(ceil(each / 2))
            else:
                self._operate(name, each)
        for words in self._broken:
            print(f"BROKEN {words}")
        met = ", ".join(f"{kind} {count}" for kind, count in self._kinds.items())
        print(f"{self._kinds.total()} faults ({met}), {len(self._broken)} finds")
        return min(len(self._broken), 1)

    def _operate(self, name: str, faults: int) -> None:
        """Meet faults in one operation."""
        work, ready = self._folder / "work", self._folder / "ready"
        reset(ready, self._base)
        OPERATIONS[name].prepare(ready)
        reset(work, ready)
        points, before, finds = self._count(name, work), self._kinds.copy(), len(self._broken)
        for _ in range(faults):
            self._meet(name, work, ready, self._draw_kind(), self._chance.randint(1, points))
        met = "".join(f"{self._kinds[kind] - before[kind]:>15}" for kind in KINDS)
        finds = len(self._broken) - finds
        print(f"{name:24}{points:>8}{met}{finds:>8}", flush=True)

    def _draw_kind(self) -> str:
        """Each kind once before any comes again."""
        if not self._deck:
            self._deck = self._chance.sample(list(KINDS), len(KINDS))
        return self._deck.pop()

    def _meet_copies(self, faults: int) -> None:
        """Copies of the file and its journal of which something is wrong, so many of each kind."""
        work = self._folder / "work"
        reset(work, self._base)
        moments = pairs.moments(work)
        for kind, make in pairs.KINDS.items():
            met: Counter[str] = Counter()
            finds = len(self._broken)
            for _ in range(faults):
                seed = self._chance.randrange(2**31)
                reset(work, self._base)
                try:
                    how, broken = pairs.broken(make(moments, random.Random(seed)), work)
                except Exception:
                    how, broken = "raised", [traceback.format_exc()]
                met[how] += 1
                self._broken += [f"{kind} (seed {seed}): {words}" for words in broken]
            self._kinds[kind] += faults
            ends = ", ".join(f"{count} {how}" for how, count in sorted(met.items()))
            print(f"{kind:24}{ends:>98}{len(self._broken) - finds:>8}", flush=True)

    def _count(self, name: str, work: Path) -> int:
        """Points of an operation that goes well."""
        told, status = self._in_a_child(name, work, 0, 0, 0)
        assert os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0, (name, told[-9:])
        return int(next(line.split()[1] for line in told if line.startswith("points ")))

    def _meet(self, name: str, work: Path, ready: Path, kind: str, at: int) -> None:
        reset(work, ready)
        before = log_in(work)
        reset(work, ready)
        seed = self._chance.randrange(2**31)
        told, status = self._in_a_child(name, work, at, KINDS[kind], seed)
        words = f"{name}, {kind} at point {at} (seed {seed})"
        self._kinds[kind] += 1
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
        def tell(line: str) -> None:
            os.write(writing, f"{line}\n".encode())

        for standard in (1, 2):
            os.dup2(os.open(os.devnull, os.O_WRONLY), standard)
        self._shim.fault_arm(str(work).encode(), ctypes.c_long(at), kind, seed)
        code = 99
        try:
            if self._careless:
                _write_carelessly()
            code = guarded(lambda: OPERATIONS[name].run(work, tell))
            tell(f"points {self._shim.fault_points()}")
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:
            tell(traceback.format_exc())
        finally:
            os._exit(code)


def _write_carelessly() -> None:
    careful = opening.connect

    def connect(path: str) -> sqlite3.Connection:
        db = careful(path)
        db.execute("PRAGMA synchronous = OFF")
        return db

    opening.connect = connect
