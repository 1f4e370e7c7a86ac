"""The adapter hides the traps of py-fsrs: its clock, its random numbers, its days of 24 hours."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.terms import CardState, Parameters, Phase, Rating, StudyDay
from tests.scheduling.histories import (
    CARD,
    DEFAULTS,
    FIRST_DAY,
    histories,
    many,
    parameter_sets,
    play,
)


@many
@given(parameter_sets, histories, st.integers(-3, 500))
def test_a_preview_is_the_outcome_of_each_rating(
    parameters: Parameters, history: list[tuple[Rating, int]], later: int
) -> None:
    scheduler = Scheduler(parameters)
    states = CardState(), play(history, scheduler).states[-1]
    for state in states:
        day = StudyDay(FIRST_DAY + later)
        preview = scheduler.preview(CARD, state, day)
        assert list(preview) == list(Rating)
        for rating, outcome in preview.items():
            assert outcome == scheduler.outcome(CARD, state, rating, day)
            assert outcome == Scheduler(parameters).outcome(CARD, state, rating, day)


@many
@given(parameter_sets, histories)
def test_intervals_are_positive_whole_days_in_review_and_within_the_maximum(
    parameters: Parameters, history: list[tuple[Rating, int]]
) -> None:
    for outcome in play(history, Scheduler(parameters)).outcomes:
        assert outcome.interval > 0
        if outcome.memory.phase == Phase.REVIEW:
            assert outcome.interval % 86_400 == 0
            assert outcome.interval <= parameters.maximum_interval * 86_400


def test_neither_the_clock_nor_the_common_random_numbers_are_touched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("py-fsrs slept")

    monkeypatch.setattr(time, "sleep", refuse)
    before = random.getstate()
    play([(Rating.GOOD, 0), (Rating.GOOD, 0), (Rating.GOOD, 3)], Scheduler(DEFAULTS))
    assert random.getstate() == before


@pytest.mark.parametrize("later", [-50_000, 3_000_000])
def test_a_clock_that_is_wrong_by_ages_breaks_nothing(later: int) -> None:
    scheduler = Scheduler(DEFAULTS)
    state = play([(Rating.EASY, 0)], scheduler).states[-1]
    day = StudyDay(FIRST_DAY + later)
    for outcome in scheduler.preview(CARD, state, day).values():
        assert outcome.interval > 0
        assert outcome.memory.last_day == day
    assert 0 <= scheduler.retrievability(state.memory, day) <= 1


def test_the_default_weights_are_the_21_of_fsrs_6() -> None:
    assert len(DEFAULT_WEIGHTS) == 21
    assert (DEFAULT_WEIGHTS[0], DEFAULT_WEIGHTS[20]) == (0.212, 0.1542)
