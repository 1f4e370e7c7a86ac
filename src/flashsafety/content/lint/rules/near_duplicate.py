"""No two cards ask the same.

A learner who knows one of two such cards knows both, and pays for them twice. A second card on the
same idea from another side is welcome; one in other words is not.

Source: Wozniak, Twenty rules of formulating knowledge, rule 17, for what redundancy is good for;
tldr's copy check for the measure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import chain

from flashsafety.content.lint.finding import Finding
from flashsafety.content.lint.prose import answered, asked, prompt, words
from flashsafety.content.notes import AnyNote

NAME = "near-duplicate"
WHOLE, ASKED = 0.6, 0.8
"""Likeness of prompt and answer together, and of the prompt alone, from which two cards are called
alike: shared runs of five characters, as a share of those of either."""
BAD = """
type: question
prompt: |
  Why does early stopping act as a regularizer?
answer: |
  It keeps the weights near where they began.
---
type: question
prompt: |
  Why does early stopping act as regularizer?
answer: |
  It keeps the weights close to where they began.
"""
GOOD = """
type: question
prompt: |
  Why does early stopping act as a regularizer?
answer: |
  It keeps the weights near where they began.
---
type: question
prompt: |
  What decides when early stopping stops?
answer: |
  The loss on held-out data.
"""

_Three = tuple[str, str, str]
"""Three words in a row."""
_RUN = 5
_COMMON = 16
"""Three words in a row that are on more cards than this tell nothing, and comparing costs."""
_CANDIDATE = 0.15
"""Share of such runs in common from which two cards are compared: a word that differs breaks three
of them, so cards far below the cut-offs are tried."""


def compare(notes: Sequence[AnyNote]) -> Iterator[tuple[AnyNote, Finding]]:
    """Compare cards that share runs of words; two alike are named once, at the later card."""
    asks = [words(asked(note)) for note in notes]
    whole = [first + words(answered(note)) for first, note in zip(asks, notes, strict=True)]
    threes = [set(zip(text, text[1:], text[2:], strict=False)) for text in whole]
    again = _on_several(threes)
    held = Counter(chain.from_iterable(again))
    holders = defaultdict[_Three, list[int]](list)
    for index, mine in enumerate(again):
        shared = Counter[int]()
        for run in [run for run in mine if held[run] <= _COMMON]:
            shared.update(holders[run])
            holders[run].append(index)
        # Of those that tie the earlier: the order of a set's words is another in each process.
        for other, count in nsmallest(5, shared.items(), key=lambda one: (-one[1], one[0])):
            if count < _CANDIDATE * min(len(threes[index]), len(threes[other])):
                break
            likeness = _likeness(whole[index], whole[other])
            if likeness > WHOLE or _likeness(asks[index], asks[other]) > ASKED:
                yield notes[index], _finding(notes[index], notes[other], likeness)


def _on_several(threes: Sequence[set[_Three]]) -> list[set[_Three]]:
    """Of the runs of each card those that another has, too. Most have one card only.

    Whole sets are taken together, for that uses the hashes that they hold.
    """
    seen: set[_Three] = set()
    several: set[_Three] = set()
    for mine in threes:
        several |= mine & seen
        seen |= mine
    return [mine & several for mine in threes]


def _finding(note: AnyNote, other: AnyNote, likeness: float) -> Finding:
    return Finding(
        (prompt(note) or ("definition",))[0],
        f"{likeness:.0%} like",
        "leave one of them out, or ask for what the other does not",
        other=other.id,
    )


def _runs(text: Sequence[str]) -> set[str]:
    flat = " ".join(text)
    return {flat[start : start + _RUN] for start in range(max(1, len(flat) - _RUN + 1))}


def _likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Jaccard index of the runs of characters of two texts, 0..1."""
    first, second = _runs(one), _runs(other)
    both = len(first & second)
    return both / (len(first) + len(second) - both)
