"""How long cards take: one's own medians, and what stands for them before there are enough."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.store.logs import newest_times
from flashsafety.study import pace as pace_module
from flashsafety.study.library import Library
from flashsafety.study.pace import DEFAULTS, ENOUGH, pace
from flashsafety.study.session import StudySession
from flashsafety.study.today import today
from flashsafety.terms import Phase, Rating
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library

NEW, STEP, REVIEW = (DEFAULTS[phase] for phase in (Phase.NEW, Phase.LEARNING, Phase.REVIEW))


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"card-{n:02}") for n in range(99)))
    with open_library(tmp_path, bank, clock, new_limit=99) as library:
        library.take_in_changes()
        yield library


def rate(library: Library, clock: FixedClock, count: int, seconds: list[float]) -> None:
    """Rate as often: Again each fifth time, else Good; the times come round."""
    session = StudySession(library)
    times = cycle(seconds)
    for number in range(count):
        clock.advance(minutes=2)
        session.answer(Rating.AGAIN if number % 5 == 4 else Rating.GOOD, int(next(times) * 1000))


def test_before_any_rating_the_defaults_and_the_settings_stand(library):
    found = pace(library)
    assert not found.measured
    assert found.new == NEW + STEP  # two steps, one rating beyond the first
    assert found.step == STEP
    assert found.review == pytest.approx(REVIEW + 0.1 * STEP)
    assert today(library).seconds == 99 * found.new


def test_one_rating_short_of_enough_is_not_enough(library, clock):
    rate(library, clock, ENOUGH - 1, [3.0])
    assert not pace(library).measured


def test_medians_and_what_follows_are_those_of_the_log(library, clock):
    seconds = [3.0, 5.0, 61.0, 4.0, 8.0, 2.0, 9.0]
    rate(library, clock, 130, seconds)
    clock.advance(days=30)
    rate(library, clock, 60, seconds)
    rows = library.db.execute("SELECT phase, duration_ms FROM review").fetchall()
    by = {phase: sorted(ms for p, ms in rows if p == phase) for phase in range(4)}
    steps = sorted(by[1] + by[3])
    assert min(map(len, (by[0], steps, by[2]))) >= ENOUGH

    def middle(values: list[int]) -> float:
        return values[len(values) // 2] / 1000

    found = pace(library)
    assert found.measured
    assert found.step == middle(steps)
    assert found.new == middle(by[0]) + len(by[1]) / len(by[0]) * found.step
    assert found.review == middle(by[2]) + len(by[3]) / len(by[2]) * found.step
    assert found.seconds(new=2, learning=3, review=4) == pytest.approx(
        2 * found.new + 3 * found.step + 4 * found.review
    )


def test_untimed_ratings_undone_ones_and_cramming_say_nothing(library, clock):
    rate(library, clock, 80, [0.0])
    assert not pace(library).measured
    library.db.execute("UPDATE review SET duration_ms = 5000")
    assert pace(library).measured
    library.db.execute("UPDATE review SET origin = 'cram'")
    assert newest_times(library.db, 100) == []
    library.db.execute("UPDATE review SET origin = 'review', undone_at = 1")
    assert newest_times(library.db, 100) == []


def test_only_the_newest_ratings_count(library, clock, monkeypatch):
    rate(library, clock, 110, [50.0])
    rate(library, clock, 40, [4.0])
    assert pace(library).step == 50
    monkeypatch.setattr(pace_module, "WINDOW", 40)
    assert pace(library).step == 4


def test_settings_without_steps_expect_none(tmp_path):
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    bank = tiny_bank(tmp_path / "other")
    none: tuple[int, ...] = ()
    with open_library(tmp_path, bank, clock, learning_steps=none, relearning_steps=none) as library:
        assert pace(library)[:3] == (NEW, REVIEW, STEP)
