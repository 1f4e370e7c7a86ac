"""What a shared folder holds already, while that is not known from before."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType
from typing import Self

from flashsafety.store.shared import TABLES, Record, set_hash


class There:
    """The records found in a folder by what identifies them, kept on disk for there may be many."""

    def __init__(self, db: sqlite3.Connection, wanted: bool) -> None:
        """Take the database, and whether anybody will ask."""
        self._db, self._wanted = db, wanted

    def __enter__(self) -> Self:
        if self._wanted:
            self._db.execute(
                "CREATE TEMP TABLE there (key TEXT PRIMARY KEY, mark INTEGER) STRICT, WITHOUT ROWID"
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._wanted and error is None:  # else the transaction takes it away
            self._db.execute("DROP TABLE temp.there")

    def add(self, record: Mapping[str, object]) -> None:
        """A record that was found."""
        if self._wanted and (key := _key(record)):
            self._db.execute(
                "INSERT INTO temp.there VALUES (?, ?) ON CONFLICT DO UPDATE"
                " SET mark = ifnull(mark, excluded.mark)",
                (key, _mark(record)),
            )

    def lacking(self, records: Iterable[Record]) -> Iterator[Record]:
        """Those of the records that were not found, or not with their marks."""
        for record in records:
            row = self._db.execute(
                "SELECT mark FROM temp.there WHERE key = ?", (_key(record),)
            ).fetchone()
            if row is None or (row[0] is None and _mark(record) is not None):
                yield record


def _key(record: Mapping[str, object]) -> str:
    name = record.get("t")
    if name == "parameters":
        return set_hash(record)
    if not isinstance(name, str) or name not in TABLES:
        return ""
    return "/".join((name, *(str(record.get(column)) for column in TABLES[name].key)))


def _mark(record: Mapping[str, object]) -> object:
    column = TABLES[str(record["t"])].mark if record.get("t") in TABLES else None
    return record.get(column) if column else None
