"""Contributed text that would steer the terminal goes through every command and steers nothing."""

import json
import sqlite3
import unicodedata
from pathlib import Path

import pytest

from tests.banks import write_cards

NASTY = {
    "bidi": "\u202eright to left\u202c \u2066x\u2069 \u200bzero",
    "markup": "[markup] [bold red]x[/bold red] [/a-z]",
    "action": "[@click=app.quit]click[/] [link=file:///etc/passwd]x[/link]",
    "bracket": "E[X] [CLS] [SEP]",
    "long": "x" * 400 + " " + "y" * 90,
    "wide": "\U0001f469\u200d\U0001f52c 日本語 e\u0301",
    "format": "{0} {name} %s %n ${HOME} $(id) `id`",
}
"""Text that the bank's reader lets through."""

REFUSED = {
    "escape": "a\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "c1": "a\x9b31m \x90q",
    "nul": "a\x00b\x7fc\x08d",
    "longer": "x" * 10_000,
}
"""Text that it refuses; its message shows the text, or a part of it."""

CARRIER = "carrier"
"""A word that stands for what no file can hold but a database may: control codes."""

CODES = "".join(map(chr, range(1, 0xA0))) + "\u202e\u2028\U000e0041"


def cards(name: str, text: str) -> list[str]:
    """A card of each type with the text in all its fields."""
    block = f"|\n  {text}"
    own = [f"{name} {number}" for number in ("two", "three")]
    return [
        f"id: {name}-concept\ntype: concept\nterm: {block}\ndefinition: {block}\nwhy: {block}\n",
        f"id: {name}-question\ntype: question\nprompt: {block}\nanswer: {block}\n"
        f"rubric:\n  - |\n    {text}\n  - {own[0]}\n",
        f"id: {name}-choice\ntype: choice\nprompt: {block}\noptions:\n"
        f"  - text: |\n      {text}\n    answer: true\n    why: |\n      {text}\n"
        f"  - text: {own[0]}\n    why: wrong\n  - text: {own[1]}\n    why: wrong\n",
        f"id: {name}-cloze\ntype: cloze\ntext: {block} {{{{c1::hidden}}}}\n",
        f"id: {name}-numeric\ntype: numeric\nprompt: {block}\nanswer: 3\nwhy: {block}\n",
        f"id: {name}-typed\ntype: typed\nprompt: {block}\nanswer: {block}\n",
        f"id: {name}-ordering\ntype: ordering\nprompt: {block}\n"
        f"items:\n  - |\n    {text}\n  - {own[0]}\n  - {own[1]}\n",
    ]


@pytest.fixture
def hostile(run, bank: Path, database: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A bank of nasty cards, taken in; returns how many notes there are."""
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "9999")
    (bank / "01-shapes/shapes.yaml").unlink()
    for name, text in (NASTY | REFUSED).items():
        write_cards(bank, f"01-shapes/{name}.yaml", *cards(name, text))
    write_cards(bank, "01-shapes/carrier.yaml", *cards(CARRIER, f"the {CARRIER}"))
    (bank / "01-shapes/\x1b[31m\u202e.yaml").write_text("module: shapes\ncards: 3\n")
    ran = run("sync", expect=1)
    assert is_safe(ran.out)
    assert is_safe(ran.err)
    assert len(ran.err.splitlines()) >= 2 * len(REFUSED)
    db = sqlite3.connect(database)
    with db:
        codes = json.dumps(CODES)[1:-1]
        db.execute(
            "UPDATE note SET content = replace(content, ?, ?)", (f"the {CARRIER}", f"the {codes}")
        )
    db.close()
    return (len(NASTY) + 1) * 7


def is_safe(text: str) -> bool:
    """No control or reversing character but the ends of lines, and the joiner inside an emoji."""
    return all(
        unicodedata.category(letter) not in ("Cc", "Cf", "Cs")
        for letter in text.replace("\n", "").replace("\u200d", "")
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["due"],
        ["sync"],
        ["lint"],
        ["lint", "--format", "github"],
        ["lint", "--format", "json"],
        ["cards"],
        ["cards", "--json"],
        ["next"],
        ["next", "--json"],
        ["start"],
        ["doctor"],
        ["review", "--plain"],
    ],
)
def test_every_command_makes_it_visible(run, hostile: int, arguments: list[str]) -> None:
    lines = "i\no\n?\n\n3\n" * 120 if "--plain" in arguments else ""
    ran = run(*arguments, lines=lines, expect=None)
    assert ran.code in (0, 1)
    assert is_safe(ran.out)
    assert is_safe(ran.err)
    if "json" in " ".join(arguments):
        assert ran.out.isascii()
        json.loads(ran.out)


def test_every_card_can_be_shown_and_nothing_is_swallowed(run, hostile: int) -> None:
    found = run("cards", "--json").data
    assert len({card["note"] for card in found}) == hostile
    shown = {card["card"]: run("show", card["card"]).out for card in found}
    assert all(is_safe(text) for text in shown.values())
    everything = "\n".join(shown.values())
    for text in ("[markup]", "[bold red]", "[/a-z]", "[@click=app.quit]", "[CLS]", "E[X]", "$(id)"):
        assert text in everything
    assert "␛" in shown["carrier-question/recall"]
    assert "⟦U+009B⟧" in shown["carrier-question/recall"]
    assert "⟦U+202E⟧right to left⟦U+202C⟧" in shown["bidi-question/recall"]


def test_what_is_typed_is_made_visible_too(run) -> None:
    out = run("review", "--plain", lines="n\n" * 5 + "\x1b[31m\u202ered\x00\n3\n").out
    assert is_safe(out)
    assert "␛[31m⟦U+202E⟧red␀" in out
    assert is_safe(run("show", "\x1b[31m", expect=2).err)
    assert is_safe(run("\x1b[31m", expect=2).err)
    assert is_safe(run("cards", "\x1b]0;x\x07").out)
    assert is_safe(run("config", "\x1b[31m", expect=2).err)
