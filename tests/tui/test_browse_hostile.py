"""Contributed text goes through Browse, its completions and card info, and steers none of them."""

from textual.widgets import Input

from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.terms import Rating
from flashsafety.tui.screens.browse import BrowseScreen
from flashsafety.tui.screens.info import InfoScreen
from tests.hostile import NASTY, is_safe
from tests.tui.conftest import settled, text_of
from tests.tui.test_browse import found, listed, press
from tests.tui.test_hostile import hostile

assert hostile  # the fixture


async def test_every_card_of_a_hostile_bank_is_listed_previewed_and_explained(hostile, running):
    for card in (1, 2, 3):
        answer_card(hostile, card, Rating.EASY, 100)
        act_on_card(hostile, card, "flag", "wrong: [bold]\x1b[31m \u202e x")
    seen = ""
    async with running(hostile, size=(200, 60)) as (app, pilot):
        await press(pilot, "b", "enter")
        assert len(listed(app)) == 6 * len(NASTY)
        for _ in range(6 * len(NASTY)):
            assert is_safe(text_of(app))
            seen += text_of(app)
            await press(pilot, "i")
            assert isinstance(app.screen, InfoScreen)
            assert is_safe(text_of(app))
            seen += text_of(app)
            await press(pilot, "escape", "down")
    for said in (
        "[markup] [bold red]x[/bold red] [/a-z] [@click=app.quit]click[/]",
        "E[X] [CLS] E[X|Y]",
        "⟦U+202E⟧",
        "␛␀⟦U+009B⟧",
        "<b>bold</b> <!-- c --> <",
        "日本語",
        "${HOME} $(id)",
        "wrong: [bold]␛[31m",
        "flagged wrong: [bold]␛[31m",
    ):
        assert said in seen, said


async def test_searches_of_hostile_text_are_answered_or_refused(hostile, running):
    async with running(hostile, size=(120, 40)) as (app, pilot):
        await press(pilot, "b")
        line = app.screen.query_one(Input)
        for text in (*NASTY.values(), '"[bold]\x1b[31m"', "\u202e", "*" * 900, "is:[b]x[/b]"):
            line.value = text
            await settled(pilot)
            assert isinstance(app.screen, BrowseScreen)
            assert is_safe(found(app))


async def test_hostile_names_are_completed_as_they_are(hostile, running):
    hostile.db.execute("INSERT INTO card_name VALUES ('tag', 'a[bold]x[/bold]', 1)")
    async with running(hostile, size=(80, 24)) as (app, pilot):
        await press(pilot, "b", *"tag:a")
        assert "tag:a[bold]x[/bold]" in text_of(app)
        await press(pilot, "right")
        assert app.screen.query_one(Input).value == "tag:a[bold]x[/bold]"
        assert len(listed(app)) == 1


async def test_wide_and_combining_characters_keep_the_columns(hostile, running):
    async with running(hostile, size=(200, 40)) as (app, pilot):
        await press(pilot, "b", *"note:wide*", "enter")
        rows = [line for line in text_of(app).splitlines() if "wide-" in line and "/" in line]
        assert len(rows) >= 6
        assert all("new" in row for row in rows[:6])
