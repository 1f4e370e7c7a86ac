"""The parameter sets as a learner sees them: when each came into force, and what it was worth."""

import json
import sqlite3
from dataclasses import asdict, dataclass

from flashsafety.store.logs import CHOSEN, FORCE, in_force
from flashsafety.terms import Instant, StudyDay


@dataclass(frozen=True, slots=True)
class Fit:
    """What weights were fitted to, and how a fit to the earlier reviews did on the later ones."""

    reviews: int
    """Fitted to."""
    until: StudyDay
    """Study day of the newest of them."""
    judged: int
    """Later reviews that a fit to the earlier ones was judged by."""
    log_loss: float
    rmse: float
    """RMS calibration error, 0 to 1."""
    auc: float | None
    """Area under the ROC curve, 0 to 1; none where all of them came to the same."""
    log_loss_before: float
    """Of the weights that were in force, on the same reviews."""

    def as_text(self) -> str:
        """As it is stored."""
        return json.dumps(asdict(self))


@dataclass(frozen=True, slots=True)
class StoredSet:
    """A parameter set whose weights came into force."""

    number: int
    """Row id; a set has another on another device."""
    made_at: int
    """Instant, UTC, milliseconds; in force from then until the next."""
    made_from: str
    weights: tuple[float, ...]
    fit: Fit | None
    """None of what was not fitted."""


def weight_sets(db: sqlite3.Connection) -> list[StoredSet]:
    """The defaults, and the sets that were chosen since; the last are in force.

    Those that settings brought have weights of another, and memory is the same under them.
    """
    rows = db.execute(
        f"SELECT id, made_at, made_from, weights, fit FROM parameters WHERE {CHOSEN} OR id ="
        " (SELECT id FROM parameters WHERE made_from = 'defaults' ORDER BY made_at, id LIMIT 1)"
        f" ORDER BY {FORCE}"
    )
    return [
        StoredSet(number, at, origin, tuple(json.loads(weights)), _read(fit))
        for number, at, origin, weights, fit in rows
    ]


def fitted_until(db: sqlite3.Connection) -> StudyDay | None:
    """The newest study day that the weights in force were fitted to; none of those never fitted.

    Weights that were gone back to were fitted when they were made.
    """
    row = db.execute(
        "SELECT max(json_extract(fit, '$.until')) FROM parameters"
        " WHERE weights = (SELECT weights FROM parameters WHERE id = ?)",
        (in_force(db),),
    ).fetchone()
    return None if row[0] is None else StudyDay(row[0])


def next_instant(db: sqlite3.Connection, at: Instant) -> Instant:
    """The instant for a set that is to be in force: now, or just after a later one.

    The clock of another device may have been ahead, or this one's put back.
    """
    row = db.execute(f"SELECT ifnull(max(made_at), -1) FROM parameters WHERE {CHOSEN}").fetchone()
    return Instant(max(at, row[0] + 1))


def _read(text: str | None) -> Fit | None:
    return None if text is None else Fit(**json.loads(text))
