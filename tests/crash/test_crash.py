"""The crash campaign in its short form; ``python -m tests.crash`` is the long one."""

import re
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
    closing = re.match(r"(\d+) faults .* 0 finds", done.stdout.splitlines()[-1])
    assert closing is not None
    assert int(closing[1]) >= 60
