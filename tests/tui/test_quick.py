"""Keys and clicks that come faster than the screens: none is lost, done twice or done elsewhere."""

import pytest
from textual import events
from textual.keys import key_to_character
from textual.widgets import Input, OptionList

from flashsafety.study.exam import history
from flashsafety.tui.palette import Palette
from flashsafety.tui.screens.browse import BrowseScreen
from flashsafety.tui.screens.info import InfoScreen
from flashsafety.tui.screens.score import ScoreScreen
from flashsafety.tui.screens.settings import SettingsScreen
from flashsafety.tui.screens.statistics import StatisticsScreen
from flashsafety.tui.widgets.tabs import TabLine
from tests.banks import CHOICE, NUMERIC, QUESTION, question
from tests.hostile import NASTY, is_safe
from tests.tui.conftest import ratings, settled, study_screen, text_of


async def at_once(app, pilot, *keys: str) -> None:
    """Press keys before any of them can be dealt with."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else key_to_character(key)))
    await settled(pilot)


async def click_at_once(app, pilot, x: int, y: int, times: int = 2) -> None:
    """Click as often before any of it can be dealt with."""
    for _ in range(times):
        for kind in (events.MouseDown, events.MouseUp):
            app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await settled(pilot)


def stack(app) -> list[str]:
    return [type(screen).__name__ for screen in app.screen_stack]


async def test_what_is_typed_ahead_is_done_on_the_screen_that_it_is_for(library_of, running):
    library = library_of(question("first"), question("second"))
    async with running(library) as (app, pilot):
        await at_once(app, pilot, "enter", "space", "3", "space")
        assert study_screen(app).revealed
        assert len(ratings(library)) == 1


async def test_a_tab_asked_for_before_the_statistics_are_there_is_shown(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await at_once(app, pilot, "t", "3")
        assert isinstance(app.screen, StatisticsScreen)
        assert "▸Habits" in str(app.screen.query_one(TabLine).render())


async def test_letters_typed_before_the_line_is_there_go_to_it(library_of, running):
    library = library_of()
    async with running(library) as (app, pilot):
        await at_once(app, pilot, "b", *"squares")
        assert isinstance(app.screen, BrowseScreen)
        assert app.screen.query_one(Input).value == "squares"
        assert library.db.execute("SELECT count(*) FROM action").fetchone() == (0,)


async def test_a_window_is_closed_once(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("enter", "i")
        await at_once(app, pilot, "i", "i", "j", "escape")
        assert stack(app)[:1] == ["TodayScreen"]
        await pilot.press("question_mark")
        await at_once(app, pilot, "question_mark", "f1")
        assert not isinstance(app.screen, InfoScreen)


async def test_two_quick_clicks_begin_one_review(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        row = next(n for n, line in enumerate(text_of(app).splitlines()) if "Everything" in line)
        await click_at_once(app, pilot, 20, row)
        assert stack(app) == ["TodayScreen", "StudyScreen"]


async def test_two_quick_clicks_begin_one_exam_and_look_at_one_answer(library_of, running):
    library = library_of(f"{NUMERIC}exam: true\n")
    async with running(library) as (app, pilot):
        await pilot.press("x")
        await settled(pilot)
        first = app.screen.query_one(OptionList).region
        await click_at_once(app, pilot, first.x + 4, first.y)
        assert stack(app) == ["TodayScreen", "QuizScreen", "ExamScreen"]
        assert len(history(library)) == 1
        await pilot.press("escape", "h", "h")
        await settled(pilot)
        assert isinstance(app.screen, ScoreScreen)
        row = next(n for n, line in enumerate(text_of(app).splitlines()) if "✗ 0 of 1" in line)
        await click_at_once(app, pilot, 20, row)
        assert stack(app) == ["TodayScreen", "QuizScreen", "ScoreScreen", "AnswersScreen"]


async def test_two_quick_clicks_in_the_palette_close_nothing_but_it(library_of, running):
    async with running(library_of(QUESTION, CHOICE)) as (app, pilot):
        await pilot.press("enter", "ctrl+p", *"card info")
        await pilot.pause(0.3)
        row = next(n for n, line in enumerate(text_of(app).splitlines()) if "Card info" in line)
        await click_at_once(app, pilot, 20, row, times=3)
        assert stack(app) == ["TodayScreen", "StudyScreen", "InfoScreen"]


async def test_the_palette_opens_once_and_bears_any_window(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await at_once(app, pilot, "ctrl+p", "ctrl+p")
        assert stack(app) == ["TodayScreen", "Palette"]
        await pilot.resize_terminal(20, 5)
        await at_once(app, pilot, "pagedown", "pageup", "down", "up")
        assert isinstance(app.screen, Palette)
        app.post_message(events.Click(app.screen, 100, 40, 0, 0, 1, False, False, False, 100, 40))
        app.screen.post_message(
            events.Click(app.screen, 100, 40, 0, 0, 1, False, False, False, 100, 40)
        )
        await settled(pilot)
        assert stack(app) == ["TodayScreen"]


@pytest.mark.parametrize("key", ["enter", "b", "x", "t", "m", "comma"])
async def test_leaving_before_a_screen_is_laid_out_ends_well(library_of, running, key):
    async with running(library_of(QUESTION)) as (app, pilot):
        app.post_message(events.Key(key, None))
        app.post_message(events.Key("ctrl+q", None))
        app.post_message(events.Key("space", " "))
        await pilot.pause()
    assert app.return_code == 0
    assert app.failure is None


@pytest.mark.parametrize("name", NASTY)
async def test_what_is_pasted_does_not_steer_the_terminal(library_of, running, name):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("b")
        app.post_message(events.Paste(f"{NASTY[name]}\tx\r\ny"))
        await settled(pilot)
        assert is_safe(text_of(app))
        assert is_safe(app.screen.query_one(Input).value)


@pytest.mark.parametrize("keys", [("x", "enter", "escape"), ("x",), ("t",), ("m",), ("comma",)])
async def test_a_screen_that_is_left_twice_closes_no_other(library_of, running, keys):
    async with running(library_of(f"{NUMERIC}exam: true\n")) as (app, pilot):
        await pilot.press(*keys)
        await settled(pilot)
        below, screen = stack(app)[:-1], app.screen
        screen.action_back()
        screen.action_back()
        await settled(pilot)
        assert stack(app) == below


@pytest.mark.parametrize("size", [(20, 5), (21, 24), (1, 1), (200, 60)])
async def test_the_exams_are_listed_in_any_window(library_of, running, size):
    """A title that is to be cut to less than nothing was cut for ever."""
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("x")
        await pilot.resize_terminal(*size)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert "Shapes" in text_of(app)


async def test_an_act_that_is_done_when_the_list_is_left_breaks_nothing(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("b", "enter")
        await settled(pilot)
        screen = app.screen
        assert isinstance(screen, BrowseScreen)
        await at_once(app, pilot, "s", "q")
        assert stack(app) == ["TodayScreen"]
        await screen._done(lambda library: "It is done.", "doing it…")


async def test_a_letter_for_a_palette_that_is_closed_already_is_nobodys(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("ctrl+p", *"browse")
        await pilot.pause(0.3)
        palette = app.screen
        assert isinstance(palette, Palette)
        await pilot.press("escape")
        palette._input(Input.Changed(Input(), "x"))
        await settled(pilot)
        assert stack(app) == ["TodayScreen"]


async def test_a_page_down_in_a_list_without_room_for_a_line_is_no_error(library_of, running):
    async with running(library_of(QUESTION)) as (app, pilot):
        await pilot.press("ctrl+p", "s")
        await pilot.pause(0.3)
        app.screen.query_one(OptionList).styles.max_height = 1  # its border has that
        await pilot.pause()
        await pilot.press("pagedown", "pageup")
        assert isinstance(app.screen, Palette)


async def test_a_value_that_is_kept_and_left_at_once_is_refused_without_harm(library_of, running):
    library = library_of(QUESTION)
    async with running(library) as (app, pilot):
        await pilot.press("comma", "down", "down", "enter", "end", "x")
        await settled(pilot)
        for _ in range(3):
            await at_once(app, pilot, "enter", "escape", "enter", "x")
        assert isinstance(app.screen, SettingsScreen)
    assert library.settings.new_limit == 10
