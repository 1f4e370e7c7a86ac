"""Contributed text that would steer the terminal goes through every command and steers nothing."""

import json
import unicodedata
from pathlib import Path

import pytest

from tests.banks import write_cards

NASTY = {
    "escape": r"\e[31mred\e[0m \e]0;title\a \e[2J",
    "c1": r"\u009b31m \u0085 \u0090q",
    "bidi": r"\u202eright to left\u202c \u2066x\u2069",
    "markup": "[markup] [bold red]x[/bold red] [/a-z]",
    "action": "[@click=app.quit]click[/] [link=file:///etc/passwd]x[/link]",
    "bracket": "E[X] [CLS] [SEP]",
    "long": "x" * 10_000,
    "wide": "\U0001f469\u200d\U0001f52c 日本語 é ‮",
    "nul": r"a\0b\x7fc\bd",
    "format": "{0} {name} %s %n ${HOME} $(id) `id`",
    "ansi": r"\x1b[5;20H\x1b[?1049h",
}


def cards(name: str, text: str) -> list[str]:
    """A card of each type with the text in all its fields."""
    quoted = '"' + (text if "\\" in text else text.replace('"', "'")) + '"'
    other = f"{name}-other"
    return [
        f"id: {name}-concept\ntype: concept\nterm: {quoted}\ndefinition: {quoted}\nwhy: {quoted}\n",
        f"id: {name}-question\ntype: question\nprompt: {quoted}\nanswer: {quoted}\n"
        f"rubric: [{quoted}, {other}]\n",
        f"id: {name}-choice\ntype: choice\nprompt: {quoted}\noptions:\n"
        f"  - text: {quoted}\n    answer: true\n    why: {quoted}\n"
        f"  - text: {other}\n    why: {quoted}\n  - text: {name}-third\n    why: {quoted}\n",
        f"id: {name}-cloze\ntype: cloze\ntext: {quoted[:-1]} {{{{c1::hidden}}}}\"\n",
        f"id: {name}-numeric\ntype: numeric\nprompt: {quoted}\nanswer: 3\nwhy: {quoted}\n",
        f"id: {name}-typed\ntype: typed\nprompt: {quoted}\nanswer: {quoted}\n",
        f"id: {name}-ordering\ntype: ordering\nprompt: {quoted}\n"
        f"items: [{quoted}, {other}, {name}-third]\n",
    ]


@pytest.fixture
def hostile(bank: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    """A bank of nasty cards; returns how many notes were taken in."""
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "9999")
    (bank / "01-shapes/shapes.yaml").unlink()
    for name, text in NASTY.items():
        write_cards(bank, f"01-shapes/{name}.yaml", *cards(name, text))
    return len(NASTY) * 7


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
    assert len({card["note"] for card in found}) > hostile - 20
    for card in found:
        shown = run("show", card["card"]).out
        assert is_safe(shown)
    for text in ("[markup]", "[bold red]", "[/a-z]", "[@click=app.quit]", "[CLS]", "E[X]", "$(id)"):
        assert any(text in run("show", card["card"]).out for card in found), text


def test_what_is_typed_is_made_visible_too(run) -> None:
    out = run("review", "--plain", lines="n\n" * 5 + "\x1b[31m\u202ered\x00\n3\n").out
    assert is_safe(out)
    assert "␛[31m⟦U+202E⟧red␀" in out
    assert is_safe(run("show", "\x1b[31m", expect=2).err)
    assert is_safe(run("\x1b[31m", expect=2).err)
    assert is_safe(run("cards", "\x1b]0;x\x07").out)
    assert is_safe(run("config", "\x1b[31m", expect=2).err)
