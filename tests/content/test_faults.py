"""Every fault of a card file is told at its place, all in one run; the good cards load."""

from pathlib import Path

import pytest

from flashsafety.content.load import load_bank
from flashsafety.content.problem import Problem
from tests.banks import question, tiny_bank, write_cards

TWENTY = """\
module: shapes
source: euclid-elements
topcis: [circles]
topics: [circles]
cards:
  - id: Good Id
    type: question
    prompt: p1
    answer: a1
  - id: good-one
    type: question
    prompt: p2
    answer: a2
  - id: no-prompt
    type: question
    answer: a3
  - id: wrong-key
    type: question
    prompt: p4
    anwser: a4
  - id: no-such-type
    type: qestion
    prompt: p5
  - id: twice-a-key
    type: question
    prompt: p6
    answer: a6
    prompt: p6 again
  - id: bad-level
    type: question
    level: hard
    prompt: p7
    answer: a7
  - id: no-such-topic
    type: question
    topics: [circles, rhombi]
    prompt: p8
    answer: a8
  - id: no-such-source
    type: question
    source: euclid-element
    prompt: p9
    answer: a9
  - id: no-such-note
    type: question
    prerequisites: [circle, circel]
    prompt: p10
    answer: a10
  - id: circle
    type: question
    prompt: p11
    answer: a11
  - id: few-options
    type: choice
    prompt: p12
    options:
      - text: o1
        why: w1
        answer: true
      - text: o2
        why: w2
  - id: no-right-option
    type: choice
    prompt: p13
    options:
      - text: o1
        why: w1
      - text: o2
        why: w2
      - text: o3
        wyh: w3
  - id: wrong-numbers
    type: cloze
    text: A {{c1::gap}} and {{c3::another}}.
  - id: no-number
    type: numeric
    prompt: p15
    answer: about four
    tolerance: some
  - id: few-items
    type: ordering
    prompt: p16
    items: [one item, two items]
  - id: short-rubric
    type: question
    prompt: p17
    answer: a17
    rubric: [only this]
  - id: not-a-list
    type: concept
    term: t18
    definition: d18
    also: d18
  - id: an-anchor
    type: question
    prompt: &p19 p19
    answer: a19
  - id: a-comment
    type: question
    prompt: # heading
    answer: a20
  - id: good-two
    type: question
    prompt: p21
    answer: a21
"""

PLACES = [
    ("topcis", "unknown-key"),
    ("Good Id", "id-shape"),
    ("id: no-prompt", "missing-key"),
    ("anwser", "unknown-key"),
    ("qestion", "type-unknown"),
    ("prompt: p6 again", "duplicate-key"),
    ("hard", "wrong-type"),
    ("rhombi", "topic-unknown"),
    ("euclid-element\n", "source-unknown"),
    ("circel", "prerequisite-unknown"),
    ("circle\n", "id-taken"),
    ("- text: o1\n        why: w1\n        answer", "wrong-count"),
    ("wyh", "unknown-key"),
    ("A {{c1", "cloze-numbering"),
    ("about four", "numeric-answer"),
    ("some", "numeric-tolerance"),
    ("[one item", "wrong-count"),
    ("[only this]", "rubric-count"),
    ("d18\n  - id: an-anchor", "wrong-type"),
    ("&p19", "yaml-anchor"),
    ("prompt: # heading", "empty-value"),
]


def place(text: str, needle: str) -> tuple[int, int]:
    """Line and column, from 1, of the only place of a needle."""
    assert text.count(needle) == 1, needle
    at = text.index(needle)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def problems(bank: Path) -> tuple[Problem, ...]:
    return load_bank([str(bank)]).problems


def test_twenty_faults_are_told_at_their_places_and_the_good_cards_load(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "zz.yaml").write_text(TWENTY)
    loaded = load_bank([str(bank)])
    found = [(p.line, p.column, p.rule) for p in loaded.problems]
    assert found == sorted((*place(TWENTY, needle), rule) for needle, rule in PLACES)
    assert {p.file for p in loaded.problems} == {"zz.yaml"}
    # Those that only refer to nothing can be studied.
    assert {p.note.id for p in loaded.bank.notes if p.file == "zz.yaml"} == {
        "good-one", "good-two", "no-such-topic", "no-such-source", "no-such-note",
    }  # fmt: skip
    assert {"no-prompt", "wrong-key", "an-anchor", "a-comment"} <= loaded.broken


