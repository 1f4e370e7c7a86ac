"""A new card: what is written reads back, and it stands where it belongs."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flashsafety.content.faults import Faults
from flashsafety.content.load import load_bank
from flashsafety.content.newcard import (
    free_id,
    head,
    inserted,
    opening,
    proposed_id,
    scalar,
    skeleton,
    types,
)
from flashsafety.content.positions import parse
from flashsafety.content.spot import FULL, Spot, spot
from flashsafety.content.text import unusable
from tests.banks import question, tiny_bank, write_cards
from tests.content.strategies import CHARACTERS

one_line = (
    st.text(CHARACTERS, max_size=80)
    .map(lambda text: " ".join(text.split("\n")).strip())
    .filter(lambda text: text and not unusable(text))
)


def read_back(text: str) -> list[dict[str, object]]:
    """The cards of a file as YAML gives them; nothing may be wrong with it."""
    faults = Faults("")
    document = parse(text, faults)
    assert document.fault is None
    assert faults.problems == []
    assert isinstance(document.value, dict)
    cards = document.value["cards"]
    assert isinstance(cards, tuple)
    return list(cards)  # type: ignore[arg-type]


@given(st.sampled_from(types()), one_line, one_line, st.booleans())
@example("concept", "BPDA: backward pass differentiable approximation", 'section 2: "x" #4', True)
@example("concept", "sleeper # agent [x]", "it's", True)
@example("concept", '"quoted" thing', "a \\alpha", True)
@example("concept", "- item", "null", False)
@example("concept", "null", "|", False)
@example("question", "# heading", "'", False)
def test_what_is_written_reads_back_as_given(kind: str, text: str, at: str, first: bool) -> None:
    card = skeleton(kind, "a-card", text, topic="t", source="s", at=at)
    start = head("m", "t", "s", schema=True)
    file, line = inserted(start, card.lines, None)
    if not first:
        file, line = inserted(file, card.lines, line)
    for read in read_back(file):
        assert read["id"] == "a-card"
        assert read["at"] == at
        assert str(read[opening(kind)]).removesuffix("\n") == text


@given(one_line)
def test_a_value_on_one_line_reads_back_as_given(text: str) -> None:
    faults = Faults("")
    assert parse(f"a: {scalar(text)}\nb: c\n", faults).value == {"a": text, "b": "c"}
    assert faults.problems == []


def test_plain_words_are_not_quoted() -> None:
    assert scalar("fat tail") == "fat tail"
    assert scalar("$L_p$ ball (it's round)") == "$L_p$ ball (it's round)"
    assert scalar("a: b") == '"a: b"'
    assert scalar('"a" or \\b and it\'s') == "'\"a\" or \\b and it''s'"


def test_an_id_is_made_of_the_telling_words() -> None:
    assert proposed_id("Why does a square tile the plane?") == "square-tile-plane"
    assert proposed_id("A {{c1::Trojan::kind}} hides") == "trojan-hides"
    assert proposed_id("π?") == "card"
    assert free_id("abc", {"abc", "abc-2"}) == "abc-3"


def test_the_first_line_to_fill_in_is_empty() -> None:
    for kind in types():
        card = skeleton(kind, "a-card", "two\n\nlines", topic=None, source=None, at=None)
        assert card.lines[card.first].endswith(" "), kind
        assert not any(line.endswith(" ") for line in card.lines[3 : card.first] if line.strip())
    numeric = skeleton("numeric", "a-card", "How many?", topic=None, source=None, at=None)
    assert [line.strip() for line in numeric.lines[numeric.first :]] == [
        "answer:", "tolerance:", "why: |", "",
    ]  # fmt: skip


def test_skeletons_keep_their_lines_and_their_order() -> None:
    card = skeleton("question", "one", "Why?", topic=None, source=None, at=None)
    other = skeleton("question", "two", "How?", topic=None, source=None, at=None)
    file, line = inserted(head("m", "t", "s", schema=False), card.lines, None)
    file, _ = inserted(file, other.lines, line)
    assert file.split("cards:\n")[1] == "\n".join([*card.lines, "", *other.lines]) + "\n"


def test_the_end_of_a_card_is_not_taken_for_a_comment() -> None:
    file = "cards:\n  - id: one\n    answer: |\n      # a heading\n\n  # of the next\n  - id: two\n"
    text, line = inserted(file, ("  - id: new",), 2)
    assert text.split("\n")[3:8] == ["      # a heading", "", "  - id: new", "", "  # of the next"]
    assert line == 6


SPOTS = {
    "01-shapes/01-both.yaml": ("circles, squares", ["a-one", "a-two"]),
    "01-shapes/02-squares.yaml": ("squares", ["b-one", "b-two", "b-three"]),
    "01-shapes/03-other.yaml": ("circles", ["c-one"]),
}


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank with a file of circles and squares, one of squares, and one of circles."""
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes" / "shapes.yaml").unlink()
    for file, (topics, ids) in SPOTS.items():
        write_cards(bank, file, *map(question, ids), topics=topics)
    return bank


