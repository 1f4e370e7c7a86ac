"""What is due: plain indexed reads, shared by ``due``, Today and the study session.

Cost grows with what is due, not with what is stored. Nothing here imports more than sqlite3.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from flashsafety.store.plans import paused_on
from flashsafety.terms import (
    Candidate,
    CardKey,
    CardState,
    Memory,
    Met,
    Moment,
    Pause,
    Phase,
    StateValues,
    StudyDay,
)


class Scope(NamedTuple):
    """A choice of cards as a condition on the table ``card``."""

    condition: str = "1"
    values: tuple[object, ...] = ()


def scope(
    modules: Sequence[str] = (), topics: Sequence[str] = (), tags: Sequence[str] = ()
) -> Scope:
    """Cards of any of the modules, and any of the topics, and any of the tags; empty means all."""
    parts: list[str] = []
    values: list[object] = []
    if modules:
        parts.append(f"card.module IN ({_marks(modules)})")
        values += modules
    for column, names in (("topics", topics), ("tags", tags)):
        if names:
            parts.append(
                f"card.note IN (SELECT note.id FROM note, json_each(note.{column}) AS each"
                f" WHERE each.value IN ({_marks(names)}))"
            )
            values += names
    return Scope(" AND ".join(parts) or "1", tuple(values))


class Done(NamedTuple):
    """What was already done on a study day, on any run."""

    new: int
    review: int
    ratings: int
    """Learning steps included."""
    milliseconds: int
    """What they took."""


def done_on(db: sqlite3.Connection, day: StudyDay) -> Done:
    """First ratings, reviews and all ratings of a study day; cramming does not count."""
    rows = db.execute(
        "SELECT phase, count(*), sum(duration_ms) FROM review WHERE study_day = ?"
        " AND undone_at IS NULL AND origin <> 'cram' GROUP BY phase",
        (day,),
    ).fetchall()
    counts = {phase: count for phase, count, _ in rows}
    took = sum(milliseconds for *_, milliseconds in rows)
    return Done(counts.get(0, 0), counts.get(2, 0), sum(counts.values()), took)


def done_early_on(db: sqlite3.Connection, day: StudyDay) -> int:
    """How many of the reviews of a study day were not yet due on it.

    A card was due as many days after its last rating as that gave it, unless the learner has set
    its day since.
    """
    return int(
        db.execute(
            "SELECT count(*) FROM review AS given JOIN review AS before ON before.card = given.card"
            " AND before.id = (SELECT max(id) FROM review WHERE card = given.card"
            " AND id < given.id AND undone_at IS NULL AND origin <> 'cram')"
            " WHERE given.study_day = ? AND given.undone_at IS NULL AND given.origin <> 'cram'"
            " AND given.phase = 2 AND given.study_day < coalesce("
            "(SELECT CAST(value AS INTEGER) FROM action WHERE card = given.card"
            " AND kind = 'set-due' AND undone_at IS NULL AND id > before.id AND id < given.id"
            " ORDER BY id DESC LIMIT 1), before.study_day + before.interval / 86400)",
            (day,),
        ).fetchone()[0]
    )


def met_on(db: sqlite3.Connection, day: StudyDay) -> dict[str, Met]:
    """Notes met on a study day (or, the clock having gone back, after it), and through what card.

    Of one met through several cards: one of their keys, the least stability, the most lapses.
    """
    rows = db.execute(
        # The plus keeps SQLite from reading the whole bank by the index of notes.
        "SELECT note, key, min(stability), max(lapses) FROM card WHERE last_day >= ?"
        " GROUP BY +note",
        (day,),
    )
    return {note: Met(*met) for note, *met in rows}


COLUMNS = (
    "id, key, note, module, phase, due_at, due_day, interval, stability, last_day, lapses,"
    " (SELECT group_concat(other, ' ') FROM look_alike WHERE look_alike.note = card.note)"
)
"""Of the table ``card``, as a ``Candidate`` has them."""
_SHOWN = "active = 1 AND suspended = 0 AND (buried_until IS NULL OR buried_until <= ?)"
DUE = f"{_SHOWN} AND phase = 2 AND due_day <= ?"
"""True of a review that is due on a study day or was before it; the day is given twice."""


def learning(
    db: sqlite3.Connection, moment: Moment, until: int, chosen: Scope
) -> Iterator[Candidate]:
    """Cards in learning and relearning whose instant comes before ``until`` (ms), soonest first."""
    return rows_of(
        db.execute(
            f"SELECT {COLUMNS} FROM card WHERE {_SHOWN} AND phase IN (1, 3) AND due_at < ?"
            f" AND {chosen.condition} ORDER BY due_at, id",
            (moment.day, until, *chosen.values),
        )
    )


def reviews(db: sqlite3.Connection, moment: Moment, chosen: Scope) -> Iterator[Candidate]:
    """Review cards due on the study day or before."""
    return rows_of(
        db.execute(
            f"SELECT {COLUMNS} FROM card WHERE {DUE} AND {chosen.condition}",
            (moment.day, moment.day, *chosen.values),
        )
    )


def count_reviews(db: sqlite3.Connection, moment: Moment, chosen: Scope) -> int:
    """How many there are of those; of all cards, one range of one index."""
    row = db.execute(
        f"SELECT count(*) FROM card WHERE {DUE} AND {chosen.condition}",
        (moment.day, moment.day, *chosen.values),
    ).fetchone()
    return int(row[0])


def early_reviews(
    db: sqlite3.Connection, moment: Moment, days: int, chosen: Scope
) -> Iterator[Candidate]:
    """Review cards that fall due within so many study days after the moment's.

    Not those that were rated on the day itself: no time has passed that could have been forgotten
    in, and a short interval given now would bring the card back at once.
    """
    return rows_of(
        db.execute(
            f"SELECT {COLUMNS} FROM card WHERE {_SHOWN} AND phase = 2 AND due_day > ?"
            f" AND due_day <= ? AND last_day < ? AND {chosen.condition}",
            (moment.day, moment.day, moment.day + days, moment.day, *chosen.values),
        )
    )


def new_cards(
    db: sqlite3.Connection, moment: Moment, modules: Sequence[str], chosen: Scope
) -> list[Iterator[Candidate]]:
    """New cards of each of the given modules, in study order; read only as far as asked.

    A card waits until the modules of its prerequisites have begun.
    """
    begun = _marks(modules)

    def of(module: str) -> Iterator[Candidate]:
        yield from rows_of(
            db.execute(
                f"SELECT {COLUMNS} FROM card WHERE {_SHOWN} AND phase = 0 AND module = ?"
                f" AND {chosen.condition} AND NOT {HELD.format(begun=begun)}"
                " ORDER BY position",
                (moment.day, module, *chosen.values, *modules),
            )
        )

    return [of(module) for module in modules]


HELD = (
    "EXISTS (SELECT 1 FROM note, json_each(note.prerequisites) AS each"
    " JOIN note AS wanted ON wanted.id = each.value"
    " WHERE note.id = card.note AND wanted.retired_at IS NULL"
    " AND wanted.module NOT IN ({begun})"
    " AND NOT EXISTS (SELECT 1 FROM card AS met"
    " WHERE met.module = wanted.module AND met.phase > 0))"
)
"""True of a card that has a prerequisite in a module that has not begun."""


def held_cards(db: sqlite3.Connection, modules: Sequence[str]) -> int:
    """How many new cards of the given modules wait for another module to begin.

    Sought from the notes that build on others: in many a bank they are few.
    """
    marks = _marks(modules)
    return int(
        db.execute(
            "SELECT count(*) FROM note CROSS JOIN card ON card.note = note.id"
            " WHERE note.prerequisites <> '[]'"
            f" AND card.active = 1 AND suspended = 0 AND phase = 0 AND card.module IN ({marks})"
            f" AND {HELD.format(begun=marks)}",
            (*modules, *modules),
        ).fetchone()[0]
    )


def open_modules(db: sqlite3.Connection) -> list[str]:
    """Slugs of the modules whose new cards may come, in syllabus order.

    Those that were started; the first that has cards (and is not optional) is open from the start.
    """
    return [
        row[0]
        for row in db.execute(
            "SELECT slug FROM module WHERE started = 1 OR number = (SELECT min(number)"
            " FROM module WHERE optional = 0 AND EXISTS (SELECT 1 FROM card"
            " WHERE card.module = module.slug AND active = 1)) ORDER BY number"
        )
    ]


def next_due(db: sqlite3.Connection, moment: Moment) -> tuple[int | None, int | None]:
    """The soonest learning instant (ms) and the soonest review day after the moment's day."""
    row = db.execute(
        "SELECT (SELECT min(due_at) FROM card WHERE active = 1 AND suspended = 0"
        " AND phase IN (1, 3)), (SELECT min(due_day) FROM card WHERE active = 1"
        " AND suspended = 0 AND phase = 2 AND due_day > ?)",
        (moment.day,),
    ).fetchone()
    return row[0], row[1]


