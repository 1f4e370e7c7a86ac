"""The balancer: inside the fuzz range, ratings in order, busy and easy days left alone."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.balance import Balance, balanced
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.fuzz import draw, fuzz_range, fuzzed
from flashsafety.scheduling.week import SHARES, share_of, weekday
from flashsafety.terms import CardKey, Ease, Rating, StudyDay
from tests.scheduling.histories import DEFAULTS, FIRST_DAY, histories, many, play
from tests.smoothing import EASY, NORMAL, measure

LONGEST = 36_500
eases: st.SearchStrategy[Ease] = st.sampled_from(list(SHARES))
weeks = st.tuples(*[eases] * 7)
loads = st.lists(st.integers(0, 6_000), min_size=1, max_size=40)
"""Seconds of one day after the other, over and over."""


def repeated(seconds: Sequence[int]) -> Callable[[StudyDay, StudyDay], list[float]]:
    def expected(first: StudyDay, last: StudyDay) -> list[float]:
        return [float(seconds[day % len(seconds)]) for day in range(first, last + 1)]

    return expected


balances = st.builds(
    Balance,
    st.one_of(st.none(), loads.map(repeated)),
    weeks,
    st.one_of(st.just(inf), st.floats(60, 6_000)),
)
draws = st.floats(0, 1, exclude_max=True)


def picks(days: int, balance: Balance, number: int = 2_000) -> Counter[int]:
    """How often each length is drawn for as many cards."""
    return Counter(
        balanced(days, LONGEST, draw(f"card-{n}/recall", 3), FIRST_DAY, balance)
        for n in range(number)
    )


@many
@given(st.integers(1, LONGEST), st.sampled_from((1, 2, 7, 365, LONGEST)), draws, balances)
def test_every_choice_stays_in_the_fuzz_range(
    days: int, longest: int, drawn: float, balance: Balance
) -> None:
    days = min(days, longest)
    low, high = fuzz_range(days, longest)
    assert low <= balanced(days, longest, drawn, FIRST_DAY, balance) <= high


@many
@given(st.integers(1, 400), st.integers(0, 60), draws, balances)
def test_a_longer_interval_is_never_given_fewer_days(
    days: int, more: int, drawn: float, balance: Balance
) -> None:
    short = balanced(days, LONGEST, drawn, FIRST_DAY, balance)
    assert short <= balanced(days + more, LONGEST, drawn, FIRST_DAY, balance)


@many
@given(histories, st.integers(0, 400), balances)
def test_a_better_rating_never_gives_fewer_days_and_the_preview_is_the_outcome(
    history: list[tuple[Rating, int]], later: int, balance: Balance
) -> None:
    scheduler, card = Scheduler(DEFAULTS), CardKey("kl/c2")
    played = play(history, scheduler, card=card)
    state, day = played.states[-1], StudyDay(played.reviews[-1].day + later)
    preview = scheduler.preview(card, state, day, balance)
    whole = [outcome.interval // 86_400 for outcome in preview.values()]
    assert whole == sorted(whole)
    for rating, outcome in preview.items():
        assert outcome == scheduler.outcome(card, state, rating, day, balance)
        assert outcome == Scheduler(DEFAULTS).outcome(card, state, rating, day, balance)
        plain = scheduler.outcome(card, state, rating, day)
        assert outcome.memory == plain.memory
        assert outcome.interval - outcome.fuzz * 86_400 == plain.interval - plain.fuzz * 86_400


@many
@given(st.integers(1, LONGEST), draws)
def test_with_nothing_to_heed_the_draw_is_that_of_the_fuzz(days: int, drawn: float) -> None:
    nothing = Balance(None, NORMAL, inf)
    assert balanced(days, LONGEST, drawn, FIRST_DAY, nothing) == fuzzed(days, LONGEST, drawn)


def test_a_busy_day_is_drawn_rarely_and_an_empty_one_often() -> None:
    low, high = fuzz_range(20, LONGEST)
    busy, empty = FIRST_DAY + 20, FIRST_DAY + 22
    seconds = {busy: 1_200.0, empty: 300.0}
    found = picks(20, Balance(lambda a, b: [seconds.get(d, 600.0) for d in range(a, b + 1)],
                              NORMAL, inf))  # fmt: skip
    others = [found[days] for days in range(low, high + 1) if days not in (20, 22)]
    assert 0 < found[20] < min(others) / 5
    assert found[22] > max(others) * 5


def test_minutes_count_and_not_how_many_cards_they_are() -> None:
    """The balancer is told seconds alone, so twice the seconds weigh the same however made up."""
    twice = picks(20, Balance(lambda a, b: [600.0 + (d % 2) * 600 for d in range(a, b + 1)],
                              NORMAL, inf))  # fmt: skip
    odd = sum(count for days, count in twice.items() if (FIRST_DAY + days) % 2)
    assert odd < sum(twice.values()) / 8


def test_an_easy_day_is_left_alone_and_a_reduced_one_gets_half() -> None:
    found = picks(60, Balance(None, EASY, inf), 6_000)
    of: dict[int, list[int]] = {day: [] for day in range(7)}
    for days in range(*fuzz_range(60, LONGEST)):
        of[weekday(FIRST_DAY + days)].append(found[days])
    usual = [count for day in range(5) for count in of[day]]
    assert max(of[6]) < 5  # Sunday
    assert sum(of[5]) / len(of[5]) == pytest.approx(sum(usual) / len(usual) / 2, rel=0.15)


def test_days_that_hold_what_they_should_go_on_to_do_so() -> None:
    """Half the load on a day that is to hold half: it is drawn half as often, no less."""
    even = Balance(lambda a, b: [1_000.0 * share_of(d, EASY) for d in range(a, b + 1)], EASY, inf)
    by_day: Counter[int] = Counter()
    for days, count in picks(300, even, 20_000).items():
        by_day[weekday(FIRST_DAY + days)] += count
    usual = sum(by_day[day] for day in range(5)) / 5
    assert by_day[5] == pytest.approx(usual * 0.5, rel=0.2)


def test_a_full_day_comes_only_where_all_are_full() -> None:
    def expected(first: StudyDay, last: StudyDay) -> list[float]:
        return [1_799.0 if day == FIRST_DAY + 21 else 1_800.0 for day in range(first, last + 1)]

    assert picks(20, Balance(expected, NORMAL, 1_800.0))[21] > 1_990
    assert len(picks(20, Balance(expected, NORMAL, 1_000.0))) > 5


def test_weekdays_are_those_of_the_calendar() -> None:
    from flashsafety.clock import day_to_date

    for day in range(20_000, 20_008):
        assert weekday(day) == day_to_date(day).weekday()


@pytest.mark.slow
def test_balancing_smooths_the_load_and_costs_no_recall() -> None:
    """The quick form of ``python -m tests.smoothing``, whose figures stand on more learners."""
    seeds = range(2)
    chance = measure(seeds, days=220, even=False)
    even = measure(seeds, days=220)
    assert even.due < 0.8 * chance.due
    assert even.spent < chance.spent
    assert abs(even.stretch) < 0.01
    spread = (0.1 * 0.9 / even.reviews + 0.1 * 0.9 / chance.reviews) ** 0.5
    assert even.retention > chance.retention - 3 * spread
    easy = measure(seeds, days=220, week=EASY)
    normal, reduced, minimum = easy.minutes
    assert reduced < 0.8 * normal
    assert minimum < 0.35 * normal
    assert easy.due < chance.due
    assert easy.retention > chance.retention - 3 * spread
