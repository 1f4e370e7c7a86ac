"""The words of a text, as the rules count and compare them."""

import re

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.lint.prose import bare, stems, words

MARKS = "ab9 \n`$\\'\u2019.-_[](){}:!Σİ\x85\u2028"
TEXT = st.text(st.one_of(st.sampled_from(MARKS), st.characters()))


@given(TEXT)
def test_words_are_letters_and_digits_with_single_marks_between(text: str) -> None:
    pattern = r"[^\W_]+(?:['\u2019.-][^\W_]+)*"
    assert words(text) == tuple(re.findall(pattern, bare(text).lower()))


def test_telling_words_are_long_or_hold_a_digit() -> None:
    text = "About calibrated Calibration, the 3rd of state-of-the-art (o1) nets."
    assert stems(text) == {"calib", "3rd", "state", "state-of-the-art", "o1", "nets"}
    assert stems("Why $x$?") == {"formu", "equat"}
