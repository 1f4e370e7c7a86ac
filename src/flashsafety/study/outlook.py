"""What a session would bring, before it is begun."""

from typing import NamedTuple

from flashsafety.study import budget, words
from flashsafety.study.kinds import Ahead, Budget, Cram, nothing_left
from flashsafety.study.library import Library
from flashsafety.study.pace import pace
from flashsafety.study.today import Choice, plan_day


class Outlook(NamedTuple):
    """A session as it would be if it began now."""

    cards: int
    says: str
    """A line; of a session without cards what would bring some."""


def outlook(library: Library, choice: Choice) -> Outlook:
    """What the session over a choice would bring.

    Raises:
        QueryError: The search of the choice cannot be understood.
    """
    moment, kind = library.clock.now(), choice.kind
    if isinstance(kind, Cram):
        from flashsafety.study.cram import count_of

        cards = count_of(library, choice, moment)
        if not cards:
            return Outlook(0, nothing_left(kind))
        return Outlook(cards, f"{words.count(cards, 'card')}; nothing is scheduled.")
    queue = plan_day(library, moment, choice).queue
    if isinstance(kind, Budget):
        picked = budget.pick_from(queue, library, kind, moment)
        return Outlook(len(picked.cards), budget.in_words(picked) or _NOTHING)
    new, learning, review = len(queue.new), len(queue.learning), len(queue.review)
    seconds = pace(library).seconds(new=new, learning=learning, review=review)
    said = words.plan(new=new, learning=learning, review=review, seconds=seconds)
    if isinstance(kind, Ahead):
        early = sum((card.due_day or 0) > moment.day for card in queue.review)
        said = f"{said}; {early:,} early" if early else said
        return Outlook(new + learning + review, said or nothing_left(kind))
    return Outlook(new + learning + review, said or _NOTHING)


_NOTHING = "Nothing is due of these now: look ahead, or cram them."