def one(bank: Path, card: str, **head: str) -> Problem:
    """The only problem of a card, which stands from line 6 on, its keys from column 5 on."""
    write_cards(bank, "zz.yaml", card, question("good-card"), **head)
    loaded = load_bank([str(bank)])
    assert "good-card" in {p.note.id for p in loaded.bank.notes}
    (problem,) = loaded.problems
    assert problem.level == "error"
    return problem


CARD = "id: a-card\ntype: question\n"


@pytest.mark.parametrize(
    ("card", "expected", "message", "mend"),
    [
        (CARD + "prompt: What is P(A|B): the posterior?\nanswer: a", (8, 27),
         "a colon and a blank inside one-line text", "| block"),
        (CARD + "prompt: p\nanswer: a\nrubric:\n  - b\n  - no access: a surrogate", (12, 18),
         "a colon and a blank inside one-line text", "quotes, or in a | block"),
        ("id: a-card\ntype: typed\nprompt: p\nanswer: a\naccept:\n  - a: b", (11, 10),
         "a colon and a blank inside one-line text", "quotes, or in a | block"),
        ("id: a-card\ntype: ordering\nprompt: p\nitems:\n  - a: b\n  - c\n  - d", (10, 10),
         "a colon and a blank inside one-line text", "quotes, or in a | block"),
        (CARD + "prompt: `x` is\nanswer: a", (8, 13), "may not begin with `", "| block"),
        (CARD + "prompt: [link](u)\nanswer: a", (8, 13), "may not begin with [", "| block"),
        (CARD + "prompt: {x} is\nanswer: a", (8, 13), "may not begin with {", "| block"),
        (CARD + "prompt: **bold** is\nanswer: a", (8, 13), "may not begin with *", "| block"),
        (CARD + "prompt: @x is\nanswer: a", (8, 13), "may not begin with @", "| block"),
        (CARD + "prompt: %x is\nanswer: a", (8, 13), "may not begin with %", "| block"),
        (CARD + "prompt: - x\nanswer: a", (8, 13), "may not begin with -", "| block"),
        (CARD + "prompt: # heading\nanswer: a", (8, 5), "after a blank and # is a comment",
         "| block"),
        (CARD + "prompt: Why it is on\n  the list # and why?\nanswer: a", (9, 16),
         '"# and why?" is lost to "prompt"', "in quotes or in a | block"),
        (CARD + "prompt: p\nanswer: a  # b", (9, 16), "everything after", "quotes"),
        (CARD + "prompt: p\nanswer: a\nat: section 2 #4", (10, 19), "everything after", "quotes"),
        (CARD + "prompt: p\nanswer: a\nrubric:\n  - says a\n  - says # b", (12, 14),
         '"# b" is lost to "rubric"', "quotes"),
        ("id: a-card\ntype: concept\nterm: sleeper # agent\ndefinition: d", (8, 19),
         '"# agent" is lost to "term"', "quotes"),
        (CARD + 'prompt: "x" is\nanswer: a', (8, 13), "after the closing quotation mark",
         "| block"),
        (CARD + 'prompt: "x is\nanswer: a', (8, 13), "never closed", "| block"),
        (CARD + "prompt: | x is\nanswer: a", (8, 13), "text on the same line as |", "line below"),
        (CARD + 'prompt: "$\\alpha$ is"\nanswer: a', (8, 13), "\\a in double quotes", "| block"),
        (CARD + " prompt: p\nanswer: a", (8, 6),
         'the key "prompt" starts at column 6, its card\'s keys at column 5', "4 blanks"),
        (CARD + "prompt: p\nanswer:a", (9, 5), 'after the colon of "answer"', "blank"),
        (CARD + "prompt: |\ntext\nanswer: a", (9, 5), 'not indented as the text of "prompt"',
         "indent it by 6 blanks"),
        (CARD + "prompt: |\n  one\ntwo\nanswer: a", (10, 5), 'as the text of "prompt" is',
         "indent it by 6 blanks, as the text above it"),
        (CARD + "prompt: p\nNote: two\nanswer: a", (9, 5), "unknown key", "takes"),
        (CARD + "topics: [circles\nprompt: p\nanswer: a", (8, 13), "never closed", "close it"),
        (CARD + "prompt: p\nanswer: a\ntags: [", (10, 11), "never closed", "close it"),
        (CARD + "prompt: p\nanswer: a\nx: {\n", (10, 8), "never closed", "close it"),
        (CARD + "prompt: *p\nanswer: a", (8, 13), "is an alias of YAML", "| block"),
        (CARD + "prompt: !p p\nanswer: a", (8, 13), "is a tag of YAML", "| block"),
        (CARD + "prompt:\tp\nanswer: a", (8, 12), "a tab", "spaces"),
        (CARD + "prompt: p\x07\nanswer: a", (8, 14), "U+0007", "take it out"),
        (CARD + "prompt: p\u2028q\nanswer: a", (8, 14), "U+2028", "take it out"),
        (CARD + "? [x]\n: y\nprompt: p\nanswer: a", (8, 7), "where a key should be", "| block"),
    ],
)  # fmt: skip
def test_a_slip_in_yaml_is_told_at_its_place_with_its_mend(tmp_path, card, expected, message, mend):
    problem = one(tiny_bank(tmp_path / "bank"), card)
    assert (problem.line, problem.column) == expected
    assert message in problem.message
    assert mend in problem.mend


