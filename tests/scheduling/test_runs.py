"""The runs of ratings that a fit learns from, and recall as it was predicted in them."""

from itertools import groupby
from operator import itemgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.histories import Row, forecasts, histories
from flashsafety.terms import CardState, Memory, Parameters, Phase, Rating, StudyDay
from tests.scheduling.histories import CARD, FIRST_DAY, few, weights

NEW, LEARNING, REVIEW, RELEARNING = 0, 1, 2, 3


def row(card: int, rating: int, day: int, phase: int = REVIEW) -> Row:
    return card, rating, day, phase, day * 86_400_000


RESET = 0
rows = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 4), st.integers(0, 400), st.integers(0, 3)),
    max_size=20,
).map(lambda drawn: [row(*each) for each in sorted(drawn, key=itemgetter(0))])


def test_a_card_is_one_run_from_its_first_rating_on() -> None:
    first = [row(1, 3, 10, NEW), row(1, 3, 10, LEARNING), row(1, 1, 14)]
    second = [row(2, 4, 11, NEW), row(2, 3, 30)]
    assert histories([*first, *second]) == [first, second]


def test_a_reset_begins_a_run_anew() -> None:
    before, after = [row(1, 3, 10, NEW), row(1, 3, 14)], [row(1, 2, 20, NEW), row(1, 3, 21)]
    assert histories([*before, row(1, RESET, 18), *after]) == [before, after]
    assert histories([row(1, RESET, 9), *before, row(1, RESET, 18)]) == [before]


@pytest.mark.parametrize("phase", [REVIEW, RELEARNING])
def test_a_run_whose_start_is_elsewhere_is_left_out(phase: int) -> None:
    """As a card comes from another program's log that was cut; after a reset it begins here."""
    tail = [row(1, 3, 10, phase), row(1, 3, 14)]
    whole = [row(1, 3, 20, NEW), row(1, 3, 21)]
    assert histories(tail) == []
    assert histories([*tail, row(1, RESET, 15), *whole]) == [whole]
    assert histories([*tail, *[row(2, *each[1:4]) for each in whole]]) != []


@few
@given(rows)
def test_nothing_is_lost_but_resets_and_runs_without_a_start(log: list[Row]) -> None:
    expected = []
    for _, of_card in groupby(log, key=itemgetter(0)):
        for rated, part in groupby(of_card, key=lambda each: bool(each[1])):
            run = list(part)
            if rated and run[0][3] in (NEW, LEARNING):
                expected.append(run)
    assert histories(log) == expected


@few
@given(
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(-2, 60)), min_size=2, max_size=12),
    weights,
    st.integers(0, 200),
)
def test_recall_is_predicted_as_the_scheduler_predicts_it(
    rated: list[tuple[Rating, int]], drawn: tuple[float, ...], since: int
) -> None:
    """Under py-fsrs itself, rating by rating."""
    scheduler = Scheduler(Parameters(drawn))
    day, state = int(FIRST_DAY), CardState()
    run: list[Row] = []
    wanted: tuple[list[float], list[float]] = ([], [])
    for rating, later in rated:
        last = day
        day += later
        if run and day > last and day >= FIRST_DAY + since:
            chance = scheduler.retrievability(state.memory, StudyDay(day))
            wanted[rating > Rating.AGAIN].append(chance)
        run.append(row(1, rating, day, NEW if not run else REVIEW))
        memory = scheduler.outcome(CARD, state, rating, StudyDay(day)).memory
        state = CardState(
            Memory(Phase.REVIEW, None, memory.stability, memory.difficulty, memory.last_day)
        )
    forgotten, recalled = forecasts([run], drawn, FIRST_DAY + since)
    assert forgotten == pytest.approx(wanted[0])
    assert recalled == pytest.approx(wanted[1])
