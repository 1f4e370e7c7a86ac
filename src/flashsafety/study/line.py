"""Cards that stand in line. A line never changes, so that what it was is kept by keeping it."""

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Line:
    """Row ids of cards in the order in which they come; the lines that are left share them."""

    cards: tuple[int, ...]
    gone: int = 0
    """How many of them have left, the first ones."""

    def __len__(self) -> int:
        """How many still stand in it."""
        return len(self.cards) - self.gone

    def __iter__(self) -> Iterator[int]:
        """Those, the next one first."""
        return iter(self.cards[self.gone :])

    @property
    def first(self) -> int:
        """The next one; there must be one."""
        return self.cards[self.gone]

    @property
    def rest(self) -> "Line":
        """The line when that one has left."""
        return Line(self.cards, self.gone + 1)

    def without(self, card: int) -> "Line":
        """The line with a card taken out, wherever it stands; itself where it holds no such."""
        if card not in self.cards:
            return self
        return Line(tuple(other for other in self if other != card))


class Queue(NamedTuple):
    """What a session still holds, the card in front and those that were put off aside."""

    learning: tuple[tuple[int, int], ...]
    """Due instant (ms) and row id, the soonest first."""
    reviews: Line
    new: Line

    def with_step(self, due_at: int, card: int) -> "Queue":
        """The queue when a card in its steps has come to it."""
        place = bisect(self.learning, (due_at, card))
        steps = *self.learning[:place], (due_at, card), *self.learning[place:]
        return Queue(steps, self.reviews, self.new)

    def next_step(self) -> tuple[int, "Queue"]:
        """The card in its steps that comes first, and the queue without it."""
        return self.learning[0][1], Queue(self.learning[1:], self.reviews, self.new)

    def next_review(self) -> tuple[int, "Queue"]:
        """The same of the reviews."""
        return self.reviews.first, Queue(self.learning, self.reviews.rest, self.new)

    def next_new(self) -> tuple[int, "Queue"]:
        """The same of the new cards."""
        return self.new.first, Queue(self.learning, self.reviews, self.new.rest)

    def without(self, card: int) -> "Queue":
        """The queue with a card taken out, wherever it stands."""
        steps = tuple(entry for entry in self.learning if entry[1] != card)
        return Queue(steps, self.reviews.without(card), self.new.without(card))
