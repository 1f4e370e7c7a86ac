"""Which automatic copies stay."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.study.thinning import served

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def live(days: int, a_day: int = 1) -> tuple[set[datetime], datetime]:
    """Copies that are left after so many days of use, thinned as each is made."""
    kept: set[datetime] = set()
    now = START
    for day in range(days):
        for number in range(a_day):
            now = START + timedelta(days=day, hours=number)
            kept.add(now)
            kept -= served(kept, now)
    return kept, now


def test_after_two_years_recent_days_weeks_and_months_are_there_and_little_else() -> None:
    kept, now = live(730)
    days = {made.date() for made in kept}
    assert {(now - timedelta(days=back)).date() for back in range(14)} <= days
    for weeks in range(2, 8):  # a copy of every week
        monday = now.date() - timedelta(days=now.weekday(), weeks=weeks)
        assert any(monday <= day < monday + timedelta(days=7) for day in days)
    assert {(made.year, made.month) for made in kept} == {
        (year, month) for year in (2026, 2027) for month in range(1, 13)
    }
    assert len(kept) < 14 + 8 + 24 + 3


def test_several_copies_of_one_day_stay_for_two_days_and_then_the_last() -> None:
    kept, now = live(30, a_day=5)
    today = [made for made in kept if made.date() == now.date()]
    before = [made for made in kept if made.date() == (now - timedelta(days=5)).date()]
    assert len(today) == 5
    assert [made.hour for made in before] == [13]


@given(st.sets(st.integers(-400 * 24, 3000 * 24).map(lambda hours: START - timedelta(hours=hours))))
def test_the_newest_copy_stays_and_thinning_again_takes_nothing(made: set[datetime]) -> None:
    left = made - served(made, START)
    assert served(left, START) == set()
    if made:
        assert max(made) in left
    assert {each for each in made if each > START - timedelta(days=2)} <= left


@given(st.sets(st.integers(0, 3000 * 24).map(lambda hours: START - timedelta(hours=hours))))
def test_no_year_month_or_recent_week_loses_all_its_copies(made: set[datetime]) -> None:
    left = made - served(made, START)
    assert {each.year for each in left} == {each.year for each in made}
    recent = {each for each in made if START - each < timedelta(days=366 * 2)}
    kept = {(each.year, each.month) for each in left}
    assert {(each.year, each.month) for each in recent} <= kept
