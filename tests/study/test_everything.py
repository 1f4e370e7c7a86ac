"""The JSON of everything: another program reckons every state again from it."""

import json
import sqlite3
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import fsrs
from hypothesis import given, settings

from flashsafety.config import Settings
from flashsafety.store.everything import TABLES
from flashsafety.store.sets import Fit
from flashsafety.study.everything import HEAD, lines
from flashsafety.study.library import Library
from flashsafety.study.parameters import adopt
from flashsafety.study.plans import pause_until
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating, StudyDay
from tests.libraries import open_library
from tests.simulated import some_weights
from tests.study.lives import Step, fresh_library, live, states, stray_lives

PHASES = ("new", "learning", "review", "relearning")

Document = dict[str, Any]


def document(library: Library) -> Document:
    return json.loads("\n".join(lines(library)))  # type: ignore[no-any-return]


def fill(db: sqlite3.Connection, read: Document) -> None:
    """What a small program that knows only the document puts into an empty database of ours."""
    for p in read["parameters"]:
        lists = [json.dumps(p[key]) for key in ("weights", "learning_steps", "relearning_steps")]
        values = (p["id"], lists[0], p["desired_retention"], *lists[1:], p["maximum_interval"])
        db.execute(
            "INSERT INTO parameters VALUES (?,?,?,?,?,?,?,?,?)",
            (*values, p["made_at"], p["made_from"], p["fit"] and json.dumps(p["fit"])),
        )
    devices = {row["device"] for row in (*read["reviews"], *read["actions"])}
    device = {name: number for number, name in enumerate(sorted(devices), 1)}
    db.executemany("INSERT INTO device VALUES (?,?)", ((n, name) for name, n in device.items()))
    number = {card["key"]: place for place, card in enumerate(read["cards"], 1)}
    for card in read["cards"]:
        db.execute(
            "INSERT INTO card (id, key, note) VALUES (?,?,?)",
            (number[card["key"]], card["key"], card["note"]),
        )
    for r in read["reviews"]:
        db.execute(
            "INSERT INTO review VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number[r["card"]], UUID(r["id"]).bytes, r["rating"], r["reviewed_at"],
             r["utc_offset"], r["study_day"], r["duration_ms"], PHASES.index(r["phase"]),
             r["interval"], r["fuzz"], r["parameters"], device[r["device"]], r["origin"],
             r["undone_at"]),
        )  # fmt: skip
    for a in read["actions"]:
        db.execute(
            "INSERT INTO action VALUES (?,?,?,?,?,?,?,?,?,?)",
            (UUID(a["id"]).bytes, a["kind"], number.get(a["card"]), a["module"], a["value"],
             a["at"], a["utc_offset"], a["study_day"], device[a["device"]], a["undone_at"]),
        )  # fmt: skip


@given(stray_lives)
@settings(max_examples=40, deadline=None)
def test_a_database_filled_from_the_document_has_equal_states(steps: list[Step]) -> None:
    with fresh_library() as (library, clock), tempfile.TemporaryDirectory() as name:
        live(library, clock, steps)
        read = document(library)
        with open_library(Path(name), Path(library.roots[0]), clock, new_limit=30) as fresh:
            fill(fresh.db, read)
            rebuild(fresh)
            assert states(fresh) == states(library)
            again = document(fresh)
        for key in ("reviews", "actions"):
            assert sorted(again[key], key=str) == sorted(read[key], key=str)


@given(stray_lives)
@settings(max_examples=40, deadline=None)
def test_py_fsrs_alone_comes_to_the_memory_that_the_document_states(steps: list[Step]) -> None:
    """A reader that has nothing of ours: the document, and FSRS by whole study days."""
    with fresh_library() as (library, clock):
        live(library, clock, steps)
        read = document(library)
    weights = read["parameters"][-1]["weights"]
    scheduler = fsrs.Scheduler(weights, learning_steps=(), enable_fuzzing=False)
    resets = {"reset": None}
    for card in read["cards"]:
        events = sorted(
            (e for e in (*read["reviews"], *read["actions"])
             if e["card"] == card["key"] and e["undone_at"] is None
             and e.get("origin") != "cram" and e.get("kind") in (None, *resets)),
            key=lambda event: str(event["id"]),
        )  # fmt: skip
        memory, reps, last = fsrs.Card(1), 0, 0
        for event in events:
            if event.get("kind") == "reset":
                memory, reps = fsrs.Card(1), 0
                continue
            last = event["study_day"] if reps == 0 else max(last, event["study_day"])
            day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=event["study_day"])
            if memory.last_review is not None:
                day = max(day, memory.last_review)
            memory, _ = scheduler.review_card(memory, fsrs.Rating(event["rating"]), day)
            # The day from which the next one counts is the row's own, also on a clock put back.
            memory.last_review = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(
                days=event["study_day"]
            )
            reps += 1
        assert (card["stability"], card["difficulty"]) == (memory.stability, memory.difficulty)
        assert card["reps"] == reps


def test_every_key_is_documented_and_every_documented_key_is_there(library: Library) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 0, "all points at one distance")
    session.flag("typo")
    adopt(library, some_weights(1), Fit(1000, StudyDay(20_500), 200, 0.3, 0.02, 0.6, 0.31))
    pause_until(library, StudyDay(library.clock.now().day + 9))
    read = document(library)
    keys = [column.key for column in HEAD] + [table.key for table in TABLES]
    assert list(read) == keys
    for table in TABLES:
        assert read[table.key], table.key
        for entry in read[table.key]:
            assert list(entry) == [column.key for column in table.columns]


def test_nothing_of_the_log_is_left_out(library: Library) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 700)
    session.undo()
    session.bury()
    session.undo()
    library.db.execute("UPDATE review SET origin = 'cram'")
    read = document(library)
    (review,), (action,) = read["reviews"], read["actions"]
    assert (review["origin"], review["duration_ms"]) == ("cram", 700)
    assert review["undone_at"] == library.clock.now().at
    assert (action["kind"], action["undone_at"]) == ("bury", library.clock.now().at)


def test_each_object_is_a_line_and_all_of_it_ascii(library: Library) -> None:
    found = list(lines(library))
    assert all(line.isascii() and "\n" not in line for line in found)
    (circle,) = (line for line in found if '"term":"circle"' in line)
    assert json.loads(circle.lstrip(","))["id"] == "circle"
    assert "m\\u00b2" in "\n".join(found)


def test_what_is_written_is_of_one_moment(library: Library) -> None:
    """Another window rates while the document is read: the log and the states still agree."""
    other = library.reopen()
    document_lines = lines(library)
    head = [next(document_lines)]
    StudySession(other).answer(Rating.EASY, 0)
    other.close()
    read = json.loads("\n".join([*head, *document_lines]))
    assert read["reviews"] == []
    assert {card["phase"] for card in read["cards"]} == {"new"}
    assert len(document(library)["reviews"]) == 1


def test_settings_are_those_that_bear_on_the_log(library: Library) -> None:
    written = document(library)["settings"]
    assert set(Settings._fields) - set(written) == {"theme", "editor", "keys"}
    assert (written["day_start"], written["learning_steps"]) == (14_400, [60, 600])
