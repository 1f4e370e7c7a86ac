"""The bank's mirror in the database: notes, their cards, the syllabus and the bibliography."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flashsafety.content.bank import Module
from flashsafety.content.source import Source
from flashsafety.store.lookalikes import mark_uncompared
from flashsafety.store.search_index import mark_unsearched
from flashsafety.terms import CardKey, Instant


@dataclass(frozen=True, slots=True)
class StoredNote:
    """What sync compares a note of the bank with."""

    id: str
    fingerprint: str
    file: str
    line: int
    retired: bool


class NoteRow(NamedTuple):
    """A note of the bank as it is stored."""

    id: str
    type: str
    module: str
    topics: tuple[str, ...]
    tags: tuple[str, ...]
    prerequisites: tuple[str, ...]
    content: str
    """JSON of the whole note."""
    fingerprint: str
    file: str
    line: int
    cards: tuple[CardKey, ...]


_STORED = "id, fingerprint, file, line, retired_at IS NOT NULL"


def stored_notes(db: sqlite3.Connection) -> dict[str, StoredNote]:
    """Every note that the database knows, by id."""
    return {row[0]: _stored(*row) for row in db.execute(f"SELECT {_STORED} FROM note")}


def stored_among(
    db: sqlite3.Connection, ids: Iterable[str], files: Iterable[str]
) -> dict[str, StoredNote]:
    """Those of them that have one of the ids or stand in one of the files."""
    found = {}
    for column, values in (("id", ids), ("file", files)):
        for value in values:
            for row in db.execute(f"SELECT {_STORED} FROM note WHERE {column} = ?", (value,)):
                found[row[0]] = _stored(*row)
    return found


def _stored(id_: str, fingerprint: str, file: str, line: int, retired: int) -> StoredNote:
    return StoredNote(id_, fingerprint, file, line, bool(retired))


def note_content(db: sqlite3.Connection, note: str) -> str:
    """JSON of a note as it is stored."""
    return str(db.execute("SELECT content FROM note WHERE id = ?", (note,)).fetchone()[0])


def active_contents(db: sqlite3.Connection) -> Iterator[str]:
    """JSON of every note that the bank holds."""
    for row in db.execute("SELECT content FROM note WHERE retired_at IS NULL"):
        yield row[0]


def active_keys(db: sqlite3.Connection) -> set[str]:
    """Keys of the cards that the bank holds."""
    return {row[0] for row in db.execute("SELECT key FROM card WHERE active = 1")}


def is_rated(db: sqlite3.Connection, note: str) -> bool:
    """True when a card of the note was ever rated."""
    row = db.execute("SELECT 1 FROM card WHERE note = ? AND phase > 0 LIMIT 1", (note,)).fetchone()
    return row is not None


def active_notes(db: sqlite3.Connection) -> int:
    """How many notes the bank holds."""
    return int(db.execute("SELECT count(*) FROM note WHERE retired_at IS NULL").fetchone()[0])


def add_change(db: sqlite3.Connection, note: str, kind: str, at: Instant, was: str) -> None:
    """Keep what happened to a note that the learner knows, until the learner has seen it."""
    db.execute("INSERT INTO change (note, kind, at, was) VALUES (?,?,?,?)", (note, kind, at, was))


def write_notes(db: sqlite3.Connection, rows: Collection[NoteRow], stored: Collection[str]) -> None:
    """Bring notes and their cards up to date. A card that exists keeps all its progress.

    What is there already as it should be is not written again: of a file in which one note was
    changed, that one and those whose lines it moved.

    Args:
        db: Inside a write transaction.
        rows: The notes.
        stored: Ids of those that the database knows already, and maybe of others.
    """
    there = _as_stored(db, [row.id for row in rows if row.id in stored])
    rows = [row for row in rows if row.id not in there or there[row.id] != _values(row)]
    if not rows:
        return
    db.executemany(
        "INSERT INTO note VALUES (?,?,?,?,?,?,?,?,?,?,NULL) ON CONFLICT (id) DO UPDATE SET"
        " type=excluded.type, module=excluded.module, topics=excluded.topics, tags=excluded.tags,"
        " prerequisites=excluded.prerequisites, content=excluded.content,"
        " fingerprint=excluded.fingerprint, file=excluded.file, line=excluded.line,"
        " retired_at=NULL",
        map(_values, rows),
    )
    # A facet that an edit took away leaves the queue; those that are there come back below.
    db.executemany(
        "UPDATE card SET active = 0 WHERE note = ? AND active = 1",
        ((row.id,) for row in rows if row.id in stored),
    )
    with _without_indexes(db, "card"):
        db.executemany(
            "INSERT INTO card (key, note, module, type, position, active) VALUES (?,?,?,?,?,1)"
            " ON CONFLICT (key) DO UPDATE SET note=excluded.note, module=excluded.module,"
            " type=excluded.type, position=excluded.position, active=1",
            (
                (key, row.id, row.module, row.type, f"{row.file}:{row.line:07}:{facet:03}")
                for row in rows
                for facet, key in enumerate(row.cards)
            ),
        )
    # All that a note is found by, and compared by, stands in its content.
    edited = [row.id for row in rows if row.id not in there or row.content != there[row.id][6]]
    mark_unsearched(db, edited)
    mark_uncompared(db, edited)


@contextmanager
def _without_indexes(db: sqlite3.Connection, table: str) -> Iterator[None]:
    """Fill a table that is empty without its indexes: made after, they take a quarter of the time.

    One that has rows keeps them.
    """
    if db.execute(f"SELECT max(rowid) FROM {table}").fetchone()[0] is not None:
        yield
        return
    indexes = db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql <> ''",
        (table,),
    ).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}")
    yield
    for _, sql in indexes:
        db.execute(sql)


_Values = tuple[str, str, str, str, str, str, str, str, str, int]
"""A row of ``note`` as far as the bank says what is in it."""


def _as_stored(db: sqlite3.Connection, ids: list[str]) -> dict[str, _Values]:
    """What is stored of notes that the bank holds, by id; nothing where its files are forgotten."""
    rows = db.execute(
        "SELECT id, type, module, topics, tags, prerequisites, content, fingerprint, file, line"
        " FROM note WHERE retired_at IS NULL AND id IN (SELECT value FROM json_each(?))"
        " AND EXISTS (SELECT 1 FROM file WHERE path = note.file)",
        (json.dumps(ids),),
    )
    return {row[0]: row for row in rows}


def _values(row: NoteRow) -> _Values:
    return (
        row.id,
        row.type,
        row.module,
        _as_json(row.topics),
        _as_json(row.tags),
        _as_json(row.prerequisites),
        row.content,
        row.fingerprint,
        row.file,
        row.line,
    )


@lru_cache(maxsize=256)
def _as_json(values: tuple[str, ...]) -> str:
    """A list as JSON. Notes of a file mostly share theirs, so few are ever made."""
    return json.dumps(values)


def retire_notes(db: sqlite3.Connection, ids: Iterable[str], at: Instant) -> None:
    """Take notes and their cards out of the queue; rows and logs stay."""
    ids = list(ids)
    db.executemany("UPDATE note SET retired_at = ? WHERE id = ?", ((at, note) for note in ids))
    db.executemany("UPDATE card SET active = 0 WHERE note = ?", ((note,) for note in ids))


def write_syllabus(db: sqlite3.Connection, modules: Iterable[Module]) -> None:
    """Replace the syllabus. ``module.started`` is for the caller to bring up to date."""
    modules = list(modules)
    db.execute("DELETE FROM module")
    db.execute("DELETE FROM topic")
    db.executemany(
        "INSERT INTO module VALUES (?,?,?,?,?,?,?,?,0)",
        (
            (
                m.slug,
                m.number,
                m.title,
                m.section,
                m.section_title,
                int(m.optional),
                m.lecture,
                json.dumps(m.prerequisites),
            )
            for m in modules
        ),
    )
    db.executemany(
        "INSERT INTO topic VALUES (?,?,?,?)",
        (
            (m.slug, topic.slug, topic.title, position)
            for m in modules
            for position, topic in enumerate(m.topics)
        ),
    )


def write_sources(db: sqlite3.Connection, sources: Iterable[Source]) -> None:
    """Replace the bibliography."""
    db.execute("DELETE FROM source")
    db.executemany(
        "INSERT INTO source VALUES (?,?,?,?,?)",
        ((s.key, s.title, s.authors, s.year, s.url) for s in sources),
    )
