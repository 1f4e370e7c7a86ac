"""Reading the truth: the log of a card, of everything, and the parameter sets it was made with."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flashsafety.terms import Action, Parameters, Phase, Rating, Review, StudyDay

_REVIEW = (
    "id, rating, reviewed_at, utc_offset, study_day, duration_ms, phase, interval, fuzz,"
    " parameters, origin, undone_at"
)
_ACTION = "id, kind, at, study_day, value, undone_at"
_PARAMETERS = "id, weights, desired_retention, learning_steps, relearning_steps, maximum_interval"


@dataclass(frozen=True, slots=True)
class Event:
    """The newest thing in the log that is not yet undone."""

    id: bytes
    card: int | None
    kind: str
    """``rating``, ``cram`` where it schedules nothing, or the kind of the action or plan."""
    rating: int | None
    value: str | None
    module: str | None


def card_log(
    db: sqlite3.Connection, card: int, *, with_undone: bool = True
) -> list[Review | Action]:
    """Everything that was done to a card, oldest first; without undone rows only what counts."""
    some = "card = ?" if with_undone else "card = ? AND undone_at IS NULL"
    reviews = db.execute(f"SELECT {_REVIEW} FROM review WHERE {some} ORDER BY id", (card,))
    actions = db.execute(f"SELECT {_ACTION} FROM action WHERE {some} ORDER BY id", (card,))
    events: list[Review | Action] = [*_reviews(reviews), *_actions(actions)]
    return sorted(events, key=lambda event: event.id)


def newest_event(db: sqlite3.Connection, day: StudyDay, device: int) -> Event | None:
    """What undo would take back: this device's newest rating, action or plan of a study day."""
    rows = db.execute(
        "SELECT * FROM (SELECT id, card, iif(origin = 'cram', 'cram', 'rating'), rating, NULL,"
        " NULL FROM review"
        " WHERE study_day = ? AND undone_at IS NULL AND device = ? ORDER BY id DESC LIMIT 1)"
        " UNION ALL SELECT * FROM (SELECT id, card, kind, NULL, value, module FROM action"
        " WHERE study_day = ? AND undone_at IS NULL AND device = ? ORDER BY id DESC LIMIT 1)"
        " UNION ALL SELECT * FROM (SELECT id, NULL, kind, NULL, CAST(ends AS TEXT), NULL FROM plan"
        " WHERE study_day = ? AND undone_at IS NULL AND device = ? ORDER BY id DESC LIMIT 1)",
        (day, device, day, device, day, device),
    )
    return max((Event(*row) for row in rows), key=lambda event: event.id, default=None)


def all_parameters(db: sqlite3.Connection) -> dict[int, Parameters]:
    """Every set that was ever in force, by id."""
    return dict(_parameters(db.execute(f"SELECT {_PARAMETERS} FROM parameters")))


CHOSEN = "made_from IN ('optimize', 'group', 'back')"
"""True of a set whose weights somebody chose; others came with settings, or were there first."""

FORCE = f"{CHOSEN}, made_at, weights, id"
"""The order of sets in which the weights of the last are in force.

What was chosen last counts, on whichever device: a set that settings or a new device brought later
has the weights that this device knew of. So the order is the same wherever the same sets are.
"""


def in_force(db: sqlite3.Connection) -> int | None:
    """Id of the set by whose weights memory is reckoned; none before there is any set."""
    rows = db.execute(f"SELECT id FROM parameters ORDER BY {FORCE}").fetchall()
    return int(rows[-1][0]) if rows else None


def newest_parameters(db: sqlite3.Connection) -> int:
    """Id of the set that was stored last, which tells whether any came; 0 before there is any."""
    return int(db.execute("SELECT ifnull(max(id), 0) FROM parameters").fetchone()[0])


def current_parameters(db: sqlite3.Connection) -> tuple[dict[int, Parameters], Parameters]:
    """Every set by id, and the one by whose weights memory is reckoned; there must be one."""
    sets, number = all_parameters(db), in_force(db)
    assert number is not None
    return sets, sets[number]


def newest_times(db: sqlite3.Connection, most: int) -> list[tuple[int, int]]:
    """Phase before and duration (ms) of the newest ratings that count, newest first."""
    return db.execute(
        "SELECT phase, duration_ms FROM review WHERE undone_at IS NULL AND origin <> 'cram'"
        " ORDER BY study_day DESC, id DESC LIMIT ?",
        (most,),
    ).fetchall()


def newest_review_times(db: sqlite3.Connection, most: int) -> list[tuple[str, int]]:
    """Type of note and duration (ms) of the newest reviews that count and were timed."""
    return db.execute(
        "SELECT card.type, duration_ms FROM review JOIN card ON card.id = review.card"
        " WHERE undone_at IS NULL AND origin <> 'cram' AND review.phase = 2 AND duration_ms > 0"
        " ORDER BY study_day DESC, review.id DESC LIMIT ?",
        (most,),
    ).fetchall()


def cards_with_actions(db: sqlite3.Connection) -> set[int]:
    """Row ids of the cards whose log holds more than ratings."""
    rows = db.execute("SELECT DISTINCT card FROM action WHERE card IS NOT NULL")
    return {row[0] for row in rows}


def _reviews(rows: sqlite3.Cursor) -> Iterator[Review]:
    for key, rating, at, offset, day, took, phase, wait, fuzz, given_under, origin, undone in rows:
        rated, before = Rating(rating), Phase(phase)
        yield Review(
            key, rated, at, offset, day, took, before, wait, fuzz, given_under, origin, undone
        )


def _actions(rows: sqlite3.Cursor) -> Iterator[Action]:
    for row in rows:
        yield Action(*row)


def _parameters(rows: sqlite3.Cursor) -> Iterator[tuple[int, Parameters]]:
    for number, weights, retention, learning, relearning, maximum in rows:
        yield (
            number,
            Parameters(
                tuple(json.loads(weights)),
                retention,
                tuple(json.loads(learning)),
                tuple(json.loads(relearning)),
                maximum,
            ),
        )


def state_rows(db: sqlite3.Connection, cards: Iterable[int] | None = None) -> sqlite3.Cursor:
    """Every rating that counts, of all cards or of some, card by card in the order of the log.

    Rows are (card id, rating, reviewed_at, study day, phase before, interval, parameter set id).
    """
    among = ""
    values: tuple[str, ...] = ()
    if cards is not None:
        among = " AND card IN (SELECT value FROM json_each(?))"
        values = (json.dumps(list(cards)),)
    return db.execute(
        "SELECT card, rating, reviewed_at, study_day, phase, interval, parameters FROM review"
        f" WHERE undone_at IS NULL AND origin <> 'cram'{among} ORDER BY card, id",
        values,
    )


def any_rating(db: sqlite3.Connection) -> bool:
    """Whether the log holds a row."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM review)").fetchone()[0])


def count_ratings(db: sqlite3.Connection) -> int:
    """All rows of the review log, undone ones too."""
    return int(db.execute("SELECT count(*) FROM review").fetchone()[0])
