"""The cards of a choice, in any order that a list can be sorted by."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from flashsafety.store.due import Scope

Column = Literal[
    "study", "card", "module", "due", "interval", "stability", "difficulty", "recall", "reps",
    "lapses",
]  # fmt: skip

_SORTED_BY: dict[Column, str] = {
    "study": "card.position",
    "card": "card.key",
    "module": "card.module",
    # Days and instants on one line; a day counts from its midnight in UTC, before its instants.
    "due": "coalesce(card.due_at, card.due_day * 86400000)",
    "interval": "nullif(card.interval, 0)",
    "stability": "card.stability",
    "difficulty": "card.difficulty",
    "recall": "-max(0, :today - card.last_day) / card.stability",
    "reps": "card.reps",
    "lapses": "card.lapses",
}


class Order(NamedTuple):
    """How a list of cards is sorted; cards without such a number come last either way."""

    column: Column = "study"
    descending: bool = False


STUDY_ORDER = Order()
"""By file and place in it."""


class SearchStoppedError(Exception):
    """Another thread has called ``stop``: what would have been found is not wanted any more."""


@contextmanager
def stoppable() -> Iterator[None]:
    """What is broken off inside by ``stop`` leaves as a SearchStoppedError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise SearchStoppedError from error
        raise


def stop(db: sqlite3.Connection) -> None:
    """Break off whatever another thread is doing on this connection, if anything."""
    db.interrupt()


def find_ids(
    db: sqlite3.Connection, chosen: Scope, order: Order, today: int, limit: int | None = None
) -> list[int]:
    """Row ids of cards of the bank in an order, at most so many.

    The list comes as one value: a step of Python for each of 100,000 rows costs more than the
    search, and would hold up the threads beside it.
    """
    by = _SORTED_BY[order.column].replace(":today", str(int(today)))
    turned = " DESC" if order.descending else ""
    if order.column == "study":
        sorted_by = f"{by}{turned}"
    else:
        sorted_by = f"({by}) IS NULL, {by}{turned}, card.position"
    at_most = "" if limit is None else f" LIMIT {int(limit)}"
    row = db.execute(
        "SELECT json_group_array(id) FROM (SELECT card.id FROM card WHERE card.active = 1"
        f" AND {chosen.condition} ORDER BY {sorted_by}{at_most})",
        chosen.values,
    ).fetchone()
    return list(json.loads(row[0]))
