"""A simulated learner, the same for the same seed: recalls as FSRS predicts, rests some days."""

import random

from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_modules, today
from flashsafety.terms import Memory, Phase, Rating

REST = 0.12
"""Chance that a day is left out."""

_SECONDS = {Phase.NEW: 22, Phase.LEARNING: 8, Phase.REVIEW: 11, Phase.RELEARNING: 9}
"""Half of the answers take longer, half less."""


def study_for(library: Library, clock: FixedClock, days: int, seed: int = 1) -> None:
    """Study so many days from the clock's on, opening each module that is offered.

    Nothing is kept from a power cut meanwhile: it is the disk that would take the time.
    """
    rng = random.Random(seed)
    library.db.execute("PRAGMA synchronous = OFF")
    for day in range(days):
        if day == 0 or rng.random() > REST:
            clock.advance(minutes=rng.randint(-90, 90))
            noon = clock.at
            _study(library, clock, rng)
            clock.at = noon
        clock.advance(days=1)
    library.db.execute("PRAGMA synchronous = FULL")


def _study(library: Library, clock: FixedClock, rng: random.Random) -> None:
    """A day: everything that is due, in one sitting."""
    offer = today(library).offer
    if offer is not None:
        start_modules(library, [offer.slug])
    session = StudySession(library)
    while session.current is not None:
        memory = session.current.state.memory
        rating = _rating(library, memory, clock, rng)
        took = round(rng.lognormvariate(0, 0.5) * _SECONDS[memory.phase] * 1000)
        clock.advance(minutes=(took + 1500) / 60_000)
        session.answer(rating, min(took, 60_000))


def _rating(library: Library, memory: Memory, clock: FixedClock, rng: random.Random) -> Rating:
    chance = 0.85
    if memory.phase == Phase.REVIEW:
        chance = library.scheduling[1].retrievability(memory, clock.now().day)
    if rng.random() > chance:
        return Rating.AGAIN
    return rng.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (12, 78, 10))[0]
