"""Sums over the log by study day, kept beside it; and the log as they are made from it.

Undone ratings and cramming never count. Whatever changes the log behind the days that are summed is
noted by triggers (see the migration), so that only the days from there on are summed again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

LONGEST_MS = 60_000
"""A rating counts for no more time than this, as on the study screen: then the learner was away."""

NOTHING = -1
"""The study day before all others: no sum is there."""

LogRow = tuple[int, int, int, int, int, int, int, bytes | None]
"""Card id, rating, study day, phase before, interval (s), duration (ms), local hour, something.

A reset of the card comes as a row with rating 0, of which but the card and the day mean nothing.
"""

StageRow = tuple[int, int, int, int, int, int, int, int]
"""Study day, stage, Again, Hard, Good, Easy, milliseconds, sum of their squares."""

HourRow = tuple[int, int, int, int]
"""Hour of the day, study day, ratings in review, those above Again."""

ModuleRow = tuple[str, int, int, int]
"""The same by module."""

RecallRow = tuple[int, int, int, int, float, float, float]
"""Cell, study day, reviews, recalled; sums of predicted recall, log loss and squared error."""


class Claim(NamedTuple):
    """What is to be filled, and by whom."""

    first: int
    """The first study day that is not summed."""
    token: int
    """A later claim makes this one worth nothing."""


def first_missing(db: sqlite3.Connection, weights: str) -> int:
    """The first study day from which on the sums are not there, or no longer right.

    Args:
        db: Where.
        weights: JSON of the weights under which recall is predicted.
    """
    row = db.execute(
        "SELECT min(filled + 1, ifnull((SELECT min(study_day) FROM rollup_change), filled + 1))"
        " FROM rollup_mark WHERE weights = ?",
        (weights,),
    ).fetchone()
    return NOTHING + 1 if row is None else int(row[0])


def claim(db: sqlite3.Connection, weights: str, last: int) -> Claim:
    """Set about filling the sums up to a study day; what is no longer right goes.

    Inside a write transaction. From now on changes up to that day are noted.
    """
    first = first_missing(db, weights)
    for table in ("rollup_stage", "rollup_hour", "rollup_module", "rollup_recall"):
        db.execute(f"DELETE FROM {table} WHERE study_day >= ?", (first,))
    db.execute("DELETE FROM rollup_change")
    db.execute(
        "INSERT INTO rollup_mark VALUES (1, ?, ?, ?, 1) ON CONFLICT (id) DO UPDATE SET"
        " weights = excluded.weights, filled = excluded.filled,"
        " watched = max(watched, excluded.watched), claims = claims + 1",
        (weights, first - 1, last),
    )
    return Claim(first, int(db.execute("SELECT claims FROM rollup_mark").fetchone()[0]))


def settle(
    db: sqlite3.Connection,
    claimed: Claim,
    last: int,
    stages: Iterable[StageRow],
    hours: Iterable[HourRow],
    modules: Iterable[ModuleRow],
    recalls: Iterable[RecallRow],
) -> None:
    """Keep the sums of the days from the claim's first to ``last``, if the claim still holds.

    Inside a write transaction. A change to the log since stays noted, so that what it bears on is
    summed again.
    """
    token = db.execute("SELECT claims FROM rollup_mark").fetchone()[0]
    if token != claimed.token:
        return
    db.executemany("INSERT INTO rollup_stage VALUES (?,?,?,?,?,?,?,?)", stages)
    db.executemany("INSERT INTO rollup_hour VALUES (?,?,?,?)", hours)
    db.executemany("INSERT INTO rollup_module VALUES (?,?,?,?)", modules)
    db.executemany("INSERT INTO rollup_recall VALUES (?,?,?,?,?,?,?)", recalls)
    db.execute("UPDATE rollup_mark SET filled = ?", (last,))


def forget(db: sqlite3.Connection) -> None:
    """Have all sums made anew when they are next asked for."""
    db.execute("UPDATE rollup_mark SET filled = ?, claims = claims + 1", (NOTHING,))


# ---- the log ---------------------------------------------------------------------------------

_MET = (
    " IN (SELECT card FROM review WHERE undone_at IS NULL AND origin <> 'cram'"
    " AND study_day >= :since)"
)


def counted(table: str) -> str:
    """``FROM`` and ``WHERE`` of the rows that count: of ``review``, or resets of ``action``."""
    kind = "kind = 'reset'" if table == "action" else "origin <> 'cram'"
    return f"FROM {table} WHERE undone_at IS NULL AND {kind}"


def log_rows(db: sqlite3.Connection, since: int) -> Iterator[LogRow]:
    """The whole log of every card that was rated on a study day or later, card by card in order."""
    values, among = {"since": since}, f" AND card{_MET}" if since > NOTHING + 1 else ""
    reset = counted("action") + among
    some = db.execute(f"SELECT 1 {reset} LIMIT 1", values).fetchone()
    rows = (
        "SELECT card, rating, study_day, phase, interval,"
        f" min(duration_ms, {LONGEST_MS}), (reviewed_at / 1000 + utc_offset) % 86400 / 3600,"
        f" {'id' if some else 'NULL'}"  # to sort by, where there are two tables to sort
        f" {counted('review')}{among}"
    )
    if some:
        rows += f" UNION ALL SELECT card, 0, study_day, 0, 0, 0, 0, id {reset}"
    return db.execute(f"{rows} ORDER BY card, id", values)


def card_modules(db: sqlite3.Connection, since: int) -> dict[int, str]:
    """The module of every card that was rated on a study day or later."""
    among = f" WHERE id{_MET}" if since > NOTHING + 1 else ""
    return dict(db.execute(f"SELECT id, module FROM card{among}", {"since": since}).fetchall())


# ---- the sums: each of the days before one that is left out ------------------------------------


def stage_sums(db: sqlite3.Connection, since: int, before: int) -> dict[int, tuple[int, ...]]:
    """Stage to Again, Hard, Good, Easy, milliseconds and the sum of their squares."""
    rows = db.execute(
        "SELECT stage, sum(again), sum(hard), sum(good), sum(easy), sum(duration_ms), sum(squares)"
        " FROM rollup_stage WHERE study_day >= ? AND study_day < ? GROUP BY stage",
        (since, before),
    )
    return {row[0]: row[1:] for row in rows}


def day_sums(db: sqlite3.Connection, since: int, before: int) -> dict[int, tuple[int, int]]:
    """Study day to ratings and milliseconds; days without ratings are left out."""
    rows = db.execute(
        "SELECT study_day, sum(again + hard + good + easy), sum(duration_ms) FROM rollup_stage"
        " WHERE study_day >= ? AND study_day < ? GROUP BY study_day",
        (since, before),
    )
    return {row[0]: row[1:] for row in rows}


def days_studied(db: sqlite3.Connection, before: int) -> tuple[int, int | None]:
    """How many study days have ratings, and the first of them."""
    row = db.execute(
        "SELECT count(DISTINCT study_day), min(study_day) FROM rollup_stage WHERE study_day < ?",
        (before,),
    ).fetchone()
    return row[0], row[1]


def hour_sums(db: sqlite3.Connection, before: int) -> dict[int, tuple[int, int]]:
    """Hour of the day to reviews and recalled."""
    rows = db.execute(
        "SELECT hour, sum(reviews), sum(recalled) FROM rollup_hour WHERE study_day < ?"
        " GROUP BY hour",
        (before,),
    )
    return {row[0]: row[1:] for row in rows}


def module_sums(db: sqlite3.Connection, before: int) -> dict[str, tuple[int, int]]:
    """Module to reviews and recalled."""
    rows = db.execute(
        "SELECT module, sum(reviews), sum(recalled) FROM rollup_module WHERE study_day < ?"
        " GROUP BY module",
        (before,),
    )
    return {row[0]: row[1:] for row in rows}


def recall_sums(
    db: sqlite3.Connection, before: int
) -> dict[int, tuple[int, int, float, float, float]]:
    """Cell to reviews, recalled, and the sums of predicted recall, log loss and squared error."""
    rows = db.execute(
        "SELECT cell, sum(reviews), sum(recalled), sum(predicted), sum(log_loss), sum(brier)"
        " FROM rollup_recall WHERE study_day < ? GROUP BY cell",
        (before,),
    )
    return {row[0]: row[1:] for row in rows}
