"""What a rating made elsewhere would have been given here, on plain floats.

The same numbers as ``fsrs_adapter.Scheduler.outcome`` gives, which computes every live rating, at
half its cost; a property test holds the two together. Besides, it takes what py-fsrs does not: a
phase that another program had reached by other steps, and a log that begins in the middle. Pure.
"""

from collections.abc import Callable

from flashsafety.scheduling.fuzz import draw, fuzzed
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.scheduling.steps import DAY, landing
from flashsafety.terms import CardState, Memory, Outcome, Parameters, Phase, Rating, StudyDay

Reckoner = Callable[[str, CardState, Phase, Rating, StudyDay], Outcome]
"""(card key, state before, phase before, rating, study day) to what the rating is given.

The phase is the state's own, or what another program says it was.
"""

Spacing = Callable[[str, int, float], tuple[int, int]]
"""(card key, ratings before, stability in days) to the interval given and the fuzz in it, in days.
"""


def spacing(parameters: Parameters) -> Spacing:
    """The function that says how long a card in review is sent away."""
    decay = -parameters.weights[20]
    factor = 0.9 ** (1 / decay) - 1
    reach = parameters.desired_retention ** (1 / decay) - 1
    longest = parameters.maximum_interval

    def space(card: str, reps: int, stability: float) -> tuple[int, int]:
        # Source: py-fsrs ``Scheduler._next_interval``.
        days = min(max(round(stability / factor * reach), 1), longest)
        given = fuzzed(days, longest, draw(card, reps)) if days > 2 else days
        return given, given - days

    return space


def reckoner(parameters: Parameters) -> Reckoner:
    """The function that reckons under a parameter set."""
    first, step_memory = first_memories(parameters.weights), memory_step(parameters.weights)
    space = spacing(parameters)

    def reckon(card: str, state: CardState, phase: Phase, rating: Rating, day: StudyDay) -> Outcome:
        memory = state.memory
        if memory.stability is None or memory.difficulty is None or memory.last_day is None:
            s, d = first[rating]
        else:
            s, d = step_memory(memory.stability, memory.difficulty, day - memory.last_day, rating)
        step = (memory.step or 0) if memory.phase == phase else 0
        home, landed = landing(phase, step, rating, parameters)
        if landed is not None:
            return Outcome(Memory(home, landed[0], s, d, day), landed[1], 0)
        given, fuzz = space(card, state.reps, s)
        return Outcome(Memory(Phase.REVIEW, None, s, d, day), given * DAY, fuzz)

    return reckon
