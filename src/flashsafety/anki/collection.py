"""A collection of Anki's, read as what it may be: a stranger's database.

It is opened read-only, nothing of it is run (a view or a virtual table in place of a table is
refused), and a row whose values are of other types than Anki's is left out and counted. Both the
legacy schema (11) and the current one (18) have the four tables that are read here.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from flashsafety.anki.theirs import Rated, TheirCard, TheirNote
from flashsafety.clock import Clock
from flashsafety.errors import UnusableDataError
from flashsafety.terms import StudyDay

_TABLES = {
    "col": ("crt",),
    "notes": ("id", "guid", "mid", "flds"),
    "cards": ("id", "nid", "ord", "mod", "type", "queue", "due", "odue", "odid", "data"),
    "revlog": ("id", "cid", "ease", "ivl", "factor", "time", "type"),
}
_DAY = 86_400
_LONGEST_VALUE = 16 << 20
"""Bytes of a field; Anki's own editor is slow beyond a few thousand."""
_STEPS, _STEPS_A_BYTE = 10_000_000, 10
"""Instructions of SQLite's machine for one file, and more for each of its bytes; all that is asked
takes less than one a byte. Pages that lead to the same page again and again hold rows without end.
"""


class _CardRow(NamedTuple):
    id: int
    nid: int
    ord: int
    mod: int
    type: int
    queue: int
    due: int
    odue: int
    odid: int
    data: str


@dataclass(slots=True)
class Collection:
    """An open collection."""

    db: sqlite3.Connection
    first_day: StudyDay
    """The study day that Anki counts as day 0."""
    odd_rows: int = 0
    """Rows that were left out, since their values are of the wrong type."""
    _qid_fields: dict[int, int] = field(default_factory=dict)

    def notes(self) -> Iterator[TheirNote]:
        """Every note, with its QID where its note type has such a field."""
        for row in self.db.execute("SELECT id, guid, mid, flds FROM notes"):
            number, guid, kind, fields = row
            if not (isinstance(number, int) and isinstance(guid, str) and isinstance(fields, str)):
                self.odd_rows += 1
                continue
            place = self._qid_fields.get(kind)
            parts = fields.split("\x1f") if place is not None else []
            qid = parts[place] if place is not None and place < len(parts) else ""
            yield TheirNote(number, guid, qid)

    def cards(self, notes: set[int]) -> Iterator[TheirCard]:
        """The cards of some notes, each with its rows of the log, oldest first."""
        cards = {}
        for row in map(_CardRow._make, self.db.execute(f"SELECT {_columns('cards')} FROM cards")):
            if set(map(type, row[:9])) != {int}:
                self.odd_rows += 1
            elif row.nid in notes:
                cards[row.id] = row
        logs = self.db.execute(
            "SELECT cid, id, ease, ivl, factor, time, type FROM revlog ORDER BY cid, id"
        )
        for number, rows in groupby(logs, key=itemgetter(0)):
            card = cards.pop(number, None)
            if card is not None:
                yield self._card(card, rows)
        for card in cards.values():
            yield self._card(card, ())

    def _card(self, card: _CardRow, log: "Iterator[tuple[int, ...]] | tuple[()]") -> TheirCard:
        rows = []
        for row in log:
            if set(map(type, row)) == {int}:
                rows.append(Rated._make(row[1:]))
            else:
                self.odd_rows += 1
        due = card.odue if card.odid else card.due  # in a filtered deck its own is a placeholder
        in_review = card.type == 2
        stability, difficulty = _memory(card.data)
        return TheirCard(
            card.nid,
            card.ord,
            card.mod,
            card.queue == -1,
            StudyDay(self.first_day + due) if in_review else None,
            stability,
            difficulty,
            tuple(rows),
        )


@contextmanager
def open_collection(path: str, clock: Clock) -> Iterator[Collection]:
    """Open a collection.

    Args:
        path: A SQLite file out of a package.
        clock: The learner's zone, for a collection that does not say its own.

    Raises:
        UnusableDataError: It is no collection, or damaged.
    """
    db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        _distrust(db, Path(path).stat().st_size)
        _check_tables(db)
        yield Collection(db, _first_day(db, clock), 0, _qid_fields(db))
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise UnusableDataError(
            f"the collection in the file is damaged: {error}", mend="export it from Anki again"
        ) from None
    finally:
        db.close()


