"""The greatest memory, in KB, of the app that reviews thirty cards of the library in a folder."""

import asyncio
import sys
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.tui.app import FlashsafetyApp
from tests.benchmark_parts import START, peak
from tests.libraries import open_library


async def review(folder: Path) -> None:
    """Rate thirty cards, where there are so many."""
    with open_library(folder, folder / "bank", FixedClock(START), new_limit=50) as library:
        app = FlashsafetyApp(library)
        async with app.run_test(size=(80, 24)) as pilot:
            await app.workers.wait_for_complete()
            await pilot.press("enter")
            for _ in range(30):
                await pilot.press("space", "3")


if __name__ == "__main__":
    asyncio.run(review(Path(sys.argv[1])))
    print(peak())
