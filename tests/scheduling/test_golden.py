"""The numbers that py-fsrs publishes in its own tests, reached through study days and our fuzz.

Source of the numbers: open-spaced-repetition/py-fsrs, ``tests/test_basic.py``, commit 3abe686.
"""

import pytest

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.terms import CardState, Parameters, Phase, Rating, StudyDay
from tests.scheduling.histories import CARD, DEFAULTS, FIRST_DAY, play, play_on_time

AGAIN, HARD, GOOD, EASY = Rating

ONE_LAPSE = (GOOD,) * 6 + (AGAIN,) * 2 + (GOOD,) * 5


def test_a_lapse_between_good_answers_gives_the_published_intervals() -> None:
    intervals = play_on_time(Scheduler(DEFAULTS), ONE_LAPSE, CardState())
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_the_published_memory_after_six_ratings() -> None:
    history = list(zip((AGAIN, *(GOOD,) * 5), (0, 0, 1, 3, 8, 21), strict=True))
    memory = play(history, Scheduler(DEFAULTS)).states[-1].memory
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_easy_ten_times_on_a_day_is_as_easy_as_can_be() -> None:
    states = play([(EASY, 0)] * 10, Scheduler(DEFAULTS)).states
    assert states[-1].memory.difficulty == 1.0


@pytest.mark.parametrize(
    ("rating", "seconds", "phase", "step"),
    [
        (AGAIN, 60, Phase.LEARNING, 0),
        (HARD, 330, Phase.LEARNING, 0),
        (GOOD, 600, Phase.LEARNING, 1),
    ],
)
def test_a_new_card_enters_the_published_step(
    rating: Rating, seconds: int, phase: Phase, step: int
) -> None:
    outcome = Scheduler(DEFAULTS).outcome(CARD, CardState(), rating, FIRST_DAY)
    assert (outcome.interval, outcome.fuzz) == (seconds, 0)
    assert (outcome.memory.phase, outcome.memory.step) == (phase, step)


def test_easy_takes_a_new_card_straight_to_review() -> None:
    outcome = Scheduler(DEFAULTS).outcome(CARD, CardState(), EASY, FIRST_DAY)
    assert outcome.memory.phase == Phase.REVIEW
    assert outcome.memory.step is None
    assert outcome.interval >= 86_400


def test_a_lapse_waits_ten_minutes_and_leaves_by_good() -> None:
    played = play(
        [(GOOD, 0), (GOOD, 0), (GOOD, 2), (AGAIN, 11), (AGAIN, 0), (GOOD, 0)], Scheduler(DEFAULTS)
    )
    places = [(state.memory.phase, state.memory.step) for state in played.states]
    assert places[3:] == [(Phase.RELEARNING, 0), (Phase.RELEARNING, 0), (Phase.REVIEW, None)]
    assert [outcome.interval for outcome in played.outcomes[3:5]] == [600, 600]
    assert [state.lapses for state in played.states] == [0, 0, 0, 1, 1, 1]


def test_without_learning_steps_even_again_gives_days() -> None:
    scheduler = Scheduler(Parameters(DEFAULT_WEIGHTS, learning_steps=()))
    outcome = scheduler.outcome(CARD, CardState(), AGAIN, FIRST_DAY)
    assert outcome.memory.phase == Phase.REVIEW
    assert outcome.interval >= 86_400


def test_without_relearning_steps_a_lapse_stays_in_review() -> None:
    scheduler = Scheduler(Parameters(DEFAULT_WEIGHTS, relearning_steps=()))
    played = play([(GOOD, 0), (GOOD, 0), (AGAIN, 2)], scheduler)
    assert played.states[-1].memory.phase == Phase.REVIEW
    assert played.states[-1].lapses == 1
    assert played.outcomes[-1].interval >= 86_400


@pytest.mark.parametrize(
    ("steps", "history", "seconds", "step"),
    [
        ((600,), [(HARD, 0)], 900, 0),
        ((60, 600), [(GOOD, 0), (HARD, 0)], 600, 1),
    ],
)
def test_hard_in_the_learning_steps(
    steps: tuple[int, ...], history: list[tuple[Rating, int]], seconds: int, step: int
) -> None:
    played = play(history, Scheduler(Parameters(DEFAULT_WEIGHTS, learning_steps=steps)))
    assert played.outcomes[-1].interval == seconds
    assert played.states[-1].memory.step == step


@pytest.mark.parametrize(
    ("steps", "answers", "seconds", "step"),
    [
        ((600,), (HARD,), 900, 0),
        ((60, 600), (HARD,), 330, 0),
        ((60, 600), (GOOD,), 600, 1),
        ((60, 600), (GOOD, HARD), 600, 1),
    ],
)
def test_hard_and_good_in_the_relearning_steps(
    steps: tuple[int, ...], answers: tuple[Rating, ...], seconds: int, step: int
) -> None:
    scheduler = Scheduler(Parameters(DEFAULT_WEIGHTS, relearning_steps=steps))
    history = [(EASY, 0), (AGAIN, 8), *((rating, 0) for rating in answers)]
    played = play(history, scheduler)
    assert played.outcomes[-1].interval == seconds
    assert played.states[-1].memory.phase == Phase.RELEARNING
    assert played.states[-1].memory.step == step


def test_no_interval_passes_the_maximum() -> None:
    scheduler = Scheduler(Parameters(DEFAULT_WEIGHTS, maximum_interval=100))
    state, day = CardState(), FIRST_DAY
    for rating, later in ((EASY, 0), (GOOD, 8), (EASY, 90), (GOOD, 100), (EASY, 100)):
        day = StudyDay(day + later)
        outcome = scheduler.outcome(CARD, state, rating, day)
        assert 86_400 <= outcome.interval <= 100 * 86_400
        state = CardState(outcome.memory, reps=state.reps + 1)


def test_stability_never_falls_below_a_thousandth_of_a_day() -> None:
    states = play([(AGAIN, 1)] * 500, Scheduler(DEFAULTS)).states
    assert all((state.memory.stability or 0) >= 0.001 for state in states)


@pytest.mark.parametrize(
    "weights",
    [DEFAULT_WEIGHTS[:-1], (*DEFAULT_WEIGHTS, 1.0), (100.1, *DEFAULT_WEIGHTS[1:])],
    ids=["too few", "too many", "out of bounds"],
)
def test_weights_that_fsrs_cannot_use_are_refused(weights: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"parameters"):
        Scheduler(Parameters(weights))
