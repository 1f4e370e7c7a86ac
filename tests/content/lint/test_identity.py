"""What a change does to ids, against a real git repository."""

from pathlib import Path

import pytest

from flashsafety.content.lint.run import lint
from flashsafety.errors import UsageError
from tests.banks import ALL_TYPES, CLOZE, tiny_bank, write_cards
from tests.repositories import commit_all, git

SHAPES = "01-shapes/shapes.yaml"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A bank in a folder of a repository with one commit."""
    bank = tiny_bank(tmp_path / "repository" / "questions")
    commit_all(bank.parent)
    return bank


def found(bank: Path, since: str = "HEAD") -> list[tuple[str, str]]:
    """Rule and message of the errors."""
    problems = lint([str(bank)], since=since)
    return [(problem.rule, problem.message) for problem in problems if problem.level == "error"]


def change(bank: Path, old: str, new: str) -> None:
    file = bank / SHAPES
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_nothing_changed_is_no_problem(bank: Path) -> None:
    assert found(bank) == []


def test_a_reworded_answer_and_a_moved_card_are_no_problem(bank: Path) -> None:
    change(bank, "All points of a plane at one distance", "All the points of a plane at a distance")
    (bank / SHAPES).rename(bank / "01-shapes" / "other.yaml")
    assert found(bank) == []


def test_a_vanished_id_is_named_with_the_place_where_it_stood(bank: Path) -> None:
    cards = [card for card in ALL_TYPES if "by-corners" not in card]
    write_cards(bank, SHAPES, *cards)
    ((rule, message),) = found(bank)
    assert rule == "id-vanished"
    assert '"by-corners"' in message
    assert f"{SHAPES}:" in message


def test_a_retired_id_may_vanish(bank: Path) -> None:
    write_cards(bank, SHAPES, *[card for card in ALL_TYPES if "by-corners" not in card])
    entry = "- id: by-corners\n  date: 2026-01-31\n  reason: too easy\n"
    (bank / "retired.yaml").write_text(entry, encoding="utf-8")
    assert found(bank) == []


def test_a_renamed_card_is_pointed_at(bank: Path) -> None:
    change(bank, "id: by-corners", "id: by-number-of-corners")
    (problem,) = lint([str(bank)], since="HEAD")
    assert problem.rule == "id-vanished"
    assert '"by-number-of-corners" reads the same' in problem.mend
    assert "by-number-of-corners" in (bank / SHAPES).read_text().split("\n")[problem.line - 1]


def test_a_changed_answer_asks_for_confirmation(bank: Path) -> None:
    change(bank, "answer: 2.25", "answer: 2.5")
    assert [rule for rule, _ in found(bank)] == ["answer-changed"]
    change(bank, "answer: 2.5\n", "answer: 2.5\n    allow:\n      answer-changed: a slip of ours\n")
    assert found(bank) == []


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("frequent and small, or that lie far ahead", ["answer-changed"]),
        ("common but extreme, or that lie far ahead", ["answer-changed"]),
        ("not rare but extreme, or that lie far ahead", ["answer-changed"]),
        ("rare and extreme; those too that lie far ahead", []),
        ("rarely extrem, or that lies far ahead", []),
    ],
)
def test_one_telling_word_makes_another_answer(bank: Path, words: str, rules: list[str]) -> None:
    change(bank, "With its square:", "Risks that are rare but extreme, or that lie far ahead:")
    git(bank, "commit", "-qam", "risks")
    change(bank, "rare but extreme, or that lie far ahead", words)
    assert [rule for rule, _ in found(bank)] == rules


def test_an_old_confirmation_does_not_cover_a_new_change(bank: Path) -> None:
    confirmed = "\n    allow:\n      answer-changed: a slip of ours\n"
    change(bank, "answer: 2.25\n", f"answer: 2.5{confirmed}")
    git(bank, "commit", "-qam", "corrected")
    assert found(bank) == []
    change(bank, "answer: 2.5\n", "answer: 3\n")
    assert [rule for rule, _ in found(bank)] == ["answer-changed"]


def test_swapped_gaps_are_renumbered(bank: Path) -> None:
    swapped = CLOZE.replace("c1", "cX").replace("c2", "c1").replace("cX", "c2")
    change(bank, CLOZE.split("text: |\n  ")[1].strip(), swapped.split("text: |\n  ")[1].strip())
    assert [rule for rule, _ in found(bank)] == ["cloze-renumbered"] * 2


def test_a_retired_id_stays_on_the_list(bank: Path) -> None:
    entry = "- id: old-card\n  date: 2026-01-31\n  reason: too easy\n"
    (bank / "retired.yaml").write_text(entry, encoding="utf-8")
    git(bank, "commit", "-qam", "retired")
    (bank / "retired.yaml").write_text("", encoding="utf-8")
    assert [rule for rule, _ in found(bank)] == ["retired-vanished"]
    change(bank, "id: by-corners", "id: old-card")
    assert sorted(rule for rule, _ in found(bank)) == ["id-vanished", "retired-id-used"]


def test_a_card_that_is_broken_has_not_vanished(bank: Path) -> None:
    change(bank, "items:", "itms:")
    assert "id-vanished" not in [rule for rule, _ in found(bank)]


@pytest.mark.parametrize("commit", ["nowhere", "--help", "HEAD:questions", ""])
def test_a_commit_that_is_none_is_refused_in_words(bank: Path, commit: str) -> None:
    with pytest.raises(UsageError) as caught:
        lint([str(bank)], since=commit)
    assert "there is no commit" in caught.value.mend


def test_a_bank_outside_a_repository_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        lint([str(tiny_bank(tmp_path / "bank"))], since="HEAD")
    assert "git checkout" in caught.value.mend
