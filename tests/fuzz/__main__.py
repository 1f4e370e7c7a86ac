"""The hostile input campaign.

``python -m tests.fuzz [NAME ...] [--seconds S] [--seed N] [--atheris]``: each reader meets bytes
that are like its corpus and not the same, within a limit of memory and of time for each. What
fails is written to ``tests/fuzz/found/NAME`` to be looked at, and moved into the corpus when it is
mended. With ``--atheris`` one reader is driven by libFuzzer, which follows the code.
"""

import argparse
import contextlib
import resource
import signal
import sys
import tempfile
import time
import traceback
from hashlib import sha256
from pathlib import Path
from random import Random, SystemRandom

HERE = Path(__file__).parent
SECONDS = 10
"""The most that one input may take, on a slow machine."""
MEMORY = 3 * 2**30
"""Bytes of address space, the program, its libraries and its threads included."""


def corpus_of(name: str) -> list[bytes]:
    """What a reader has met before."""
    return [path.read_bytes() for path in sorted((HERE / "corpus" / name).iterdir())]


def limit() -> None:
    """Bound what any input may use of the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    def late(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} seconds")

    signal.signal(signal.SIGALRM, late)


def meets(target: object, data: bytes) -> str:
    """Give one input to a reader; what went wrong, empty when nothing did."""
    signal.alarm(SECONDS)
    try:
        target(data)  # type: ignore[operator]
    except Exception:
        return traceback.format_exc()
    finally:
        signal.alarm(0)
    return ""


def campaign(name: str, seconds: float, seed: int) -> tuple[int, int, float]:
    """Mutations of the corpus for so long; returns inputs, how many failed, and the slowest (s)."""
    from tests.fuzz.mutate import mutations
    from tests.fuzz.targets import TARGETS

    tried = failed = 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        target = TARGETS[name](Path(folder))
        end = time.monotonic() + seconds
        for data in mutations(corpus_of(name), Random(seed)):
            if time.monotonic() > end:
                break
            tried += 1
            began = time.monotonic()
            if words := meets(target, data):
                failed += 1
                keep(name, data, words)
            slowest = max(slowest, time.monotonic() - began)
    return tried, failed, slowest


def keep(name: str, data: bytes, words: str) -> None:
    """Write down what failed."""
    folder = HERE / "found" / name
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / sha256(data).hexdigest()[:16]
    path.write_bytes(data)
    print(f"FAILED {path}\n{words[-1500:]}", flush=True)


def with_atheris(name: str, seconds: int) -> None:
    """One reader under libFuzzer; it ends the process."""
    import atheris

    with atheris.instrument_imports(include=["flashsafety"]):
        from tests.fuzz.targets import TARGETS
    with tempfile.TemporaryDirectory() as folder:
        target = TARGETS[name](Path(folder))
        words = [f"-max_total_time={seconds}", f"-timeout={SECONDS}", "-max_len=20000"]
        work = Path(folder) / "corpus"
        work.mkdir()
        atheris.Setup([sys.argv[0], *words, str(work), str(HERE / "corpus" / name)], target)
        atheris.Fuzz()


def main() -> int:
    """Run what was asked for; returns 1 when an input failed."""
    readers = sorted(path.name for path in (HERE / "corpus").iterdir())
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(readers))
    parser.add_argument("--seconds", type=int, default=60, help="for each reader")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(2**32))
    parser.add_argument("--atheris", action="store_true")
    asked = parser.parse_args()
    names = asked.names or readers
    if asked.atheris:
        with_atheris(names[0], asked.seconds)
    limit()
    print(f"seed {asked.seed}", flush=True)
    bad = 0
    for name in names:
        with contextlib.redirect_stderr(None):
            tried, failed, slowest = campaign(name, asked.seconds, asked.seed)
        kibibytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        limits = f"slowest {slowest:.2f} s, memory so far {kibibytes >> 10} MB"
        print(f"{name}: {tried:,} inputs, {failed} failed; {limits}", flush=True)
        bad += failed
    return bool(bad)


if __name__ == "__main__":
    raise SystemExit(main())