def where(bank: Path, topic: str = "squares", source: str = "euclid-elements") -> tuple[str, str]:
    """The file, and the line that a new card follows."""
    read = load_bank([str(bank)]).bank
    found: Spot = spot(bank, read, read.syllabus.modules[0], topic, source)
    if found.after is None:
        return found.file, ""
    lines = (bank / found.file).read_text(encoding="utf-8").split("\n")
    return found.file, lines[found.after - 1].strip().removeprefix("- id: ")


def test_a_card_goes_where_the_top_of_the_file_names_its_topic(bank: Path) -> None:
    assert where(bank) == ("01-shapes/02-squares.yaml", "b-three")
    many = [question(f"c-{n}", extra="topics: [squares]\n") for n in range(9)]
    write_cards(bank, "01-shapes/03-other.yaml", *many, topics="circles")
    assert where(bank) == ("01-shapes/02-squares.yaml", "b-three")


def test_of_two_such_files_the_one_with_more_cards_of_the_topic_is_taken(bank: Path) -> None:
    assert where(bank, "circles") == ("01-shapes/01-both.yaml", "a-two")


def test_without_such_a_file_the_one_with_most_cards_of_the_topic_is_taken(bank: Path) -> None:
    for file, count in (("01-both", 2), ("03-other", 3)):
        cards = [question(f"{file}-{n}", extra="topics: [squares]\n") for n in range(count)]
        cards.append(question(f"{file}-end"))
        write_cards(bank, f"01-shapes/{file}.yaml", *cards, topics="circles")
    (bank / "01-shapes" / "02-squares.yaml").unlink()
    assert where(bank) == ("01-shapes/03-other.yaml", "03-other-2")


def test_of_equals_the_file_of_the_source_is_taken(bank: Path) -> None:
    write_cards(bank, "01-shapes/04-more.yaml", question("d-one"), question("d-two"),
                question("d-three"), topics="squares", source="hardy-1940-apology")  # fmt: skip
    assert where(bank) == ("01-shapes/02-squares.yaml", "b-three")
    assert where(bank, source="hardy-1940-apology") == ("01-shapes/04-more.yaml", "d-three")


def test_in_the_file_it_follows_the_last_card_of_its_topic_and_source(bank: Path) -> None:
    of_hardy = question("b-two", extra="source: hardy-1940-apology\n")
    cards = (question("b-one"), of_hardy, question("b-three"))
    write_cards(bank, "01-shapes/02-squares.yaml", *cards, topics="squares")
    assert where(bank, source="hardy-1940-apology")[1] == "b-two"
    assert where(bank)[1] == "b-three"


def test_cards_that_are_only_begun_are_followed_in_their_order(bank: Path) -> None:
    begun = ("id: b-begun\ntype: question\nprompt: |\n  Why?\nanswer: |\n  ", "id: b-bad\nx: [")
    cards = (question("b-one"), *begun, question("b-end", extra="topics: [circles]\n"))
    (bank / "01-shapes" / "01-both.yaml").unlink()
    write_cards(bank, "01-shapes/02-squares.yaml", *cards, topics="squares")
    assert where(bank) == ("01-shapes/02-squares.yaml", "b-bad")
    write_cards(bank, "01-shapes/02-squares.yaml", *begun, topics="squares")
    assert where(bank) == ("01-shapes/02-squares.yaml", "b-bad")


def test_a_full_file_is_followed_by_a_new_one(bank: Path) -> None:
    full = [question(f"b-{n:03}") for n in range(FULL)]
    write_cards(bank, "01-shapes/02-squares.yaml", *full, topics="squares")
    assert where(bank) == ("01-shapes/01-both.yaml", "a-two")
    write_cards(bank, "01-shapes/01-both.yaml", question("a-one"), topics="circles")
    assert where(bank) == ("01-shapes/04-squares.yaml", "")
