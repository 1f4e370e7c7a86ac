"""The crash campaign in its short form; ``python -m tests.crash`` is the long one."""

import shutil
import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or shutil.which("cc") is None, reason="needs Linux and a C compiler"
)
def test_no_fault_of_the_disk_breaks_a_promise() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.crash", "--faults", "60"], capture_output=True, text=True
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 faults" in done.stdout
