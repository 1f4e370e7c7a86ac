"""The sums that are kept say what the log says, whatever was done to it in between."""

import csv
import json
import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.stats.figures import figures, weights_in_force
from flashsafety.stats.report import Statistics, statistics
from flashsafety.stats.tally import Stage
from flashsafety.store import logs, rollups, writes
from flashsafety.store.ids import uuid7
from flashsafety.study.answer import answer_card
from flashsafety.study.import_reviews import import_reviews
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.terms import Action, Rating, Review
from tests.stats.brute import brute
from tests.study.lives import Step, fresh_library, live, lives, stray_lives

TABLES = ("rollup_stage", "rollup_hour", "rollup_module", "rollup_recall")


def kept(library: Library, before: int = 10**6) -> list[list[tuple[object, ...]]]:
    """What is kept of the days before one.

    To a precision in which the order of adding up does not show.
    """
    return [
        [
            tuple(round(value, 9) if isinstance(value, float) else value for value in row)
            for row in library.db.execute(f"SELECT * FROM {table} WHERE study_day < ?", (before,))
        ]
        for table in TABLES
    ]


def agrees(library: Library) -> Statistics:
    """The statistics, once they agree with the log read the plain way."""
    said = statistics(library)
    everything = brute(library)
    for period in said.periods:
        since = 0 if period.days is None else said.today - period.days + 1
        log = brute(library, since)
        found = {
            (stage.name.lower(), rating): count
            for stage, answers in period.stages.items()
            for rating, count in enumerate(answers.buttons, 1)
            if count
        }
        assert found == log.buttons
        assert period.total.milliseconds == sum(log.spent.values())
        assert period.studied == len(log.by_day)
    assert {d.day: d.ratings for d in said.days if d.ratings} == {
        day: count
        for day, count in everything.by_day.items()
        if said.today - 365 < day <= said.today
    }
    assert {m.slug: (m.share.of, m.share.recalled) for m in said.modules} == everything.modules
    assert {
        h.hour: (h.share.of, h.share.recalled) for h in said.hours if h.share.of
    } == everything.hours
    assert said.calibration.share.of == len(everything.forecasts)
    assert said.calibration.share.recalled == sum(right for _, right in everything.forecasts)
    if everything.forecasts:
        mean = sum(p for p, _ in everything.forecasts) / len(everything.forecasts)
        assert said.calibration.predicted == pytest.approx(mean, abs=1e-12)
        with figures(library) as log_sums:
            sums = [sum(column) for column in zip(*log_sums.recalls().values(), strict=True)]
        assert sums[3] / sums[0] == pytest.approx(everything.log_loss, rel=1e-9)
        assert sums[4] / sums[0] == pytest.approx(everything.brier, rel=1e-9)
    return said


@settings(max_examples=40, deadline=None)
@given(parts=st.lists(stray_lives, min_size=1, max_size=4))
def test_after_any_life_the_statistics_are_those_of_the_log(parts: Sequence[list[Step]]) -> None:
    with fresh_library() as (library, clock):
        for part in parts:
            live(library, clock, part)
            agrees(library)
        today = clock.now().day
        before = kept(library, today)
        rebuild(library)
        agrees(library)
        assert kept(library) == before
        assert rebuild(library, verify=True).differing == ()


@settings(max_examples=25, deadline=None)
@given(
    life=lives,
    late=st.lists(
        st.tuples(st.integers(0, 8), st.floats(0, 1), st.sampled_from(Rating)), max_size=12
    ),
    later=lives,
)
def test_ratings_that_come_in_late_count_on_their_days(
    life: list[Step], late: list[tuple[int, float, Rating]], later: list[Step], tmp_path_factory
) -> None:
    with fresh_library() as (library, clock):
        began = clock.at
        live(library, clock, life)
        clock.advance(days=1)
        agrees(library)
        keys = [row[0] for row in library.db.execute("SELECT key FROM card ORDER BY id")]
        file = tmp_path_factory.mktemp("late") / "log.csv"
        write_csv(file, [(keys[n], began + int((clock.at - began) * at), r) for n, at, r in late])
        import_reviews(library, str(file))
        agrees(library)
        live(library, clock, later)
        agrees(library)
        assert rebuild(library, verify=True).differing == ()


def write_csv(file: Path, rows: Sequence[tuple[str, int, Rating]]) -> None:
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["card_id", "review_time", "review_rating"])
        writer.writerows((key, at, int(rating)) for key, at, rating in rows)


def test_undo_on_a_clock_that_went_back_reaches_what_is_kept() -> None:
    with fresh_library() as (library, clock):
        live(library, clock, [("rate", Rating.EASY), ("rate", Rating.GOOD)])
        clock.advance(days=1)
        assert sum(day.ratings for day in agrees(library).days) == 2
        clock.advance(days=-1)
        live(library, clock, [("undo", None)])
        assert sum(day.ratings for day in agrees(library).days) == 1


def studied_card(library: Library, clock: FixedClock) -> int:
    """A card with three reviews, all of whose days are kept."""
    for days in (0, 20, 30, 40):
        clock.advance(days=days)
        answer_card(library, 1, Rating.EASY, 1000)
    clock.advance(days=1)
    agrees(library)
    return 1


