"""Days to come, rehearsed: what certain rules would make of the cards. Pure.

Each day is planned by the very queue that plans real ones. A review is recalled as often as the
forgetting curve says, drawn from a generator; recalled is Good, forgotten is Again and then Good at
each step. Intervals are those of FSRS without fuzz, which evens out.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from functools import cache
from itertools import chain
from random import Random
from typing import NamedTuple

from flashsafety.scheduling.curve import forgetting_curve, share_at
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.scheduling.queue import plan
from flashsafety.scheduling.ready import few
from flashsafety.terms import (
    Candidate,
    Instant,
    Moment,
    Parameters,
    Phase,
    Rating,
    ReviewOrder,
    SiblingRule,
    StudyDay,
)

_DAY = 86_400
"""Seconds."""


class DayRules(NamedTuple):
    """What a day takes."""

    reviews: int
    """The most."""
    order: ReviewOrder
    new: int = 0
    """The most."""
    lead: int = 0
    """How many of the new ones are those that were given first."""


class Rules(NamedTuple):
    """How the days are studied."""

    parameters: Parameters
    """Weights, steps and longest interval; the desired retention is the next field's."""
    retention: Callable[[str, int], float]
    """(module, study day) to the desired retention of what is rated then."""
    siblings: SiblingRule
    first: Sequence[float]
    """How often a first rating is Again, Hard, Good, Easy."""


class Rehearsed(NamedTuple):
    """What came of a day."""

    reviews: Mapping[str, int]
    """By module."""
    new: Mapping[str, int]
    """By module."""
    left: int
    """Reviews that were due and did not come for want of room."""


class Rehearsal:
    """Cards on their way through days that were not yet."""

    def __init__(
        self,
        known: Iterable[tuple[Candidate, float]],
        lead: Iterable[Candidate],
        new: Iterable[Candidate],
        rules: Rules,
        seed: int,
    ) -> None:
        """Take the cards as they stand.

        Args:
            known: Cards with a memory and their difficulty, each with its due day, those in their
                steps too.
            lead: New cards that come before the others, in study order.
            new: The others.
            rules: How they are studied.
            seed: Of what is left to chance.
        """
        self._rules = rules
        self._random = Random(seed)
        weights = rules.parameters.weights
        self._curve = forgetting_curve(weights)
        self._first, self._step = first_memories(weights), memory_step(weights)
        self._share = cache(lambda retention: share_at(weights, retention))
        self._waiting: dict[int, Candidate] = {}
        self._coming: dict[int, list[Candidate]] = {}
        self._memories: dict[int, tuple[str, float, float, int]] = {}
        self._lead, self._new = list(lead), list(new)
        for card, difficulty in known:
            self._keep(card, difficulty)

    def again(self) -> "Rehearsal":
        """The same cards as they stand now, on their way by other rules."""
        other = copy(self)
        other._random = copy(self._random)
        other._waiting, other._memories = dict(self._waiting), dict(self._memories)
        other._coming = {day: list(cards) for day, cards in self._coming.items()}
        return other

    def due(self, day: StudyDay) -> int:
        """How many reviews are due on a day, the next to be studied."""
        for due in sorted(due for due in self._coming if due <= day):
            self._waiting.update((card.id, card) for card in self._coming.pop(due))
        return len(self._waiting)

    def study(self, day: StudyDay, rules: DayRules) -> Rehearsed:
        """Study a day; the days must follow each other."""
        self.due(day)
        apart: dict[str, object] | None = {} if self._rules.siblings == "never" else None
        queue = plan(
            (),
            self._waiting.values(),
            chain(few(self._lead, rules.lead, apart), self._new),
            moment=Moment(Instant(0), 0, day),
            new_left=rules.new,
            review_left=rules.reviews,
            seen_notes={},
            backlog=len(self._waiting) > rules.reviews,
            order=rules.order,
            siblings=self._rules.siblings,
        )
        for card in queue.review:
            del self._waiting[card.id]
            self._review(card, day)
        for card in queue.new:
            self._begin(card, day)
        begun = {card.id for card in queue.new}
        self._lead = [card for card in self._lead if card.id not in begun]
        self._new = [card for card in self._new if card.id not in begun]
        return Rehearsed(_by_module(queue.review), _by_module(queue.new), queue.held_limit)

    @property
    def lead_left(self) -> int:
        """New cards of those that come first."""
        return len(self._lead)

    def recall(self, modules: Sequence[str], day: int) -> float:
        """The sum over the modules' cards of the chance of recall on a day; 0 of one not begun."""
        return sum(
            self._curve(s, day - last)
            for module, s, _, last in self._memories.values()
            if module in modules
        )

    def _review(self, card: Candidate, day: StudyDay) -> None:
        _, s, d, last = self._memories[card.id]
        recalled = self._random.random() < self._curve(s, day - last)
        s, d = self._step(s, d, day - last, Rating.GOOD if recalled else Rating.AGAIN)
        steps = 0 if recalled else len(self._rules.parameters.relearning_steps)
        self._give(card, s, d, day, steps)

    def _begin(self, card: Candidate, day: StudyDay) -> None:
        rating = self._random.choices(tuple(Rating), self._rules.first)[0]
        s, d = self._first[rating]
        steps = len(self._rules.parameters.learning_steps)
        if rating >= Rating.GOOD:
            steps = max(0, steps - 1) if rating == Rating.GOOD else 0
        self._give(card, s, d, day, steps)

    def _give(self, card: Candidate, s: float, d: float, day: StudyDay, steps: int) -> None:
        """An interval, after so many steps on the same day."""
        for _ in range(steps):
            s, d = self._step(s, d, 0, Rating.GOOD)
        wanted = s * self._share(self._rules.retention(card.module, day))
        days = min(max(round(wanted), 1), self._rules.parameters.maximum_interval)
        self._keep(
            card._replace(
                phase=Phase.REVIEW,
                due_day=StudyDay(day + days),
                interval=days * _DAY,
                stability=s,
                last_day=day,
            ),
            d,
        )

    def _keep(self, card: Candidate, difficulty: float) -> None:
        assert card.due_day is not None and card.stability is not None
        last = card.due_day if card.last_day is None else card.last_day
        self._memories[card.id] = card.module, card.stability, difficulty, last
        self._coming.setdefault(card.due_day, []).append(card)


def _by_module(cards: Iterable[Candidate]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for card in cards:
        counts[card.module] = counts.get(card.module, 0) + 1
    return counts
