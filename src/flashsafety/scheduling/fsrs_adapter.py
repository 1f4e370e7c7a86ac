"""The only place that knows py-fsrs, and where its traps are covered.

py-fsrs has no New state, reads the clock where a time is left out, and floors the time between two
ratings to whole 24-hour blocks. It is given days instead, as instants a whole number of days apart,
so that it counts study days. Only the difference matters, so the days start at the first day that
``datetime`` has, and no clock, however wrong, runs past its last. Every ``Card`` gets an id and a
due, for without them it reads the clock and sleeps.
"""

from datetime import UTC, datetime, timedelta

import fsrs
from fsrs.scheduler import DEFAULT_PARAMETERS

from flashsafety.scheduling.balance import Balance, balanced
from flashsafety.scheduling.fuzz import draw, fuzzed
from flashsafety.scheduling.steps import DAY
from flashsafety.terms import (
    CardKey,
    CardState,
    Memory,
    Outcome,
    Parameters,
    Phase,
    Rating,
    StudyDay,
)

DEFAULT_WEIGHTS: tuple[float, ...] = tuple(DEFAULT_PARAMETERS)
"""The weights of FSRS-6 before anything was fitted."""

_EPOCH = datetime(1, 1, 1, tzinfo=UTC)
"""The day of the last rating, as py-fsrs is told."""

_SECOND = timedelta(seconds=1)

_STATE = {
    Phase.NEW: fsrs.State.Learning,
    Phase.LEARNING: fsrs.State.Learning,
    Phase.REVIEW: fsrs.State.Review,
    Phase.RELEARNING: fsrs.State.Relearning,
}
_PHASE = {
    fsrs.State.Learning: Phase.LEARNING,
    fsrs.State.Review: Phase.REVIEW,
    fsrs.State.Relearning: Phase.RELEARNING,
}


class Scheduler:
    """What a rating does to a card under one parameter set. Build it once per set."""

    def __init__(self, parameters: Parameters) -> None:
        """Take a parameter set.

        Raises:
            ValueError: A weight is out of the bounds of py-fsrs, or there are not 21 of them.
        """
        self.parameters = parameters
        self._fsrs = fsrs.Scheduler(
            parameters=parameters.weights,
            desired_retention=parameters.desired_retention,
            learning_steps=[timedelta(seconds=step) for step in parameters.learning_steps],
            relearning_steps=[timedelta(seconds=step) for step in parameters.relearning_steps],
            maximum_interval=parameters.maximum_interval,
            enable_fuzzing=False,
        )
        self._previewed: tuple[object, dict[Rating, Outcome]] = (None, {})
        """What was asked for last, and the outcomes: an answer mostly follows its preview."""

    def outcome(
        self,
        card: CardKey,
        state: CardState,
        rating: Rating,
        day: StudyDay,
        balance: Balance | None = None,
    ) -> Outcome:
        """What a rating on a study day would do. The same arguments always give the same outcome.

        Args:
            card: The card's key; with the count of ratings it seeds the fuzz.
            state: The card's state before.
            rating: How recall went.
            day: The study day of the rating; one before the last rating's counts as that day.
            balance: What the fuzz takes into account of the coming days; nothing when left out.
        """
        asked, outcomes = self._previewed
        if asked == (card, state, day, balance):
            return outcomes[rating]
        return self._outcome(state, rating, day, draw(card, state.reps), balance)

    def preview(
        self, card: CardKey, state: CardState, day: StudyDay, balance: Balance | None = None
    ) -> dict[Rating, Outcome]:
        """The outcome of each of the four ratings, the very ones that ``outcome`` gives."""
        drawn = draw(card, state.reps)
        outcomes = {rating: self._outcome(state, rating, day, drawn, balance) for rating in Rating}
        self._previewed = (card, state, day, balance), outcomes
        return outcomes

    def retrievability(self, memory: Memory, day: StudyDay) -> float:
        """The chance of recall on a study day, 0 to 1; 0 for a card never rated."""
        return self._fsrs.get_card_retrievability(_card(memory), _when(memory, day))

    def _outcome(
        self,
        state: CardState,
        rating: Rating,
        day: StudyDay,
        drawn: float,
        balance: Balance | None,
    ) -> Outcome:
        when = _when(state.memory, day)
        card, _ = self._fsrs.review_card(_card(state.memory), fsrs.Rating(rating), when)
        given = card.due - when
        phase = _PHASE[card.state]
        memory = Memory(phase, card.step, card.stability, card.difficulty, day)
        if phase != Phase.REVIEW:
            return Outcome(memory, given // _SECOND, 0)
        maximum = self.parameters.maximum_interval
        if balance is None:
            days = fuzzed(given.days, maximum, drawn)
        else:
            days = balanced(given.days, maximum, drawn, day, balance)
        return Outcome(memory, days * DAY, days - given.days)


def _card(memory: Memory) -> fsrs.Card:
    """The card as py-fsrs holds it; a new one stands before the first learning step."""
    return fsrs.Card(
        card_id=0,
        state=_STATE[memory.phase],
        step=None if memory.phase == Phase.REVIEW else memory.step or 0,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=_EPOCH,
        last_review=None if memory.last_day is None else _EPOCH,
    )


def _when(memory: Memory, day: StudyDay) -> datetime:
    """The day, as far from the last rating's as study days say, and never before it."""
    since = 0 if memory.last_day is None else max(0, day - memory.last_day)
    return _EPOCH + timedelta(days=since)
