from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flashsafety.clock import DAY, FixedClock
from flashsafety.study import words


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "<1m"),
        (59, "<1m"),
        (60, "1m"),
        (600, "10m"),
        (3600, "1h"),
        (5400, "1.5h"),
        (DAY, "1d"),
        (3 * DAY, "3d"),
        (30 * DAY, "30d"),
        (31 * DAY, "1mo"),
        (64 * DAY, "2.1mo"),
        (365 * DAY, "1y"),
        (511 * DAY, "1.4y"),
        (36500 * DAY, "100y"),
    ],
)
def test_intervals_read_as_on_a_rating_key(seconds: int, text: str) -> None:
    assert words.interval(seconds) == text


def test_intervals_read_as_anki_writes_them(tmp_path) -> None:
    collection = pytest.importorskip("anki.collection").Collection(str(tmp_path / "c.anki2"))
    try:
        steps = [m * 60 for m in range(1, 60)] + [h * 1800 for h in range(2, 48)]
        for seconds in [*steps, *(day * DAY for day in range(1, 3000))]:
            anki = collection._backend.format_timespan(seconds=seconds, context=1)
            assert words.interval(seconds) == anki.replace("\u2068", "").replace("\u2069", "")
    finally:
        collection.close()


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (-5, "now"),
        (0, "now"),
        (1, "in 1 minute"),
        (60_000, "in 1 minute"),
        (60_001, "in 2 minutes"),
        (8 * 60_000, "in 8 minutes"),
        (59 * 60_000 + 1, "in 1 hour"),
        (3 * 3_600_000, "in 3 hours"),
        (23 * 3_600_000 + 1, "in 1 day"),
        (DAY * 2_000, "in 2 days"),
    ],
)
def test_a_wait_is_never_promised_too_short(milliseconds: int, text: str) -> None:
    assert words.wait(milliseconds) == text


def test_instants_are_given_on_the_learners_calendar() -> None:
    clock = FixedClock(datetime(2026, 3, 2, 23, 30, tzinfo=UTC), zone=ZoneInfo("Asia/Tokyo"))
    minute = 60_000
    assert words.when(clock.at - 1, clock) == "now"
    assert words.when(clock.at + 5 * minute, clock) == "today 08:35"
    assert words.when(clock.at + 24 * 60 * minute, clock) == "tomorrow 08:30"
    assert words.when(clock.at + 72 * 60 * minute, clock) == "on 2026-03-06 08:30"


@pytest.mark.parametrize(
    ("due", "text"),
    [
        (100, "today"),
        (101, "tomorrow"),
        (99, "yesterday"),
        (105, "in 5 days"),
        (97, "3 days ago"),
        (200, "on 1970-07-20"),
    ],
)
def test_study_days_are_given_from_today(due: int, text: str) -> None:
    assert words.day(due, 100) == text


def test_time_spent_is_given_in_whole_minutes() -> None:
    assert words.spent(10) == "less than a minute"
    assert words.spent(90) == "2 minutes"
    assert words.spent(3600) == "1 hour"
    assert words.spent(7500) == "2 hours 5 minutes"


def test_counts_and_shares() -> None:
    assert words.count(1, "card") == "1 card"
    assert words.count(1200, "card") == "1,200 cards"
    assert words.percent(0.876) == "88%"
    assert words.percent(None) == "-"


def test_a_plan_names_what_there_is_and_the_minutes() -> None:
    assert words.plan(new=10, learning=0, review=14, seconds=540) == (
        "14 reviews, 10 new: about 9 minutes"
    )
    assert words.plan(new=0, learning=2, review=1, seconds=29) == (
        "2 learning, 1 review: less than a minute"
    )
    assert words.plan(new=1200, learning=0, review=0, seconds=31) == "1,200 new: about 1 minute"
    assert words.plan(new=0, learning=0, review=0, seconds=0) == ""
