"""A day is the learner's day: what FSRS is told between two ratings, on clocks of many zones."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import fsrs
import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.terms import CardState, Memory, Phase, Rating
from tests.scheduling.histories import CARD, DEFAULTS

AROUND_A_CHANGE = [
    pytest.param("Europe/Berlin", "2026-03-28T22:00", id="Berlin, into summer time"),
    pytest.param("Europe/Berlin", "2026-10-24T22:00", id="Berlin, out of summer time"),
    pytest.param("America/Los_Angeles", "2026-03-07T22:00", id="Los Angeles, into it"),
    pytest.param("America/Los_Angeles", "2026-10-31T22:00", id="Los Angeles, out of it"),
    pytest.param("Europe/Berlin", "2026-06-01T22:00", id="Berlin, no change"),
    pytest.param("America/Los_Angeles", "2026-01-01T22:00", id="Los Angeles, no change"),
]


def clock_at(zone: str, wall: str, *, later: timedelta = timedelta(0)) -> FixedClock:
    """A clock in a zone at a wall-clock time; ``later`` is reckoned on the wall clock too."""
    here = ZoneInfo(zone)
    return FixedClock(datetime.fromisoformat(wall).replace(tzinfo=here) + later, zone=here)


def stability_after_good(clock: FixedClock, later: FixedClock) -> float | None:
    """Of a mature card that was rated at one clock and is Good at the other."""
    state = CardState(Memory(Phase.REVIEW, None, 4.0, 5.0, clock.now().day), reps=3)
    outcome = Scheduler(DEFAULTS).outcome(CARD, state, Rating.GOOD, later.now().day)
    return outcome.memory.stability


def stability_by_py_fsrs(hours: int) -> float | None:
    """The same card, straight from py-fsrs, so many hours later."""
    start = datetime(2026, 1, 1, tzinfo=UTC)
    card = fsrs.Card(1, fsrs.State.Review, None, 4.0, 5.0, due=start, last_review=start)
    later = start + timedelta(hours=hours)
    return fsrs.Scheduler().review_card(card, fsrs.Rating.Good, later)[0].stability


@pytest.mark.parametrize(("zone", "evening"), AROUND_A_CHANGE)
def test_ten_in_the_evening_and_nine_the_next_are_a_day_apart(zone: str, evening: str) -> None:
    clock, later = clock_at(zone, evening), clock_at(zone, evening, later=timedelta(hours=23))
    assert later.now().day - clock.now().day == 1
    assert stability_after_good(clock, later) == stability_by_py_fsrs(24)
    assert stability_by_py_fsrs(23) != stability_by_py_fsrs(24)  # what py-fsrs alone would do


@pytest.mark.parametrize(("zone", "evening"), AROUND_A_CHANGE)
def test_ten_in_the_evening_and_three_at_night_are_one_day(zone: str, evening: str) -> None:
    clock = clock_at(zone, evening)
    night = clock_at(zone, evening, later=timedelta(hours=5, minutes=59))
    morning = clock_at(zone, evening, later=timedelta(hours=6))
    assert night.now().day == clock.now().day
    assert morning.now().day == clock.now().day + 1
    assert stability_after_good(clock, night) == stability_by_py_fsrs(0)
    assert stability_after_good(clock, morning) == stability_by_py_fsrs(24)


def test_a_flight_west_over_the_date_line_counts_as_the_same_day() -> None:
    clock = clock_at("Pacific/Auckland", "2026-05-02T09:00")
    landed = clock_at("Pacific/Auckland", "2026-05-02T21:00")
    landed.travel(ZoneInfo("America/Los_Angeles"))
    assert landed.now().day == clock.now().day - 1
    assert stability_after_good(clock, landed) == stability_by_py_fsrs(0)
