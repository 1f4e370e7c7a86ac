"""Contributed text goes through every screen and steers none of them."""

import json

import pytest
from textual.widgets import Input

from flashsafety.clock import FixedClock
from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.study.library import Library
from flashsafety.terms import Rating
from flashsafety.tui.commands import COMMANDS, PLACES, of
from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.palette_cards import card_hits
from flashsafety.tui.screens.study import StudyScreen
from tests.hostile import NASTY, hostile_library, is_safe
from tests.tui.conftest import text_of
from tests.tui.effects import EFFECTS, WINDOWS
from tests.tui.stages import front
from tests.tui.test_walk import an_editor
from tests.tui.walk import Walk, walked

assert an_editor
assert walked  # the fixtures


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
        assert all(is_safe(title) for title in titles)
        hits = [hit.text async for hit in card_hits(app, "text\u202e or concept")]
        assert len(hits) > 1
        assert all(is_safe(str(hit)) for hit in hits)
        await pilot.press("ctrl+p", *"study")
        await pilot.pause(0.4)
        assert "Study: [bold]␛[31m [/x] [@click=a]" in text_of(app)
        assert is_safe(text_of(app))


async def test_what_is_said_of_a_file_is_safe_and_so_is_its_name(hostile, running):
    async with running(hostile) as (app, pilot):
        app.complain_of_file(f"{CODES}.yaml:3", CODES)
        await pilot.pause()
        assert is_safe(text_of(app))
        assert "␛⟦U+202E⟧[/x]" in text_of(app)


CODES = "\x1b\u202e[/x]"


def made_hostile(library: Library, *, reviewed: bool) -> None:
    """Let all that screens show of a bank say what no bank's file may.

    Args:
        library: Of the walk.
        reviewed: Some cards were reviewed a month after they were new, for figures by module.
    """
    db = library.db
    for table, columns in (
        ("module", ("title", "section_title", "lecture")),
        ("topic", ("title",)),
        ("source", ("title", "authors")),
    ):
        for column in columns:
            db.execute(f"UPDATE {table} SET {column} = ifnull({column}, '') || ?", (CODES,))
    db.execute("UPDATE source SET url = url || ?", (CODES,))
    db.execute("UPDATE note SET file = file || ? WHERE id IN ('circle', 'long')", (CODES,))
    words = json.dumps(f" {CODES} ", ensure_ascii=True)[1:-1]
    for word in (" a ", " the ", " is ", " m²", "triangle", "semi"):
        db.execute("UPDATE note SET content = replace(content, ?, ?)", (word, f"{word}{words}"))
    for (card,) in db.execute("SELECT id FROM card").fetchall():
        act_on_card(library, card, "flag", f"wrong: {CODES}")
    for _ in range(2 if reviewed else 0):
        for (card,) in db.execute("SELECT id FROM card WHERE key LIKE 'other-%'").fetchall():
            answer_card(library, card, Rating.EASY, 1000)
        assert isinstance(library.clock, FixedClock)
        library.clock.advance(days=30)


OF_THE_LEARNER = {"settings", "editing", "app", "window"}
"""Places that show nothing of a bank."""


@pytest.mark.slow
@pytest.mark.usefixtures("an_editor")
@pytest.mark.parametrize("place", [*sorted(set(PLACES) - OF_THE_LEARNER), "windows"])
async def test_no_stage_of_any_command_shows_what_steers(place, walked, running, tmp_path):
    keys = {command.id: command.keys.split(",")[0] for command in COMMANDS}
    effects = WINDOWS if place == "windows" else {one.id: EFFECTS[one.id] for one in of(place)}
    made_hostile(walked, reviewed=place == "statistics")
    seen, staged = "", set()
    async with running(walked, size=(120, 50)) as (app, pilot):
        walk = Walk(app, pilot, tmp_path)
        for name, effect in effects.items():
            elsewhere = name in keys and (effect.look is front or place == "statistics")
            if effect.stage in staged and not elsewhere:
                continue
            staged.add(effect.stage)
            await walk.home()
            await effect.stage(walk)
            shown = text_of(app)
            if elsewhere:
                await walk.press(keys[name])
                shown += text_of(app)
            if hasattr(app.screen, "say"):
                app.screen.say(CODES)
                await walk.quiet()
                shown += text_of(app)
            assert is_safe(shown), name
            seen += shown
    assert "␛⟦U+202E⟧[/x]" in seen


async def test_the_module_that_a_session_ends_with_an_offer_of_steers_nothing(
    walked, running, tmp_path
):
    made_hostile(walked, reviewed=False)
    async with running(walked) as (app, pilot):
        walk = Walk(app, pilot, tmp_path)
        await walk.study("circle-area")
        for (key,) in walked.db.execute("SELECT key FROM card").fetchall():
            if not key.startswith(("prime", "circle-area")):
                walk.rate(key)
        await walk.press("space", "4")
        assert "opens the next module, Numbers␛⟦U+202E⟧[/x]" in text_of(app)
        assert is_safe(text_of(app))
        await walk.press("n")
        assert "Opened Numbers␛⟦U+202E⟧[/x]" in text_of(app)
        assert is_safe(text_of(app))
