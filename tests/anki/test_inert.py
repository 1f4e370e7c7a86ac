"""What the text of a card makes real Anki do: nothing but show it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from anki.collection import Collection
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.anki.html import cloze_html, html
from flashsafety.anki.inert import inert
from flashsafety.anki.notes import fields
from flashsafety.anki.notetypes import NOTE_TYPES
from flashsafety.content.load import load_bank
from flashsafety.content.source import Source
from tests.anki.formulas import formulas
from tests.banks import tiny_bank, write_cards
from tests.hostile import cards

NO_MEDIA: dict[str, str] = {}
MARKS = {
    "a sound": "[sound:https://evil.example/a.mp3]",
    "a voice": "[anki:tts lang=en_US]hello[/anki:tts]",
    "LaTeX": "[latex]input{/etc/passwd}[/latex]",
    "LaTeX as maths": "$[latex]input{/etc/passwd}[/latex]$",
    "short LaTeX": "[$]input{/etc/passwd}[/$] [$$]x[/$$]",
    "LaTeX in capitals": "[LATEX]input{/etc/passwd}[/LATEX]",
}


@pytest.fixture(scope="module")
def anki(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collection]:
    collection = Collection(str(tmp_path_factory.mktemp("anki") / "collection.anki2"))
    yield collection
    collection.close()


def found_in(anki: Collection, shown: str) -> int:
    """How many marks of its own Anki finds in a side of a card."""
    backend = anki._backend
    latex = [
        backend.extract_latex(text=shown, svg=svg, expand_clozes=False).latex
        for svg in (True, False)
    ]
    sounds = backend.extract_av_tags(text=shown, question_side=True).av_tags
    # Where LaTeX has been given to its maker already, a picture takes its place.
    return len(sounds) + sum(map(len, latex)) + shown.count("<img class=latex")


@pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS.keys())
def test_no_mark_of_ankis_is_left_in_any_field(anki: Collection, tmp_path: Path, mark: str) -> None:
    assert found_in(anki, mark) > 0  # without us it acts
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/odd.yaml", *cards("odd", mark))
    source = Source("x", f"x {mark}", mark, None, f"https://example.org/{mark.replace(' ', '')}")
    odd = [p.note for p in load_bank([str(bank)]).bank.notes if p.note.id.startswith("odd-")]
    assert len(odd) == len(cards("", ""))
    for note in odd:
        for field in fields(note, source, f"1. {mark}", "q", NO_MEDIA):
            assert found_in(anki, field) == 0, field


@pytest.mark.parametrize(
    "gap",
    [
        "{{c1::hidden::sound:https://evil.example/a.mp3}}",
        r"{{c1::hidden::latex]\input{/etc/passwd}[/latex}}",
        r"{{c1::hidden::latex}} \input{/etc/passwd} {{c1::x::/LaTeX}}",
        "{{c1::hidden::$}} x {{c1::y::/$}} $$",
        "{{c1::hidden::anki:tts lang=en_US]x[/anki:tts}}",
        "{{c1::[sound:a.mp3]}}",
        "$x_{{c1::1::sound:a.mp3}}$",
    ],
)
def test_nor_does_a_gap_or_its_hint_become_one(anki: Collection, gap: str) -> None:
    kind = anki.models.by_name("Cloze")
    assert kind is not None
    for field, wanted in ((gap, True), (inert(cloze_html(gap)), False)):
        note = anki.new_note(kind)
        note["Text"] = field
        shown = note.ephemeral_card().render_output()
        sides = (shown.question_text, shown.answer_text)
        tags = [*shown.question_av_tags, *shown.answer_av_tags]
        assert bool(tags or sum(found_in(anki, side) for side in sides)) == wanted, field
    assert "hidden" in shown.answer_text or "hidden" not in gap


COMMANDS = (
    "href", "url", "html", "htmlData", "style", "class", "cssId", "data", "mmlToken", "bbox",
    "fcolorbox", "unicode", "require", "includegraphics", "def", "gdef", "let", "csname",
    "newcommand", "renewcommand", "providecommand", "newenvironment", "renewenvironment",
    "DeclareMathOperator", "DeclarePairedDelimiters", "Newextarrow", "newtagform", "renewtagform",
    "usetagform", "mathtoolsset",
)  # fmt: skip
"""Commands of MathJax's by which a formula reaches beyond itself, as its manual lists them."""

MORE = re.compile(rf"\\(?:{'|'.join(COMMANDS)})(?![A-Za-z])")
"""What no formula may hold. Known by itself, and not by what the deck is made with."""


def do_more(page: str) -> list[str]:
    """The formulas of a page that are not only drawn."""
    return [formula for formula in formulas(page) if MORE.search(formula)]


