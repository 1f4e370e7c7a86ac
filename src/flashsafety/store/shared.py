"""The rows that devices share: read for others with names in place of numbers, and taken in.

Numbers of cards, devices and parameter sets are a database's own. In a record a card is its key, a
device its name, a set the hash of what is in it, and an id is hexadecimal.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple

from flashsafety.store.faults import in_words
from flashsafety.store.plausible import is_card_key, refuse_row, refuse_set

Record = dict[str, object]


class Unresolved(Exception):  # noqa: N818, it is no error: what it refers to is still to come
    """A record refers to one that is not here yet."""


class Table(NamedTuple):
    """A table whose rows are never changed but for marks, which are set once."""

    key: tuple[str, ...]
    mark: str | None = None
    """An instant that is set once; of two the earlier one counts."""
    owner: str = "id"
    """The column by which the outbox names its rows."""


TABLES: Mapping[str, Table] = {
    "review": Table(("id",), "undone_at"),
    "given": Table(("review",), owner="review"),
    "action": Table(("id",), "undone_at"),
    "plan": Table(("id",), "undone_at"),
    "attempt": Table(("id",), "handed_in_at"),
    "attempt_card": Table(("attempt", "place"), owner="attempt"),
    "answer": Table(("attempt", "place", "number"), owner="attempt"),
}
"""In the order in which they are written: what is referred to comes first."""

_OF_OUTBOX: Mapping[str, tuple[str, ...]] = {
    "review": ("review", "given"),
    "action": ("action", "plan"),
    "attempt": ("attempt", "attempt_card", "answer"),
}
"""The tables of what the outbox names."""


class Rows:
    """The shared rows of one open database."""

    def __init__(self, db: sqlite3.Connection, device: int, name: str) -> None:
        """Take the database, the row id of this device, and its name among all devices."""
        self._db = db
        self._names: dict[int, str] = dict(db.execute("SELECT id, name FROM device").fetchall())
        self._names[device] = name
        self._devices = {name: number for number, name in self._names.items()}
        self._of_set = [name for name in _columns(db, "parameters") if name != "id"]
        self._hashes: dict[int, str] = {}
        self._sets: dict[str, int] = {}
        self._set_records: dict[str, Record] = {}
        self._know_sets()
        self._columns = {table: _columns(db, table) for table in TABLES}
        self._cards: dict[str, int] = {}
        self.received = 0
        """Rows that were new, or newly marked."""
        self.touched: set[int] = set()
        """Cards whose log has changed."""
        self.started = False
        """A module was opened, or its opening undone."""
        self.new_sets = 0

    # ---- out ---------------------------------------------------------------------------------

    def waiting(self) -> Iterator[tuple[str, str]]:
        """Name and key of what is in the outbox, each once, in the order in which it came."""
        yield from self._db.execute(
            "SELECT name, key FROM outbox GROUP BY name, key ORDER BY min(id)"
        ).fetchall()

    def records(self, name: str, key: str) -> Iterator[Record]:
        """What the outbox names, as records."""
        if name == "parameters":
            yield self.set_record(self._hashes[int(key)])
            return
        for table in _OF_OUTBOX[name]:
            condition = f"{TABLES[table].owner} = ?"
            yield from self._select(table, condition, (bytes.fromhex(key),))

    def everything(self) -> Iterator[Record]:
        """Every row that is shared, and the sets of parameters, as records."""
        yield from self._set_records.values()
        for table in TABLES:
            yield from self._select(table, "1", ())

    def set_record(self, hashed: str) -> Record:
        """A parameter set as a record."""
        return self._set_records[hashed]

    def _select(self, table: str, condition: str, values: tuple[object, ...]) -> Iterator[Record]:
        columns = self._columns[table]
        rows = self._db.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE {condition}", values
        )
        for row in rows:
            record: Record = {"t": table}
            for column, value in zip(columns, row, strict=True):
                record[column] = self._outward(column, value)
            yield record

    def _outward(self, column: str, value: object) -> object:
        if isinstance(value, bytes):
            return value.hex()
        if isinstance(value, int):
            if column == "card":
                query = "SELECT key FROM card WHERE id = ?"
                return self._db.execute(query, (value,)).fetchone()[0]
            if column == "device":
                return self._names[value]
            if column == "parameters":
                return self._hashes[value]
        return value

    def _know_sets(self) -> None:
        rows = self._db.execute(f"SELECT id, {', '.join(self._of_set)} FROM parameters ORDER BY id")
        for number, *values in rows.fetchall():
            known = zip(self._of_set, values, strict=True)
            self._know(number, {"t": "parameters", **dict(known)})

    def _know(self, number: int, record: Record) -> None:
        hashed = set_hash(record)
        self._hashes[number] = hashed
        self._sets.setdefault(hashed, number)
        self._set_records[hashed] = record

    # ---- in ----------------------------------------------------------------------------------

    def take(self, record: Mapping[str, object]) -> bool:
        """Add a record, or the mark that it brings; inside a transaction.

        Returns:
            Whether anything changed.

        Raises:
            Unresolved: It refers to what is not here.
            ValueError: It is no record of ours; nothing was written.
        """
        name = record.get("t")
        try:
            if name == "parameters":
                return self._take_set(record)
            if not isinstance(name, str) or name not in TABLES:
                raise ValueError("no such kind of record is known here; update flashsafety")
            return self._take_row(name, record)
        except (sqlite3.Error, OverflowError) as error:
            if in_words(error) is not None:  # the file's fault, not the record's
                raise
            if "FOREIGN KEY" in str(error):
                raise Unresolved from error
            raise ValueError(str(error)) from error

    def _take_row(self, name: str, record: Mapping[str, object]) -> bool:
        table, columns = TABLES[name], self._columns[name]
        row = {column: self._inward(name, column, record.get(column)) for column in columns}
        refuse_row(row)
        conflict = "NOTHING"
        if table.mark:
            mark = f"{name}.{table.mark}"
            conflict = (
                f"UPDATE SET {table.mark} = excluded.{table.mark}"
                f" WHERE excluded.{table.mark} < ifnull({mark}, 9223372036854775807)"
            )
        marks = ", ".join("?" * len(columns))
        changed = self._db.execute(
            f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})"
            f" ON CONFLICT ({', '.join(table.key)}) DO {conflict}",
            tuple(row.values()),
        ).rowcount
        self.received += changed
        if changed and name in ("review", "action"):
            card = row["card"]
            if isinstance(card, int):
                self.touched.add(card)
            else:
                self.started = True
        return changed > 0

    def _inward(self, table: str, column: str, value: object) -> object:
        blob = self._columns[table][column] == "BLOB"
        if column in ("card", "device", "parameters") or blob:
            if value is None:
                return None
            if not isinstance(value, str):
                raise ValueError(f'"{column}" is no text')
            if blob:
                return bytes.fromhex(value)
            if column == "card":
                return self._card(value)
            if column == "device":
                return self._device(value)
            if value not in self._sets:
                raise Unresolved
            return self._sets[value]
        return value

    def _card(self, key: str) -> int:
        if key not in self._cards:
            found = self._db.execute("SELECT id FROM card WHERE key = ?", (key,)).fetchone()
            self._cards[key] = int(found[0]) if found else self._new_card(key)
        return self._cards[key]

    def _new_card(self, key: str) -> int:
        """A card that no bank here holds: its log is kept until one does."""
        if not is_card_key(key):
            raise ValueError("there can be no such card")
        note = key.partition("/")[0]
        query = "INSERT INTO card (key, note) VALUES (?, ?)"
        return int(self._db.execute(query, (key, note)).lastrowid or 0)

    def _device(self, name: str) -> int:
        if name not in self._devices:
            if len(name) > 200 or not name.isprintable():
                raise ValueError("there can be no such device")
            query = "INSERT INTO device (name) VALUES (?)"
            number = int(self._db.execute(query, (name,)).lastrowid or 0)
            self._devices[name], self._names[number] = number, name
        return self._devices[name]

    def _take_set(self, record: Mapping[str, object]) -> bool:
        known: Record = {"t": "parameters", **{name: record.get(name) for name in self._of_set}}
        if set_hash(known) in self._sets:
            return False
        refuse_set(known)
        number = self._db.execute(
            f"INSERT INTO parameters ({', '.join(self._of_set)})"
            f" VALUES ({', '.join('?' * len(self._of_set))})",
            [known[name] for name in self._of_set],
        ).lastrowid
        self._know(int(number or 0), known)
        self.new_sets += 1
        return True


def set_hash(record: Mapping[str, object]) -> str:
    """What a parameter set is known by among devices: all that is in it.

    What it says nothing of does not count, so that a set keeps its name when the table grows.
    """
    said = {key: record[key] for key in sorted(record) if key != "t" and record[key] is not None}
    data = json.dumps(said)
    return sha256(data.encode()).hexdigest()[:32]


def _columns(db: sqlite3.Connection, table: str) -> dict[str, str]:
    """Column to type."""
    return {row[1]: row[2] for row in db.execute(f"PRAGMA table_info({table})")}