def streak(db: sqlite3.Connection, day: StudyDay, pauses: Sequence[Pause] = ()) -> int:
    """Study days with a rating, in a row up to the day or the one before; cramming is none.

    A day of a pause without a rating does not break the row, and does not count.
    """
    found = 0
    expected = day
    while True:
        last = db.execute(
            "SELECT max(study_day) FROM review WHERE study_day <= ? AND undone_at IS NULL"
            " AND origin <> 'cram'",
            (expected,),
        ).fetchone()[0]
        left_out = () if last is None else range(last + 1, expected + 1)
        if last is None or any(d != day and not paused_on(pauses, d) for d in left_out):
            return found
        found += 1
        expected = last - 1


STATE = (
    "phase, step, stability, difficulty, last_day, due_at, due_day, interval, last_at, reps,"
    " lapses, suspended, buried_until, flag"
)


def read_state(db: sqlite3.Connection, card: int) -> CardState:
    """The cached state of a card."""
    rows = db.execute(f"SELECT {STATE}, id FROM card WHERE id = ?", (card,))
    return next(states(rows))[1]


def read_rateable(db: sqlite3.Connection, card: int) -> tuple[CardKey, bool, CardState]:
    """A card's key, whether it is in the bank, and its cached state."""
    row = db.execute(f"SELECT {STATE}, id, key, active FROM card WHERE id = ?", (card,)).fetchone()
    return CardKey(row[-2]), bool(row[-1]), next(states((row[:-2],)))[1]