UNSAFE = {
    "an address": r"$\href{javascript:alert(1)}{x}$",
    "an address in rows": "$$\n\\href{javascript:alert(1)}{x}\n$$",
    "a token with an address": r"$\mmlToken{mi}[href='javascript:alert(1)']{x}$",
    "a style": r"$\style{background:url(//evil.example)}{x}$",
    "a box with a style": r"$\bbox[background:url(//evil.example)]{x}$",
    "a definition for later": r"$\def\alpha{\beta}$",
    "an end before the end": r"$a \) \[ x$ then \href{javascript:alert(1)}{y} and $b \] c$",
    "a brace that is not closed": r"$a { b$ then \href{javascript:alert(1)}{y} and $c } d$",
    "an end within a gap": r"$x {{c1::y$ z}} \href{javascript:alert(1)}{y} $w$",
    "a command put together by a gap": r"$\hr{{c1::ef}}{javascript:alert(1)}{x}$",
    "a command before a gap's end": r"$x {{c1::\href}}{javascript:alert(1)}{x}$",
    "a brace in a gap": r"$x {{c1::\{ y {}} z$ \href{javascript:alert(1)}{y} $ } $",
    "a gap behind a backslash": r"$\{{c1::x}} y$",
    "a command in a hint": r"$x {{c1::y::\href{javascript:alert(1)}{z} }}$",
    "a brace in a hint": r"$x {{c1::y::{ }}$ then \href{javascript:alert(1)}{z} $} w$",
    "a hint that begins in a formula": r"{{c1::$a::b$ c}} \href{javascript:alert(1)}{y} $d$",
    "an end in a hint": r"$x {{c1::y::\) z \( }}$",
    "braces the wrong way round": r"$} {$ then \href{javascript:alert(1)}{y} } and $c$",
    "a command that a gap parts from its words": r"$\href{{c1::x}}{javascript:alert(1)}$",
    "a gap that ends after its formula": r"$a {{c1::b$ c}} \href{javascript:alert(1)}{y} $d$",
    "a gap that begins before its formula": r"{{c1::a $b}} c$ \href{javascript:alert(1)}{y} $d$",
    "a gap around the brackets": r"$a {{{c1::b}} \href{javascript:alert(1)}{y} }$",
    "a bracket with a backslash that is text": r"\\( \href{javascript:alert(1)}{y} \\)",
    **{f"the command {name}": rf"$\{name}{{x}}{{y}}$" for name in COMMANDS},
}


@pytest.mark.parametrize("text", UNSAFE.values(), ids=UNSAFE.keys())
def test_maths_that_would_do_more_is_shown_as_it_was_written(anki: Collection, text: str) -> None:
    kind = anki.models.by_name("Cloze")
    assert kind is not None
    note = anki.new_note(kind)
    note["Text"] = cloze_html(text)
    shown = note.ephemeral_card().render_output()
    # The editor shows the field as it is; a card shows it with its gaps open or closed.
    for page in (html(text), note["Text"], shown.question_text, shown.answer_text):
        assert do_more(page) == [], page
    assert "javascript" in unescape(html(text)) or "javascript" not in text


@pytest.mark.parametrize(
    "loose", [r"{\{c2::x}}", "{&#123;c2::x}}", "&#123;{c2::x}&#125;", "{*{c2::x}}*"]
)
def test_nothing_becomes_a_gap_that_is_none(anki: Collection, loose: str) -> None:
    kind = anki.models.by_name("Cloze")
    assert kind is not None
    note = anki.new_note(kind)
    note["Text"] = cloze_html(f"{loose} and {{{{c1::y}}}}")
    assert sorted(note.cloze_numbers_in_fields()) == [1], note["Text"]


@pytest.mark.parametrize("loose", ["&#125;&#125;", r"\}\}", "}*x*&#125;", "&#125;}"])
def test_nothing_ends_a_gap_that_is_not_its_end(anki: Collection, loose: str) -> None:
    kind = anki.models.by_name("Cloze")
    assert kind is not None
    note = anki.new_note(kind)
    note["Text"] = cloze_html(f"{{{{c1::a {loose} secret}}}}")
    shown = note.ephemeral_card().render_output()
    assert "secret" in shown.answer_text
    assert "secret" not in re.sub(r'data-cloze="[^"]*"', "", shown.question_text)


def test_the_measure_finds_what_it_is_to_find() -> None:
    raw = [
        re.sub(r"\$\$?([^$]*)\$\$?", r"\\(\1\\)", text)
        for text in UNSAFE.values()
        if "c1::" not in text
    ]
    for text in raw:
        assert do_more(text) or text.startswith("\\\\("), text


PIECES = (
    "$", "$$", r"\(", r"\)", r"\[", r"\]", "\\", "{", "}", "a ", r"\href", "{{c1::", "::", "}}",
    "`", "\n", "\n\n", "*", "{{c1::x}}", "$x$", "$\\href{{c1::x}}$", "{{c1::y::h",
)  # fmt: skip
GAP = re.compile(r"\{\{c1::(.*?)(?:::(.*?))?\}\}", re.DOTALL)


@given(st.lists(st.sampled_from(PIECES)))
def test_no_text_makes_more_than_maths(parts: list[str]) -> None:
    text = "".join(parts)
    field = cloze_html(text)
    front = GAP.sub(lambda gap: f"[{gap[2] or '...'}]", field)
    for page in (html(text), field, front, GAP.sub(r"\1", field)):
        assert do_more(page) == []


def test_every_formula_of_usual_kind_stays_one() -> None:
    for latex in (
        r"\frac{a}{b}", r"f(x) = \left\{ x \right.", r"\text{as }\(x\)"[:9] + "}", r"a \\ b",
        r"\begin{aligned} a &= b \\[2pt] c &= d \end{aligned}", r"\operatorname{KL}(p \| q)",
        r"\color{red}{x}", r"\letter", r"\hrefs",
    ):  # fmt: skip
        assert html(f"${latex}$").startswith(r"\("), latex


def test_every_field_of_every_type_is_made_inert() -> None:
    assert set(NOTE_TYPES) == {
        "choice", "cloze", "concept", "numeric", "ordering", "question", "typed",
    }  # fmt: skip
