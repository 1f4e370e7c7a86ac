"""The kinds of session that a learner may ask for, besides the review of what is due."""

from dataclasses import dataclass
from typing import TypeAlias

LONGEST_AHEAD = 365
"""Study days that one may look ahead."""

LONGEST_BUDGET = 24 * 60
"""Minutes that one may have."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is due, and after it the reviews that fall due within some study days.

    They are scheduled with the days that have really passed. New cards are those of the day.
    """

    days: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Of what the day holds the cards most at risk, as many as some minutes hold."""

    minutes: int


@dataclass(frozen=True, slots=True)
class Cram:
    """Every card of the choice, due or not; each rating is logged, and nothing is scheduled."""


Kind: TypeAlias = Ahead | Budget | Cram | None
"""None is the review of what is due."""


def title(kind: Kind) -> str:
    """A kind in a word or three, for the head line; empty for the review of what is due."""
    match kind:
        case Ahead(days):
            return f"{days} {'day' if days == 1 else 'days'} ahead"
        case Budget(minutes):
            return f"{minutes} {'minute' if minutes == 1 else 'minutes'}"
        case Cram():
            return "cram"
        case None:
            return ""


def nothing_left(kind: Kind) -> str:
    """That a session of a kind has no card, a sentence; empty where the day's own words will do."""
    match kind:
        case Ahead(days):
            within = "tomorrow" if days == 1 else f"within {days} days"
            return f"No card is left that falls due {within}."
        case Cram():
            return "No card is left to cram."
        case _:
            return ""
