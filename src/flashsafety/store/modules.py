"""The syllabus as the learner stands in it: counts by module."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from flashsafety.terms import MATURE_DAYS, Instant, StudyDay


class ModuleLine(NamedTuple):
    """One module with what it holds for the learner on a study day."""

    slug: str
    number: int
    title: str
    section: str
    section_title: str
    optional: bool
    started: bool
    """Its new cards may come."""
    learning: int
    """Cards in learning or relearning whose step comes before the day ends."""
    review: int
    """Reviews due on the day or before."""
    new: int
    """Cards never rated."""
    cards: int
    rated: int
    """Cards rated at least once."""
    learned: int
    """Cards beyond their learning steps."""
    mature: int
    """Cards whose stability is ``MATURE_DAYS`` or more."""
    remembered: int
    """Cards of which FSRS has a memory."""
    known: float
    """How many of those are to be expected to be recalled on the study day."""


class Offer(NamedTuple):
    """The module to open next."""

    slug: str
    title: str


def module_lines(
    db: sqlite3.Connection,
    day: StudyDay,
    until: Instant,
    started: Collection[str],
    curve: tuple[float, float],
) -> tuple[ModuleLine, ...]:
    """Every module that has cards, in syllabus order.

    Suspended cards are neither due nor new, and buried ones not due until they come back.

    Args:
        db: Where.
        day: The study day that the counts are of.
        until: When it ends.
        started: Slugs of the modules that are open.
        curve: Decay and factor of the forgetting curve; see ``scheduling.curve.shape``.
    """
    decay, factor = curve
    _need_power(db)
    rows = db.execute(
        "SELECT slug, number, title, section, section_title, optional,"
        f" sum({_SHOWN} AND phase IN (1, 3) AND due_at < ?),"
        f" sum({_SHOWN} AND phase = 2 AND due_day <= ?),"
        " sum(suspended = 0 AND phase = 0), count(*), sum(phase > 0), sum(phase IN (2, 3)),"
        " sum(ifnull(stability, 0) >= ?), count(stability),"
        " total(CASE WHEN stability IS NOT NULL"
        " THEN pow(1 + ? * max(0, ? - last_day) / stability, ?) END)"
        " FROM card JOIN module ON module.slug = card.module WHERE active = 1"
        " GROUP BY slug ORDER BY number",
        (day, until, day, day, MATURE_DAYS, factor, day, decay),
    )
    return tuple(
        ModuleLine(
            slug, number, title, section, section_title, bool(optional), slug in started, *counts
        )
        for slug, number, title, section, section_title, optional, *counts in rows
    )


_SHOWN = "suspended = 0 AND ifnull(buried_until, 0) <= ?"


def next_module(db: sqlite3.Connection, started: Collection[str]) -> Offer | None:
    """The first module with new cards that is neither open nor optional.

    None while an open module has a new card left.
    """
    rows = db.execute(
        "SELECT slug, title, optional FROM module WHERE EXISTS (SELECT 1 FROM card"
        " WHERE card.module = module.slug AND active = 1 AND suspended = 0 AND phase = 0)"
        " ORDER BY number"
    )
    offer = None
    for slug, title, optional in rows:
        if slug in started:
            return None
        if offer is None and not optional:
            offer = Offer(slug, title)
    return offer


def has_cards(db: sqlite3.Connection) -> bool:
    """Whether any card is in the bank."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM card WHERE active = 1)").fetchone()[0])


def has_memories(db: sqlite3.Connection) -> bool:
    """Whether any card was ever rated."""
    row = db.execute("SELECT EXISTS (SELECT 1 FROM card WHERE last_day IS NOT NULL)").fetchone()
    return bool(row[0])


def _need_power(db: sqlite3.Connection) -> None:
    """Give a SQLite that was built without mathematics the one function that is needed of it."""
    try:
        db.execute("SELECT pow(1, 1)")
    except sqlite3.OperationalError:
        db.create_function("pow", 2, pow, deterministic=True)


def module_titles(db: sqlite3.Connection) -> dict[str, str]:
    """Slug to title of every module of the syllabus, in its order."""
    return dict(db.execute("SELECT slug, title FROM module ORDER BY number").fetchall())


def section_titles(db: sqlite3.Connection) -> dict[str, str]:
    """Slug to title of every section of the syllabus, in its order."""
    rows = db.execute("SELECT section, section_title FROM module GROUP BY section ORDER BY number")
    return dict(rows.fetchall())


def topic_slugs(db: sqlite3.Connection) -> list[str]:
    """Every topic's slug."""
    return [row[0] for row in db.execute("SELECT DISTINCT slug FROM topic ORDER BY slug")]
