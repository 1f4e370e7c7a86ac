"""The state of a card is the fold of its log, by whichever way it is folded."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.errors import UnusableDataError
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.scheduling.replay import act, fold, fold_states
from flashsafety.store.writes import state_values
from flashsafety.terms import (
    Action,
    ActionKind,
    CardState,
    Instant,
    Memory,
    Outcome,
    Parameters,
    Phase,
    Rating,
    Review,
    StudyDay,
)
from tests.scheduling.histories import (
    DEFAULTS,
    FIRST_DAY,
    few,
    histories,
    many,
    parameter_sets,
    play,
    review_of,
    weights,
)

AGAIN, HARD, GOOD, EASY = Rating
SETS = {1: DEFAULTS}

foreign_rows = st.lists(
    st.tuples(
        st.sampled_from(Rating),
        st.integers(-2, 60),
        st.sampled_from(Phase),
        st.sampled_from((0, 60, 330, 600, 1200, 86_400, 5 * 86_400)),
        st.sampled_from((1, 2)),
    ),
    min_size=1,
    max_size=12,
)
"""Rows of another program: any phase, any interval."""


def action(
    kind: ActionKind, value: str | None = None, *, number: int = 0, undone: bool = False
) -> Action:
    return Action(
        number.to_bytes(16, "big"),
        kind,
        Instant(0),
        FIRST_DAY,
        value,
        Instant(1) if undone else None,
    )


def state_row(card: int, review: Review) -> tuple[int, int, int, int, int, int, int]:
    return (
        card,
        review.rating,
        review.reviewed_at,
        review.day,
        review.phase,
        review.interval,
        review.parameters,
    )


@many
@given(parameter_sets, histories)
def test_a_fold_of_the_log_is_the_state_that_the_answers_left(
    parameters: Parameters, history: list[tuple[Rating, int]]
) -> None:
    played = play(history, Scheduler(parameters))
    for length, state in enumerate(played.states, start=1):
        log = played.reviews[:length]
        assert fold(log, parameters={1: parameters}, current=parameters) == state


@many
@given(parameter_sets, parameter_sets, histories, weights)
def test_places_and_dues_come_from_the_sets_that_gave_them(
    first: Parameters,
    second: Parameters,
    history: list[tuple[Rating, int]],
    later: tuple[float, ...],
) -> None:
    played = play(history, Scheduler(first), Scheduler(second))
    sets = {1: first, 2: second}
    folded = fold(played.reviews, parameters=sets, current=first._replace(weights=later))
    lived = played.states[-1]
    assert folded._replace(memory=lived.memory) == lived
    assert (folded.memory.phase, folded.memory.step) == (lived.memory.phase, lived.memory.step)


@many
@given(st.lists(histories, max_size=5), parameter_sets, parameter_sets)
def test_one_pass_over_all_cards_is_a_fold_of_each(
    lives: list[list[tuple[Rating, int]]], first: Parameters, second: Parameters
) -> None:
    sets = {1: first, 2: second}
    schedulers = Scheduler(first), Scheduler(second)
    logs = [play(history, *schedulers).reviews for history in lives]
    rows = [state_row(number, review) for number, log in enumerate(logs) for review in log]
    expected = [
        state_values(number, fold(log, parameters=sets, current=second))
        for number, log in enumerate(logs)
    ]
    assert list(fold_states(rows, parameters=sets, current=second)) == expected


@many
@given(foreign_rows)
def test_rows_of_another_program_fold_alike_and_to_a_state_that_can_be_stored(
    rows: list[tuple[Rating, int, Phase, int, int]],
) -> None:
    sets = {1: DEFAULTS, 2: Parameters(DEFAULT_WEIGHTS, 0.9, (86_400,), ())}
    day = int(FIRST_DAY)
    log: list[Review] = []
    for number, (rating, difference, phase, interval, used) in enumerate(rows):
        day += difference
        before = CardState(Memory(phase))
        outcome = Outcome(Memory(), interval, 0)
        log.append(review_of(number, rating, day, before, outcome, parameters=used, origin="anki"))
    state = fold(log, parameters=sets, current=DEFAULTS)
    rated = [state_row(1, review) for review in log]
    assert list(fold_states(rated, parameters=sets, current=DEFAULTS)) == [state_values(1, state)]
    in_review = state.memory.phase == Phase.REVIEW
    assert (state.due_day is not None) == in_review
    assert (state.due_at is None) == in_review
    assert (state.memory.step is None) == in_review
    assert state.memory.phase != Phase.NEW
    if in_review:
        assert state.interval >= 86_400


def test_a_foreign_row_that_sent_the_card_away_for_days_leaves_it_in_review() -> None:
    before, outcome = CardState(), Outcome(Memory(), 3 * 86_400, 0)
    row = review_of(0, GOOD, FIRST_DAY, before, outcome, origin="anki")
    state = fold([row], parameters=SETS, current=DEFAULTS)
    assert state.memory.phase == Phase.REVIEW
    assert state.due_day == FIRST_DAY + 3


@few
@given(histories, histories)
def test_undone_and_cram_rows_count_for_nothing(
    history: list[tuple[Rating, int]], extra: list[tuple[Rating, int]]
) -> None:
    played = play(history, Scheduler(DEFAULTS))
    other = play(extra, Scheduler(DEFAULTS)).reviews
    undone = [review._replace(undone_at=Instant(5)) for review in other]
    cram: list[Review] = [review._replace(origin="cram") for review in other]
    gone = action("reset", undone=True)
    for noise in (undone, cram):
        log: list[Review | Action] = [*noise, *played.reviews, gone, *noise]
        assert fold(log, parameters=SETS, current=DEFAULTS) == played.states[-1]


def test_a_card_without_a_log_is_new() -> None:
    assert fold([], parameters=SETS, current=DEFAULTS) == CardState()
    assert list(fold_states([], parameters=SETS, current=DEFAULTS)) == []


def test_a_rating_lifts_a_bury_and_keeps_the_flag() -> None:
    reviews = play([(GOOD, 0)], Scheduler(DEFAULTS)).reviews
    log: list[Review | Action] = [
        action("bury", str(FIRST_DAY + 1)),
        action("flag", "typo: teh"),
        *reviews,
    ]
    assert fold(log[:2], parameters=SETS, current=DEFAULTS).buried_until == FIRST_DAY + 1
    state = fold(log, parameters=SETS, current=DEFAULTS)
    assert state.buried_until is None
    assert state.flag == "typo: teh"


def test_each_action_has_its_opposite() -> None:
    state = play([(GOOD, 0)], Scheduler(DEFAULTS)).states[-1]
    pairs: list[tuple[Action, Action]] = [
        (action("suspend"), action("unsuspend")),
        (action("bury", "20001"), action("unbury")),
        (action("flag", "wrong"), action("unflag")),
    ]
    for there, back in pairs:
        assert act(state, there) != state
        assert act(act(state, there), back) == state


def test_a_reset_forgets_all_but_suspension_and_flag() -> None:
    played = play([(GOOD, 0), (EASY, 0), (AGAIN, 9)], Scheduler(DEFAULTS))
    marks = [action("suspend"), action("flag", "unclear"), action("reset")]
    log: list[Review | Action] = [*played.reviews, *marks]
    reset = fold(log, parameters=SETS, current=DEFAULTS)
    assert reset == CardState(suspended=True, flag="unclear")
    again = fold([*log, *played.reviews], parameters=SETS, current=DEFAULTS)
    assert again.memory == played.states[-1].memory
    assert (again.reps, again.lapses) == (3, 1)


def test_a_due_day_is_set_on_cards_in_review_only() -> None:
    learning = play([(GOOD, 0)], Scheduler(DEFAULTS)).states[-1]
    review = play([(EASY, 0)], Scheduler(DEFAULTS)).states[-1]
    due = action("set-due", str(FIRST_DAY + 40))
    assert act(learning, due) == learning
    assert act(CardState(), due) == CardState()
    assert act(review, due) == review._replace(due_day=StudyDay(FIRST_DAY + 40))


def test_starting_a_module_changes_no_card() -> None:
    state = play([(GOOD, 0)], Scheduler(DEFAULTS)).states[-1]
    assert act(state, action("start")) == state


@pytest.mark.parametrize("value", [None, "", "tomorrow"])
def test_an_action_without_its_study_day_is_named(value: str | None) -> None:
    with pytest.raises(UnusableDataError, match="is no study day"):
        act(CardState(), action("bury", value))


def test_a_learning_step_of_a_day_stays_an_instant() -> None:
    parameters = Parameters(DEFAULT_WEIGHTS, learning_steps=(600, 86_400))
    played = play([(GOOD, 0)], Scheduler(parameters))
    state = played.states[-1]
    assert state.memory.phase == Phase.LEARNING
    assert state.due_day is None
    assert state.due_at == played.reviews[-1].reviewed_at + 86_400_000
    assert fold(played.reviews, parameters={1: parameters}, current=parameters) == state
