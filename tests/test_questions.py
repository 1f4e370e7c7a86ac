"""The real bank: clean, and the whole course stands in its syllabus."""

from pathlib import Path

import pytest

from flashsafety.content.load import check_bank, load_bank

QUESTIONS = Path(__file__).parent.parent / "questions"
WRITTEN = ("risk-decomposition", "accident-models", "black-swans")
"""Modules that have cards."""


def test_the_bank_has_no_problems() -> None:
    assert check_bank([str(QUESTIONS)]) == ()


def test_the_syllabus_has_all_sections_and_modules() -> None:
    syllabus = load_bank([str(QUESTIONS)]).bank.syllabus
    assert [module.number for module in syllabus.modules] == list(range(1, 24))
    assert len({module.section for module in syllabus.modules}) == 7
    assert all(module.topics for module in syllabus.modules)


@pytest.mark.parametrize("slug", WRITTEN)
def test_a_written_module_covers_every_topic_with_all_seven_types(slug: str) -> None:
    bank = load_bank([str(QUESTIONS)]).bank
    notes = [placed.note for placed in bank.notes if placed.module == slug]
    (module,) = (module for module in bank.syllabus.modules if module.slug == slug)
    for topic in module.topics:
        serving = sum(topic.slug in note.topics for note in notes)
        assert serving >= 3, f"{slug}: {topic.slug} has {serving} notes"
    assert len({note.type for note in notes}) == 7
    assert all(note.why for note in notes if note.type != "choice")
