"""Every INSERT and UPDATE on the way of a review: the log, and the state that caches it."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flashsafety.store.faults import in_words
from flashsafety.terms import Action, CardState, Instant, Parameters, Review, StateValues


@contextmanager
def writing(db: sqlite3.Connection) -> Iterator[None]:
    """One transaction, on the disk when it ends; all of it or nothing.

    Takes the write lock at once, so what is read inside cannot change before what is written.

    Raises:
        UnusableDataError: The file is locked, the disk is full or the like; nothing was written.
    """
    try:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("COMMIT")
    except BaseException as error:
        if db.in_transaction:  # a full disk has rolled it back already
            db.execute("ROLLBACK")
        fault = in_words(error)
        if fault is None:
            raise
        raise fault from error


def add_review(db: sqlite3.Connection, card: int, review: Review, device: int) -> None:
    """Append one rating to the log."""
    db.execute(f"INSERT INTO review VALUES {_FOURTEEN}", _review_values(card, review, device))


def add_reviews(db: sqlite3.Connection, reviews: Iterable[tuple[int, Review]], device: int) -> None:
    """Append ratings, each with its card's row id; an id that is there already changes nothing."""
    db.executemany(
        f"INSERT OR IGNORE INTO review VALUES {_FOURTEEN}",
        (_review_values(card, review, device) for card, review in reviews),
    )


_FOURTEEN = "(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"


def _review_values(card: int, review: Review, device: int) -> tuple[object, ...]:
    return (
        card,
        review.id,
        int(review.rating),
        review.reviewed_at,
        review.utc_offset,
        review.day,
        review.duration_ms,
        int(review.phase),
        review.interval,
        review.fuzz,
        review.parameters,
        device,
        review.origin,
        review.undone_at,
    )


def add_action(
    db: sqlite3.Connection,
    action: Action,
    device: int,
    *,
    utc_offset: int,
    card: int | None = None,
    module: str | None = None,
) -> None:
    """Append one action to the log: on a card, or the start of a module."""
    db.execute(
        "INSERT INTO action VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            action.id,
            action.kind,
            card,
            module,
            action.value,
            action.at,
            utc_offset,
            action.day,
            device,
            action.undone_at,
        ),
    )


def mark_undone(db: sqlite3.Connection, event: bytes, at: Instant) -> None:
    """Mark a rating, an action or a plan as undone; its row stays."""
    for table in ("review", "action", "plan"):
        db.execute(f"UPDATE {table} SET undone_at = ? WHERE id = ?", (at, event))


_STATE = (
    "phase=?, step=?, stability=?, difficulty=?, last_day=?, due_at=?, due_day=?, interval=?,"
    " last_at=?, reps=?, lapses=?, suspended=?, buried_until=?, flag=?"
)


def state_values(card: int, state: CardState) -> StateValues:
    """A card's state laid flat: in the order of the columns of a state update."""
    memory = state.memory
    return (
        int(memory.phase),
        memory.step,
        memory.stability,
        memory.difficulty,
        memory.last_day,
        state.due_at,
        state.due_day,
        state.interval,
        state.last_at,
        state.reps,
        state.lapses,
        int(state.suspended),
        state.buried_until,
        state.flag,
        card,
    )


def write_state(db: sqlite3.Connection, card: int, state: CardState) -> None:
    """Bring the cached state of a card up to date with its log."""
    write_values(db, (state_values(card, state),))


def write_states(db: sqlite3.Connection, states: Iterator[tuple[int, CardState]]) -> None:
    """The same for many cards."""
    write_values(db, (state_values(card, state) for card, state in states))


def write_values(db: sqlite3.Connection, values: Iterable[StateValues]) -> None:
    """The same for states that are laid flat."""
    db.executemany(f"UPDATE card SET {_STATE} WHERE id=?", values)


def write_memories(
    db: sqlite3.Connection, memories: Iterable[tuple[int, float, float, int]]
) -> int:
    """Bring the memory of cards up to date, and nothing else of them; how many were otherwise.

    Args:
        db: Where; inside a transaction.
        memories: Card id, stability (days), difficulty, study day of the last rating.
    """
    return db.executemany(
        "UPDATE card SET stability = ?, difficulty = ?"
        " WHERE id = ? AND (stability IS NOT ? OR difficulty IS NOT ?)",
        ((s, d, card, s, d) for card, s, d, _ in memories),
    ).rowcount


def write_started(db: sqlite3.Connection) -> None:
    """Bring ``module.started`` up to date with the start actions."""
    db.execute(
        "UPDATE module SET started = EXISTS (SELECT 1 FROM action"
        " WHERE kind = 'start' AND module = slug AND undone_at IS NULL)"
    )


def device_id(db: sqlite3.Connection, name: str) -> int:
    """The row id of this device, made when it is new."""
    row = db.execute("SELECT id FROM device WHERE name = ?", (name,)).fetchone()
    if row:
        return int(row[0])
    return int(db.execute("INSERT INTO device (name) VALUES (?)", (name,)).lastrowid or 0)


def add_parameters(
    db: sqlite3.Connection,
    parameters: Parameters,
    at: Instant,
    made_from: str,
    fit: str | None = None,
) -> int:
    """Store a set of parameters. Returns its id.

    Args:
        db: Where; inside a transaction.
        parameters: The set.
        at: When it was made.
        made_from: Where it came from; see ``logs.CHOSEN``.
        fit: What it was fitted to, as ``sets.Fit`` writes it.
    """
    import json

    cursor = db.execute(
        "INSERT INTO parameters (weights, desired_retention, learning_steps, relearning_steps,"
        " maximum_interval, made_at, made_from, fit) VALUES (?,?,?,?,?,?,?,?)",
        (
            json.dumps(parameters.weights),
            parameters.desired_retention,
            json.dumps(parameters.learning_steps),
            json.dumps(parameters.relearning_steps),
            parameters.maximum_interval,
            at,
            made_from,
            fit,
        ),
    )
    return int(cursor.lastrowid or 0)


def mark_change_seen(db: sqlite3.Connection, note: str, at: Instant) -> None:
    """The learner has seen what changed on a note."""
    db.execute("UPDATE change SET seen_at = ? WHERE note = ? AND seen_at IS NULL", (at, note))
