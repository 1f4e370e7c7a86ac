"""Walking through the app: stages from which a command is tried, and looks at what it does.

A stage begins on Home over the database as it was at first, so that the commands of a screen can be
tried one after the other in one run of the app.
"""

import sqlite3
from collections.abc import Awaitable, Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest
from textual import events
from textual.keys import key_to_character
from textual.pilot import Pilot
from textual.widget import Widget
from textual.worker import WorkerCancelled

from flashsafety.clock import FixedClock
from flashsafety.study.answer import answer_card
from flashsafety.study.library import Library
from flashsafety.study.today import Choice
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.browse import BrowseScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from tests.banks import ALL_TYPES, question, tiny_bank, write_cards
from tests.images import put
from tests.libraries import open_library

FIVE_POINTS = """\
id: five-points
type: question
prompt: |
  What has five points?
answer: |
  A star.
rubric: [one point, two points, three points, four points, five points]
"""
LINES = "\n  ".join(f"Line {n}.\n" for n in range(60))
FIVE_OPTIONS = f"""\
id: five-options
type: choice
fixed: true
prompt: |
  {LINES}
options:
  - {{text: the one, why: It is one.}}
  - {{text: the two, answer: true, why: It is two.}}
  - {{text: the three, why: It is three.}}
  - {{text: the four, why: It is four.}}
  - {{text: the five, why: It is five.}}
"""
LONG = question("long", prompt=LINES)
PICTURED = question("pictured", prompt="![A red disc](images/circle.png)")
LECTURE = "https://example.org/numbers"
SOURCE = "https://example.org/elements"


class Walk:
    """The app in the middle of a test."""

    def __init__(self, app: FlashsafetyApp, pilot: Pilot[None], folder: Path) -> None:
        """Keep the database as it is now.

        Args:
            app: Which runs.
            pilot: Who drives it.
            folder: Where the bank and the settings file are.
        """
        self.app, self.pilot, self.folder = app, pilot, folder
        self.library: Library = app.library
        assert isinstance(self.library.clock, FixedClock)
        self.clock = self.library.clock
        self.opened: list[str] = []
        """Addresses that were opened in the browser."""
        self.edited = folder / "arguments"
        """What the editor was started with."""
        self.file = folder / "bank/01-shapes/shapes.yaml"
        """The cards of the first module."""
        self._cards, self._size = self.file.read_text(), app.size
        self._noon = self.clock.at
        assert self.library.device, "the library remembers its row, so it must be in the copy"
        self._pristine = sqlite3.connect(":memory:")
        self.library.db.backup(self._pristine)
        app.open_url = lambda url, *, new_tab=True: self.opened.append(url)  # type: ignore[method-assign]
        app.suspend = nullcontext  # type: ignore[method-assign, assignment]

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what they set going."""
        for key in keys:
            self.app.post_message(events.Key(key, key_to_character(key)))
            await self.quiet()

    async def quiet(self) -> None:
        """Wait for all that is under way.

        Textual's own pauses wait for the processor to be idle, which takes ten times as long.
        """
        for _ in range(2):  # what a worker posted posts messages of its own
            await self.pilot._wait_for_screen()
            for worker in list(self.app.workers):
                with suppress(WorkerCancelled):
                    await worker.wait()
            self.app.screen._on_timer_update()
        await self.pilot._wait_for_screen()

    async def home(self) -> None:
        """Back to Home, with the database, the clock and the settings as they were."""
        app = self.app
        app.clear_notifications()
        while not isinstance(app.screen, TodayScreen):
            app.pop_screen()
            await self.quiet()
        self._pristine.backup(self.library.db)
        self.clock.at = self._noon
        self.opened.clear()
        self.edited.unlink(missing_ok=True)
        if self.file.read_text() != self._cards:
            self.file.write_text(self._cards)
        if app.size != self._size:
            await self.pilot.resize_terminal(*self._size)
        self.library.take_in_changes()
        Path(self.library.paths.config).unlink(missing_ok=True)
        app.take_settings()
        app.today.say("")
        app.today.outline.move(-99)

    def card(self, key: str) -> int:
        """Row id of a card."""
        found = self.library.db.execute("SELECT id FROM card WHERE key = ?", (key,)).fetchone()
        assert found is not None, key
        return int(found[0])

    def rate(self, key: str, rating: Rating = Rating.EASY) -> None:
        """Rate a card behind the app's back."""
        answer_card(self.library, self.card(key), rating, 1000)

    def rate_everything(self) -> None:
        """So that nothing is due today, and no card is new in an open module."""
        for (key,) in self.library.db.execute("SELECT key FROM card").fetchall():
            if not key.startswith("prime"):
                self.rate(key)

    async def study(self, *notes: str) -> None:
        """Study these notes' cards alone."""
        query = " or ".join(f"note:{note}" for note in notes)
        self.app.study(Choice(query=query))
        await self.quiet()
        assert isinstance(self.app.screen, StudyScreen)

    def one(self, kind: type[Widget]) -> Widget:
        """The widget of a kind on the screen in front."""
        return self.app.screen.query_one(kind)

    @property
    def browse(self) -> BrowseScreen:
        """The list of cards, which must be in front."""
        assert isinstance(self.app.screen, BrowseScreen)
        return self.app.screen


Stage = Callable[[Walk], Awaitable[None]]


def walk_bank(folder: Path) -> Path:
    """Two modules, of which the second is offered once the first has no new card; all types."""
    bank = tiny_bank(folder / "bank")
    syllabus = bank / "syllabus.yaml"
    syllabus.write_text(syllabus.read_text().replace("        optional: true\n", ""))
    put(bank, "01-shapes/images/circle.png")
    cards = (*ALL_TYPES, FIVE_POINTS, FIVE_OPTIONS, LONG, PICTURED)
    exams = (
        card if "exam:" in card else card.replace("type:", "exam: true\ntype:", 1)
        for card in (*cards, *(question(f"other-{n}") for n in range(8)))
    )
    write_cards(bank, "01-shapes/shapes.yaml", *exams)
    primes = (question(f"prime-{name}", extra="exam: true\n") for name in ("one", "two", "three"))
    write_cards(bank, "02-numbers/primes.yaml", *primes, module="numbers", topics="primes")
    return bank


@pytest.fixture
def walked(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """A library over that bank."""
    with open_library(tmp_path, walk_bank(tmp_path), clock) as library:
        library.take_in_changes()
        yield library
