"""Practice exams in the database: what may be asked, what was asked, and what was answered.

Nothing here writes to any table of scheduling.
"""

import json
import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from flashsafety.terms import Instant, Moment

_EXAM = "instr(content, '\"exam\":true') > 0 AND retired_at IS NULL"
"""As the index has it: notes that an exam may ask."""

_NEWEST = "SELECT attempt, place, given, ticked, score, max(number) FROM answer"
"""SQLite takes the other columns from the row of the highest number."""


class Unit(NamedTuple):
    """A module of the syllabus, with how many notes of it an exam may ask."""

    number: int
    slug: str
    title: str
    section: str
    section_title: str
    started: bool
    """Its new cards may come."""
    notes: int


class Eligible(NamedTuple):
    """A card that an exam may ask."""

    note: str
    module: str
    topic: str
    """The first that its note names."""
    card: int
    """Row id."""


class Subject(NamedTuple):
    """What a question is about. Sorts in the order of the syllabus."""

    number: int
    """Of the module."""
    position: int
    """Of the topic in it."""
    module: str
    module_title: str
    topic: str
    topic_title: str
    lecture: str | None


class Attempt(NamedTuple):
    """An exam that was drawn."""

    id: bytes
    """UUIDv7, 16 bytes."""
    modules: tuple[str, ...]
    """Slugs of those drawn from."""
    seconds: int | None
    """Time for answering; none without a limit."""
    begun_at: Instant
    utc_offset: int
    """Seconds east of UTC."""
    handed_in_at: Instant | None


class AskedRow(NamedTuple):
    """A question of an exam with its newest answer."""

    card: int
    given: str
    """JSON."""
    ticked: str | None
    """JSON."""
    score: float | None
    subject: Subject


class Tally(NamedTuple):
    """What came of the questions of one topic in one attempt."""

    attempt: bytes
    module: str
    topic: str
    asked: int
    answered: int
    judged: int
    score: float


# ---- what may be asked ---------------------------------------------------------------------------


def units(db: sqlite3.Connection, opened: Sequence[str]) -> tuple[Unit, ...]:
    """Every module of the syllabus in its order.

    Args:
        db: Where.
        opened: Slugs of the modules whose new cards may come.
    """
    rows = db.execute(
        "SELECT number, slug, title, section, section_title,"
        f" (SELECT count(*) FROM note WHERE note.module = slug AND {_EXAM} AND EXISTS"
        " (SELECT 1 FROM card WHERE card.note = note.id AND active = 1 AND suspended = 0))"
        " FROM module ORDER BY number"
    )
    return tuple(
        Unit(number, slug, title, section, section_title, slug in opened, notes)
        for number, slug, title, section, section_title, notes in rows
    )


def eligible(db: sqlite3.Connection, modules: Sequence[str]) -> list[Eligible]:
    """The cards of these modules that an exam may ask, suspended ones left out, by their keys."""
    marks = ",".join("?" * len(modules))
    rows = db.execute(
        "SELECT note.id, note.module, json_extract(note.topics, '$[0]'), card.id"
        " FROM note JOIN card ON card.note = note.id"
        f" WHERE note.module IN ({marks}) AND {_EXAM} AND active = 1 AND suspended = 0"
        " ORDER BY card.key",
        tuple(modules),
    )
    return [Eligible(*row) for row in rows]


# ---- attempts ------------------------------------------------------------------------------------


def add_attempt(
    db: sqlite3.Connection,
    attempt: Attempt,
    moment: Moment,
    device: int,
    cards: Sequence[tuple[int, str]],
) -> None:
    """Keep an exam that was drawn: its cards, each with its topic, in the order asked."""
    db.execute(
        "INSERT INTO attempt VALUES (?,?,?,?,?,?,?,NULL)",
        (
            attempt.id,
            json.dumps(attempt.modules),
            attempt.seconds,
            attempt.begun_at,
            attempt.utc_offset,
            moment.day,
            device,
        ),
    )
    db.executemany(
        "INSERT INTO attempt_card VALUES (?,?,?,?)",
        ((attempt.id, place, card, topic) for place, (card, topic) in enumerate(cards)),
    )


def add_answer(
    db: sqlite3.Connection,
    attempt: bytes,
    place: int,
    at: Instant,
    *,
    given: str,
    ticked: str | None = None,
    score: float | None = None,
) -> None:
    """Append what became of a question; from now on it counts."""
    db.execute(
        "INSERT INTO answer SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?"
        " FROM answer WHERE attempt = ? AND place = ?",
        (attempt, place, at, given, ticked, score, attempt, place),
    )


def mark_handed_in(db: sqlite3.Connection, attempt: bytes, at: Instant) -> None:
    """No answer is taken from now on."""
    db.execute("UPDATE attempt SET handed_in_at = ? WHERE id = ?", (at, attempt))


_ATTEMPT = "SELECT id, modules, seconds, begun_at, utc_offset, handed_in_at FROM attempt"


def read_attempt(db: sqlite3.Connection, attempt: bytes) -> Attempt:
    """An attempt that is there."""
    return _attempt(db.execute(f"{_ATTEMPT} WHERE id = ?", (attempt,)).fetchone())


def attempts(db: sqlite3.Connection) -> list[Attempt]:
    """Every attempt, the newest first."""
    return [_attempt(row) for row in db.execute(f"{_ATTEMPT} ORDER BY id DESC")]


def _attempt(row: tuple[bytes, str, int | None, Instant, int, Instant | None]) -> Attempt:
    return Attempt(row[0], tuple(json.loads(row[1])), *row[2:])


def asked(db: sqlite3.Connection, attempt: bytes) -> list[AskedRow]:
    """The questions of an attempt in their order; one that the syllabus has lost sorts last."""
    rows = db.execute(
        f"WITH newest AS ({_NEWEST} WHERE attempt = ?1 GROUP BY place)"
        " SELECT attempt_card.card, coalesce(given, 'null'), ticked, score,"
        " coalesce(module.number, 99999), coalesce(topic.position, 99999), card.module,"
        " coalesce(module.title, card.module), attempt_card.topic,"
        " coalesce(topic.title, attempt_card.topic), lecture"
        " FROM attempt_card JOIN card ON card.id = attempt_card.card"
        " LEFT JOIN newest ON newest.place = attempt_card.place"
        " LEFT JOIN module ON module.slug = card.module"
        " LEFT JOIN topic ON topic.module = card.module AND topic.slug = attempt_card.topic"
        " WHERE attempt_card.attempt = ?1 ORDER BY attempt_card.place",
        (attempt,),
    )
    return [
        AskedRow(card, given, ticked, score, Subject(*subject))
        for card, given, ticked, score, *subject in rows
    ]


def tallies(db: sqlite3.Connection) -> list[Tally]:
    """Every attempt by topic, in the order of the syllabus within an attempt."""
    rows = db.execute(
        f"WITH newest AS ({_NEWEST} GROUP BY attempt, place)"
        " SELECT attempt_card.attempt, card.module, attempt_card.topic, count(*),"
        " sum(coalesce(given, 'null') <> 'null'), count(score), total(score)"
        " FROM attempt_card JOIN card ON card.id = attempt_card.card"
        " LEFT JOIN newest ON newest.attempt = attempt_card.attempt"
        " AND newest.place = attempt_card.place"
        " LEFT JOIN module ON module.slug = card.module"
        " LEFT JOIN topic ON topic.module = card.module AND topic.slug = attempt_card.topic"
        " GROUP BY attempt_card.attempt, card.module, attempt_card.topic"
        " ORDER BY attempt_card.attempt, module.number, topic.position"
    )
    return [Tally(*row) for row in rows]
