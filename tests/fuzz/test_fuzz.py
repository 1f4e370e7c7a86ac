"""The corpus, and some seconds of the campaign; ``python -m tests.fuzz`` is the long form."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.__main__ import corpus_of, meets
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_all_that_a_reader_has_met_before_is_no_trouble(name: str, tmp_path: Path) -> None:
    target = TARGETS[name](tmp_path)
    for data in corpus_of(name):
        assert meets(target, data) == ""


@pytest.mark.slow
def test_some_seconds_of_the_campaign_find_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", "--seconds", "2"], capture_output=True, text=True
    )
    print(done.stdout)
    assert done.returncode == 0, done.stdout + done.stderr
    tried = re.findall(r": [1-9][\d,]* inputs, 0 failed", done.stdout)
    assert len(tried) == len(TARGETS)


def test_a_reader_that_fails_is_found_out() -> None:
    def fails(data: bytes) -> None:
        raise ZeroDivisionError

    assert "ZeroDivisionError" in meets(fails, b"")


@pytest.mark.parametrize(
    ("attack", "said"),
    [("bytearray(MEMORY)", "MemoryError"), ("exec('while True: pass')", "TimeoutError")],
)
def test_a_reader_that_takes_too_much_is_found_out(attack: str, said: str) -> None:
    code = (
        "from tests.fuzz import __main__ as fuzz; from tests.fuzz.__main__ import *;"
        f" fuzz.SECONDS = 1; limit(); print(meets(lambda data: {attack}, b''))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert said in done.stdout, done.stderr
