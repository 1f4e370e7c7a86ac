"""The reviews that come first of very many, told from one index and then read alone.

The formulas are those of ``scheduling.queue``, operation by operation, so that SQLite comes to the
very numbers that the cards are sorted by there; a property test holds the two together.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from flashsafety.store.due import COLUMNS, DUE, Scope, rows_of
from flashsafety.terms import Candidate, Moment, ReviewOrder

_ELAPSED = "coalesce(max(0, ? - card.last_day) / card.stability, 9e999)"
URGENCY: Mapping[ReviewOrder, str] = {
    "overdueness": "(card.due_day - ?) / max(1.0, card.interval / 86400.0)",
    "least-remembered": f"-{_ELAPSED}",
    "best-remembered": _ELAPSED,
    "due-day": "card.due_day - ?",
}
"""What the reviews are sorted by, least first, given the study day; of orders that SQLite can tell
without a function of ours, which would cost more than to read the cards."""


class First(NamedTuple):
    """The reviews that come first, and what they are chosen by."""

    cards: list[Candidate]
    """Those, and all that are due of the same notes."""
    surely: frozenset[int]
    """Row ids of those that come before every review that is not among the cards."""


def first_reviews(
    db: sqlite3.Connection,
    moment: Moment,
    chosen: Scope,
    order: ReviewOrder,
    count: int,
    also: Iterable[int],
) -> First:
    """About so many of the reviews that are due, those that an order has first.

    Args:
        db: Where.
        moment: On the study day.
        chosen: Only these cards.
        order: One of ``URGENCY``.
        count: How many are told apart. Those that tie with the last of them are left out, for which
            of them come first is not told here.
        also: Row ids of cards whose notes are read too.
    """
    day, wanted = moment.day, (moment.day, moment.day, *chosen.values)
    ranked = db.execute(
        f"SELECT card.id, {URGENCY[order]} AS urgency FROM card WHERE {DUE} AND {chosen.condition}"
        " ORDER BY urgency LIMIT ?",
        (day, *wanted, count),
    ).fetchall()
    surely = [card for card, urgency in ranked if urgency < ranked[-1][1]]
    from json import dumps  # few learners have so many due, and "due" asks this module for all

    cards = db.execute(
        f"SELECT {COLUMNS} FROM card WHERE {DUE} AND {chosen.condition} AND note IN (SELECT note"
        " FROM json_each(?) AS first CROSS JOIN card AS one ON one.id = first.value)",
        (*wanted, dumps([*surely, *also])),
    )
    return First(list(rows_of(cards)), frozenset(surely))