def test_a_reset_that_comes_in_late_or_goes_again_counts_from_its_place() -> None:
    with fresh_library() as (library, clock):
        card = studied_card(library, clock)
        before = statistics(library).calibration
        at = library.db.execute("SELECT reviewed_at, study_day FROM review").fetchall()[1]
        late = Action(uuid7(at[0] + 1, bytes), "reset", at[0] + 1, at[1])
        with writes.writing(library.db):
            writes.add_action(library.db, late, library.device, utc_offset=0, card=card)
        after = agrees(library).calibration
        assert (before.share.of, after.share.of) == (3, 2)
        with writes.writing(library.db):
            writes.mark_undone(library.db, late.id, clock.now().at)
        assert agrees(library).calibration == before


def test_reviews_go_with_their_card_to_another_module() -> None:
    with fresh_library() as (library, clock):
        card = studied_card(library, clock)
        assert [m.slug for m in agrees(library).modules] == ["shapes"]
        library.db.execute("UPDATE card SET module = 'numbers' WHERE id = ?", (card,))
        assert [m.slug for m in agrees(library).modules] == ["numbers"]
        library.db.execute("UPDATE card SET module = 'gone' WHERE id = ?", (card,))
        assert [m.title for m in agrees(library).modules] == ["gone"]


def test_other_weights_predict_other_recall_of_the_same_reviews() -> None:
    with fresh_library() as (library, clock):
        studied_card(library, clock)
        before = agrees(library).calibration.predicted
        weights = list(library.scheduling[1].parameters.weights)
        weights[20] = 0.5
        parameters = library.scheduling[1].parameters._replace(weights=tuple(weights))
        writes.add_parameters(library.db, parameters, clock.now().at, "optimize")
        with library.reopen() as again:
            assert agrees(again).calibration.predicted != before


def test_a_window_that_is_late_keeps_nothing_that_is_no_longer_so() -> None:
    """One window sums up; meanwhile another changes the log, or sums up itself."""
    for meanwhile in ("a rating", "statistics", "both"):
        with fresh_library() as (library, clock), library.reopen() as other:
            live(library, clock, [("rate", Rating.EASY)] * 3)
            clock.advance(days=1)
            with figures(library):
                clock.advance(days=-1)
                if meanwhile != "statistics":
                    live(other, clock, [("rate", Rating.EASY)])
                clock.advance(days=1)
                if meanwhile != "a rating":
                    agrees(other)
            agrees(library)
            agrees(other)


def test_the_days_are_summed_once_and_only_the_newest_again() -> None:
    with fresh_library() as (library, clock):
        live(library, clock, [("rate", Rating.EASY)] * 2)
        clock.advance(days=1)
        live(library, clock, [("rate", Rating.EASY)])
        agrees(library)
        day = clock.now().day
        assert rollups.first_missing(library.db, as_kept(library)) == day
        assert {row[0] for row in kept(library)[0]} == {day - 1}
        clock.advance(days=3)
        agrees(library)
        assert {row[0] for row in kept(library)[0]} == {day - 1, day}
        assert rollups.first_missing(library.db, as_kept(library)) == day + 3


def as_kept(library: Library) -> str:
    return json.dumps(weights_in_force(library))


def test_a_card_is_mature_after_an_interval_of_just_21_days() -> None:
    with fresh_library() as (library, clock):
        studied_card(library, clock)
        for days, stage in ((20, Stage.YOUNG), (21, Stage.MATURE)):
            library.db.execute("UPDATE review SET interval = ?", (days * 86_400,))
            library.db.execute("DELETE FROM rollup_mark")
            assert set(agrees(library).periods[-1].stages) == {Stage.NEW, stage}


def test_cramming_counts_for_nothing() -> None:
    with fresh_library() as (library, clock):
        card = studied_card(library, clock)
        before = agrees(library)
        newest = [each for each in logs.card_log(library.db, card) if isinstance(each, Review)][-1]
        for day in (newest.day, clock.now().day):
            crammed = newest._replace(id=uuid7(clock.at, os.urandom), day=day, origin="cram")
            with writes.writing(library.db):
                writes.add_review(library.db, card, crammed, library.device)
            assert agrees(library) == before
            writes.mark_undone(library.db, crammed.id, clock.now().at)
            assert library.db.execute("SELECT * FROM rollup_change").fetchall() == []


def test_an_answer_on_a_new_day_writes_no_sums() -> None:
    with fresh_library() as (library, clock):
        live(library, clock, [("rate", Rating.EASY)])
        clock.advance(days=1)
        agrees(library)
        before = kept(library), library.db.execute("SELECT * FROM rollup_mark").fetchall()
        live(library, clock, [("rate", Rating.EASY), ("relearn", None), ("undo", None)])
        after = kept(library), library.db.execute("SELECT * FROM rollup_mark").fetchall()
        assert after == before
        assert library.db.execute("SELECT * FROM rollup_change").fetchall() == []
