"""What the scheduling tests share: random parameter sets and histories, and a card's whole life."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from hypothesis import settings
from hypothesis import strategies as st

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.scheduling.replay import advance
from flashsafety.terms import (
    CardKey,
    CardState,
    Instant,
    Memory,
    Origin,
    Outcome,
    Parameters,
    Rating,
    Review,
    StudyDay,
)

DAY = 86_400
FIRST_DAY = StudyDay(20_000)
CARD = CardKey("fgsm-step-direction/recall")
DEFAULTS = Parameters(DEFAULT_WEIGHTS)

few: Callable[..., None] = settings(deadline=None, database=None, max_examples=30)
many: Callable[..., None] = settings(deadline=None, database=None, max_examples=150)

ratings = st.sampled_from(Rating)
day_differences = st.one_of(st.integers(-3, 2), st.integers(0, 900))
histories = st.lists(st.tuples(ratings, day_differences), min_size=1, max_size=25)
"""Ratings, each with its study-day difference from the one before; the clock may go back."""

weights: st.SearchStrategy[tuple[float, ...]] = st.one_of(
    st.just(DEFAULT_WEIGHTS),
    st.tuples(
        *(
            st.floats(low, high)
            for low, high in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
        )
    ),
)
steps = st.lists(st.integers(1, 200_000), max_size=3).map(tuple)
parameter_sets = st.builds(
    Parameters,
    weights,
    desired_retention=st.floats(0.7, 0.99),
    learning_steps=steps,
    relearning_steps=steps,
    maximum_interval=st.sampled_from((1, 2, 30, 36_500)),
)


@dataclass(frozen=True, slots=True)
class Played:
    """A card's life: what the log says, and the state after each row."""

    reviews: tuple[Review, ...]
    states: tuple[CardState, ...]
    outcomes: tuple[Outcome, ...]


def review_of(
    number: int,
    rating: Rating,
    day: int,
    state: CardState,
    outcome: Outcome,
    *,
    parameters: int = 1,
    origin: Origin = "review",
) -> Review:
    """The log row of an outcome, at noon UTC of its study day."""
    return Review(
        id=number.to_bytes(16, "big"),
        rating=rating,
        reviewed_at=Instant((day * DAY + 12 * 3600) * 1000 + number),
        utc_offset=0,
        day=StudyDay(day),
        duration_ms=4_000,
        phase=state.memory.phase,
        interval=outcome.interval,
        fuzz=outcome.fuzz,
        parameters=parameters,
        origin=origin,
    )


def play(
    history: Sequence[tuple[Rating, int]],
    *schedulers: Scheduler,
    card: CardKey = CARD,
) -> Played:
    """Rate a card through a history; the schedulers take turns, their ids being 1, 2 and so on."""
    day = int(FIRST_DAY)
    state = CardState()
    reviews: list[Review] = []
    states: list[CardState] = []
    outcomes: list[Outcome] = []
    for number, (rating, difference) in enumerate(history):
        day += difference
        turn = number % len(schedulers)
        outcome = schedulers[turn].outcome(card, state, rating, StudyDay(day))
        review = review_of(number, rating, day, state, outcome, parameters=turn + 1)
        state = advance(state, review, outcome.memory)
        reviews.append(review)
        states.append(state)
        outcomes.append(outcome)
    return Played(tuple(reviews), tuple(states), tuple(outcomes))


def play_on_time(scheduler: Scheduler, rated: Sequence[Rating], start: CardState) -> list[int]:
    """Days given by each rating with the fuzz taken off, each made on the day it fell due."""
    day = int(FIRST_DAY)
    state = start
    days: list[int] = []
    for number, rating in enumerate(rated):
        outcome = scheduler.outcome(CARD, state, rating, StudyDay(day))
        review = review_of(number, rating, day, state, outcome)
        state = advance(state, review, outcome.memory)
        days.append(outcome.interval // DAY - outcome.fuzz)
        day += days[-1]
    return days


def without_place(memory: Memory) -> tuple[float | None, float | None, StudyDay | None]:
    """Stability, difficulty and day: what a fold of memories alone gives."""
    return memory.stability, memory.difficulty, memory.last_day
