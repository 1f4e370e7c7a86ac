"""A user without sense: random keys, clicks, resizes and pastes, in the app over a real library.

``python -m tests.tuifuzz [--bank hostile|real] [--events N] [--seed N]`` sends that many and says
what broke, with the events before it. Meanwhile another window does things of its own, and time
goes by. At the end the state of every card must be the fold of its log.

What would leave the terminal is caught: the editor is a program that ends at once, an address that
is to be opened is noted.
"""

import argparse
import asyncio
import faulthandler
import os
import shutil
import sys
import tempfile
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Literal, NamedTuple

from textual import events
from textual.geometry import Size
from textual.keys import key_to_character
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from flashsafety.clock import FixedClock
from flashsafety.content.roots import bundled
from flashsafety.errors import FlashsafetyError
from flashsafety.settings.load import load_settings
from flashsafety.store.due import open_modules
from flashsafety.study.answer import act_on_card, undo_newest
from flashsafety.study.doctor import doctor
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_modules
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.commands import COMMANDS
from tests.hostile import NASTY, hostile_library, is_safe
from tests.libraries import open_library
from tests.tui.conftest import text_of

Bank = Literal["hostile", "real"]
BANKS: tuple[Bank, ...] = ("hostile", "real")

SMALLEST, LARGEST = (20, 5), (200, 60)
SIZES = ((80, 24), (120, 40), (60, 18), (59, 17))
"""As often as any other size."""
PATIENCE = 60
"""Seconds after which an event that was not dealt with counts as a hang."""

_KEYS = sorted({key for command in COMMANDS for key in command.keys.split(",")})
_TYPED = 'abcdefghijklmnopqrstuvwxyzABCNK0123456789 .,:-/*_?"()<>=%[]{}é日'
_OTHERS = (
    "tab", "shift+tab", "enter", "escape", "backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+a",
    "ctrl+e", "ctrl+k", "ctrl+x", "ctrl+v", "ctrl+z", "shift+left", "shift+end", "ctrl+home",
    "ctrl+end", "f1", "f2", "f10", "ctrl+o", "ctrl+l", "insert", "shift+f5", "alt+x",
)  # fmt: skip
_ONWARD = {
    "QuizScreen": "enter", "ExamScreen": "h", "HandInScreen": "h", "AnswersScreen": "enter",
    "StudyScreen": "space", "SettingsScreen": "enter",
}  # fmt: skip
"""What leads further where chance alone seldom does."""
_LEAVING = {"ctrl+q", "ctrl+c"}
_WORDS = (
    *NASTY.values(), "is:due", "is:suspended or -is:new", "prop:r<0.9", "rated:7:1", "module:*",
    '"', "((", "type:choice s", "22.5", "1e999", "-0", "∞", "Asia/Tokyo", "04:00", "1m 10m", "0.95",
)  # fmt: skip


class Report(NamedTuple):
    """What a run came to."""

    runs: int
    """How often the app was begun; a key that leaves it begins another."""
    events: int
    ratings: int
    screens: frozenset[str]
    """Names of the classes of all screens that were seen."""


class BrokenError(Exception):
    """The app did what it must not; says what, and what came before."""


@contextmanager
def fuzzed_library(bank: Bank, folder: Path) -> Iterator[Library]:
    """A library over one of the two banks, in a folder of its own."""
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    if bank == "hostile":
        with hostile_library(folder, clock, new_limit=9999) as library:
            yield library
        return
    shutil.copytree(bundled(), folder / "bank")
    with open_library(folder, folder / "bank", clock) as library:
        library.take_in_changes()
        yield library


def fuzz(library: Library, *, seed: int, events_: int) -> Report:
    """Send random events to the app, over and over when one of them leaves it.

    Raises:
        BrokenError: Something went wrong.
    """
    user = _User(library, Random(seed))
    runs = 0
    while user.sent < events_:
        runs += 1
        asyncio.run(user.run(events_))
    findings = [one for one in doctor(library) if not one.ok and "bank" not in one.check]
    if findings:
        raise user.broken("; ".join(f"{one.check}: {one.what}" for one in findings))
    with library.reopen() as again:
        ratings = int(again.db.execute("SELECT count(*) FROM review").fetchone()[0])
    return Report(runs, user.sent, ratings, frozenset(user.screens))


