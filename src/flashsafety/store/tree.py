"""What a search asks for, as a tree. The parser makes it, and ``store.search`` turns it into SQL.

A part that is turned round finds just the cards that the part does not find.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Literal, TypeAlias

from flashsafety.terms import FlagReason


class Wild(Enum):
    """A place in a pattern that holds any text, or any one character."""

    MANY = "*"
    ONE = "_"


Pattern = tuple[str | Wild, ...]
"""Texts and wildcards in their order."""

Name = Literal["card", "module", "note", "source", "tag", "topic", "type"]
State = Literal["buried", "due", "flagged", "learn", "leech", "new", "review", "suspended"]
Property = Literal["d", "due", "ivl", "lapses", "r", "reps", "s"]
Operator = Literal["=", "!=", "<", "<=", ">", ">="]


@dataclass(frozen=True, slots=True)
class Words:
    """The note's id or one of its texts has this in it."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Named:
    """The card or its note has a name of this kind that is the pattern as a whole.

    Of a card: its key, or its facet where the pattern has no ``/``.
    """

    name: Name
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Untagged:
    """The note has no tag."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """The card is flagged for a reason; any, where none is given."""

    reason: FlagReason | None


@dataclass(frozen=True, slots=True)
class Is:
    """The card is in a state."""

    state: State


@dataclass(frozen=True, slots=True)
class Has:
    """A number of the card compares so. Never true of a card that has no such number."""

    property: Property
    operator: Operator
    value: float


@dataclass(frozen=True, slots=True)
class Rated:
    """The card was rated on one of the last days, today being the first."""

    days: int
    rating: int | None


@dataclass(frozen=True, slots=True)
class Introduced:
    """The card was first rated on one of the last days, today being the first."""

    days: int


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: "Tree"


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts every card is found."""

    parts: "tuple[Tree, ...]"


@dataclass(frozen=True, slots=True)
class Any:
    """One of the parts holds."""

    parts: "tuple[Tree, ...]"


Tree: TypeAlias = (
    Words | Named | Untagged | Flagged | Is | Has | Rated | Introduced | Not | All | Any
)


def states_named(tree: Tree) -> frozenset[State]:
    """The states that a search asks after, turned round or not."""
    match tree:
        case Is(state):
            return frozenset({state})
        case Not(part):
            return states_named(part)
        case All(parts) | Any(parts):
            return frozenset().union(*map(states_named, parts))
        case _:
            return frozenset()
