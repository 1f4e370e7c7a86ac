"""The queue of a day on which very many reviews are due: only those that may come are read."""

import sqlite3
from collections.abc import Callable, Collection, Iterable

from flashsafety.scheduling.queue import Plan, order_on
from flashsafety.store import due, urgent
from flashsafety.study.allowance import Allowance
from flashsafety.terms import Candidate, Moment

MANY = 1000
"""Reviews from which on it is quicker to ask for the first of them than to read and sort all."""

_SPARE = 100
"""Reviews that are read beyond the limit, for those that wait for a sibling or a look-alike."""


def queue_of_first(
    db: sqlite3.Connection,
    moment: Moment,
    chosen: due.Scope,
    total: int,
    room: Allowance,
    brought: Collection[int],
    queue_of: Callable[[Iterable[Candidate], int], Plan],
) -> Plan | None:
    """The same queue as of all reviews; none where all have to be read for it.

    Twice as many are read when too many of the first wait.

    Args:
        db: Where.
        moment: On the study day.
        chosen: Only these cards.
        total: How many of them are due.
        room: What the day still takes.
        brought: Row ids of reviews that come before all others.
        queue_of: Makes the queue of some reviews, and the number of those that are due besides.
    """
    order = order_on(room.order, backlog=room.backlog)
    if order not in urgent.URGENCY:
        return None
    count = room.review + _SPARE
    while count <= total // 2:
        first = urgent.first_reviews(db, moment, chosen, order, count, brought)
        queue = queue_of(first.cards, total - len(first.cards))
        known = first.surely.union(brought)
        if len(queue.review) == room.review and known.issuperset(c.id for c in queue.review):
            return queue
        count *= 2
    return None
