"""Which notes a learner may take for each other: those that share many of their telling words.

The measure is that of the lint rule ``interference``, over every type of note. The rule warns an
author from ``LIKENESS`` of its own on, where two definitions need a word on what sets them apart;
learners mix up notes that are less alike, and those that do have that word too.

Source for what it is good for: Wozniak, Twenty rules of formulating knowledge, rule 11.
"""

from collections.abc import Set

from flashsafety.content.lint.prose import answered, asked, stems
from flashsafety.content.notes import AnyNote, ConceptNote

LIKENESS = 0.3
"""Share of telling words in common from which two notes are look-alikes. Tried on the course's own
bank of a thousand notes: 46 pairs, as label shift and covariate shift, or two numeric cards on one
formula. From 0.25 on half of them have nothing to do with each other."""


def telling_words(note: AnyNote) -> set[str]:
    """What the telling words of question and answer begin with; of a concept, its definition's."""
    if isinstance(note, ConceptNote):
        return stems(note.definition)
    return stems(f"{asked(note)} {answered(note)}")


def likeness(one: Set[str], other: Set[str]) -> float:
    """The share of the telling words of either that both have, 0 to 1."""
    both = len(one & other)
    either = len(one) + len(other) - both
    return both / either if either else 0.0
