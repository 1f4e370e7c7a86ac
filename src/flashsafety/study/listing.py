"""Cards as lines of a list, with what is reckoned of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from flashsafety.content.cards import face
from flashsafety.content.notes import read_note
from flashsafety.content.plain import plain_line
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.store.lines import read_lines
from flashsafety.study.library import Library
from flashsafety.terms import CardKey, CardState


@dataclass(frozen=True, slots=True)
class Line:
    """A card as a list shows it."""

    id: int
    """Row id."""
    key: CardKey
    module: str
    prompt: str
    """Plain, on one line."""
    state: CardState
    retrievability: float | None
    """Chance of recall today, 0 to 1; none of a card never rated."""


def lines(library: Library, cards: Sequence[int]) -> dict[int, Line]:
    """The cards with these row ids."""
    today = library.clock.now().day
    curve = forgetting_curve(library.scheduling[1].parameters.weights)
    found = {}
    for row in read_lines(library.db, cards):
        memory = row.state.memory
        chance = None
        if memory.stability is not None and memory.last_day is not None:
            chance = curve(memory.stability, today - memory.last_day)
        prompt = _prompt(row.content, row.key.rpartition("/")[2])
        found[row.id] = Line(row.id, row.key, row.module, prompt, row.state, chance)
    return found


@lru_cache(maxsize=1024)
def _prompt(content: str, facet: str) -> str:
    """The question of a card; kept, since a list is drawn again with every key."""
    return plain_line(face(read_note(content), facet).prompt)
