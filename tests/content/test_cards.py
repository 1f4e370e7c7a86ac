"""Notes to cards: keys, faces, shuffles, and what counts as another meaning."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.content.cards import (
    card_keys,
    face,
    facets,
    fingerprint,
    meaning,
    meaning_changed,
    shuffled,
)
from flashsafety.content.notes import AnyNote, ChoiceNote, OrderingNote, read_note
from tests.content.strategies import notes, notes_of

OWN: dict[str, dict[str, Any]] = {
    "concept": {"term": "circle", "definition": "All points at one distance.", "also": ["round"]},
    "question": {"prompt": "Why?", "answer": "Because the loss grows along its gradient."},
    "choice": {
        "prompt": "Which?",
        "options": [
            {"text": "this", "why": "w", "answer": True},
            {"text": "that", "why": "w"},
            {"text": "none", "why": "w"},
        ],
    },
    "cloze": {"text": "A {{c2::b::hint}} and {{c1::d}} and {{c2::e}}."},
    "numeric": {"prompt": "How many?", "answer": "2.50", "tolerance": "5%", "unit": "m"},
    "typed": {"prompt": "What?", "answer": "FGSM", "accept": ["fast gradient sign method"]},
    "ordering": {"prompt": "Order.", "items": ["one", "two", "three"]},
}


def note(kind: str, **keys: object) -> AnyNote:
    common = {"id": "a-card", "type": kind, "topics": ["t"], "source": "s"}
    return read_note(json.dumps({**common, **OWN[kind], **keys}))


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("concept", ["forward", "reverse"]),
        ("question", ["recall"]),
        ("choice", ["choose"]),
        ("cloze", ["c1", "c2"]),
        ("numeric", ["number"]),
        ("typed", ["type"]),
        ("ordering", ["order"]),
    ],
)
def test_each_type_yields_its_cards(kind, expected):
    assert list(facets(note(kind))) == expected
    assert list(card_keys(note(kind))) == [f"a-card/{facet}" for facet in expected]


@pytest.mark.parametrize("direction", ["forward", "reverse"])
def test_a_concept_may_be_asked_one_way(direction):
    assert facets(note("concept", directions=direction)) == (direction,)


def test_a_concept_is_asked_by_its_term_and_by_its_definition():
    forward, reverse = (face(note("concept"), facet) for facet in ("forward", "reverse"))
    assert "circle" in forward.prompt
    assert forward.answer.startswith("All points")
    assert "All points" in reverse.prompt
    assert "circle" not in reverse.prompt
    assert reverse.answer.startswith("**circle**")


def test_a_cloze_hides_one_number_and_shows_the_others():
    shown = face(note("cloze"), "c2")
    assert shown.prompt == "A **[hint]** and d and **[...]**."
    assert shown.answer == "A **b** and d and **e**."


@pytest.mark.parametrize(
    ("text", "prompt", "answer"),
    [
        ("It is $a = {{c1::b}}$ now", r"It is $a = [\ldots]$ now", "It is $a = b$ now"),
        ("It is $a = {{c1::b::one}}$", r"It is $a = [\text{one}]$", "It is $a = b$"),
        ("Cost $5$ or {{c1::more}}", "Cost $5$ or **[...]**", "Cost $5$ or **more**"),
        (r"Cost \$5 or {{c1::more}}", r"Cost \$5 or **[...]**", r"Cost \$5 or **more**"),
        ("Call `f({{c1::x}})` so", "Call `f([...])` so", "Call `f(x)` so"),
        ("See $$y = {{c1::x}}$$", r"See $$y = [\ldots]$$", "See $$y = x$$"),
    ],
)
def test_a_gap_in_maths_or_code_is_marked_as_such(text, prompt, answer):
    shown = face(note("cloze", text=text), "c1")
    assert (shown.prompt, shown.answer) == (prompt, answer)


def test_options_are_lettered_in_the_order_shown():
    shown = face(note("choice"), "choose", (2, 0, 1))
    assert shown.prompt == "Which?\n\n- **A** none\n- **B** this\n- **C** that"
    assert shown.answer == "- **B** this"


def test_a_number_is_shown_with_its_unit_and_tolerance():
    assert face(note("numeric"), "number").answer == "**2.50** m (within 5%)"


def test_what_else_is_right_is_shown_with_a_typed_answer():
    assert face(note("typed"), "type").answer == (
        "**FGSM**\n\nAlso right: fast gradient sign method"
    )


@given(notes, st.text(max_size=10))
@settings(max_examples=100, deadline=None)
def test_every_card_of_every_note_has_two_sides(any_note, seed):
    keys = card_keys(any_note)
    assert len(set(keys)) == len(keys) > 0
    for facet in facets(any_note):
        shown = face(any_note, facet)
        assert shown == face(any_note, facet)
        assert shown.prompt
        assert shown.answer
    if isinstance(any_note, ChoiceNote | OrderingNote):
        order = shuffled(any_note, seed)
        assert order == shuffled(any_note, seed)
        assert sorted(order) == list(range(len(order)))


@given(notes_of("ordering"), st.text(max_size=10))
@settings(max_examples=50, deadline=None)
def test_an_ordering_never_starts_solved(any_note, seed):
    order = shuffled(any_note, seed)
    assert list(order) != sorted(order)


def test_fixed_options_stay_as_written():
    fixed = note("choice", fixed=True)
    assert isinstance(fixed, ChoiceNote)
    assert {shuffled(fixed, str(seed)) for seed in range(20)} == {(0, 1, 2)}


def test_other_seeds_give_other_orders():
    choice = note("choice")
    assert isinstance(choice, ChoiceNote)
    assert len({shuffled(choice, str(seed)) for seed in range(50)}) == 6


@given(notes)
@settings(max_examples=60, deadline=None)
def test_a_note_has_the_meaning_it_has(any_note):
    assert not meaning_changed(any_note, any_note)


@pytest.mark.parametrize("kind", OWN)
def test_the_fingerprint_is_of_what_is_shown(kind):
    before = note(kind)
    moved = note(kind, topics=["u"], tags=["x"], source="other", at="p. 1", level="further")
    assert fingerprint(moved) == fingerprint(before)
    assert fingerprint(note(kind, why="Because.")) != fingerprint(before)


def test_wrapping_lines_anew_is_no_change():
    one, two = (note("question", answer=f"Some words{gap}and others.") for gap in (" ", "\n"))
    assert fingerprint(one) == fingerprint(two)


def test_the_fingerprint_stays_the_same_from_version_to_version():
    # Another value here would tell every learner that every card was reworded.
    assert fingerprint(note("choice")) == "45eb0aa2613ba70913d7399593e18fa7"


@pytest.mark.parametrize(
    ("kind", "keys", "changed"),
    [
        ("typed", {"answer": "fgsm"}, False),
        ("typed", {"answer": "PGD"}, True),
        ("typed", {"answer": "fast gradient sign method", "accept": ["FGSM"]}, False),
        ("numeric", {"answer": "2.5"}, False),
        ("numeric", {"answer": "-2.5"}, True),
        ("numeric", {"unit": "km"}, True),
        ("numeric", {"tolerance": "1%"}, False),
        ("ordering", {"items": ["two", "one", "three"]}, True),
        ("ordering", {"items": ["**one**", "two", "Three."]}, False),
        ("question", {"answer": "Because the loss grows along the gradient."}, False),
        ("question", {"answer": "It does not."}, True),
        ("concept", {"definition": "All points at the one distance."}, False),
        ("concept", {"definition": "What a compass draws."}, True),
        ("concept", {"also": []}, False),
        ("cloze", {"text": "A {{c2::b}} and {{c1::d}} and {{c2::e}}, too."}, False),
        ("cloze", {"text": "Quite {{c1::another}} thing."}, True),
    ],
)
def test_another_right_answer_is_another_meaning(kind, keys, changed):
    assert meaning_changed(note(kind), note(kind, **keys)) is changed


def test_marking_another_option_as_right_is_another_meaning():
    before = note("choice")
    wrong, right, last = (
        {"text": "this", "why": "w"},
        {"text": "that", "why": "w", "answer": True},
        {"text": "none", "why": "w"},
    )
    assert meaning_changed(before, note("choice", options=[wrong, right, last]))
    assert not meaning_changed(before, note("choice", options=OWN["choice"]["options"][::-1]))


def test_another_type_is_another_meaning():
    assert meaning_changed(note("typed"), note("question"))
    assert meaning(note("typed")) != meaning(note("question"))
