"""Real libraries for tests: a database in a temporary folder, a clock that stands still."""

from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.config import Paths, Settings
from flashsafety.study.library import Library

SETTINGS = Settings()


def paths_in(folder: Path) -> Paths:
    """Every path inside one folder."""
    data = folder / "data"
    return Paths(
        str(folder / "config.toml"), str(data), str(data / "flashsafety.db"), str(folder / "log")
    )


def open_library(
    folder: Path, bank: Path, clock: FixedClock, settings: Settings = SETTINGS, **changes: object
) -> Library:
    """A library over a bank; ``changes`` are settings by name."""
    settings = settings._replace(**changes)  # type: ignore[arg-type]
    return Library.open(paths_in(folder), settings, [str(bank)], clock=clock, device_name="desk")
