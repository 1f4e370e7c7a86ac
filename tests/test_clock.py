"""Study days begin at four in the morning where the learner is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.clock import FixedClock, SystemClock, day_begins_at, day_to_date

BERLIN = ZoneInfo("Europe/Berlin")


def day_of(*when: int, zone: ZoneInfo = BERLIN) -> str:
    clock = FixedClock(datetime(*when, tzinfo=zone), zone=zone)  # type: ignore[arg-type,misc]
    return str(day_to_date(clock.now().day))


def test_after_midnight_is_still_the_evening_before() -> None:
    assert day_of(2026, 3, 3, 3, 59) == "2026-03-02"
    assert day_of(2026, 3, 3, 4, 0) == "2026-03-03"


def test_the_night_when_summer_time_begins_and_ends() -> None:
    assert day_of(2026, 3, 29, 3, 30) == "2026-03-28"
    assert day_of(2026, 3, 29, 4, 0) == "2026-03-29"
    assert day_of(2026, 10, 25, 3, 59) == "2026-10-24"
    assert day_of(2026, 10, 25, 4, 0) == "2026-10-25"


@given(
    st.datetimes(datetime(1971, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001, it wants them so
    st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/St_Johns", "Australia/Lord_Howe"]),
)
def test_a_day_begins_where_the_study_day_changes(naive: datetime, name: str) -> None:
    clock = FixedClock(naive.replace(tzinfo=UTC), zone=ZoneInfo(name))
    day = clock.now().day
    begins = day_begins_at(day, clock)
    clock.at = begins
    assert clock.now().day == day
    clock.at = begins - 1
    assert clock.now().day == day - 1


def test_the_system_clock_agrees_with_the_named_zone() -> None:
    named = SystemClock(4 * 3600, ZoneInfo("UTC"))
    moment = named.now()
    assert moment.utc_offset == 0
    assert abs(SystemClock(4 * 3600).now().at - moment.at) < 60_000