def test_a_comment_that_is_meant_is_no_fault(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(
        bank,
        "zz.yaml",
        "id: a-card # for ever\ntype: choice # of three\n# a line of its own\n"
        "tags: [x] # and no more\nat: 'section 2' # of the second edition\n"
        "prompt: | # one line\n  Which # is\n  right?\n"
        "options:\n  - text: a#b\n    why: c\n    answer: true # the only one\n"
        "  - text: d\n    why: e\n  - text: f\n    why: g\n",
        "id: b-card\ntype: numeric\nprompt: p\nanswer: 0.5 # half\ntolerance: 5% # or so",
    )
    assert problems(bank) == ()


def test_a_key_one_column_to_the_left_is_told_with_both_columns(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    file = write_cards(bank, "zz.yaml", CARD + "prompt: p\nanswer: a", question("good-card"))
    file.write_text(file.read_text().replace("    prompt: p", "   prompt: p"))
    (problem,) = problems(bank)
    assert (problem.line, problem.column) == (8, 4)
    assert "starts at column 4, its card's keys at column 5" in problem.message


@pytest.mark.parametrize("second", ["the second line.", "Note: the second line.", "- a point"])
def test_a_line_that_the_editor_did_not_indent_is_told_with_its_text(tmp_path, second):
    bank = tiny_bank(tmp_path / "bank")
    file = write_cards(bank, "zz.yaml", CARD + "prompt: p\nanswer: |\n  One.", question("good"))
    file.write_text(file.read_text().replace("One.", f"One.\n{second}"))
    (problem,) = problems(bank)
    assert (problem.line, problem.column) == (11, 1)
    assert problem.message == 'this line is not indented as the text of "answer" is'
    assert problem.mend.startswith("indent it by 6 blanks, as the text above it")


@pytest.mark.parametrize(("rest", "blanks"), [("", 6), ("\n  Two.", 6), ("\n    Two.", 8)])
def test_the_first_line_of_a_block_at_the_margin_is_told_how_far_to_go(tmp_path, rest, blanks):
    bank = tiny_bank(tmp_path / "bank")
    card = f"{CARD}prompt: p\nanswer: |\n  One.{rest}"
    file = write_cards(bank, "zz.yaml", card, question("good"))
    file.write_text(file.read_text().replace("      One.", "One."))
    (problem,) = problems(bank)
    assert (problem.line, problem.column) == (10, 1)
    assert problem.mend == f"indent it by {blanks} blanks"
    file.write_text(file.read_text().replace("\nOne.", f"\n{' ' * blanks}One."))
    assert problems(bank) == ()


def test_a_dash_out_of_line_breaks_its_own_card_only(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    file = write_cards(bank, "zz.yaml", question("card-one"), question("card-two"))
    text = file.read_text()
    cut = text.index("  - id: card-two")
    file.write_text(text[:cut] + "\n".join(f" {line}" for line in text[cut:].split("\n")))
    loaded = load_bank([str(bank)])
    assert [p.message for p in loaded.problems] == [
        "this item starts at column 4, which is not that of the others"
    ]
    assert "card-one" in {p.note.id for p in loaded.bank.notes}
    assert loaded.broken == {"card-two"}


def test_the_id_of_a_card_that_cannot_be_parsed_is_known(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "zz.yaml", question("good-card"), "id: bad-card\ntype: x: y")
    loaded = load_bank([str(bank)])
    assert loaded.broken == {"bad-card"}
    assert loaded.unreadable == frozenset()


def test_a_file_with_a_card_whose_id_is_unknown_loses_no_note(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "zz.yaml", question("good-card"), "type: question\nprompt: p\nanswer: a")
    loaded = load_bank([str(bank)])
    assert loaded.unreadable == {"zz.yaml"}
    assert "good-card" in {p.note.id for p in loaded.bank.notes}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "file-empty"),
        ("# nothing\n", "file-empty"),
        ("just text\n", "wrong-type"),
        ("module: shapes\n", "missing-key"),
        ("module: shapes\ncards:\n", "empty-value"),
        ("module: shapes\ncards: []\n", "empty-value"),
        ("module: shapes\ncards: none\n", "wrong-type"),
        ("module: shapes\ncards:\n  - just text\n", "wrong-type"),
        ("module: [shapes\n", "yaml-syntax"),
        ("module: shapes\n---\nmodule: shapes\n", "yaml-syntax"),
    ],
)
def test_a_file_that_is_no_card_file_is_unreadable_with_a_reason(tmp_path, text, rule):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "zz.yaml").write_text(text)
    loaded = load_bank([str(bank)])
    assert [p.rule for p in loaded.problems] == [rule]
    assert loaded.unreadable == {"zz.yaml"}