def _distrust(db: sqlite3.Connection, size: int) -> None:
    """Set what SQLite advises for a stranger's file, of so many bytes.

    Source: sqlite.org, "Defense Against The Dark Arts".
    """
    db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
        db.execute(f"PRAGMA {pragma}")
    left = [(_STEPS + _STEPS_A_BYTE * size) // 1_000_000]

    def still_patient() -> int:
        left[0] -= 1
        return int(left[0] < 0)

    db.set_progress_handler(still_patient, 1_000_000)
    # Anki orders some names by it; without it those tables cannot be read.
    db.create_collation("unicase", _by_case)


def _by_case(first: str, second: str) -> int:
    a, b = first.casefold(), second.casefold()
    return (a > b) - (a < b)


def _check_tables(db: sqlite3.Connection) -> None:
    """Refuse what only looks like Anki's tables."""
    for table, columns in _TABLES.items():
        row = db.execute("SELECT type, sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        plain = row is not None and row[0] == "table" and _is_stored(row[1])
        stored = {
            name
            for _, name, _, _, _, _, hidden in db.execute(f"PRAGMA table_xinfo({table})")
            if hidden == 0
        }
        if not plain or not stored.issuperset(columns):
            raise UnusableDataError(
                f'the file holds no table "{table}" such as Anki has',
                mend="export it from Anki again",
            )


def _is_stored(sql: object) -> bool:
    """Whether a table is one of rows: virtual ones run code over what the file holds."""
    # SQLite itself begins the text of every other table so, whatever was typed.
    return isinstance(sql, str) and sql.startswith("CREATE TABLE ")


def _first_day(db: sqlite3.Connection, clock: Clock) -> StudyDay:
    """The calendar day, where the learner was, that the collection counts from."""
    crt = db.execute("SELECT crt FROM col").fetchone()
    if crt is None or type(crt[0]) is not int or not 0 <= crt[0] < 1 << 40:
        raise UnusableDataError(
            "the collection does not say when it began", mend="export it from Anki again"
        )
    west, rollover = _setting(db, "creationOffset"), _setting(db, "rollover")
    east = clock.offset_at(crt[0] * 1000) if west is None else -60 * west
    return StudyDay((crt[0] + east - 3600 * (4 if rollover is None else rollover)) // _DAY)


def _setting(db: sqlite3.Connection, key: str) -> int | None:
    """A number among the collection's settings, in a range that hours and minutes have."""
    if _has(db, "config"):
        row = db.execute("SELECT val FROM config WHERE key = ?", (key,)).fetchone()
        value = _json(row[0]) if row else None
    else:
        settings = _json(db.execute("SELECT conf FROM col").fetchone()[0])
        value = settings.get(key) if isinstance(settings, dict) else None
    return value if type(value) is int and abs(value) <= 24 * 60 else None


def _qid_fields(db: sqlite3.Connection) -> dict[int, int]:
    """Note type to the place of its field QID, where it has one."""
    if _has(db, "fields"):
        rows = db.execute("SELECT ntid, ord, name FROM fields")
        return {kind: place for kind, place, name in rows if name == "QID"}
    kinds = _json(db.execute("SELECT models FROM col").fetchone()[0])
    found = {}
    for number, kind in kinds.items() if isinstance(kinds, dict) else ():
        parts = kind.get("flds") if isinstance(kind, dict) else None
        for place, part in enumerate(parts if isinstance(parts, list) else ()):
            if isinstance(part, dict) and part.get("name") == "QID" and number.isdigit():
                found[int(number)] = place
    return found


def _memory(data: object) -> tuple[float | None, float | None]:
    """Stability in days and difficulty; one without the other counts as none."""
    kept = _json(data) if data else None
    if not isinstance(kept, dict):
        return None, None
    s, d = kept.get("s"), kept.get("d")
    sound = isinstance(s, int | float) and isinstance(d, int | float) and s > 0
    return (float(s), float(d)) if sound else (None, None)  # type: ignore[arg-type]


def _json(text: object) -> object:
    try:
        return json.loads(text) if isinstance(text, str | bytes) else None
    except (ValueError, RecursionError):
        return None


def _has(db: sqlite3.Connection, table: str) -> bool:
    rows = db.execute("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    return any(_is_stored(sql) for (sql,) in rows)


def _columns(table: str) -> str:
    return ", ".join(_TABLES[table])
