"""What the learner decided about the days to come: written, and what of it holds on a study day.

Each row takes the place of the one of its kind before it, from its own study day on.
"""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

from flashsafety.terms import Moment, Pause, PlanKind, Ready, Return, StudyDay


class Plans(NamedTuple):
    """What was decided, as it bears on a study day."""

    pauses: tuple[Pause, ...]
    """Every pause that had or has a day, oldest first; no two share one."""
    pause: Pause | None
    """The pause that holds on the day."""
    back: Return | None
    """The return plan that holds on the day."""
    ready: Ready | None
    """The plan for a date that holds on the day."""
    decided: StudyDay | None
    """When a return plan was last taken, dropped or declined."""


def plans_on(db: sqlite3.Connection, day: StudyDay) -> Plans:
    """What holds on a study day. One look at a small table: the quick path."""
    pauses: list[Pause] = []
    rows = db.execute(
        "SELECT kind, study_day, ends, reviews, sorted, backlog, modules, target, peak FROM plan"
        " WHERE undone_at IS NULL ORDER BY id"
    ).fetchall()
    for kind, first, ends, *_ in rows:
        if kind == "pause":
            pauses = [Pause(p.first, min(p.ends, first)) for p in pauses if p.first < first]
            pauses += [] if ends is None else [Pause(first, ends)]
    newest = {row[0]: row[1:] for row in rows}
    back = ready = None
    if (row := newest.get("return")) and _holds(row, day):
        back = Return(row[0], row[1], row[2], row[3], row[4])
    if (row := newest.get("ready")) and _holds(row, day):
        ready = Ready(row[0], row[1], _slugs(row[5]), row[6], row[7])
    decided = newest["return"][0] if "return" in newest else None
    return Plans(tuple(pauses), paused_on(pauses, day), back, ready, decided)


def _holds(row: Sequence[int | None], day: int) -> bool:
    """Whether a row, which begins with its study day and its end, holds on a day."""
    first, ends = row[:2]
    return ends is not None and first is not None and first <= day < ends


def paused_on(pauses: Sequence[Pause], day: int) -> Pause | None:
    """The pause that holds on a study day."""
    return next((pause for pause in pauses if pause.first <= day < pause.ends), None)


def add_plan(
    db: sqlite3.Connection,
    id_: bytes,
    kind: PlanKind,
    plan: Pause | Return | Ready | None,
    moment: Moment,
    device: int,
) -> None:
    """Append a plan; none: from the moment's study day on nothing of the kind holds."""
    values: dict[str, object] = {} if plan is None else plan._asdict()
    modules = values.get("modules")
    db.execute(
        "INSERT INTO plan (id, kind, ends, reviews, sorted, backlog, modules, target, peak, at,"
        " study_day, device) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            id_,
            kind,
            *(values.get(name) for name in ("ends", "reviews", "order", "backlog")),
            None if modules is None else _as_list(modules),
            *(values.get(name) for name in ("target", "peak")),
            moment.at,
            moment.day,
            device,
        ),
    )


def _slugs(modules: str) -> tuple[str, ...]:
    import json

    return tuple(json.loads(modules))


def _as_list(modules: object) -> str:
    import json

    return json.dumps(modules)
