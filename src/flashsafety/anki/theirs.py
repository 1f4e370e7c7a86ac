"""What another program knows of our cards: plain data, wherever it was read from."""

from typing import NamedTuple

from flashsafety.terms import StudyDay


class Rated(NamedTuple):
    """A row of Anki's review log."""

    id: int
    """Instant, UTC, milliseconds."""
    ease: int
    """1 to 4 for a rating, 0 for what was no answer."""
    ivl: int
    """Days, or minus the seconds."""
    factor: int
    """0 on a row of type 3 or 4 has a meaning."""
    time: int
    """Milliseconds that the answer took."""
    type: int
    """0 learning, 1 review, 2 relearning, 3 filtered deck, 4 manual, 5 rescheduled."""


class TheirNote(NamedTuple):
    """A note, and what it may be recognized by."""

    id: int
    guid: str
    """Empty where it is not known."""
    qid: str
    """The field QID; empty where it has none."""


class TheirCard(NamedTuple):
    """A card and its log."""

    note: int
    ord: int
    """Template, or gap, from 0."""
    mod: int
    """Unix seconds of its last change."""
    suspended: bool
    due_day: StudyDay | None
    """Of a card in review, where it is known."""
    stability: float | None
    """Days."""
    difficulty: float | None
    rows: tuple[Rated, ...]
    """Oldest first."""
