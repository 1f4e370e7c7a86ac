"""Which cards a study day holds, and in what order. Pure, and free of py-fsrs for the quick commands.

Learning cards come first, then reviews, then new cards. Two cards of one note never meet on a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from zlib import crc32

from flashsafety.terms import CardKey, Instant, Moment, Phase, StudyDay

_DAY = 86_400
"""Seconds."""


class Candidate(NamedTuple):
    """A card that might be shown, with what its place in the queue depends on."""

    id: int
    """The store's own number."""
    key: CardKey
    note: str
    module: str
    phase: Phase
    due_at: Instant | None
    """In learning and relearning."""
    due_day: StudyDay | None
    """In review."""
    interval: int
    """Seconds last given."""
    stability: float | None
    """Days."""
    position: int
    """Place in study order."""
    last_day: StudyDay | None
    """Study day of the last rating."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is left to do on a study day, each list in the order of showing."""

    learning: list[Candidate]
    """By due instant; some may lie later in the day."""
    review: list[Candidate]
    new: list[Candidate]
    held_siblings: int
    """Cards that wait for another day since a sibling is met on this one."""
    held_limit: int
    """Reviews due beyond the limit."""


def plan(
    learning: Iterable[Candidate],
    reviews: Iterable[Candidate],
    new: Iterable[Candidate],
    *,
    moment: Moment,
    new_left: int,
    review_left: int,
    seen_notes: Mapping[str, str],
    backlog: bool,
) -> Plan:
    """The rest of a study day.

    A note belongs to the card through which it was, or will be, met that day; its other cards wait.
    A card already rated that day is past waiting, whatever its siblings did.

    Args:
        learning: Cards in learning or relearning that are due before the study day ends.
        reviews: Cards in review that are due on the study day or were before it.
        new: New cards in study order; read only as far as needed.
        moment: Now.
        new_left: New cards that the day's limit still allows.
        review_left: Reviews that the day's limit still allows.
        seen_notes: Note id to the key of the card met on this study day, or on a later one if the
            clock or the learner went back.
        backlog: Whether reviews have piled up; then new cards wait.
    """
    met = dict(seen_notes)
    today = moment.day
    steps, held = _apart(sorted(learning, key=_learning_order), met, today)
    ordered = order_reviews(reviews, today, backlog=backlog)
    due, held_reviews = _apart(ordered, met, today, review_left)
    fresh, held_new = _apart(new, met, today, 0 if backlog else new_left)
    held_limit = len(ordered) - len(due) - held_reviews
    return Plan(steps, due, fresh, held + held_reviews + held_new, held_limit)
