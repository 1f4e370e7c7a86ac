"""The log as lists of numbers, for who sums it in arrays.

SQLite writes them as text, some thousand cards at a time: to step through the rows in Python takes
several times as long as to sum them does.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from flashsafety.store.rollups import LONGEST_MS, counted

_BLOCK = 5000
"""Cards whose logs are read at once: enough for arrays to be quick, few enough for the memory."""

FIELDS = (("hour", 5), ("phase", 2), ("rating", 3), ("long", 1), ("took", 16))
"""What a number holds below the study day, highest first, and in how many bits each.

Local hour; phase before; rating, 0 for a reset; whether the interval given was long; milliseconds.
"""

_OF_REVIEW = {
    "hour": "(reviewed_at / 1000 + utc_offset) % 86400 / 3600",
    "phase": "phase",
    "rating": "rating",
    "long": "(interval >= :long)",
    "took": f"min(duration_ms, {LONGEST_MS})",
}


class Packed(NamedTuple):
    """The logs of some cards, card by card in order; numbers in decimal with commas between."""

    cards: str
    """The card of each row."""
    rows: str
    """The study day and ``FIELDS`` of each row."""


def is_long(db: sqlite3.Connection, since: int, rows: int) -> bool:
    """Whether the log has at least so many ratings from a study day on."""
    row = db.execute(
        "SELECT count(*) FROM (SELECT 1 FROM review WHERE undone_at IS NULL AND study_day >= ?"
        " LIMIT ?)",
        (since, rows),
    ).fetchone()
    return bool(row[0] == rows)


def packed_log(db: sqlite3.Connection, cards: Iterable[int], long: int) -> Iterator[Packed]:
    """The whole log of some cards in blocks, without what does not count.

    Args:
        db: Where.
        cards: Row ids.
        long: Seconds from which on an interval is long.
    """
    places = sorted(cards)
    within = " AND card IN (SELECT value FROM json_each(:cards))"
    reviews = f"SELECT card, id, {_number(_OF_REVIEW)} AS row {counted('review')}{within}"
    resets = f"SELECT card, id, {_number({})} AS row {counted('action')}{within}"
    for start in range(0, len(places), _BLOCK):
        values = {"long": long, "cards": json.dumps(places[start : start + _BLOCK])}
        some = db.execute(f"SELECT EXISTS ({resets})", values).fetchone()[0]
        rows = f"{reviews} UNION ALL {resets}" if some else reviews
        found = db.execute(
            f"SELECT group_concat(card), group_concat(row) FROM ({rows} ORDER BY card, id)", values
        ).fetchone()
        if found[0] is not None:
            yield Packed(*found)


def _number(values: dict[str, str]) -> str:
    """The study day and the fields as one number; 0 for those that are not given."""
    number = "study_day"
    for name, bits in FIELDS:
        number = f"({number} * {2**bits} + {values.get(name, 0)})"
    return number
