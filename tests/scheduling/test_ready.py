"""A plan for a date: how many new cards a day, and at what desired retention."""

from collections.abc import Iterator
from itertools import chain, pairwise, repeat

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.ready import LONGEST_REST, desired, few, quota, rest
from flashsafety.terms import Candidate, Ready, StudyDay
from tests.scheduling.test_queue import keys, new

lengths = st.integers(1, 365)
retentions = st.integers(70, 97).map(lambda n: n / 100)


def plan(length: int, peak: float = 0.9) -> Ready:
    return Ready(StudyDay(1000), StudyDay(1000 + length), ("one",), 0.9, peak)


@given(lengths, retentions, st.floats(0.7, 0.97))
def test_the_desired_retention_rises_to_its_peak_in_few_steps(
    length: int, peak: float, usual: float
) -> None:
    one = plan(length, peak)
    found = [desired(one, usual, day) for day in range(one.first, one.ends)]
    assert all(earlier <= later for earlier, later in pairwise(found))
    assert all(usual - 1e-4 <= each <= max(usual, peak) + 0.006 for each in found)
    assert abs(found[-1] - max(usual, peak)) < 0.006
    assert len(set(found)) <= (peak - usual) * 100 + 2 if peak > usual else set(found) == {usual}


@given(lengths, st.integers(0, 400))
def test_who_keeps_to_the_quota_begins_all_evenly_before_the_last_days(
    length: int, cards: int
) -> None:
    one, left, days = plan(length), cards, []
    for day in range(one.first, one.ends):
        days.append(quota(one, day, left))
        left -= days[-1]
    assert left == 0
    spread = days[: length - rest(one)]
    assert max(spread) - min(spread) <= 1
    assert sum(days[len(spread) :]) == 0
    assert 0 <= rest(one) <= min(LONGEST_REST, length - 1)


@given(st.integers(5, 100), st.integers(1, 200), st.data())
def test_a_day_that_was_missed_is_made_up_for(length: int, cards: int, data: st.DataObject) -> None:
    one, left = plan(length), cards
    for day in range(one.first, one.ends):
        wanted = quota(one, day, left)
        if data.draw(st.booleans()) or day == one.ends - 1:
            left -= wanted
    assert left == 0


def test_the_first_few_leave_out_siblings_and_read_no_further() -> None:
    endless = chain(
        [new("a", "x"), new("a", "y"), new("b"), new("met"), new("c")], repeat(new("later"))
    )
    assert keys(list(few(endless, 3, {"met": "met/other"}))) == ["a/x", "b/recall", "c/recall"]
    assert keys(list(few(iter([new("a", "x"), new("a", "y")]), 2, None))) == ["a/x", "a/y"]

    def unread() -> Iterator[Candidate]:
        raise AssertionError("read")
        yield

    assert list(few(unread(), 0, {})) == []
