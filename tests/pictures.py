"""The pictures of README, made from the app itself: ``python -m tests.pictures``."""

import asyncio
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from textual.pilot import Pilot

from flashsafety.clock import FixedClock
from flashsafety.content.roots import bundled
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_modules
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from tests.learner import study_for
from tests.libraries import open_library

FOLDER = Path(__file__).parent.parent / ".github"
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
CARD = "swiss-cheese-shared-hole"
DAYS = 240
"""How long the simulated learner of home and statistics has studied."""


async def study(folder: Path) -> None:
    """The study screen with an answer given, at 80x24."""
    clock = FixedClock(TODAY)
    with open_library(folder, Path(bundled()), clock, new_limit=999) as library:
        library.take_in_changes()
        start_modules(library, ["accident-models"])
        session = StudySession(library)
        while session.current and session.current.note.id != CARD:
            session.answer(Rating.EASY, 0)
        await take(library, "study", (80, 24), "enter", "6", "enter")


async def home(folder: Path) -> None:
    """Home at 100x40, and calibration at 80x24, of a learner in the midst of the course."""
    clock = FixedClock(TODAY - timedelta(days=DAYS))
    with open_library(folder, Path(bundled()), clock, new_limit=6) as library:
        library.take_in_changes()
        study_for(library, clock, DAYS)
        await take(library, "home", (100, 40))
        await take(library, "statistics", (80, 24), "t", "left")


async def take(library: Library, name: str, size: tuple[int, int], *keys: str) -> None:
    """Save what the app shows after some keys."""
    app = FlashsafetyApp(library)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / f"{name}.svg").write_text(app.export_screenshot(), encoding="utf-8")


async def settled(pilot: Pilot[None]) -> None:
    """Wait for what is read on threads, and for what follows from it."""
    for _ in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


if __name__ == "__main__":
    for picture in (study, home):
        with tempfile.TemporaryDirectory() as name:
            asyncio.run(picture(Path(name)))
