"""All that the database holds of a learner and the bank, table by table, for other programs.

Each table is read by one SELECT, whose columns are named and explained here once: what is written
and what is said of it cannot differ.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, NamedTuple

from flashsafety.store.logs import FORCE

Kind = Literal["plain", "json", "truth", "phase", "id"]
"""How a column's value is written: as it is, as the document it holds, as true or false, by name,
as a UUID."""


class Column(NamedTuple):
    """A key of every object in a list."""

    key: str
    says: str
    """What it means, with unit and time base."""
    kind: Kind = "plain"
    sql: str = ""
    """The expression, where it is not the key."""


class Table(NamedTuple):
    """A list in the document."""

    key: str
    says: str
    """What one entry is."""
    source: str
    """The rest of the SELECT."""
    columns: tuple[Column, ...]


TABLES = (
    Table(
        "modules",
        "a unit of the syllabus, in study order",
        "module ORDER BY number",
        (
            Column("slug", "its name in ids"),
            Column("number", "place in the course"),
            Column("title", "as shown"),
            Column("section", "slug of the section it is in"),
            Column("section_title", "title of that section"),
            Column("optional", "true or false", "truth"),
            Column("lecture", "address of the recording, or null"),
            Column("prerequisites", "slugs of modules to do before", "json"),
            Column("started", "true when the learner opened it", "truth"),
        ),
    ),
    Table(
        "topics",
        "a subject within a module, in study order",
        "topic JOIN module ON module.slug = topic.module ORDER BY module.number, position",
        (
            Column("module", "slug of the module"),
            Column("slug", "its name in ids", sql="topic.slug"),
            Column("title", "as shown", sql="topic.title"),
        ),
    ),
    Table(
        "sources",
        "an entry of the bibliography",
        "source ORDER BY key",
        (
            Column("key", "by which notes name it"),
            Column("title", "of the work"),
            Column("authors", "names, or null"),
            Column("year", "of publication, or null"),
            Column("url", "address, or null"),
        ),
    ),
    Table(
        "notes",
        "an authored entry of the bank, retired ones too",
        "note ORDER BY id",
        (
            Column("id", "permanent name"),
            Column("type", "concept, question, choice, cloze, numeric, typed or ordering"),
            Column("module", "slug of its module"),
            Column("topics", "slugs of the topics it serves", "json"),
            Column("tags", "words", "json"),
            Column("prerequisites", "ids of notes to know before", "json"),
            Column("content", "as in its file, without keys at their defaults", "json"),
            Column("fingerprint", "hash of all that a learner is shown, pictures too"),
            Column("file", "path in the bank"),
            Column("line", "of the file, from 1"),
            Column("retired_at", "instant at which it left the bank, or null"),
        ),
    ),
    Table(
        "parameters",
        "a set of FSRS parameters; the weights of the last are in force",
        f"parameters ORDER BY {FORCE}",
        (
            Column("id", "by which reviews name it"),
            Column("weights", "the 21 numbers of FSRS-6", "json"),
            Column("desired_retention", "chance of recall at which a review falls due, 0 to 1"),
            Column("learning_steps", "seconds each", "json"),
            Column("relearning_steps", "seconds each", "json"),
            Column("maximum_interval", "days"),
            Column("made_at", "instant"),
            Column("made_from", "defaults, settings, optimize, or back: an earlier one's weights"),
            Column("fit", "what it was fitted to and what it was worth, or null", "json"),
        ),
    ),
    Table(
        "cards",
        "one prompt of a note, with its state: what follows from its reviews and actions",
        "card ORDER BY id",
        (
            Column("key", "note id, slash, facet: its permanent name"),
            Column("note", "id of the note"),
            Column("active", "false when the bank does not hold it now", "truth"),
            Column("phase", "new, learning, review or relearning", "phase"),
            Column("step", "index of the learning or relearning step, or null"),
            Column("stability", "days until recall falls to 0.9, or null"),
            Column("difficulty", "1 to 10, or null"),
            Column("due_at", "instant it is due, in learning and relearning, or null"),
            Column("due_day", "study day it is due, in review, or null"),
            Column("interval", "seconds last given"),
            Column("last_at", "instant of the last rating, or null"),
            Column("last_day", "study day of the last rating, or null"),
            Column("reps", "ratings since the last reset"),
            Column("lapses", "Again in review since the last reset"),
            Column("suspended", "true or false", "truth"),
            Column("buried_until", "first study day on which it shows again, or null"),
            Column("flag", "reason, or reason: text, or null"),
        ),
    ),
    Table(
        "reviews",
        "a rating, undone ones too, card by card",
        "review JOIN card ON card.id = review.card JOIN device ON device.id = review.device"
        " ORDER BY review.card, review.id",
        (
            Column("id", "UUIDv7; a card's reviews and actions count in the order of ids", "id",
                   "review.id"),
            Column("card", "key of the card", sql="card.key"),
            Column("rating", "1 Again, 2 Hard, 3 Good, 4 Easy"),
            Column("reviewed_at", "instant"),
            Column("utc_offset", "seconds east of UTC where the learner was"),
            Column("study_day", "study day"),
            Column("duration_ms", "milliseconds from showing to rating"),
            Column("phase", "before the rating", "phase", "review.phase"),
            Column("interval", "seconds given; whole days in review", sql="review.interval"),
            Column("fuzz", "days of the interval that chance added"),
            Column("parameters", "id of the set it was made under"),
            Column("device", "name of the computer, or of what it was imported from",
                   sql="device.name"),
            Column("origin", "review, cram (counts for nothing), anki or import"),
            Column("undone_at", "instant, or null; an undone rating counts for nothing"),
        ),
    ),
    Table(
        "given",
        "what was answered before a rating, where the program saw it; nothing is left open here",
        "given ORDER BY review",
        (
            Column("review", "id of the rating", "id"),
            Column("answer", "words, or indexes of options or items as the note counts them",
                   "json"),
            Column("wording", "fingerprint of the note as it was answered"),
        ),
    ),
    Table(
        "actions",
        "something done that is no rating, undone ones too",
        "action LEFT JOIN card ON card.id = action.card JOIN device ON device.id = action.device"
        " ORDER BY action.id",
        (
            Column("id", "UUIDv7", "id", "action.id"),
            Column("kind", "suspend, unsuspend, bury, unbury, flag, unflag, reset, set-due, start"),
            Column("card", "key of the card; null of a start", sql="card.key"),
            Column("module", "slug, of a start; else null", sql="action.module"),
            Column("value", "flag: its words; bury, set-due: a study day; suspend: leech, or null"),
            Column("at", "instant"),
            Column("utc_offset", "seconds east of UTC where the learner was"),
            Column("study_day", "study day"),
            Column("device", "name of the computer, or of what it was imported from",
                   sql="device.name"),
            Column("undone_at", "instant, or null"),
        ),
    ),
    Table(
        "plans",
        "what was decided about the days to come, undone ones too; the newest of a kind counts",
        "plan JOIN device ON device.id = plan.device ORDER BY plan.id",
        (
            Column("id", "UUIDv7", "id", "plan.id"),
            Column("kind", "pause, return (after a break) or ready (on a date)"),
            Column("ends", "first study day on which it no longer holds, from study_day on; null:"
                   " from study_day on none of its kind holds"),
            Column("reviews", "return: the most a day, or null: as many as are due"),
            Column("order", "return: the order of reviews, or null: as ever", sql="sorted"),
            Column("backlog", "return: reviews that were due when it was chosen, or null"),
            Column("modules", "ready: slugs, or null", "json", "ifnull(modules, 'null')"),
            Column("target", "ready: mean chance of recall on the day it ends, or null"),
            Column("peak", "ready: desired retention that it rises to, or null"),
            Column("at", "instant"),
            Column("study_day", "study day"),
            Column("device", "name of the computer", sql="device.name"),
            Column("undone_at", "instant, or null"),
        ),
    ),
)  # fmt: skip


def rows(db: sqlite3.Connection, table: Table) -> Iterator[tuple[object, ...]]:
    """The values of a table's columns as SQLite has them, entry by entry."""
    columns = ", ".join(column.sql or column.key for column in table.columns)
    return db.execute(f"SELECT {columns} FROM {table.source}")


@contextmanager
def snapshot(db: sqlite3.Connection) -> Iterator[None]:
    """What is read inside is of this moment, whatever other windows write meanwhile."""
    db.execute("BEGIN")
    try:
        db.execute("SELECT 1 FROM meta").fetchone()  # the moment is that of the first read
        yield
    finally:
        db.execute("COMMIT")
