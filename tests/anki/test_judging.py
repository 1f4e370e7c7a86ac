"""What a learner needs to judge an answer: by Anki's comparison, by numbers, by letters."""

import re
from decimal import Decimal
from html import unescape

import pytest
from anki.notes import Note

from flashsafety.anki.html import html
from flashsafety.anki.notes import fields
from flashsafety.content.notes import NumericNote
from tests.anki.real import Page, Real, sides


def compared(real: Real, theirs: Note, typed: str) -> str:
    """What Anki shows of a typed answer, the rest of the card aside."""
    return real.collection.compare_answer(theirs["Answer"], typed)


def test_a_right_answer_is_right_to_anki(either: Real) -> None:
    for type_ in ("numeric", "typed"):
        met = 0
        for ours, theirs in either.of_type(type_):
            met += 1
            answer = theirs["Answer"]
            assert not re.search(r"<|\\[(\[]", answer)
            right = compared(either, theirs, unescape(answer))
            assert set(re.findall(r"class=(\w+)", right)) == {"typeGood"}, ours.id
            assert "typeBad" in compared(either, theirs, unescape(answer) + "x")
            assert "typeGood" not in compared(either, theirs, "~")
            (card,) = theirs.cards()
            front, back = sides(card)
            assert front.endswith('<div class="typed">[[type:Answer]]</div>')
            # The comparison comes below the line, and the whole answer after it.
            rest = back.partition('<hr id="answer">')[2]
            assert rest.lstrip().startswith('<div class="typed">[[type:Answer]]</div>')
            assert f"<b>{answer}</b>" in rest
        assert met


def test_markup_and_maths_of_a_typed_answer_are_dropped(odd: Real) -> None:
    ((_, theirs),) = (pair for pair in odd.of_type("typed") if pair[0].id == "odd-typed")
    assert theirs["Answer"] == "softmax &lt;a &amp; b&gt; of x"
    assert theirs["Accept"] == "<code>softmax</code>; max(0, x)"


def test_unit_and_tolerance_are_said_before_one_types(either: Real) -> None:
    for ours, theirs in either.of_type("numeric"):
        assert ours.type == "numeric"
        (card,) = theirs.cards()
        asked = Page(sides(card)[0].partition('class="ask">')[2].partition("</div>")[0]).text
        unit = f"Unit: {Page(theirs['Unit']).text}" if ours.unit else "No unit"
        if not ours.margin:
            assert asked == f"{unit}, exact"
            assert theirs["Spare1"] == ""
            continue
        assert asked.startswith(f"{unit}, within {ours.tolerance}")
        assert asked.endswith("% of the answer") == (ours.tolerance or "").endswith("%")
        low, high = map(Decimal, theirs["Spare1"].split(" to "))
        assert float(low) == pytest.approx(ours.value - ours.margin)
        assert float(high) == pytest.approx(ours.value + ours.margin)
        assert f"({theirs['Spare1']} is right)" in Page(sides(card)[1]).text


def items(field: str) -> list[str]:
    return re.findall(r"<li[^>]*>(.*?)</li>", field, re.DOTALL)


def test_letters_say_which_options_are_right(either: Real) -> None:
    for ours, theirs in either.of_type("choice"):
        assert ours.type == "choice"
        assert theirs["Options"].startswith('<ol class="options">')
        (card,) = theirs.cards()
        front = [Page(item).text.strip() for item in items(sides(card)[0])]
        letters = theirs["Right"].split(", ")
        assert f"Right: {theirs['Right']}\n" in Page(sides(card)[1]).text
        right = {Page(html(option.text)).text.strip() for option in ours.options if option.answer}
        assert {front["ABCDE".index(letter)] for letter in letters} == right
        for item in theirs["Marked"].split("<li")[1:]:
            assert item.startswith(' class="right"') == ("✓" in item.partition("<div")[0])


def test_letters_say_the_right_order(either: Real) -> None:
    for ours, theirs in either.of_type("ordering"):
        assert ours.type == "ordering"
        (card,) = theirs.cards()
        front = items(sides(card)[0])
        letters = theirs["Spare1"].split(", ")
        assert sorted(letters) == [chr(65 + place) for place in range(len(front))]
        assert letters != sorted(letters)
        assert [front["ABCDEFG".index(letter)] for letter in letters] == list(map(html, ours.items))
        assert f"Right: {theirs['Spare1']}\n" in Page(sides(card)[1]).text
        told = [Page(item).text for item in items(sides(card)[1])]
        assert [text.partition(" ")[0] for text in told] == letters


@pytest.mark.parametrize(
    ("answer", "tolerance", "said"),
    [
        ("22", "0.5", "21.5 to 22.5"),
        ("10000", "1%", "9900 to 10100"),
        ("-1.5e-3", "5%", "-0.001575 to -0.001425"),
        ("3e20", "10%", "2.7e+20 to 3.3e+20"),
        ("5", "0", ""),
        ("5", None, ""),
    ],
)
def test_the_numbers_that_are_right(answer: str, tolerance: str | None, said: str) -> None:
    note = NumericNote(
        id="a-number", type="numeric", topics=("x",), source="x", prompt="How many?",
        answer=answer, tolerance=tolerance,
    )  # fmt: skip
    assert fields(note, None, "", "", {})[-3] == said
