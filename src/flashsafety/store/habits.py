"""What a learner's days were like, and the cards from which those to come follow."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from flashsafety.store.due import COLUMNS
from flashsafety.terms import Candidate, StudyDay


class Studied(NamedTuple):
    """A study day that had a rating."""

    reviews: int
    milliseconds: int
    """What all its ratings took."""


def last_studied(db: sqlite3.Connection, before: StudyDay) -> StudyDay | None:
    """The newest study day with a rating before one."""
    day: StudyDay | None = db.execute(
        "SELECT max(study_day) FROM review WHERE study_day < ? AND undone_at IS NULL", (before,)
    ).fetchone()[0]
    return day


def studied_days(db: sqlite3.Connection, before: StudyDay, most: int) -> list[Studied]:
    """The newest study days before one that had ratings which count; read only as far as asked."""
    rows = db.execute(
        "SELECT total(phase = 2), total(duration_ms) FROM review INDEXED BY review_day"
        " WHERE study_day < ? AND undone_at IS NULL AND origin <> 'cram'"
        " GROUP BY study_day ORDER BY study_day DESC LIMIT ?",
        (before, most),
    )
    return [Studied(int(reviews), int(took)) for reviews, took in rows]


def first_ratings(db: sqlite3.Connection, most: int) -> list[int]:
    """How many of the newest first ratings were Again, Hard, Good, Easy."""
    counts = [0, 0, 0, 0]
    for (rating,) in db.execute(
        "SELECT rating FROM review WHERE undone_at IS NULL AND origin <> 'cram' AND phase = 0"
        " ORDER BY study_day DESC, id DESC LIMIT ?",
        (most,),
    ):
        counts[rating - 1] += 1
    return counts


def reviews_before(db: sqlite3.Connection, day: StudyDay) -> int:
    """How many cards in review are due before a study day, buried ones too."""
    return int(
        db.execute(
            "SELECT count(*) FROM card WHERE active = 1 AND suspended = 0 AND phase = 2"
            " AND due_day < ?",
            (day,),
        ).fetchone()[0]
    )


def known_cards(
    db: sqlite3.Connection,
    before: StudyDay,
    modules: Sequence[str] = (),
    drawn: Callable[[str], bool] | None = None,
) -> Iterator[tuple[Candidate, float]]:
    """Cards with a memory that are due before a study day, with their difficulty; none suspended.

    Those in their steps are all among them, and so are all of the modules. A buried card is due
    when it comes back.

    Args:
        db: Where.
        before: The study day.
        modules: Slugs.
        drawn: Tells by its id whether a note's cards are wanted; none: all are.
    """
    marks = ",".join("?" * len(modules))
    wanted = ""
    if drawn is not None:
        db.create_function("drawn", 1, drawn, deterministic=True)
        wanted = " AND drawn(note)"
    for row in db.execute(
        f"SELECT {COLUMNS}, difficulty, buried_until FROM card WHERE active = 1 AND suspended = 0"
        " AND phase > 0 AND stability IS NOT NULL"
        f" AND (phase <> 2 OR due_day < ? OR module IN ({marks})){wanted} ORDER BY id",
        (before, *modules),
    ):
        card = Candidate(*row[:-2])
        if card.due_day is not None and row[-1] is not None:
            card = card._replace(due_day=max(card.due_day, row[-1]))
        yield card, row[-2]
