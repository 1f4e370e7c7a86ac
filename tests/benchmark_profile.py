"""Where the time of a measurement goes: ``python -m tests.benchmark --profile lint``."""

import cProfile
import os
import pstats
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_OURS = f"{os.sep}flashsafety{os.sep}"
_profiles: dict[str, pstats.Stats] | None = None
"""What was found so far, by what was timed; none while nobody looks."""


@contextmanager
def looking() -> Iterator[dict[str, pstats.Stats]]:
    """Have each action that is timed inside profiled."""
    global _profiles
    found: dict[str, pstats.Stats] = {}
    _profiles = found
    try:
        yield found
    finally:
        _profiles = None


@contextmanager
def watch(action: Callable[[], object]) -> Iterator[None]:
    """Profile what happens inside, when somebody looks."""
    if _profiles is None:
        yield
        return
    with cProfile.Profile() as profile:
        yield
    code = getattr(action, "__code__", None)
    place = f" in line {code.co_firstlineno} of {Path(code.co_filename).stem}" if code else ""
    _add(f"{getattr(action, '__qualname__', 'a call')}{place}", pstats.Stats(profile))


@contextmanager
def program(*words: str) -> Iterator[list[str]]:
    """What follows ``python`` to run our program, profiled when somebody looks."""
    if _profiles is None:
        yield ["-m", "flashsafety", *words]
        return
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "profile")
        yield ["-m", "cProfile", "-o", file, "-m", "flashsafety", *words]
        _add(f"flashsafety {words[0]}", pstats.Stats(file))


def _add(what: str, stats: pstats.Stats) -> None:
    assert _profiles is not None
    if what in _profiles:
        _profiles[what].add(stats)
    else:
        _profiles[what] = stats


def top_ten(found: dict[str, pstats.Stats]) -> Iterator[str]:
    """Lines: of each action that runs code of ours, the functions with most time of their own."""
    for what, stats in found.items():
        rows = stats.stats.items()  # type: ignore[attr-defined]
        if not any(_OURS in file for (file, _, _), _ in rows):
            continue
        yield f"{what}: {stats.total_tt:.3f} s"  # type: ignore[attr-defined]
        for (file, line, name), (_, calls, own, _, _) in sorted(rows, key=lambda r: -r[1][2])[:10]:
            yield f"  {own:8.3f} s {calls:11,} x {_short(file)}:{line} {name}"


def _short(file: str) -> str:
    """A file's path from its package on."""
    for mark in ("site-packages", "src", "lib"):
        file = file.rpartition(f"{os.sep}{mark}{os.sep}")[2]
    return file
