"""The crash campaign in its short form; ``python -m tests.crash`` is the long one."""

import re
import shutil
import subprocess
import sys

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
    ),
]


def campaign(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.crash", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


def test_no_fault_of_the_disk_breaks_a_promise() -> None:
    done = campaign("--faults", "60")
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    closing = re.match(r"(\d+) faults .* 0 finds", done.stdout.splitlines()[-1])
    assert closing is not None
    assert int(closing[1]) >= 60


def test_the_campaign_notices_when_sqlite_does_not_wait_for_the_disk() -> None:
    done = campaign("--only", "review", "--faults", "90", "--seed", "1", "--careless")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "was acknowledged and is not there" in done.stdout
