"""The steps on plain data lead where py-fsrs leads, also after the steps were changed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.scheduling.steps import climb, place_after
from flashsafety.terms import CardState, Memory, Parameters, Phase, Rating, StudyDay
from tests.scheduling.histories import CARD, FIRST_DAY, many, parameter_sets

AGAIN, HARD, GOOD, EASY = Rating

places = st.one_of(
    st.tuples(st.just(Phase.NEW), st.none()),
    st.tuples(st.sampled_from((Phase.LEARNING, Phase.RELEARNING)), st.integers(0, 4)),
    st.tuples(st.just(Phase.REVIEW), st.none()),
)


def state_in(phase: Phase, step: int | None) -> CardState:
    if phase == Phase.NEW:
        return CardState()
    return CardState(Memory(phase, step, 5.0, 5.0, FIRST_DAY), reps=4)


@many
@given(parameter_sets, places, st.sampled_from(Rating), st.integers(-2, 30))
def test_a_rating_leads_to_the_same_place_as_in_py_fsrs(
    parameters: Parameters, place: tuple[Phase, int | None], rating: Rating, later: int
) -> None:
    phase, step = place
    outcome = Scheduler(parameters).outcome(
        CARD, state_in(phase, step), rating, StudyDay(FIRST_DAY + later)
    )
    landed = place_after(phase, step or 0, rating, outcome.interval, parameters)
    assert landed == (outcome.memory.phase, outcome.memory.step)


@pytest.mark.parametrize("phase", [Phase.LEARNING, Phase.RELEARNING])
@pytest.mark.parametrize("rating", Rating)
@pytest.mark.parametrize("steps", [(), (600,), (60, 600)])
def test_a_card_beyond_the_last_step_goes_on(
    phase: Phase, rating: Rating, steps: tuple[int, ...]
) -> None:
    parameters = Parameters(DEFAULT_WEIGHTS, learning_steps=steps, relearning_steps=steps)
    outcome = Scheduler(parameters).outcome(CARD, state_in(phase, 3), rating, FIRST_DAY)
    if steps and rating == AGAIN:
        assert (outcome.memory.phase, outcome.memory.step) == (phase, 0)
        assert outcome.interval == steps[0]
    else:
        assert (outcome.memory.phase, outcome.memory.step) == (Phase.REVIEW, None)
        assert outcome.interval >= 86_400


def test_half_seconds_are_cut() -> None:
    assert climb(0, HARD, (61,)) == (0, 91)
    assert climb(0, HARD, (60, 601)) == (0, 330)
    parameters = Parameters(DEFAULT_WEIGHTS, learning_steps=(61,))
    assert Scheduler(parameters).outcome(CARD, CardState(), HARD, FIRST_DAY).interval == 91