class _User:
    """Presses, clicks and resizes; keeps the last things that it did."""

    def __init__(self, library: Library, random: Random) -> None:
        self.library, self.random = library, random
        self.sent = 0
        self.screens: set[str] = set()
        self._trail: deque[str] = deque(maxlen=40)
        self._size = SIZES[0]

    async def run(self, until: int) -> None:
        """Begin the app and go on until it ends, or until so many events are sent."""
        app = FlashsafetyApp(self.library)
        app.open_url = lambda url, *, new_tab=True: None  # type: ignore[method-assign]
        app.suspend = nullcontext  # type: ignore[method-assign, assignment]
        try:
            async with app.run_test(size=self._size, notifications=True) as pilot:
                await self._quiet(app, pilot)
                while self.sent < until and not app._exit and app._exception is None:
                    await self._step(app, pilot)
                await self._quiet(app, pilot)  # the last event is dealt with before the end
        except BrokenError:
            raise
        except Exception as error:
            raise self.broken(f"{type(error).__name__}: {error}") from error
        if app.failure is not None:
            raise self.broken(f"the app ended: {app.failure}")

    async def _step(self, app: FlashsafetyApp, pilot: Pilot[None]) -> None:
        self._do_something(app)
        self.sent += 1
        self.screens.add(type(app.screen).__name__)
        if self.random.random() < 0.6:  # else the next comes before this one is dealt with
            await self._quiet(app, pilot)
            if self.random.random() < 0.2:
                self._look(app)
        else:
            await asyncio.sleep(0)

    async def _quiet(self, app: FlashsafetyApp, pilot: Pilot[None]) -> None:
        """Wait until what is under way is done."""
        try:
            async with asyncio.timeout(PATIENCE):
                for _ in range(2):
                    await pilot._wait_for_screen()
                    for worker in list(app.workers):
                        with suppress(WorkerCancelled):
                            await worker.wait()
                    if app._exception is None and not app._exit:
                        app.screen._on_timer_update()
        except TimeoutError:
            raise self.broken(f"nothing happened for {PATIENCE} s") from None

    def _look(self, app: FlashsafetyApp) -> None:
        """What is on the screen is whole lines, without a character that steers the terminal."""
        if app._exit or app._exception is not None:
            return
        shown = text_of(app)
        if not is_safe(shown):
            raise self.broken(f"an unsafe character on the screen:\n{shown!r}")

    def broken(self, what: str) -> BrokenError:
        """What went wrong, with the last events."""
        trail = "\n  ".join(self._trail)
        return BrokenError(f"{what}\nafter {self.sent} events, the last of them:\n  {trail}")

    # ---- events ----------------------------------------------------------------------------------

    def _do_something(self, app: FlashsafetyApp) -> None:
        chance = self.random.random()
        if chance < 0.72:
            self._press(app)
        elif chance < 0.86:
            self._mouse(app)
        elif chance < 0.92:
            self._resize(app)
        elif chance < 0.95:
            text = self.random.choice(_WORDS)
            self._note(app, f"paste {text!r}")
            app.post_message(events.Paste(text))
        elif chance < 0.98:
            minutes = self.random.choice((0.1, 1, 9, 11, 60 * 20, 60 * 24 * 3))
            self._note(app, f"{minutes} minutes go by")
            assert isinstance(self.library.clock, FixedClock)
            self.library.clock.advance(minutes=minutes)
        else:
            self._other_window(app)

    def _note(self, app: FlashsafetyApp, what: str) -> None:
        self._trail.append(
            f"{type(app.screen).__name__} {app.size.width}x{app.size.height}: {what}"
        )

    def _press(self, app: FlashsafetyApp) -> None:
        chance = self.random.random()
        if chance < 0.6:
            keys = sorted(app.screen.active_bindings) if app.screen.is_mounted else _KEYS
        elif chance < 0.8:
            keys = list(_TYPED)
        else:
            keys = [*_KEYS, *_OTHERS]
        key = self.random.choice(keys)
        if self.random.random() < 0.08:
            key = _ONWARD.get(type(app.screen).__name__, key)
        if key in _LEAVING and self.random.random() < 0.95:
            key = "escape"
        if key in ("q", "escape") and app.screen is app.today and self.random.random() < 0.9:
            key = "enter"
        character = key if len(key) == 1 else key_to_character(key)
        self._note(app, key)
        app.post_message(events.Key(key, character))

    def _mouse(self, app: FlashsafetyApp) -> None:
        x, y = self.random.randrange(app.size.width), self.random.randrange(app.size.height)
        chance = self.random.random()
        shift, ctrl = self.random.random() < 0.05, self.random.random() < 0.05
        if chance < 0.75:
            button = self.random.choice((1, 1, 1, 1, 2, 3))
            kinds: tuple[type[events.MouseEvent], ...] = (events.MouseDown, events.MouseUp)
            if chance < 0.15:
                kinds *= 2
        else:
            button = 0
            kinds = (
                self.random.choice(
                    (events.MouseScrollDown, events.MouseScrollUp, events.MouseMove)
                ),
            )
        self._note(app, f"{' '.join(kind.__name__ for kind in kinds)} {button} at {x},{y}")
        for kind in kinds:
            app.post_message(kind(None, x, y, 0, 0, button, shift, False, ctrl, x, y))

    def _resize(self, app: FlashsafetyApp) -> None:
        width = self.random.randint(SMALLEST[0], LARGEST[0])
        height = self.random.randint(SMALLEST[1], LARGEST[1])
        self._size = self.random.choice((*SIZES, *[(width, height)] * len(SIZES)))
        self._note(app, f"resize to {self._size[0]}x{self._size[1]}")
        size = Size(*self._size)
        app._driver._size = size  # type: ignore[union-attr]
        app.post_message(events.Resize(size, size))

    def _other_window(self, app: FlashsafetyApp) -> None:
        """Rate, undo, suspend, open a module or touch the bank, over a connection of its own."""
        what = self.random.choice(("rate", "rate", "undo", "suspend", "open", "touch"))
        self._note(app, f"another window: {what}")
        with self.library.reopen() as other, suppress(FlashsafetyError):
            match what:
                case "rate":
                    session = StudySession(other)
                    if session.current is not None:
                        session.answer(self.random.choice(list(Rating)), 1000)
                case "undo":
                    undo_newest(other)
                case "suspend":
                    cards = [row[0] for row in other.db.execute("SELECT id FROM card")]
                    act_on_card(other, self.random.choice(cards), "suspend")
                case "open":
                    every = [row[0] for row in other.db.execute("SELECT slug FROM module")]
                    start_modules(other, [self.random.choice(every)])
                    assert open_modules(other.db)
                case "touch":
                    file = self.random.choice(sorted(Path(other.roots[0]).rglob("*.yaml")))
                    os.utime(file)
                    other.take_in_changes()


def harmless_editor(folder: Path) -> str:
    """A program that stands in for an editor, and ends at once."""
    path = folder / "editor"
    path.write_text("#!/bin/sh\nexit 0\n")
    path.chmod(0o755)
    return str(path)


def main() -> int:
    """Fuzz one bank or both."""
    parser = argparse.ArgumentParser(prog="python -m tests.tuifuzz")
    parser.add_argument("--bank", choices=BANKS, action="append")
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for bank in given.bank or BANKS:
        faulthandler.dump_traceback_later(given.events, exit=True)  # a second an event is a hang
        with tempfile.TemporaryDirectory() as folder:
            os.environ |= {"FLASHSAFETY_EDITOR": harmless_editor(Path(folder)), "HOME": folder}
            with fuzzed_library(bank, Path(folder)) as library:
                library.adopt(load_settings(library.paths, os.environ))
                try:
                    report = fuzz(library, seed=given.seed, events_=given.events)
                except BrokenError as error:
                    print(f"{bank} bank, seed {given.seed}: {error}", file=sys.stderr)
                    raise
        print(f"{bank} bank, seed {given.seed}: {report}")
    faulthandler.cancel_dump_traceback_later()
    return 0


if __name__ == "__main__":
    sys.exit(main())
