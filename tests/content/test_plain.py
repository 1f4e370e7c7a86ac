# ruff: noqa: RUF001 (signs that look alike are what is tested)
r"""Cards as plain text: what ``review --plain`` prints."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.markdown import parse
from flashsafety.content.pictures import cut
from flashsafety.content.plain import plain, plain_line
from flashsafety.content.visible import cells


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("costs $x_i$ and **more**", "costs xᵢ and more"),
        ("$5 and $10", "$5 and $10"),
        ("from $5 to 10$", "from 5to10"),
        ("between $ 5 and 6 $", "between $ 5 and 6 $"),
        ("$x$5", "$x$5"),
        (r"\$x\$ is no maths", "$x$ is no maths"),
        (r"$a \$ b$", "a$b"),
        ("`$x_i$` and `\\alpha`", "$x_i$ and \\alpha"),
        ("$a*b$ and $c*d$", "a * b and c * d"),
        ("E[X] [CLS] [/a-z] [@click=app.bell]", "E[X] [CLS] [/a-z] [@click=app.bell]"),
        ("[b]x[/b]", "[b]x[/b]"),
        ("[CLS]: b", "[CLS]: b"),
        ("<b>x</b> <script>", "<b>x</b> <script>"),
        ("a <!-- b --> c", "a <!-- b --> c"),
        ("[text](http://a.b/c)", "text (http://a.b/c)"),
        ("<http://a.b/c>", "http://a.b/c"),
        ("![plot](http://a.b/c.png)", "[picture: plot]"),
        ("&#x202e;x &amp; y", "⟦U+202E⟧x & y"),
        ("one\ntwo", "one two"),
    ],
)  # fmt: skip
def test_a_line_of_markdown(markdown, text):
    assert plain(markdown) == text


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "vbscript:x",
        "data:text/html,x", "data:image/png;base64,x", "file:///etc/passwd", "ms-msdt:/id", "//a.b",
        "/etc/passwd",
    ],
)  # fmt: skip
def test_what_is_no_web_address_leads_nowhere(address):
    for text in (f"[x]({address})", f"<{address}>", f"![x]({address})", f"a ![x]({address})"):
        children = [child for token in parse(text) for child in token.children or ()]
        assert not [child for child in children if child.type == "link_open"], text
    assert next(x.type for x in parse("[x](https://a.b)")[1].children or ()) == "link_open"


def test_no_control_character_is_swallowed_or_ends_a_line():
    assert plain("a\x00b\x0cc\rd\x1b[31m") == "a␀b␌c␍d␛[31m"
    assert plain("\x0c# x") == "␌# x"
    assert cut("a\rb\n![x](a.png)") == ("a␍b", "![x](a.png)")


def test_what_a_link_is_called_beside_its_words_is_made_visible():
    link = next(iter(parse('[x](https://a.b "t&#x202e;")')[1].children or ()))
    assert link.attrs["title"] == "t⟦U+202E⟧"


def test_a_fence_is_set_in_and_its_dollars_are_left_alone():
    assert plain("So:\n\n```python\ncost = '$x_i$'\n\ny\n```\n") == (
        "So:\n\n    cost = '$x_i$'\n\n    y"
    )


def test_lists_keep_their_marks_and_their_nesting():
    text = "- one\n- two\n  1. inner\n  2. second\n\n> said\n"
    assert plain(text) == "- one\n- two\n  1. inner\n  2. second\n\n> said"


def test_a_display_formula_stands_alone_and_keeps_its_rows():
    rows = "\\begin{aligned} a &= b \\\\\n- b &= c\\end{aligned}"
    text = f"So\n\n$$\n{rows}\n$$\n\nthen $$x = 1$$ holds."
    assert plain(text) == "So\n\n    a = b\n    −b = c\n\nthen\n    x = 1\nholds."


def test_a_table_is_lined_up_by_cells():
    table = "| a | b |\n|---|---|\n| 日本 | $\\beta$ |\n"
    assert plain(table) == "a    | b\n日本 | β"


def test_paragraphs_are_wrapped_at_a_width_and_code_is_not():
    text = "word " * 30 + "\n\n- " + "item " * 20 + "\n\n```\n" + "c" * 60 + "\n```"
    lines = plain(text, width=40).split("\n")
    assert all(cells(line) <= 40 for line in lines[:-1])
    assert lines[-1].strip() == "c" * 60
    assert "  item" in plain(text, width=40)


def test_a_word_longer_than_the_width_is_cut_and_none_of_it_lost():
    assert "".join(plain("日" * 50, width=40).split("\n")) == "日" * 50


def test_plain_line_is_one_line():
    assert plain_line("- a\n- $x^2$\n\nb") == "- a - x² b"


@pytest.mark.parametrize(
    "text",
    ["$a " * 3000, "$" * 10000, "*a " * 3000, "[" * 5000, "> " * 3000, "`" * 9999 + "x"],
    ids=["open dollars", "dollars", "stars", "brackets", "quotations", "ticks"],
)
def test_hostile_repetition_ends(text):
    assert plain(text, width=70)


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_raises_or_keeps_a_control_character(text):
    shown = plain(text, width=40)
    assert not any(c != "\n" and not c.isprintable() and ord(c) < 0xA0 for c in shown)
