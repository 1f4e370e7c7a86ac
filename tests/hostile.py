"""Text that nobody should have written: a bank of it, and a library that holds it all."""

import json
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from tests.banks import tiny_bank, write_cards
from tests.libraries import SETTINGS, open_library

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
    """A card of each type that says it everywhere."""
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


@contextmanager
def hostile_library(folder: Path, clock: FixedClock, **changes: object) -> Iterator[Library]:
    """A library whose database holds what no bank's file may: control codes and all.

    Args:
        folder: Where bank and database go.
        clock: The library's.
        changes: Settings by name.
    """
    bank = tiny_bank(folder / "bank")
    (bank / "01-shapes/shapes.yaml").unlink()
    for name in NASTY:
        marked = (f"{card}\nexam: true" for card in cards(name, f"text of {name}"))
        write_cards(bank, f"01-shapes/{name}.yaml", *marked)
    with open_library(folder, bank, clock, SETTINGS, **changes) as library:
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
