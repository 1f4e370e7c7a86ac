"""What the quick commands load, seen from outside: static graphs miss deferred imports."""

import os
import subprocess
import sys

import pytest


def loaded_by(module: str) -> set[str]:
    code = f"import sys, {module}; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    return set(done.stdout.split())


def test_the_queue_loads_neither_fsrs_nor_random_nor_datetime() -> None:
    names = loaded_by("flashsafety.scheduling.queue")
    assert not names & {"fsrs", "random", "datetime", "pydantic", "sqlite3"}


@pytest.mark.parametrize("module", ["replay", "steps", "memory", "leeches", "fuzz"])
def test_only_the_adapter_loads_fsrs(module: str) -> None:
    assert "fsrs" not in loaded_by(f"flashsafety.scheduling.{module}")


def test_the_adapter_loads_no_optimizer() -> None:
    names = loaded_by("flashsafety.scheduling.fsrs_adapter")
    assert "fsrs" in names
    assert not names & {"torch", "pandas", "numpy", "fsrs.optimizer"}
