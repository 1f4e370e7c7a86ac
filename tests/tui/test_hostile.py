"""Contributed text goes through every screen and steers none of them."""

import pytest
from textual.widgets import Input

from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.screens.study import StudyScreen
from tests.hostile import NASTY, hostile_library, is_safe
from tests.tui.conftest import text_of


@pytest.fixture
def hostile(tmp_path, clock):
    """The hostile library."""
    with hostile_library(tmp_path, clock, new_limit=9999) as library:
        yield library


async def test_every_card_of_a_hostile_bank_is_shown_answered_and_rated(hostile, running):
    seen = ""
    rated = 0
    async with running(hostile, size=(120, 60)) as (app, pilot):
        assert is_safe(text_of(app))
        await pilot.press("enter")
        while isinstance(app.screen, StudyScreen) and rated < 60:
            assert is_safe(text_of(app))
            if isinstance(app.screen.focused, Input):
                await pilot.press(*"x[b]")
                await pilot.press("enter")
            else:
                await pilot.press("1", "enter")
            assert app.screen.revealed
            seen += text_of(app)
            assert is_safe(text_of(app))
            await pilot.press("4")
            rated += 1
    assert rated == len(NASTY) * 6
    for said in (
        "[markup] [bold red]x[/bold red] [/a-z] [@click=app.quit]click[/]",
        "E[X] [CLS] E[X|Y]",
        "⟦U+202E⟧",
        "␛␀⟦U+009B⟧",
        "<b>bold</b> <!-- c --> <",
        "日本語",
        "${HOME} $(id)",
    ):
        assert said in seen


async def test_windows_and_palette_show_hostile_text_as_it_is(hostile, running):
    async with running(hostile, size=(100, 40)) as (app, pilot):
        assert "[bold]␛[31m [/x] [@click=a]" in text_of(app)
        await pilot.press("enter", "i")
        assert is_safe(text_of(app))
        await pilot.press("i", "f", "1", *"[b]x", "enter")
        await pilot.press("i")
        assert "wrong: [b]x" in text_of(app)
        await pilot.press("i", "question_mark", "escape", "q", "m")
        assert "[bold]␛[31m [/x] [@click=a]" in text_of(app)
        await pilot.press("q")
        titles = [offer.title for offer in CommandProvider(app.screen)._offers()]
        assert "Study: [bold]␛[31m [/x] [@click=a]" in titles
        await pilot.press("ctrl+p", *"study")
        await pilot.pause(0.4)
        assert "Study: [bold]␛[31m [/x] [@click=a]" in text_of(app)
        assert is_safe(text_of(app))
