"""The fuzz: in the range of py-fsrs, the same at every replay, and it never turns ratings round."""

import os
import subprocess
import sys

import fsrs
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.fuzz import draw, fuzz_range, fuzzed
from flashsafety.terms import CardKey, CardState, Parameters, Rating, StudyDay
from tests.scheduling.histories import CARD, DEFAULTS, FIRST_DAY, few, histories, many, play

days = st.integers(1, 40_000)
maxima = st.sampled_from((1, 2, 3, 7, 30, 365, 36_500))
draws = st.floats(0, 1, exclude_max=True)


def test_the_range_at_known_lengths() -> None:
    assert [fuzz_range(length, 36_500) for length in (1, 2, 3, 7, 20, 100)] == [
        (1, 1),
        (2, 2),
        (2, 4),
        (5, 9),
        (17, 23),
        (93, 107),
    ]


@many
@given(days, maxima, draws)
def test_an_interval_stays_in_its_range(length: int, maximum: int, drawn: float) -> None:
    length = min(length, maximum)
    low, high = fuzz_range(length, maximum)
    assert 1 <= low <= fuzzed(length, maximum, drawn) <= high <= maximum
    assert low <= length <= high


@many
@given(days, days, maxima, draws)
def test_a_longer_interval_is_never_fuzzed_shorter(
    first: int, second: int, maximum: int, drawn: float
) -> None:
    short, long = sorted((min(first, maximum), min(second, maximum)))
    assert fuzzed(short, maximum, drawn) <= fuzzed(long, maximum, drawn)


@many
@given(histories, st.integers(0, 400), st.text(min_size=1, max_size=8))
def test_a_better_rating_never_gives_fewer_days(
    history: list[tuple[Rating, int]], later: int, name: str
) -> None:
    scheduler, card = Scheduler(DEFAULTS), CardKey(f"{name}/recall")
    played = play(history, scheduler, card=card)
    preview = scheduler.preview(card, played.states[-1], StudyDay(played.reviews[-1].day + later))
    whole_days = [outcome.interval // 86_400 for outcome in preview.values()]
    assert whole_days == sorted(whole_days)


def test_every_length_of_the_range_is_drawn() -> None:
    low, high = fuzz_range(20, 36_500)
    found = {fuzzed(20, 36_500, draw(f"card-{number}/recall", 3)) for number in range(300)}
    assert found == set(range(low, high + 1))


def test_the_draw_is_the_same_in_another_process() -> None:
    code = "from flashsafety.scheduling.fuzz import draw; print(repr(draw('kl/c2', 7)))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": "123"},
    )
    assert float(other.stdout) == draw("kl/c2", 7)


def test_the_draw_changes_with_card_and_count() -> None:
    assert len({draw(key, reps) for key in ("a/recall", "b/recall") for reps in range(5)}) == 10


@few
@given(histories)
def test_learning_steps_are_not_fuzzed_and_fuzz_is_logged(
    history: list[tuple[Rating, int]],
) -> None:
    plain = fsrs.Scheduler(enable_fuzzing=False)
    for outcome in play(history, Scheduler(DEFAULTS)).outcomes:
        if outcome.memory.step is not None:
            assert outcome.fuzz == 0
            continue
        assert outcome.memory.stability is not None
        unfuzzed = plain._next_interval(stability=outcome.memory.stability)
        assert outcome.interval == (unfuzzed + outcome.fuzz) * 86_400


def test_fuzz_follows_the_maximum_interval_down() -> None:
    parameters: Parameters = DEFAULTS._replace(maximum_interval=30)
    scheduler = Scheduler(parameters)
    mature = play([(Rating.EASY, 0), (Rating.EASY, 60)], scheduler).states[-1]
    for reps in range(50):
        state: CardState = mature._replace(reps=reps)
        outcome = scheduler.outcome(CARD, state, Rating.GOOD, StudyDay(FIRST_DAY + 200))
        assert 26 <= outcome.interval // 86_400 <= 30
