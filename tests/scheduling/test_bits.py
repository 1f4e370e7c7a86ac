"""A replay on plain floats gives the very bits of py-fsrs: rebuild and live answer never part."""

from datetime import UTC, datetime, timedelta

import fsrs
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.replay import fold_memories
from flashsafety.terms import Memory, Parameters, Rating, StudyDay
from tests.scheduling.histories import (
    DEFAULTS,
    FIRST_DAY,
    day_differences,
    histories,
    many,
    play,
    weights,
    without_place,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@many
@given(weights=weights, history=histories)
def test_a_fold_has_the_bits_of_py_fsrs(
    weights: tuple[float, ...], history: list[tuple[Rating, int]]
) -> None:
    theirs = fsrs.Scheduler(weights, enable_fuzzing=False)
    card = fsrs.Card(card_id=1, due=EPOCH)
    day = int(FIRST_DAY)
    rows: list[tuple[int, int, int]] = []
    for rating, difference in history:
        day += difference
        when = EPOCH + timedelta(days=day)
        card, _ = theirs.review_card(card, fsrs.Rating(rating), when)
        rows.append((1, int(rating), day))
        assert list(fold_memories(rows, weights)) == [(1, card.stability, card.difficulty, day)]


@many
@given(weights=weights, history=histories)
def test_a_fold_has_the_bits_of_the_live_answers(
    weights: tuple[float, ...], history: list[tuple[Rating, int]]
) -> None:
    played = play(history, Scheduler(Parameters(weights)))
    for length, state in enumerate(played.states, start=1):
        rows = [(7, review.rating, review.day) for review in played.reviews[:length]]
        assert list(fold_memories(rows, weights)) == [(7, *without_place(state.memory))]


@many
@given(weights=weights, history=histories, later=day_differences)
def test_retrievability_is_that_of_py_fsrs_on_study_days(
    weights: tuple[float, ...], history: list[tuple[Rating, int]], later: int
) -> None:
    ours = Scheduler(Parameters(weights))
    memory = play(history, ours).states[-1].memory
    assert memory.last_day is not None
    theirs = fsrs.Card(
        card_id=1,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=EPOCH,
        last_review=EPOCH + timedelta(days=memory.last_day),
    )
    day = StudyDay(memory.last_day + later)
    expected = fsrs.Scheduler(weights).get_card_retrievability(theirs, EPOCH + timedelta(days=day))
    assert ours.retrievability(memory, day) == expected
    assert 0 <= expected <= 1


def test_a_card_never_rated_has_no_retrievability() -> None:
    assert Scheduler(DEFAULTS).retrievability(Memory(), FIRST_DAY) == 0


@many
@given(st.lists(histories, max_size=6), weights)
def test_folding_many_cards_is_folding_each(
    lives: list[list[tuple[Rating, int]]], weights: tuple[float, ...]
) -> None:
    cards: list[list[tuple[int, int, int]]] = []
    for number, history in enumerate(lives):
        day = int(FIRST_DAY)
        cards.append([])
        for rating, difference in history:
            day += difference
            cards[-1].append((number, rating, day))
    together = list(fold_memories((row for card in cards for row in card), weights))
    assert together == [found for card in cards for found in fold_memories(card, weights)]
