"""The load to come, against the cards one by one and against a learner's next days."""

from math import sqrt

import pytest

from flashsafety.clock import FixedClock
from flashsafety.stats.figures import figures
from flashsafety.stats.forecast import Forecast, forecast
from flashsafety.store.due import all_states
from flashsafety.study.library import Library
from flashsafety.terms import Phase
from tests.stats.brute import counted


def of(library: Library, days: int = 28) -> Forecast:
    with figures(library) as log:
        return forecast(log, days)


def test_each_card_counts_once_on_its_day_with_its_chance_of_a_lapse(studied) -> None:
    library = studied(40)
    library.db.execute("UPDATE card SET buried_until = last_day + 500 WHERE id = 3")
    library.db.execute("UPDATE card SET suspended = 1 WHERE id = 4")
    library.db.execute("UPDATE card SET active = 0 WHERE id = 5")
    today = library.clock.now().day
    log = [row for row in counted(library) if row.review.day > today - 365]
    lapses = sum(r.stage in ("young", "mature") and r.review.rating == 1 for r in log)
    per_lapse = sum(r.stage == "relearning" for r in log) / lapses
    seconds = [
        min(r.review.duration_ms, 60_000) / 1000 for r in log if r.stage in ("young", "mature")
    ]
    mean = sum(seconds) / len(seconds)
    scheduler = library.scheduling[1]
    due: dict[int, list[float]] = {}
    for card, state in all_states(library.db):
        if state.memory.phase == Phase.REVIEW and state.due_day is not None and card not in (4, 5):
            day = max(state.due_day, state.buried_until or 0, today)
            due.setdefault(day, []).append(scheduler.retrievability(state.memory, day))
    coming = of(library)
    assert [day.first for day in coming.days] == list(range(today, today + 28))
    for day in coming.days:
        chances = due.get(day.first, [])
        assert day.review == len(chances)
        expected = len(chances) + sum(1 - chance for chance in chances) * per_lapse
        variance = sum(chance * (1 - chance) for chance in chances) * per_lapse**2
        assert day.ratings.mean == pytest.approx(day.learning + expected)
        assert day.ratings.variance == pytest.approx(variance)
        assert day.ratings.low <= day.ratings.mean <= day.ratings.high
        assert day.seconds.mean >= len(chances) * mean - 1e-9
    assert sum(day.review for day in coming.days) > 30


def test_weeks_are_the_sums_of_their_days(studied) -> None:
    coming = of(studied(40), 10)
    assert [(week.first, week.last) for week in coming.weeks] == [
        (coming.days[0].first, coming.days[6].last),
        (coming.days[7].first, coming.days[9].last),
    ]
    first = coming.weeks[0]
    assert first.review == sum(day.review for day in coming.days[:7])
    assert first.ratings.mean == pytest.approx(sum(d.ratings.mean for d in coming.days[:7]))
    spread = (first.ratings.high - first.ratings.mean) / 1.96
    assert spread == pytest.approx(sqrt(sum(d.ratings.variance for d in coming.days[:7])), rel=1e-3)


def test_what_is_overdue_counts_today(studied, clock: FixedClock) -> None:
    library = studied(40)
    due = of(library, 4)
    clock.advance(days=3)
    later = of(library, 1)
    assert later.overdue == sum(day.review for day in due.days[:3])
    assert later.days[0].review == sum(day.review for day in due.days)


def test_the_next_days_of_a_learner_mostly_fall_within_the_intervals(
    learner_of, clock: FixedClock
) -> None:
    """Each day as it stands in its morning; the seed is fixed."""
    learner = learner_of(60)
    within = days = 0
    for _ in range(40):
        day = of(learner.library, 1).days[0]
        if day.review:
            learner.study()
            done = learner.library.db.execute(
                "SELECT count(*) FROM review WHERE study_day = ? AND undone_at IS NULL",
                (day.first,),
            ).fetchone()[0]
            days += 1
            within += day.ratings.low - 1 <= done <= day.ratings.high + 1
        clock.advance(days=1)
    assert days > 30
    assert within / days > 0.85


def test_without_a_log_nothing_comes(studied) -> None:
    coming = of(studied(0), 3)
    assert [day.review for day in coming.days] == [0, 0, 0]
    assert coming.overdue == 0
