"""Cards as lines of a list: the few that are on the screen, read together."""

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from flashsafety.store.due import STATE, states
from flashsafety.terms import CardKey, CardState


class LineRow(NamedTuple):
    """A card as a list shows it."""

    id: int
    key: CardKey
    module: str
    content: str
    """JSON of the note."""
    state: CardState


def read_lines(db: sqlite3.Connection, cards: Sequence[int]) -> list[LineRow]:
    """The cards with these row ids, in no order that means anything."""
    among = "WHERE card.id IN (SELECT value FROM json_each(?))"
    values = (json.dumps(list(cards)),)
    found = dict(states(db.execute(f"SELECT {STATE}, id FROM card {among}", values)))
    rows = db.execute(
        "SELECT card.id, card.key, card.module, note.content"
        f" FROM card JOIN note ON note.id = card.note {among}",
        values,
    )
    return [LineRow(row[0], row[1], row[2], row[3], found[row[0]]) for row in rows]
