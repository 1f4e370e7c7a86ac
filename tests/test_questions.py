"""The real bank: clean, and the whole course stands in its syllabus."""

from collections import Counter
from pathlib import Path

import pytest

from flashsafety.content.coverage import gaps
from flashsafety.content.lint.run import lint
from flashsafety.content.load import load_bank

QUESTIONS = Path(__file__).parent.parent / "questions"
SLUGS = [module.slug for module in load_bank([str(QUESTIONS)], only=()).bank.syllabus.modules]


def test_the_bank_has_no_problems() -> None:
    assert lint([str(QUESTIONS)]) == ()


def test_the_syllabus_has_all_sections_and_modules() -> None:
    syllabus = load_bank([str(QUESTIONS)]).bank.syllabus
    assert [module.number for module in syllabus.modules] == list(range(1, 24))
    assert len({module.section for module in syllabus.modules}) == 7
    assert all(module.topics for module in syllabus.modules)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_module_gives_what_the_syllabus_asks(slug: str) -> None:
    bank = load_bank([str(QUESTIONS)]).bank
    assert gaps(bank, [module for module in bank.syllabus.modules if module.slug == slug]) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_module_asks_in_both_kinds_and_explains(slug: str) -> None:
    notes = [x.note for x in load_bank([str(QUESTIONS)]).bank.notes if x.module == slug]
    types = Counter(note.type for note in notes)
    examined = [note for note in notes if note.type == "question" and note.rubric]
    assert types["concept"] >= 12
    assert len(examined) >= 10
    assert all(note.why for note in notes if note.type != "choice")
