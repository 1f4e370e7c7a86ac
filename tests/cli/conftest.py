"""A runner of real commands on a tiny bank, its own database and a clock that stands still."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import flashsafety
from flashsafety.cli.group import commands
from flashsafety.clock import FixedClock
from tests.banks import tiny_bank


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def data(self):
        return json.loads(self.out)

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()


Run = Callable[..., Ran]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return tiny_bank(tmp_path / "bank")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "reviews.db"


@pytest.fixture
def run(bank: Path, database: Path, clock: FixedClock) -> Run:
    """Run a command in this process; a fault that is not put into words fails the test."""

    def invoke(*arguments: str, lines: str = "", expect: int | None = 0) -> Ran:
        result = CliRunner().invoke(
            commands,
            ["--db", str(database), "--questions", str(bank), *arguments],
            input=lines,
            obj=clock,
        )
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        if expect is not None:
            assert result.exit_code == expect, result.output
        return Ran(result.exit_code, result.stdout, result.stderr)

    return invoke


@pytest.fixture
def process(bank: Path, database: Path) -> Iterator[Run]:
    """Run a command as a process of its own, without a terminal."""
    source = str(Path(flashsafety.__file__).parents[1])
    settings = {"FLASHSAFETY_DB": str(database), "FLASHSAFETY_QUESTIONS": str(bank)}
    environ = {**os.environ, **settings, "PYTHONPATH": source}

    def start(*arguments: str, lines: str = "", expect: int | None = 0, code: str = "") -> Ran:
        """Run the arguments, or Python ``code`` in their stead."""
        command = ["-c", code] if code else ["-m", "flashsafety", *arguments]
        done = subprocess.run(
            [sys.executable, *command], input=lines, env=environ, capture_output=True, text=True
        )
        if expect is not None:
            assert done.returncode == expect, done.stderr
        return Ran(done.returncode, done.stdout, done.stderr)

    yield start
