"""What no flashsafety writes into a database: a copy that holds it was made by somebody.

On such a row each command that meets it would fail in its own way. All are looked at before a copy
is put in force, by the doctor, and when something has failed already.
"""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Literal

from flashsafety.content.notes import read_note
from flashsafety.errors import UnusableDataError
from flashsafety.store import checks
from flashsafety.store.faults import in_words
from flashsafety.store.open import connect
from flashsafety.store.plausible import FARTHEST, FARTHEST_DAY, refuse_row, refuse_set

MADE_AGAIN = frozenset({
    "card", "card_name", "card_text", "change", "file", "look_alike", "meta", "module", "note",
    "rollup_change", "rollup_hour", "rollup_mark", "rollup_module", "rollup_recall",
    "rollup_stage", "source", "telling", "telling_word", "topic", "uncompared", "unsearched",
})  # fmt: skip
"""Tables that follow from the bank and the log, by and by; of cards the name does not."""

_MOST = 20
"""So many are told."""
_LONGEST = 10**6
"""Bytes of a text: a note of the longest texts that a file may hold has a tenth of it."""
_DAY = 86_400
"""Seconds."""
_INSTANTS = dict.fromkeys(
    (
        *("at", "begun_at", "due_at", "handed_in_at", "last_at", "made_at", "retired_at"),
        *("reviewed_at", "seen_at", "undone_at"),
    ),
    (0, FARTHEST),
)
_DAYS = dict.fromkeys(
    ("buried_until", "due_day", "ends", "last_day", "study_day"), (0, FARTHEST_DAY)
)
_WITHIN = {
    **_INSTANTS, **_DAYS,
    "utc_offset": (-_DAY, _DAY), "interval": (0, FARTHEST_DAY * _DAY),
}  # fmt: skip
_BOUNDS = {"INTEGER": 2**53, "REAL": 10**9}
_UNBOUND = {"mtime_ns"}
"""What a file system tells."""
_LOGGED = {"action", "answer", "attempt", "attempt_card", "given", "plan"}
"""What is written seldom enough to be looked at one by one; of reviews there may be millions."""
_PLACED = {"file", "source"}
"""What holds paths within the bank, or addresses."""
_DEVICE = re.compile(r"[0-9A-Za-z-]{1,60}")
"""What a device is called in a shared folder, and so its own folder there."""
_LISTS = {
    "note": ("topics", "tags", "prerequisites"), "module": ("prerequisites",),
    "attempt": ("modules",),
}  # fmt: skip


def refusal(path: str) -> UnusableDataError | None:
    """Why a command that failed could not but fail on a database; none when that is sound.

    Then the failure is a bug of ours.
    """
    if not Path(path).exists():
        return None
    try:
        with closing(connect(path)) as db:  # of one that only reads SQLite checks no condition
            db.execute("PRAGMA query_only = ON")
            fault = _first_fault(db)
    except sqlite3.Error as error:
        return in_words(error, path)
    if fault is None:
        return None
    return UnusableDataError(
        f"the database is not as flashsafety writes it: {fault}",
        where=path,
        mend="'flashsafety doctor' says how to mend it; 'flashsafety doctor --salvage FILE' saves"
        " what is sound in it",
    )


def _first_fault(db: sqlite3.Connection) -> str | None:
    faults = (
        *(f"{name} was added by somebody" for name in checks.foreign_parts(db)),
        *(f"{name} is missing or another table" for name in checks.odd_tables(db)),
    ) or (*checks.integrity(db), *checks.dangling(db))
    return next(iter(faults or impossible_rows(db)), None)


def impossible_rows(db: sqlite3.Connection, *, but: frozenset[str] = frozenset()) -> list[str]:
    """What in a database of ours cannot be, in words: the first of it, by table.

    Args:
        db: With the tables that its format has.
        but: Tables that are left out; of cards all but their names is.
    """
    with _bounded(db):
        found = (
            words
            for table, columns in checks.columns_of(db).items()
            if table not in but - {"card"}
            for of, words in _of_table(db, table, columns)
            if of not in but
        )
        return list(islice(found, _MOST))


