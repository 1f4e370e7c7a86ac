"""Sums made in arrays are those that are made row by row."""

import random
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.scheduling.steps import DAY
from flashsafety.stats import figures
from flashsafety.stats.tally import MATURE_DAYS, Tally, tally
from flashsafety.stats.whole import tally_whole
from flashsafety.store import packed, rollups
from flashsafety.study.library import Library
from flashsafety.terms import Rating
from tests.stats.test_figures import agrees, kept
from tests.study.lives import Step, fresh_library, live, stray_lives


def in_arrays(library: Library, since: int) -> Tally:
    weights = figures.weights_in_force(library)
    assert weights is not None
    modules = rollups.card_modules(library.db, since)
    blocks = packed.packed_log(library.db, modules, MATURE_DAYS * DAY)
    return tally_whole(blocks, modules, weights, since)


def row_by_row(library: Library, since: int) -> Tally:
    weights = figures.weights_in_force(library)
    assert weights is not None
    modules = rollups.card_modules(library.db, since)
    return tally(rollups.log_rows(library.db, since), modules, weights, since)


def comparable(sums: Tally) -> list[list[tuple[object, ...]]]:
    """In one order, and to a precision in which the order of adding up does not show."""
    return [
        sorted(
            tuple(round(value, 9) if isinstance(value, float) else value for value in row)
            for row in rows
        )
        for rows in sums
    ]


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(stray_lives, min_size=1, max_size=3), block=st.integers(1, 4))
def test_after_any_life_both_sum_up_the_same(parts: Sequence[list[Step]], block: int) -> None:
    with fresh_library() as (library, clock), pytest.MonkeyPatch.context() as patch:
        patch.setattr("flashsafety.store.packed._BLOCK", block)
        for part in parts:
            live(library, clock, part)
        if figures.weights_in_force(library) is None:
            return
        rated = library.db.execute("SELECT DISTINCT study_day FROM review").fetchall()
        for day in sorted({0, *(row[0] for row in rated), clock.now().day}):
            assert comparable(in_arrays(library, day)) == comparable(row_by_row(library, day))


def test_a_log_of_every_interval_hour_and_time_is_summed_the_same() -> None:
    rng = random.Random(1)
    with fresh_library() as (library, clock):
        life: list[Step] = []
        for _ in range(600):
            life.append(("rate", rng.choice((*Rating, Rating.GOOD))))
            life.append(("wait", rng.choice((0.01, 1.0, 23.0, 300.0))))
            if rng.random() < 0.05:
                life.append((rng.choice(("relearn", "undo", "bury")), None))
        live(library, clock, life)
        spread = "UPDATE review SET duration_ms = ? WHERE id = ?"
        ids = library.db.execute("SELECT id FROM review").fetchall()
        library.db.executemany(spread, ((rng.choice((0, 65_536, 59_999)), *one) for one in ids))
        found = in_arrays(library, 0)
        assert comparable(found) == comparable(row_by_row(library, 0))
        assert sum(row[2] for row in found.recalls) > 100
        assert {row[1] for row in found.stages} == {0, 1, 2, 3, 4}


def of_newest_days(
    rows: Iterable[rollups.LogRow], modules: dict[int, str], weights: tuple[float, ...], since: int
) -> Tally:
    assert since > 0
    return tally(rows, modules, weights, since)


def test_a_long_log_is_summed_in_arrays_and_the_statistics_are_those_of_the_log(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with fresh_library() as (library, clock):
        life: list[Step] = [("rate", Rating.EASY), ("wait", 90.0), ("relearn", None)]
        live(library, clock, [*life, ("wait", 200.0)] * 20)
        agrees(library)
        before = kept(library, clock.now().day)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("flashsafety.stats.figures.MANY", 1)
            patch.setattr("flashsafety.stats.figures.tally", of_newest_days)
            library.db.execute("DELETE FROM rollup_mark")
            agrees(library)
        assert kept(library, clock.now().day) == before
        monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
        monkeypatch.setattr("flashsafety.stats.figures.MANY", 1)
        library.db.execute("DELETE FROM rollup_mark")
        agrees(library)
        assert kept(library, clock.now().day) == before
