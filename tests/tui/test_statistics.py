"""The statistics screen: every tab by key and mouse, in windows of any size, at any moment."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.stats import words as say
from flashsafety.stats.report import statistics
from flashsafety.study.library import Library
from flashsafety.tui.app import FlashsafetyApp
from flashsafety.tui.screens.help import HelpScreen
from flashsafety.tui.screens.statistics import ABOUT, StatisticsScreen
from flashsafety.tui.screens.study import StudyScreen
from flashsafety.tui.screens.today import TodayScreen
from flashsafety.tui.statistics_commands import TABS
from flashsafety.tui.widgets.tabs import TabLine
from tests.banks import question, tiny_bank, write_cards
from tests.learners import Learner
from tests.libraries import open_library
from tests.tui.conftest import settled, text_of

SHOWS = {
    "Activity": ("Ratings by day", "Minutes by day", "last 30 days"),
    "Retention": ("True retention; 90.0% is desired", "Above Again, by phase before the rating"),
    "Habits": ("Again  Hard  Good  Easy", "True retention by hour of the day"),
    "Forecast": (
        "as the due dates stand",
        "By week, with 95% intervals",
        "By week with lapses and new cards",
    ),
    "Memory": ("would be recalled today", "Stability: days until recall falls to 90%"),
    "Calibration": ("log loss", "Brier score", "RMS calibration error", "● recalled"),
}


@pytest.fixture
def season(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """A learner's ten weeks."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"card-{n}") for n in range(60)))
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        Learner(library, clock, seed=5).live(70)
        clock.advance(days=1)
        yield library


def in_front(app: FlashsafetyApp) -> str:
    """The tab that is marked."""
    line = str(app.screen.query_one(TabLine).render())
    return line.partition("▸")[2].split()[0]


@pytest.mark.parametrize("size", [(60, 18), (80, 24), (120, 40)])
async def test_every_tab_shows_its_figures_by_its_number(season, running, size):
    async with running(season, size=size) as (app, pilot):
        await pilot.press("t")
        for place, tab in enumerate(TABS, 1):
            await pilot.press(str(place))
            await settled(pilot)
            assert in_front(app) == tab
            shown = text_of(app)
            body = app.screen.query_one("#body")
            while body.scroll_y < body.max_scroll_y:
                await pilot.press("pagedown")
                shown += text_of(app)
            for part in SHOWS[tab]:
                assert part in shown, tab


async def test_the_figures_are_those_of_the_statistics(season, running):
    about = statistics(season)
    async with running(season) as (app, pilot):
        await pilot.press("t")
        await settled(pilot)
        whole = about.periods[-1]
        assert f"{whole.total.share.of:,} ratings" in text_of(app)
        await pilot.press("2")
        await settled(pilot)
        value = whole.true_retention.value
        assert value is not None
        assert f"{say.percent(value)} of {whole.true_retention.of:,}" in text_of(app)
        await pilot.press("6")
        await settled(pilot)
        assert about.calibration.scores is not None
        assert f"{about.calibration.scores.log_loss:.4f}" in text_of(app)


async def test_the_arrows_go_round_and_a_click_goes_anywhere(season, running):
    async with running(season) as (app, pilot):
        await pilot.press("t", "left")
        await settled(pilot)
        assert in_front(app) == "Calibration"
        await pilot.press("right", "right")
        await settled(pilot)
        assert in_front(app) == "Retention"
        line = app.screen.query_one(TabLine)
        at = str(line.render()).index("Memory")
        await pilot.click(TabLine, offset=(at + 2, 0))
        await settled(pilot)
        assert in_front(app) == "Memory"
        assert "would be recalled today" in text_of(app)
        await pilot.click(TabLine, offset=(line.size.width - 1, 0))
        assert in_front(app) == "Memory"


@pytest.mark.parametrize("key", ["q", "escape", "t"])
async def test_it_closes_with_the_key_that_opened_it(season, running, key):
    async with running(season) as (app, pilot):
        await pilot.press("t")
        assert isinstance(app.screen, StatisticsScreen)
        await pilot.press(key)
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)


async def test_what_scrolled_away_is_reached_by_arrows_and_wheel(season, running):
    async with running(season, size=(60, 18)) as (app, pilot):
        await pilot.press("t", "5")
        await settled(pilot)
        body = app.screen.query_one("#body")
        await pilot.press("down", "down", "up")
        assert body.scroll_y == 1
        await pilot.press("space")
        assert body.scroll_y > 1
        await pilot.press("1")
        await settled(pilot)
        assert body.scroll_y == 0


async def test_an_empty_log_says_so_on_every_tab(library_of, running):
    async with running(library_of(question("first"))) as (app, pilot):
        await pilot.press("t")
        for place in range(1, len(TABS) + 1):
            await pilot.press(str(place))
            await settled(pilot)
            assert "No card was rated yet" in text_of(app)


async def test_few_reviews_leave_calibration_open(library_of, running, clock):
    library = library_of(question("first"))
    library.take_in_changes()
    Learner(library, clock, seed=1, skips=0).live(12)
    async with running(library) as (app, pilot):
        await pilot.press("t", "6")
        await settled(pilot)
        assert "Not enough reviews yet:" in text_of(app)


async def test_help_explains_the_tab(season, running):
    async with running(season) as (app, pilot):
        await pilot.press("t", "6", "question_mark")
        assert isinstance(app.screen, HelpScreen)
        shown = " ".join(text_of(app).replace("│", " ").split())
        assert "Statistics: Calibration" in shown
        assert "Brier score" in shown
        await pilot.press("escape", "q")
        assert isinstance(app.screen, TodayScreen)
    assert ABOUT.keys() == set(TABS)


async def test_leaving_while_it_reads_is_no_fault(season, running):
    async with running(season) as (app, pilot):
        for _ in range(3):
            await pilot.press("t", "5", "4", "q")
        await settled(pilot)
        assert isinstance(app.screen, TodayScreen)
        await pilot.press("enter")
        assert isinstance(app.screen, StudyScreen)


async def test_only_a_long_wait_is_told(season, running, monkeypatch):
    from flashsafety.tui import statistics_tabs

    go = asyncio.Event()
    loop = asyncio.get_running_loop()
    draw_tab = statistics_tabs.draw_tab

    def slow(library, tab):
        asyncio.run_coroutine_threadsafe(go.wait(), loop).result()
        return draw_tab(library, tab)

    async with running(season) as (app, pilot):
        monkeypatch.setattr(statistics_tabs, "draw_tab", slow)
        await pilot.press("t")
        assert "Reading the log" not in text_of(app)
        while "Reading the log" not in text_of(app):
            await pilot.pause(0.02)
        go.set()
        await settled(pilot)
        assert "Ratings by day" in text_of(app)
        assert "Reading the log" not in text_of(app)


async def test_a_database_that_cannot_be_read_is_told_in_words(season, running, monkeypatch):
    async with running(season) as (app, pilot):
        season.db.execute("BEGIN IMMEDIATE")
        monkeypatch.setattr("flashsafety.store.open.BUSY_SECONDS", 0)
        season.db.execute("DELETE FROM rollup_mark")
        await pilot.press("t")
        await settled(pilot)
        await pilot.pause(0.1)
        assert "The statistics cannot be read" in text_of(app)
        season.db.execute("ROLLBACK")
        await pilot.press("q")
        assert isinstance(app.screen, TodayScreen)


async def test_no_colour_loses_nothing(season, running, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(season) as (app, pilot):
        await pilot.press("t", "2")
        await settled(pilot)
        assert in_front(app) == "Retention"
        shown = text_of(app)
        assert {"●", "─"} <= set(shown)
