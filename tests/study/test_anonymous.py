"""The file that names nobody: what is in it, and above all what is not."""

import csv
import io
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings

from flashsafety.clock import FixedClock
from flashsafety.study.anonymous import COLUMNS, HEADER, learner_id, write
from flashsafety.study.anonymous_files import LINE
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_all
from flashsafety.terms import Given, Rating
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import SETTINGS, paths_in
from tests.study.lives import fresh_library, stray_lives
from tests.study.lives import live as live_through

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHAPES = {
    "version": "1",
    "learner": "[0-9a-f]{16}",
    "bank": "[a-z0-9]+(-[a-z0-9]+)*",
    "card": "[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+",
    "number": r"[1-9]\d*",
    "day": r"\d{1,5}",
    "rating": "[1-4]",
    "phase": "[0-3]",
    "elapsed": r"(\d{1,5})?",
    "interval": r"\d+",
    "seconds": r"\d{1,3}",
    "origin": "review|cram|anki|import",
    "picked": "([1-9]( [1-9])*)?",
    "wrong": "([1-9]( [1-9])*)?",
    "wording": "([0-9a-f]{8})?",
}
SECRETS = ("Hamlets-laptop", "elsinore", "semicirkle", "2.2500001", "to be or not", "Copenhagen")
"""Of the computer, of what was typed, of the learner's own card, of the place."""


@contextmanager
def library_of(
    folder: Path, *, at: datetime = NOON, name: str = "desk", own: bool = False, salt: bytes = b"s"
) -> Iterator[tuple[Library, FixedClock]]:
    """A library over the tiny bank, of a learner who may have cards of their own."""
    roots = [str(tiny_bank(folder / "bank"))]
    if own:
        roots.append(str(folder / "data/questions"))
        card = question("to-be", prompt="Who said: to be or not to be?", answer="elsinore")
        write_cards(folder / "data/questions", "mine.yaml", card)
    clock = FixedClock(at)
    settings = SETTINGS._replace(new_limit=30)
    with Library.open(paths_in(folder), settings, roots, clock=clock, device_name=name) as library:
        library.entropy = lambda size: (salt * size)[:size]
        library.take_in_changes()
        start_all(library)
        yield library, clock


def live(library: Library, clock: FixedClock, days: int = 40) -> None:
    """Study at the same times of day, whatever day it is: with answers, undos and cramming."""
    answers: dict[str, Given] = {
        "circle-symmetry": (1,),
        "half-a-circle": "semicirkle",
        "square-area": "2.2500001",
    }
    for day in range(days):
        session = StudySession(library)
        for number in range(12):
            if session.current is None:
                break
            clock.advance(minutes=1)
            note = session.current.key.split("/")[0]
            rating = Rating.AGAIN if (day + number) % 5 == 0 else Rating.GOOD
            session.answer(rating, 2600 + 1000 * number, answers.get(note))
            if number == 3 and day % 7 == 0:
                session.undo()
            session.refresh()
        clock.at = clock.at - (clock.at % 86_400_000) + 86_400_000 + 43_200_000


def rows(library: Library) -> list[dict[str, str]]:
    out = io.StringIO()
    write(library, out)
    return list(csv.DictReader(io.StringIO(out.getvalue())))


def text(library: Library) -> str:
    out = io.StringIO()
    write(library, out)
    return out.getvalue()


# ---- what is not in it ---------------------------------------------------------------------------


