"""Text as HTML: what is quick and what is thorough agree."""

import re

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.anki import html as module
from flashsafety.anki.html import html

SIGNS = "ab Z1.,;:?!'\"()/%=+-*_`$<>&[]{}#\\|~\n\t"


@given(st.text(SIGNS, max_size=40) | st.text(max_size=20))
def test_a_simple_text_is_what_the_parser_makes_of_it(text: str) -> None:
    quick = html(text)
    simple, module._SIMPLE = module._SIMPLE, re.compile("(?!)")
    try:
        assert quick == html(text)
    finally:
        module._SIMPLE = simple
