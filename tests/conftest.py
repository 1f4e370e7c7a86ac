"""Fixtures for every test: no home directory, no network, a clock that stands still."""

import os
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from tests.loopback import PORTS
from tests.simulated import Lives


@pytest.fixture(autouse=True)
def _no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point every folder that a learner's files could be in at the test's own."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("FLASHSAFETY_", "XDG_")) or name in ("VISUAL", "EDITOR"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection but asyncio's to itself and those to the test's own servers."""
    connect = socket.socket.connect

    def refuse(self: socket.socket, address: object) -> None:
        own = isinstance(address, tuple) and address[0] == "127.0.0.1" and address[1] in PORTS
        if self.family == socket.AF_UNIX or own:
            return connect(self, address)  # type: ignore[arg-type]
        raise AssertionError(f"a test reached for the network: {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def clock() -> FixedClock:
    """Noon of a Monday, UTC."""
    return FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))


@pytest.fixture(scope="session")
def lives(tmp_path_factory: pytest.TempPathFactory) -> Lives:
    """Learners who have lived for most of a year, for every test to copy."""
    return Lives(tmp_path_factory.mktemp("lives"))


Lived = Callable[[tuple[float, ...]], Library]


@pytest.fixture
def lived(lives: Lives, tmp_path: Path, clock: FixedClock) -> Iterator[Lived]:
    """The library of a learner who forgets by the weights that are given."""
    opened: list[Library] = []

    def make(truth: tuple[float, ...]) -> Library:
        opened.append(lives.open(tmp_path / "lived", truth, clock))
        return opened[-1]

    yield make
    for library in opened:
        library.close()
