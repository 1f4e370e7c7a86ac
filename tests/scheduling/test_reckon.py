"""Whole logs are reckoned on plain floats: to the bit what py-fsrs gives a live rating."""

from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.reckon import reckoner
from flashsafety.terms import CardKey, CardState, Parameters, Phase, Rating
from tests.scheduling.histories import (
    DAY,
    DEFAULTS,
    FIRST_DAY,
    histories,
    many,
    parameter_sets,
    play,
)


@many
@given(parameter_sets, histories, st.sampled_from(("fgsm/recall", "kl/c2")))
def test_a_reckoned_rating_is_given_what_a_live_one_is(
    parameters: Parameters, history: list[tuple[Rating, int]], key: str
) -> None:
    card = CardKey(key)
    played = play(history, Scheduler(parameters), card=card)
    reckon = reckoner(parameters)
    before = CardState()
    for review, state, outcome in zip(played.reviews, played.states, played.outcomes, strict=True):
        assert reckon(key, before, review.phase, review.rating, review.day) == outcome
        before = state


def test_another_programs_phase_is_believed() -> None:
    """Two ratings without a learning step between them: the second is a review there."""
    played = play([(Rating.GOOD, 0)], Scheduler(DEFAULTS))
    reckon = reckoner(DEFAULTS)
    later = reckon("a/recall", played.states[0], Phase.REVIEW, Rating.GOOD, FIRST_DAY)
    assert later.memory.phase == Phase.REVIEW
    assert later.interval >= DAY


def test_a_log_that_begins_in_the_middle_is_reckoned_from_its_first_row() -> None:
    outcome = reckoner(DEFAULTS)("a/recall", CardState(), Phase.REVIEW, Rating.GOOD, FIRST_DAY)
    assert outcome.memory.phase == Phase.REVIEW
    assert outcome.memory.stability == DEFAULTS.weights[2]
    assert outcome.interval == 2 * DAY