def test_every_cell_has_its_shape_and_no_secret_is_anywhere(tmp_path: Path) -> None:
    with library_of(tmp_path, name=SECRETS[0], own=True) as (library, clock):
        live(library, clock)
        written = text(library)
        lines = rows(library)
        own = library.db.execute(
            "SELECT count(*) FROM review JOIN card ON card.id = card WHERE note = 'to-be'"
        ).fetchone()[0]
        typed = library.db.execute("SELECT answer FROM given").fetchall()
    assert own > 3 and ('"semicirkle"',) in typed and ('"2.2500001"',) in typed
    assert len(lines) > 50
    for row in lines:
        for column, shape in SHAPES.items():
            assert re.fullmatch(shape, row[column]), (column, row)
    assert SHAPES.keys() == COLUMNS.keys()
    for secret in (*SECRETS, "to-be", "2026", "desk", "12:0", str(tmp_path)):
        assert secret not in written, secret
    assert re.findall(r"\d{9,}", re.sub("^1,[0-9a-f]{16},", "", written, flags=re.M)) == []


def test_another_person_at_another_time_and_place_leaves_the_same_lines(tmp_path: Path) -> None:
    """So nothing of who, when and where is in them."""
    with library_of(tmp_path) as (library, clock):
        live(library, clock)
        one = text(library)
        day, hour = 86_400_000, 3_600_000
        db = library.db
        db.execute("UPDATE meta SET value = ? WHERE key = 'salt'", (b"x".hex() * 16,))
        db.execute("UPDATE device SET name = 'ophelia'")
        db.execute("UPDATE given SET answer = '\"other words\"' WHERE answer LIKE '\"%'")
        db.execute("PRAGMA foreign_keys = OFF")
        for table in ("review SET id", "given SET review"):  # the same order, at another time
            column = table.split()[-1]
            db.execute(f"UPDATE {table} = CAST(x'02' || substr({column}, 2) AS BLOB)")
        db.execute(
            "UPDATE review SET reviewed_at = reviewed_at + ?, study_day = study_day + 1112,"
            " utc_offset = 32400, duration_ms = duration_ms + 99",
            (1112 * day + 7 * hour + 12_345,),
        )
        other = text(library)
    learners = [re.findall(r"^1,([0-9a-f]{16}),", file, re.MULTILINE)[0] for file in (one, other)]
    assert learners[0] != learners[1]
    assert one.replace(learners[0], learners[1]) == other


def test_who_one_is_takes_the_salt_to_tell_and_the_salt_stays(tmp_path: Path) -> None:
    with library_of(tmp_path, salt=b"pepper") as (library, clock):
        live(library, clock, days=3)
        first, again = text(library), text(library)
        kept = library.db.execute("SELECT value FROM meta WHERE key = 'salt'").fetchone()[0]
    assert first == again
    assert bytes.fromhex(kept) == b"pepperpepperpepp"
    assert kept not in first
    assert learner_id(b"pepperpepperpepp", "a-tiny-course") in first
    assert learner_id(b"pepperpepperpepp", "another") not in first


def test_no_document_of_everything_holds_the_salt(tmp_path: Path) -> None:
    from flashsafety.study.everything import lines

    with library_of(tmp_path) as (library, clock):
        live(library, clock, days=2)
        text(library)
        kept = library.db.execute("SELECT value FROM meta WHERE key = 'salt'").fetchone()[0]
        assert kept not in "\n".join(lines(library))


# ---- what is in it -------------------------------------------------------------------------------


def test_nobody_s_log_is_a_header(tmp_path: Path) -> None:
    with library_of(tmp_path) as (library, _):
        assert text(library) == f"{HEADER}\n"
        assert library.entropy(1)


def test_what_was_undone_is_left_out_and_cramming_is_marked(tmp_path: Path) -> None:
    with library_of(tmp_path) as (library, _):
        session = StudySession(library)
        for _ in range(4):
            session.answer(Rating.GOOD, 1500)
        session.undo()
        library.db.execute(
            "UPDATE review SET origin = 'cram', duration_ms = 1499 WHERE id ="
            " (SELECT max(id) FROM review WHERE undone_at IS NULL)"
        )
        lines = rows(library)
    told = sorted((row["origin"], row["seconds"]) for row in lines)
    assert told == [("cram", "1"), ("review", "2"), ("review", "2")]


