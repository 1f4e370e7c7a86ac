"""What plans come to is reckoned once, never twice at a time, and not for nobody."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.store.writes import writing
from flashsafety.study.comeback import accept, comeback
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from flashsafety.tui.planner import Planner
from flashsafety.tui.screens.study import StudyScreen
from tests.banks import question, tiny_bank, write_cards
from tests.learner import study_for
from tests.libraries import open_library
from tests.tui.conftest import settled


@pytest.fixture
def back(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """A learner of eighty cards who has done nothing for thirty days."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"many-{n}") for n in range(80)))
    with open_library(tmp_path, bank, clock, new_limit=5) as library:
        library.take_in_changes()
        study_for(library, clock, 30)
        clock.advance(days=30)
        yield library


async def test_it_is_kept_while_nothing_changes(back: Library) -> None:
    planner = Planner(back)
    told = await planner.tell()
    assert told is not None
    assert told.found == comeback(back)
    assert told.found is not None
    assert await planner.tell() is told


async def test_whatever_changes_it_is_reckoned_anew(back: Library, clock: FixedClock) -> None:
    planner = Planner(back)
    told = await planner.tell()

    async def new() -> None:
        nonlocal told
        before, told = told, await planner.tell()
        assert told is not None
        assert told is not before
        assert told.found == comeback(back)
        assert await planner.tell() is told

    StudySession(back).answer(Rating.GOOD, 1000)
    await new()
    with back.reopen() as other, writing(other.db):
        other.db.execute("UPDATE card SET suspended = 1 WHERE id % 2")
    await new()
    back.adopt(back.settings._replace(review_order="random"))
    await new()
    clock.advance(days=1)
    await new()
    accept(back, None)
    await new()
    assert told is not None
    assert told.found is None


async def test_of_two_only_the_newest_tells(back: Library) -> None:
    planner = Planner(back)
    first, second = await asyncio.gather(planner.tell(), planner.tell())
    assert first is None
    assert second is not None
    assert second.found == comeback(back)


async def test_what_was_stopped_tells_nothing_and_ends_at_once(back: Library) -> None:
    planner = Planner(back)
    waiting = asyncio.create_task(planner.tell())
    await asyncio.sleep(0)
    planner.stop()
    assert await waiting is None
    assert planner._tell(0) is None
    assert await planner.tell() is not None


async def test_a_day_of_a_rehearsal_is_the_most_that_is_reckoned_for_nobody(back: Library) -> None:
    days = []

    def between() -> None:
        days.append(1)
        if len(days) == 3:
            raise LookupError

    with pytest.raises(LookupError):
        comeback(back, between)
    assert len(days) == 3


async def test_home_reckons_no_second_time_after_a_look_elsewhere(back: Library, running) -> None:
    async with running(back) as (app, pilot):
        kept = []
        for _ in range(4):
            await pilot.press("question_mark")
            await settled(pilot)
            await pilot.press("escape")
            await settled(pilot)
            kept.append(app.today._planner._kept)
        assert kept[0] is not None  # what the start wrote is taken in
        assert all(each is kept[0] for each in kept)


async def test_home_offers_what_is_left_after_a_session(back: Library, running) -> None:
    async with running(back) as (app, pilot):
        await pilot.press("enter")
        await settled(pilot)
        assert isinstance(app.screen, StudyScreen)
        await pilot.press("space", "3", "escape")
        await settled(pilot)
        while not app.today.is_active:
            await pilot.press("escape")
            await settled(pilot)
        found = comeback(back)
        assert found is not None
        assert app.today._comeback == found