def impossible_among(db: sqlite3.Connection, table: Literal["note", "change"]) -> list[int]:
    """Row ids of the notes, or of what is told of them, that cannot be."""
    columns = checks.columns_of(db)[table]
    with _bounded(db):
        numbers = [row[0] for row in db.execute(f"SELECT rowid FROM {table}").fetchall()]
        return [
            number
            for number in numbers
            if any(_of_table(db, table, columns, f" AND {table}.rowid = {number:d}"))
        ]


@contextmanager
def _bounded(db: sqlite3.Connection) -> Iterator[None]:
    """Let no value be read that is longer than any of ours, several times over."""
    most = db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 10 * _LONGEST)
    try:
        yield
    finally:
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, most)


def _of_table(
    db: sqlite3.Connection, table: str, columns: dict[str, str], among: str = ""
) -> Iterator[tuple[str, str]]:
    """Table and words; of a card's own name the table is called ``names``."""
    beyond = False
    try:
        for name in _beyond(db, table, columns, among):
            beyond = True
            named = table == "card" and name in ("id", "key", "note")
            yield "names" if named else table, f"{name} in {table} is beyond all bounds"
        if not beyond:
            yield from ((table, words) for words in _unreadable(db, table, columns, among))
    except sqlite3.DataError:
        yield table, f"a text in {table} is without end"
    except sqlite3.OperationalError:  # what Python says of bytes that are no UTF-8
        yield "names" if table == "card" else table, f"a text in {table} is none"


def _beyond(
    db: sqlite3.Connection, table: str, columns: dict[str, str], among: str
) -> Iterator[str]:
    """Columns with numbers too large for a calendar or a replay, or with texts without end."""
    for name, kind in columns.items():
        if name in _UNBOUND:
            continue
        most = _BOUNDS.get(kind, _LONGEST)
        value = name if kind in _BOUNDS else f"length(CAST({name} AS BLOB))"
        found = f"SELECT 1 FROM {table} WHERE {value} NOT BETWEEN ? AND ?{among} LIMIT 1"
        if db.execute(found, _WITHIN.get(name, (-most, most))).fetchone():
            yield name
    if table == "review" and db.execute("SELECT 1 FROM review WHERE id >= x'80'").fetchone():
        yield "id"


def _unreadable(
    db: sqlite3.Connection, table: str, columns: dict[str, str], among: str
) -> Iterator[str]:
    """Rows that say what ours never say."""
    if table == "review":
        return  # numbers, and a word that SQLite holds to a list
    for values in db.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE 1{among}"):
        try:
            _refuse(table, dict(zip(columns, values, strict=True)))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            ours = type(error) is ValueError  # not that of a reader, which speaks of its own parts
            why = str(error)[:100] if ours else "what it holds cannot be read"
            yield f"a row of {table} cannot be: {why}"


def _refuse(table: str, row: dict[str, object]) -> None:
    """Raise ValueError, or what reading it raises, when a row says what ours never say."""
    if table in _LOGGED:
        refuse_row(row)
    elif table == "parameters":
        refuse_set(row)
    elif table == "note":
        _refuse_note(row)
    elif table == "change":
        read_note(str(row["was"]))
    elif table == "folder" and not _DEVICE.fullmatch(str(row["name"])):
        raise ValueError("its name is no device's")
    elif table == "meta" and row["key"] == "roots":
        _refuse_no_list(row, "value")
    elif table in _PLACED:
        _refuse_way_out(row)
    for name in _LISTS.get(table, ()):
        _refuse_no_list(row, name)


def _refuse_note(row: dict[str, object]) -> None:
    """Raise ValueError when a note cannot be read, or is of another than its row says."""
    note = read_note(str(row["content"]))
    if (note.id, note.type) != (row["id"], row["type"]):
        raise ValueError("its content is another note's")
    _refuse_way_out(row)


def _refuse_way_out(row: dict[str, object]) -> None:
    """Raise ValueError where a path leads out of its folder, or an address is none of the web."""
    for name in ("file", "path"):
        path = row.get(name)
        if isinstance(path, str) and (path.startswith("/") or ".." in path.split("/")):
            raise ValueError(f"{name} leads out of the bank")
    url = row.get("url")
    if isinstance(url, str) and not re.match("https?://", url, re.IGNORECASE):
        raise ValueError("url is no web address")


def _refuse_no_list(row: dict[str, object], name: str) -> None:
    """Raise ValueError when a text is no list of texts."""
    found = json.loads(str(row[name])) if row[name] is not None else []
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise ValueError(f"{name} is no list of names")
