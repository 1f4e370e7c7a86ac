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
