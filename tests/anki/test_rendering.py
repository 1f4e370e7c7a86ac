"""Every card of the bank as real Anki shows it."""

import re
from html import unescape

from anki.notes import NoteFieldsCheckResult
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.anki.html import cloze_html, html, plain_html
from flashsafety.anki.notetypes import NOTE_TYPES
from tests.anki.real import Page, Real, sides

NAMES = "|".join({name for kind in NOTE_TYPES.values() for name in kind.fields})
REFERENCE = re.compile(r"\{\{(?:c\d+::|[#^/]|\w+:|(?:" + NAMES + r")\}\})")
"""What of a template or a gap is left when Anki could not make out a part of it."""


def test_anki_finds_nothing_to_mend(either: Real) -> None:
    said, fine = either.collection.fix_integrity()
    assert fine, said
    assert not list(either.collection.get_empty_cards().notes)
    numbers = either.collection.find_notes("")
    checks = {number: either.collection.get_note(number).fields_check() for number in numbers}
    assert len(checks) == len(either.notes)
    # Neither an empty nor a doubled first field, nor a gap outside a cloze note.
    assert {n for n, check in checks.items() if check != NoteFieldsCheckResult.NORMAL} == set()


def test_every_side_is_sound(either: Real) -> None:
    for card in either.cards():
        qid, (front, back) = card.note()["QID"], sides(card)
        for side in (front, back):
            page = Page(side)
            assert page.wrong == [], qid
            assert page.text.strip(), qid
            assert "[sound:" not in side, qid
            assert "**" not in page.outside_code, qid
            assert re.fullmatch(r"(\(\)|\[\])*", page.maths), qid
            assert not REFERENCE.search(side), qid
        assert back.count('<hr id="answer">') == 1
        if "[[type:" not in back:
            # Under the prompt, which is the same, lies something that the front did not say.
            assert len(Page(back).text.split()) > len(Page(front).text.split()), qid


def test_no_dollar_sign_is_left_in_the_markup(either: Real) -> None:
    """Programs other than Anki take it for maths; in code it cannot be anything else."""
    for card in either.cards():
        for side in sides(card):
            without_inline_code = re.sub(r"<code>[^<]*</code>", "", side)
            assert "$" not in without_inline_code, card.note()["QID"]


def test_what_looks_like_maths_and_is_none_stays_text(odd: Real) -> None:
    (card,) = odd.cards("QID:odd-question")
    page = Page(sides(card)[0])
    assert r"`\(a\) < $b`" not in page.text
    assert r"\(a\) < $b" in page.text
    assert r"cost, \(5\) or $5, if a<b & c>d?" in page.text
    assert page.maths == ""


def test_each_gap_is_asked_once(either: Real) -> None:
    for _, theirs in either.of_type("cloze"):
        numbers = sorted(either.collection.get_note(theirs.id).cloze_numbers_in_fields())
        assert numbers == list(range(1, len(numbers) + 1))
        assert [card.ord + 1 for card in theirs.cards()] == numbers
        for card in theirs.cards():
            front, back = sides(card)
            assert front != back
            assert "[" in Page(front).text
            # In a formula Anki marks nothing: an element would end it.
            marked = re.findall(r'<span class="cloze"[^>]* data-ordinal="(\d+)"', front)
            assert set(marked) <= {str(card.ord + 1)}
            assert bool(marked) == ('<span class="cloze"' in back)


def test_colours_of_code_never_cut_a_gap(odd: Real) -> None:
    card = next(card for card in odd.cards("QID:odd-cloze") if card.ord == 2)
    front, back = sides(card)
    assert 'names.of(the, "list")' not in Page(front).text
    assert 'data-ordinal="3">names.of(the, "list")</span>:' in unescape(back)


@given(st.text("ab1.,!*_`~<>&[]{}#|+-\"'\\\n ", max_size=60))
def test_the_markup_of_any_text_is_sound(text: str) -> None:
    for made in (html(text), plain_html(text), cloze_html(text)):
        page = Page(made)
        assert page.wrong == []
        assert page.maths == ""
