"""The syllabus as the learner stands in it: counts by module."""

import sqlite3
from collections.abc import Collection
from typing import NamedTuple

from flashsafety.terms import StudyDay


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
    """Cards in learning or relearning."""
    review: int
    """Reviews due on the day or before."""
    new: int
    """Cards never rated."""
    cards: int
    rated: int
    """Cards rated at least once."""


def module_lines(
    db: sqlite3.Connection, day: StudyDay, started: Collection[str]
) -> tuple[ModuleLine, ...]:
    """Every module that has cards, in syllabus order; suspended cards count only in ``cards``."""
    rows = db.execute(
        "SELECT slug, number, title, section, section_title, optional,"
        " sum(suspended = 0 AND phase IN (1, 3)),"
        " sum(suspended = 0 AND phase = 2 AND due_day <= ?),"
        " sum(suspended = 0 AND phase = 0), count(*), sum(phase > 0)"
        " FROM card JOIN module ON module.slug = card.module WHERE active = 1"
        " GROUP BY slug ORDER BY number",
        (day,),
    )
    return tuple(
        ModuleLine(
            slug, number, title, section, section_title, bool(optional), slug in started, *counts
        )
        for slug, number, title, section, section_title, optional, *counts in rows
    )


def module_titles(db: sqlite3.Connection) -> dict[str, str]:
    """Slug to title of every module of the syllabus, in its order."""
    return dict(db.execute("SELECT slug, title FROM module ORDER BY number").fetchall())


def topic_slugs(db: sqlite3.Connection) -> list[str]:
    """Every topic's slug."""
    return [row[0] for row in db.execute("SELECT DISTINCT slug FROM topic ORDER BY slug")]
