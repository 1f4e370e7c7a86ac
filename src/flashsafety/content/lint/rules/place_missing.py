"""A card names the place in its source, as the other cards of that source do.

Who checks a claim opens the source at the place; a claim that must be looked for in a whole book is
not checked. What is written from no document in particular has no places, so the cards of a source
say whether it has them.

Source: the author's guide, "What goes in".
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from flashsafety.content.lint.finding import Finding
from flashsafety.content.notes import AnyNote

NAME = "place-missing"
BAD = """
type: typed
source: hardy-1940-apology
at: "section 12"
prompt: |
  Which proof does Hardy give first?
answer: Euclid's
---
type: typed
source: hardy-1940-apology
at: "section 13"
prompt: |
  Whose proof does he give next?
answer: Pythagoras's
---
type: typed
source: hardy-1940-apology
prompt: |
  Which game does he compare with mathematics?
answer: chess
"""
GOOD = """
type: typed
source: hardy-1940-apology
at: "section 12"
prompt: |
  Which proof does Hardy give first?
answer: Euclid's
---
type: typed
source: hardy-1940-apology
at: "section 13"
prompt: |
  Whose proof does he give next?
answer: Pythagoras's
---
type: typed
source: euclid-elements
prompt: |
  Which shape has three sides?
answer: triangle
"""


def compare(notes: Sequence[AnyNote]) -> Iterator[tuple[AnyNote, Finding]]:
    """Look for cards without a place whose source is otherwise cited by place."""
    by_place = {
        source for source, (placed, all_) in _counts(notes).items() if placed > max(1, all_ / 2)
    }
    for note in notes:
        if note.at is None and note.source in by_place:
            yield (
                note,
                Finding(
                    "source",
                    f"no place in {note.source} is named; its other cards name one",
                    'add at: and where in it, as "section 3.2"',
                ),
            )


def has_places(notes: Iterable[AnyNote], source: str) -> bool:
    """Whether a source is cited by place, as far as its cards tell; true of one without cards."""
    placed, all_ = _counts(notes).get(source, (1, 1))
    return placed > all_ / 2


def _counts(notes: Iterable[AnyNote]) -> dict[str, tuple[int, int]]:
    """Source to the number of its cards that name a place, and of all its cards."""
    counts = Counter((note.source, note.at is not None) for note in notes)
    return {
        source: (counts[source, True], counts[source, True] + counts[source, False])
        for source, _ in counts
    }
