"""The pictures of README, made from the app itself: ``python -m tests.pictures``."""

import asyncio
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.content.roots import bundled
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_modules
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from tests.libraries import open_library

FOLDER = Path(__file__).parent.parent / ".github"
CARD = "swiss-cheese-shared-hole"


async def picture(folder: Path) -> None:
    """Save the study screen with an answer given, at 80x24."""
    clock = FixedClock(datetime(2026, 11, 23, 12, tzinfo=UTC))
    with open_library(folder, Path(bundled()), clock, new_limit=999) as library:
        library.take_in_changes()
        start_modules(library, ["accident-models"])
        session = StudySession(library)
        while session.current and session.current.note.id != CARD:
            session.answer(Rating.EASY, 0)
        app = FlashsafetyApp(library)
        async with app.run_test(size=(80, 24)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.press("enter")
            await app.workers.wait_for_complete()
            await pilot.press("6", "enter")
            await pilot.pause()
            FOLDER.mkdir(exist_ok=True)
            (FOLDER / "study.svg").write_text(app.export_screenshot(), encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(picture(Path(name)))