@pytest.mark.parametrize(
    ("card", "rule", "mend"),
    [
        (CARD + "prompt: p\nanswer: a\nmodule: shapes", "unknown-key", "at the top of the file"),
        (CARD + "prompt: p\nanswer: a\noptions: []", "unknown-key", "it belongs to type choice"),
        ("id: a-card\nterm: t\ndefinition: d", "missing-key", "type: concept"),
        (CARD + "prompt: [p]\nanswer: a", "wrong-type", "| block"),
        (CARD + "prompt: p\nanswer: a\ntags: area", "wrong-type", "write it as [area]"),
        (CARD + "prompt: p\nanswer: a\nlevel: futher", "wrong-type", 'did you mean "further"?'),
        (CARD + "prompt: p\nanswer: a\nexam: yes", "wrong-type", "true or false"),
        (CARD + "prompt: p\nanswer: a\ntags: [Big Tag]", "slug-shape", '"big-tag"'),
        ("id: Größe zwei\ntype: question\nprompt: p\nanswer: a", "id-shape", '"groe-zwei"'),
        (CARD + "prompt: p\nanswer: a\nallow:\n  prompt-long:", "empty-value", "leave"),
        (CARD + "prompt: p\nanswer: a\nwhy:", "empty-value", "or leave the key out"),
        (CARD + "prompt: p\nanswer: a\nrubric:\n  - a\n  -", "empty-value", "remove the line"),
        ("id: a-card\ntype: cloze\ntext: '{{c1::$\\frac{a}{b^{2}}$}} is'", "cloze-maths", "} }"),
        ("id: a-card\ntype: cloze\ntext: none", "cloze-shape", "{{c1::hidden}}"),
        ("id: a-card\ntype: ordering\nprompt: p\nitems: [a, b, a]", "repeated-value", "change"),
        (CARD + "prompt: p\nanswer: a" + "a" * 4000, "too-long", "shorten"),
    ],
)
def test_what_a_model_refuses_is_told_with_its_mend(tmp_path, card, rule, mend):
    problem = one(tiny_bank(tmp_path / "bank"), card)
    assert problem.rule == rule
    assert mend in problem.mend


def test_a_card_without_a_source_anywhere_is_told(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    file = write_cards(bank, "zz.yaml", question("a-card"))
    file.write_text(file.read_text().replace("source: euclid-elements\n", ""))
    assert [(p.line, p.column, p.rule) for p in problems(bank)] == [(5, 5, "source-missing")]


def test_problems_of_one_file_end_somewhere(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "zz.yaml", *("id: X\ntype: question" for _ in range(500)))
    assert len(problems(bank)) == 201


def test_what_a_card_cannot_do_without_is_not_to_be_left_out(tmp_path):
    assert one(tiny_bank(tmp_path / "bank"), CARD + "prompt: p\nanswer:").mend == "write its text"
