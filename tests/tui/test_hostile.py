"""Contributed text goes through every screen and steers none of them."""

import json
import unicodedata

import pytest
from textual.widgets import Input

from flashsafety.tui.palette import CommandProvider
from flashsafety.tui.screens.study import StudyScreen
from tests.banks import tiny_bank, write_cards
from tests.libraries import open_library
from tests.tui.conftest import text_of

NASTY = {
    "escape": "\x1b\x00\x9b[31mred \x1b]0;title\x07",
    "markup": "[markup] [bold red]x[/bold red] [/a-z] [@click=app.quit]click[/]",
    "maths": "E[X] [CLS] E[X|Y] $E[X] \\frac{$ [0, 1)",
    "bidi": "\u202eright to left\u2066 \u200bzero",
    "long": "x" * 480,
    "wide": "\U0001f469\u200d\U0001f52c 日本語日本語 e\u0301",
    "html": "<b>bold</b> <!-- c --> &lt; &#x202e;",
    "format": "{0} %s ${HOME} $(id) `id` $x",
}


def cards(name: str, text: str) -> list[str]:
    line = f'"{name}: {text}"'
    return [
        f"id: {name}-concept\ntype: concept\ndirections: forward\nterm: {line}\n"
        f"definition: {line}\nwhy: {line}\nat: {line}",
        f"id: {name}-question\ntype: question\nprompt: {line}\nanswer: {line}\n"
        f"rubric: [{line}, other]",
        f"id: {name}-choice\ntype: choice\nprompt: {line}\noptions:\n"
        f"  - {{text: {line}, why: {line}, answer: true}}\n"
        f"  - {{text: one, why: {line}}}\n  - {{text: two, why: {line}}}",
        f"id: {name}-numeric\ntype: numeric\nprompt: {line}\nanswer: 3\nunit: {line}",
        f"id: {name}-typed\ntype: typed\nprompt: {line}\nanswer: {line}",
        f"id: {name}-ordering\ntype: ordering\nprompt: {line}\nitems: [{line}, one, two]",
    ]


def is_safe(shown: str) -> bool:
    """No control or reversing character; the joiner only inside an emoji."""
    return not [
        c
        for c in shown
        if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in ("\n", "\u200d")
    ]


@pytest.fixture
def hostile(tmp_path, clock):
    """A library whose database holds what no bank's file may: control codes and all."""
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes/shapes.yaml").unlink()
    for name in NASTY:
        write_cards(bank, f"01-shapes/{name}.yaml", *cards(name, f"text of {name}"))
    with open_library(tmp_path, bank, clock, new_limit=9999) as library:
        library.take_in_changes()
        for name, text in NASTY.items():
            library.db.execute(
                "UPDATE note SET content = replace(content, ?, ?)",
                (f"text of {name}", json.dumps(text)[1:-1]),
            )
        # All cards of a type have the same words, and are to come on one day.
        library.db.execute("DELETE FROM look_alike")
        library.db.execute("UPDATE module SET title = ?", ("[bold]\x1b[31m [/x] [@click=a]",))
        library.db.execute("UPDATE source SET title = ?, authors = '['", ("[/b] \u202e[CLS]",))
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