def read_states(db: sqlite3.Connection, cards: Iterable[int]) -> Iterator[tuple[int, CardState]]:
    """The cached state of some cards, by row id."""
    for card in cards:
        yield from states(db.execute(f"SELECT {STATE}, id FROM card WHERE id = ?", (card,)))


def all_states(db: sqlite3.Connection) -> Iterator[tuple[int, CardState]]:
    """The cached state of every card, by row id."""
    return states(all_values(db))


def all_values(db: sqlite3.Connection) -> Iterator[StateValues]:
    """The same laid flat."""
    return db.execute(f"SELECT {STATE}, id FROM card ORDER BY id")


def states(rows: Iterable[StateValues]) -> Iterator[tuple[int, CardState]]:
    """Rows of the columns of ``STATE`` and the row id, as row id and state."""
    for (
        phase,
        step,
        s,
        d,
        last_day,
        at,
        day,
        wait,
        last,
        reps,
        lapses,
        off,
        hid,
        flag,
        card,
    ) in rows:
        memory = Memory(Phase(phase), step, s, d, last_day)
        yield card, CardState(memory, at, day, wait, last, reps, lapses, bool(off), hid, flag)


def rows_of(cursor: sqlite3.Cursor) -> Iterator[Candidate]:
    """Rows of ``COLUMNS``."""
    for row in cursor:
        yield Candidate(*row)


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
