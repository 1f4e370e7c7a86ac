"""A library over a tiny bank."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from tests.banks import tiny_bank
from tests.libraries import open_library


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return tiny_bank(tmp_path / "bank")


@pytest.fixture
def library(tmp_path: Path, bank: Path, clock: FixedClock) -> Iterator[Library]:
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        yield library
