"""HTML and script in any text of a bank: in a deck it is text to be read, and nothing more."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from flashsafety.anki.html import cloze_html, html
from flashsafety.anki.notes import fields
from flashsafety.content.load import load_bank
from flashsafety.content.source import Source
from tests.anki.real import TAGS
from tests.banks import tiny_bank, write_cards
from tests.hostile import cards

IMAGE = "<img src=x onerror=alert(1)>"
ACTIVE = {
    "an element": "<script>alert(1)</script>",
    "an attribute": IMAGE,
    "out of an attribute": "\"'><svg/onload=alert(1)>",
    "half an element": "<iframe onload=alert(1) src=//evil.example ",
    "as entities": "&lt;img src=x onerror=alert(1)&gt;",
    "in code": f"`{IMAGE}`",
    "in maths": f"$a {IMAGE} b$",
    "in maths that is shown as it was written": f"$a }} {IMAGE} {{ b$",
    "an address": "[x](javascript:alert(1)) <javascript:alert(1)> [x](data:text/html,alert(1))",
    "an address with a quote": '[alert(1)](https://a.b/"onmouseover=alert(1)/x=")',
    "a title of an address": "[alert(1)](https://a.b '\" onmouseover=alert(1) x=\"')",
}
MEDIA = {"images/a.png": "flashsafety-0.png"}


class _Elements(HTMLParser):
    """What is in a page beside text that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.odd.append(tag)
        for name, value in attrs:
            leads = (value or "").startswith(("https://", "http://", "mailto:"))
            known = name in ("class", "alt", "start", "title") or (name == "href" and leads)
            if not known and not (name == "src" and value in MEDIA.values()):
                self.odd.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        self.text += data


def inside(page: str) -> _Elements:
    """What a browser finds in a piece of a page that goes on after it."""
    found = _Elements()
    found.feed(f"{page}>")
    found.close()
    return found


@pytest.mark.parametrize("text", ACTIVE.values(), ids=ACTIVE.keys())
def test_no_field_of_a_note_holds_more_than_text(tmp_path: Path, text: str) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/odd.yaml", *cards("odd", json.dumps(text)[1:-1]))
    address = f"https://example.org/{text.replace(' ', '/')}"
    source = Source("x", text, text, None, address)
    odd = [p.note for p in load_bank([str(bank)]).bank.notes if p.note.id.startswith("odd-")]
    assert len(odd) == len(cards("", ""))
    for note in odd:
        made = [inside(field) for field in fields(note, source, text, "q", MEDIA)]
        assert [x for page in made for x in page.odd] == [], note.type
        assert sum("alert(1)" in page.text for page in made) >= 3  # it is there to be read


@pytest.mark.parametrize("text", ACTIVE.values(), ids=ACTIVE.keys())
@pytest.mark.parametrize(
    "around",
    [
        "```html\n{}\n```", "    {}", "![{}](images/a.png)", "![{}](images/gone.png)", "> {}",
        "- {}", "| a |\n| - |\n| {} |", "# {}", "$$\n{}\n$$", "**{}**",
    ],
)  # fmt: skip
def test_nor_does_any_form_of_text(around: str, text: str) -> None:
    written = around.replace("{}", text)
    for page in (html(written, MEDIA), cloze_html(written, MEDIA)):
        assert inside(page).odd == []


@pytest.mark.parametrize("text", ACTIVE.values(), ids=ACTIVE.keys())
def test_nor_does_a_gap_or_its_hint(text: str) -> None:
    for written in (f"{{{{c1::{text}}}}}", f"{{{{c1::x::{text}}}}}", f"$a {{{{c1::{text}}}}}$"):
        assert inside(cloze_html(written)).odd == []


def test_the_measure_finds_what_it_is_to_find() -> None:
    raw = [ACTIVE[name] for name in ("an element", "an attribute", "half an element")]
    assert all(inside(text).odd for text in raw)
    assert inside('<a href="javascript:alert(1)">x</a>').odd == ["a href=javascript:alert(1)"]
