# ruff: noqa: RUF001 (signs that look alike are what is tested)
"""Nothing that a text holds may steer the terminal, or hide."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.content.visible import cells, one_line, pasted, shortened, visible


def test_plain_words_are_left_as_they_are():
    assert visible("risk = hazard × exposure, naïve, 日本, ‖x‖") == (
        "risk = hazard × exposure, naïve, 日本, ‖x‖"
    )


def test_terminal_escapes_are_shown_as_pictures():
    assert visible("\x1b[31mred\x07\x7f\x00") == "␛[31mred␇␡␀"


def test_other_hidden_characters_are_shown_by_number():
    assert visible("a\x9b\u202eb\u200b\ufeff\ud800") == (
        "a⟦U+009B⟧⟦U+202E⟧b⟦U+200B⟧⟦U+FEFF⟧⟦U+D800⟧"
    )


def test_line_ends_become_newlines_and_tabs_spaces():
    assert visible("a\r\nb\tc\rd") == "a\nb   c␍d"


def test_emoji_keep_the_joiner_that_makes_them_one_and_words_do_not():
    assert visible("👩‍💻 ❤️ 👨‍👩‍👧") == "👩‍💻 ❤️ 👨‍👩‍👧"
    assert visible("a\u200db") == "a⟦U+200D⟧b"


@given(st.text(st.characters(exclude_categories=())))
def test_no_control_character_survives_any_text(text):
    shown = visible(text)
    shown.encode()
    left = {c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"}
    assert not left
    assert not {c for c in shown if unicodedata.bidirectional(c) in ("RLO", "LRO", "RLE", "LRE")}


SEEN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD} | {
    *range(0x13430, 0x13440)
}
"""Signs of Arabic, Syriac, Kaithi and Egyptian that Unicode calls formats, though they are seen."""


def test_of_all_characters_none_that_steers_or_hides_is_left_between_words():
    for code in range(0x110000):
        character = chr(code)
        if unicodedata.category(character) in ("Cc", "Cf", "Cs") and code not in SEEN | {0x9, 0xA}:
            assert character not in visible(f"a{character}b"), f"U+{code:04X}"
            assert character not in pasted(f"a{character}b"), f"U+{code:04X}"


@given(st.text(st.characters(exclude_categories=())))
def test_a_text_made_visible_is_left_alone_the_second_time(text):
    assert visible(visible(text)) == visible(text)


def test_one_line_runs_white_space_together():
    assert one_line(" a\n  b\tc ") == "a b c"


def test_cells_count_wide_characters_twice_and_marks_not_at_all():
    assert (cells("abc"), cells("日本"), cells("x̂")) == (3, 4, 1)


@given(st.text(st.characters(exclude_categories=())), st.integers(-3, 30))
def test_a_shortened_line_fits_any_room_and_says_that_it_is_cut(text, room):
    line = one_line(text)
    short = shortened(line, room)
    assert cells(short) <= max(0, room) or short == line == ""
    assert short == line or room <= 0 or short.endswith("…")


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_pasted_holds_nothing_to_make_visible(text):
    line = pasted(text)
    assert visible(line.replace("\ufe0f", "")).count("⟦") == line.count("⟦")
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in line if c != "\n")


def test_what_is_pasted_keeps_words_and_loses_what_hides():
    assert pasted("a\u200bb\tc\u00a0d\r\ne\x1b[31m 日本 e\u0301") == "ab c d\ne[31m 日本 e\u0301"
