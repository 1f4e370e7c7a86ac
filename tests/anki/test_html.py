"""Text as HTML: what is quick and what is thorough agree."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.anki import html as module
from flashsafety.anki.html import html

PIECES = (
    *(
        "a",
        "b c",
        " ",
        "\n",
        ", ",
        "(",
        ")",
        ". ",
        "1",
        '"',
        "-",
        "=",
        "*",
        "**",
        "$",
        "\\",
        "`",
        "_",
    ),
    *(
        "*a*",
        "**b**",
        "**a b**",
        "*a, b*",
        "$x_i^2$",
        "$a < b*c$",
        "$\\frac{a}{b}$",
        "$5",
        "$$",
        "|",
    ),
)
SIGNS = "ab Z1.,;:?!'\"()/%=+-*_`$<>&[]{}#\\|~\n\t"


@given(
    st.text(SIGNS, max_size=40)
    | st.text(max_size=20)
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
)
def test_a_simple_text_is_what_the_parser_makes_of_it(text: str) -> None:
    quick = html(text)
    simple, module._SIMPLE = module._SIMPLE, re.compile("(?!)")
    try:
        assert quick == html(text)
    finally:
        module._SIMPLE = simple


def test_emphasis_and_maths_among_plain_words_need_no_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "parse", None)
    assert html("Why **so (very) much**?\nIt *is* $a<b_i$.") == (
        "Why <strong>so (very) much</strong>?\nIt <em>is</em> \\(a&lt;b_i\\)."
    )
