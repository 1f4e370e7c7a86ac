"""Real Anki on other days and in other places: a process of its own that is told the time."""

import json
import os
import platform
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
other_days = pytest.mark.skipif(
    (sys.platform, platform.machine()) != ("linux", "x86_64"),
    reason="the time is told by a library for Linux on x86-64",
)
"""Marks tests that let Anki live on another day."""


def on(at: datetime, collection: Path, *tasks: list[Any], zone: str = "UTC") -> Any:
    """Let real Anki do something at another time; returns what the last task did.

    Args:
        at: When, on the clock of the zone.
        collection: Its file.
        tasks: Names of functions in ``tests.anki.phone``, with their arguments.
        zone: Where the computer is.
    """
    import libfaketime  # installed where it works

    library = next(Path(libfaketime.__file__).parent.rglob("libfaketime.so.1"))
    environ = {
        **os.environ,
        "LD_PRELOAD": str(library),
        "FAKETIME": f"@{at:%Y-%m-%d %H:%M:%S}",
        "DONT_FAKE_MONOTONIC": "1",
        "TZ": zone,
    }
    command = [sys.executable, "-m", "tests.anki.phone", str(collection), json.dumps(tasks)]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
