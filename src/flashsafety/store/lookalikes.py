"""Notes that may be taken for each other, kept beside the notes they follow from.

A note that was written stands in ``uncompared`` until it is taken in here. Notes that have left the
bank stay: who reads leaves them out, and they need not be compared again when they return.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from flashsafety.terms import CardKey

COMMON = 64
"""Notes: a word that more of them have tells nothing, and comparing costs."""


def mark_uncompared(db: sqlite3.Connection, notes: Iterable[str]) -> None:
    """These notes were written; inside the transaction that did."""
    db.executemany("INSERT OR IGNORE INTO uncompared VALUES (?)", ((note,) for note in notes))


def any_uncompared(db: sqlite3.Connection) -> bool:
    """Whether the pairs lag behind the notes."""
    return db.execute("SELECT 1 FROM uncompared LIMIT 1").fetchone() is not None


def uncompared(db: sqlite3.Connection, limit: int) -> list[tuple[str, str, str | None]]:
    """Some of the notes to be taken in: id, stored JSON, and the words of the last time."""
    return db.execute(
        "SELECT note.id, note.content, telling.words"
        " FROM uncompared JOIN note ON note.id = uncompared.note"
        " LEFT JOIN telling ON telling.note = note.id LIMIT ?",
        (limit,),
    ).fetchall()


def mark_compared(db: sqlite3.Connection, notes: Iterable[str]) -> None:
    """These are taken in."""
    db.executemany("DELETE FROM uncompared WHERE note = ?", ((note,) for note in notes))


def pass_over(db: sqlite3.Connection) -> None:
    """Wait no more for notes that are not there; inside a transaction."""
    db.execute("DELETE FROM uncompared WHERE note NOT IN (SELECT id FROM note)")


def words_of(db: sqlite3.Connection, notes: Iterable[str]) -> dict[str, frozenset[str]]:
    """The telling words of notes as they were taken in; without those that were not."""
    rows = db.execute(
        "SELECT note, words FROM telling WHERE note IN (SELECT value FROM json_each(?))",
        (json.dumps(list(notes)),),
    )
    return {note: frozenset(words.split()) for note, words in rows}


def forget(db: sqlite3.Connection, words: Mapping[str, frozenset[str]]) -> None:
    """Let go of notes' pairs and of these words, which are those that they had."""
    rows = ((word, note) for note, has in words.items() for word in has)
    db.executemany("DELETE FROM telling_word WHERE word = ? AND note = ?", rows)
    db.executemany(
        "DELETE FROM look_alike WHERE (note, other) IN"
        " (SELECT other, note FROM look_alike WHERE note = ?)",
        ((note,) for note in words),
    )
    db.executemany("DELETE FROM look_alike WHERE note = ?", ((note,) for note in words))


def holders(db: sqlite3.Connection, words: Iterable[str]) -> dict[str, list[str] | None]:
    """By word the notes that have it, for words that any has; none where ``COMMON`` have it."""
    rows = db.execute(
        "SELECT word, count(*), group_concat(note, ' ') FROM telling_word"
        " WHERE word IN (SELECT value FROM json_each(?)) GROUP BY word",
        (json.dumps(list(words)),),
    )
    return {word: None if count > COMMON else notes.split(" ") for word, count, notes in rows}


def write_words(
    db: sqlite3.Connection,
    words: Mapping[str, frozenset[str]],
    having: Mapping[str, Sequence[str]],
) -> None:
    """Keep the words of notes that have none yet.

    Args:
        db: Inside a transaction.
        words: All of them, by note.
        having: By word the notes to be found by it; of a word that many have, as many as show that
            it tells nothing.
    """
    db.executemany(
        "INSERT OR REPLACE INTO telling VALUES (?,?)",
        ((note, " ".join(sorted(has))) for note, has in words.items()),
    )
    rows = ((word, note) for word, notes in sorted(having.items()) for note in notes)
    db.executemany("INSERT INTO telling_word VALUES (?,?)", rows)


def write_pairs(db: sqlite3.Connection, pairs: Iterable[tuple[str, str, float]]) -> None:
    """Keep look-alikes, with the share of telling words that they have in common."""
    both = [
        each for one, other, share in pairs for each in ((one, other, share), (other, one, share))
    ]
    db.executemany("INSERT OR REPLACE INTO look_alike VALUES (?,?,?)", both)


def forget_all(db: sqlite3.Connection) -> None:
    """Let go of all pairs and mark every note of the bank to be taken in; in a transaction."""
    for table in ("look_alike", "telling", "telling_word"):
        db.execute(f"DELETE FROM {table}")
    db.execute("INSERT OR IGNORE INTO uncompared SELECT id FROM note WHERE retired_at IS NULL")


def alike_to(db: sqlite3.Connection, note: str) -> list[str]:
    """The look-alikes of a note that are in the bank, the most alike first."""
    rows = db.execute(
        "SELECT other FROM look_alike JOIN note ON note.id = look_alike.other"
        " WHERE look_alike.note = ? AND retired_at IS NULL ORDER BY likeness DESC, other",
        (note,),
    )
    return [row[0] for row in rows]


def named(db: sqlite3.Connection, term: str) -> list[str]:
    """Concepts of the bank whose term, or a synonym of it, is this; in any case."""
    rows = db.execute(
        "SELECT id FROM note WHERE type = 'concept' AND retired_at IS NULL"
        " AND (lower(json_extract(content, '$.term')) = ?1 OR EXISTS"
        " (SELECT 1 FROM json_each(content, '$.also') AS also WHERE lower(also.value) = ?1))"
        " ORDER BY id",
        (term.lower(),),
    )
    return [row[0] for row in rows]


def cards_of(db: sqlite3.Connection, note: str) -> list[CardKey]:
    """Keys of the cards of a note that are in the bank, in the order in which it yields them."""
    rows = db.execute(
        "SELECT key FROM card WHERE note = ? AND active = 1 ORDER BY position", (note,)
    )
    return [CardKey(row[0]) for row in rows]
