"""The canonical layout: one form, same words, same order, same comments."""

from pathlib import Path

import pytest

from flashsafety.content.layout import formatted
from tests.banks import ALL_TYPES, tiny_bank

SLOPPY = """\
# A comment at the top.
module:   shapes
topics: [ circles ]
source:  euclid-elements
cards:
- id: circle   # for ever
  type: concept
  term: circle
  definition: "All points at one distance from a point."
  also: [ ring ]


# About the next card.
- id: square-area
  type: numeric
  topics: [squares]
  prompt: |
    What is the area?   \n\n    In square metres.
  answer: 2.250
"""
NEAT = """\
# A comment at the top.
module: shapes
topics: [circles]
source: euclid-elements

cards:
  - id: circle # for ever
    type: concept
    term: circle
    definition: |
      All points at one distance from a point.
    also: [ring]

# About the next card.
  - id: square-area
    type: numeric
    topics: [squares]
    prompt: |
      What is the area?

      In square metres.
    answer: 2.250
"""


def test_a_sloppy_file_becomes_neat() -> None:
    assert formatted(SLOPPY) == NEAT


def test_a_neat_file_stays() -> None:
    assert formatted(NEAT) == NEAT


def test_the_tiny_bank_is_neat(tmp_path: Path) -> None:
    text = (tiny_bank(tmp_path / "bank") / "01-shapes" / "shapes.yaml").read_text(encoding="utf-8")
    laid = formatted(text)
    assert laid == formatted(laid)
    assert [line.strip() for line in laid.split("\n")] == [x.strip() for x in text.split("\n")]
    assert len(ALL_TYPES) == laid.count("- id:")


def test_the_line_for_editors_is_added_once() -> None:
    laid = formatted(NEAT, "../schema.json")
    assert laid.startswith("# yaml-language-server: $schema=../schema.json\n# A comment")
    assert formatted(laid, "../schema.json") == laid


def test_a_long_list_is_written_one_item_a_line() -> None:
    words = ", ".join(f"a long synonym {number}" for number in range(8))
    laid = formatted(NEAT.replace("[ring]", f"[{words}]"))
    assert "    also:\n      - a long synonym 0\n" in laid
    assert formatted(laid) == laid


@pytest.mark.parametrize(
    "text",
    [
        "", "cards:\n", "module: [", "a: &b c\ncards:\n  - id: x\n", "cards:\n  - type: [x]\n",
        "cards:\n  - type: choice\n    options: x\n",
        "cards:\n  - type: choice\n    options: [x]\n", "cards:\n  - type: x\n    a\tb: c\n",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"cannot be read|no file of cards"):
        formatted(text)


def test_a_blank_before_the_first_word_is_left_out() -> None:
    block = "    prompt: |{}\n      {}What is"
    assert formatted(NEAT.replace(block.format("", ""), block.format("2", "  "))) == NEAT


@pytest.mark.parametrize("name", ["blank-in-a-block-of-an-unknown-key", "blanks-alone-on-lines"])
def test_what_would_change_each_time_is_refused(name: str) -> None:
    file = Path(__file__).parent.parent / "fuzz" / "corpus" / "cards" / name
    with pytest.raises(ValueError, match="laid out again"):
        formatted(file.read_text(encoding="utf-8"))
