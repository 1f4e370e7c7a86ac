"""The rules about wording, in the order in which the author's guide lists them."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from flashsafety.content.lint.finding import Finding
from flashsafety.content.lint.rules import (
    answer_in_prompt,
    answer_long,
    block_width,
    choice_tell,
    dangling_reference,
    interference,
    link_shape,
    list_answer,
    many_questions,
    maths_unrenderable,
    near_duplicate,
    picture_words,
    place_missing,
    prompt_long,
    rubric_mismatch,
    tag_rare,
    undated_claim,
    vague_prompt,
    yes_no_prompt,
)
from flashsafety.content.notes import AnyNote


class NoteRule(Protocol):
    """A rule that looks at one note."""

    NAME: str
    BAD: str
    """Keys of a note that breaks the rule, as YAML."""
    GOOD: str

    def check(self, note: AnyNote) -> Iterator[Finding]:
        """What is wrong with a note."""
        ...


class BankRule(Protocol):
    """A rule that compares notes."""

    NAME: str
    BAD: str
    """Keys of notes that break the rule together, as YAML documents."""
    GOOD: str

    def compare(self, notes: Sequence[AnyNote]) -> Iterator[tuple[AnyNote, Finding]]:
        """What is wrong, each with the note that it is told of."""
        ...


NOTE_RULES: tuple[NoteRule, ...] = (
    prompt_long, answer_long, list_answer, many_questions, yes_no_prompt, vague_prompt,
    answer_in_prompt, rubric_mismatch, choice_tell, dangling_reference, undated_claim,
    maths_unrenderable, block_width, link_shape, picture_words,
)  # fmt: skip
BANK_RULES: tuple[BankRule, ...] = (interference, near_duplicate, tag_rare, place_missing)
NAMES = (*(rule.NAME for rule in NOTE_RULES), *(rule.NAME for rule in BANK_RULES))
"""What ``allow`` may silence."""