def test_days_and_what_passed_between_them_are_whole_study_days(tmp_path: Path) -> None:
    with library_of(tmp_path) as (library, clock):
        live(library, clock, days=30)
        lines = rows(library)
        stored = library.db.execute(
            "SELECT card.key, study_day, rating, review.phase, review.interval FROM review"
            " JOIN card ON card.id = review.card WHERE undone_at IS NULL"
            " ORDER BY card.key, review.id"
        ).fetchall()
    first = min(row[1] for row in stored)
    assert first == (NOON - datetime(1970, 1, 1, tzinfo=UTC)).days
    assert [
        (row["card"], int(row["day"]), int(row["rating"]), int(row["phase"]), int(row["interval"]))
        for row in lines
    ] == [(key, day - first, rating, phase, wait) for key, day, rating, phase, wait in stored]
    seen: dict[str, int] = {}
    counts: dict[str, int] = {}
    for row in lines:
        card, day = row["card"], int(row["day"])
        before = "" if card not in seen else str(day - seen[card])
        assert row["elapsed"] == before
        counts[card] = counts.get(card, 0) + 1
        assert row["number"] == str(counts[card])
        seen[card] = day


def test_options_picked_are_told_with_the_wrong_ones_and_their_wording(tmp_path: Path) -> None:
    with library_of(tmp_path) as (library, clock):
        live(library, clock, days=3)
        lines = [row for row in rows(library) if row["card"] == "circle-symmetry/choose"]
        wording = library.db.execute(
            "SELECT fingerprint FROM note WHERE id = 'circle-symmetry'"
        ).fetchone()[0]
        assert lines
        for row in lines:
            assert (row["picked"], row["wrong"], row["wording"]) == ("2", "2", wording[:8])
        library.db.execute(
            "UPDATE given SET answer = ? WHERE answer = '[1]'", (json.dumps([0, 2]),)
        )
        lines = [row for row in rows(library) if row["card"] == "circle-symmetry/choose"]
        assert {(row["picked"], row["wrong"]) for row in lines} == {("1 3", "3")}
        library.db.execute("UPDATE given SET wording = 'older'")
        lines = [row for row in rows(library) if row["card"] == "circle-symmetry/choose"]
        assert {(row["picked"], row["wrong"], row["wording"]) for row in lines} == {("", "", "")}


def test_cards_of_one_s_own_are_counted_and_left_out(tmp_path: Path) -> None:
    with library_of(tmp_path, own=True) as (library, clock):
        live(library, clock, days=5)
        out = io.StringIO()
        written = write(library, out)
        own = library.db.execute(
            "SELECT count(*) FROM review JOIN card ON card.id = card"
            " WHERE note = 'to-be' AND undone_at IS NULL"
        ).fetchone()[0]
    assert written.left_out == own > 0
    assert written.bank == "a-tiny-course"
    assert written.ratings == len(out.getvalue().splitlines()) - 1


@pytest.mark.parametrize("title", ["Ça va?", "=cmd()", "???"])
def test_a_bank_without_a_slug_is_named_by_one_made_of_its_title(tmp_path: Path, title) -> None:
    with library_of(tmp_path) as (library, clock):
        live(library, clock, days=1)
        syllabus = tmp_path / "bank/syllabus.yaml"
        syllabus.write_text(
            syllabus.read_text(encoding="utf-8").replace("A tiny course", json.dumps(title)),
            encoding="utf-8",
        )
        names = {row["bank"] for row in rows(library)}
    assert len(names) == 1 and re.fullmatch(SHAPES["bank"], names.pop())


@settings(max_examples=25, deadline=None)
@given(stray_lives)
def test_whatever_a_learner_did_every_line_is_one_that_is_read(steps) -> None:
    with fresh_library() as (library, clock):
        live_through(library, clock, steps)
        lines = text(library).splitlines()[1:]
        counted = library.db.execute("SELECT count(*) FROM review WHERE undone_at IS NULL")
        assert len(lines) == counted.fetchone()[0]
    for line in lines:
        assert LINE.fullmatch(line), line
