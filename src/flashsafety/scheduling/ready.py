"""A plan to remember cards on a date: how many new ones a day, and at what desired retention. Pure.

What a day asks follows from the plan, the day and what is left, so a day that was missed is made up
for on those that are left. The desired retention rises evenly, in steps of a hundredth: each is a
parameter set of its own, and few are made.
"""

from collections.abc import Iterable, Iterator, Mapping

from flashsafety.terms import Candidate, Ready

LONGEST_REST = 7
"""Days."""


def desired(plan: Ready, usual: float, day: int) -> float:
    """The desired retention, 0 to 1, of the plan's cards on a day on which it holds.

    Args:
        plan: The plan.
        usual: What theirs is without it; it never falls below.
        day: Study day.
    """
    if plan.peak <= usual:
        return usual
    share = (day - plan.first + 1) / (plan.ends - plan.first)
    return round(usual + round((plan.peak - usual) * share, 2), 4)


def rest(plan: Ready) -> int:
    """The last days, on which no new card is meant to come: a tenth of all, a week at most."""
    return min(LONGEST_REST, (plan.ends - plan.first) // 10)


def quota(plan: Ready, day: int, left: int) -> int:
    """How many new cards of the plan a day is to bring; the rest of them on the last days.

    Args:
        plan: The plan.
        day: A study day on which it holds.
        left: New cards of its modules, those begun on the day included.
    """
    days = max(1, plan.ends - rest(plan) - day)
    return -(-left // days)


def few(
    cards: Iterable[Candidate], most: int, met: Mapping[str, object] | None
) -> Iterator[Candidate]:
    """The first so many cards, those left out that would wait for a sibling; read no further.

    Args:
        cards: New cards in study order.
        most: How many.
        met: Notes that are met on the day, by their ids; none where siblings may come
            together.
    """
    notes = None if met is None else set(met)
    for card in cards if most > 0 else ():
        if notes is not None:
            if card.note in notes:
                continue
            notes.add(card.note)
        yield card
        most -= 1
        if most == 0:
            return
