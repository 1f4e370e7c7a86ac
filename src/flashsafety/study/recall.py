"""How the memory of a card rose with each rating and fell between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flashsafety.scheduling.curve import forgetting_curve, share_at
from flashsafety.scheduling.replay import follow
from flashsafety.terms import Action, CardState, Parameters, Rating, Review, StudyDay


class Rise(NamedTuple):
    """A rating, and the stability that it left."""

    day: StudyDay
    stability: float
    """Days."""
    rating: Rating


@dataclass(frozen=True, slots=True)
class RecallPath:
    """The chance of recall of a card from its first rating (since a reset) on."""

    rises: tuple[Rise, ...]
    """In the order of the log; at least one."""
    weights: tuple[float, ...]
    """The 21 numbers of FSRS-6 under which memory is reckoned."""

    def chance(self, day: float) -> float:
        """The chance of recall on a day, 0 to 1; 1 before the first rating."""
        since = [rise for rise in self.rises if rise.day <= day]
        if not since:
            return 1.0
        return forgetting_curve(self.weights)(since[-1].stability, day - since[-1].day)

    def falls_to(self, chance: float) -> float:
        """The day on which it has fallen so far, when nothing is rated meanwhile."""
        last = self.rises[-1]
        return last.day + last.stability * share_at(self.weights, chance)


def recall_path(
    log: Sequence[Review | Action],
    parameters: Mapping[int, Parameters],
    weights: tuple[float, ...],
) -> RecallPath | None:
    """The path of a card from its log; none when no rating counts."""
    state = CardState()
    rises: list[Rise] = []
    for event in log:
        before = state
        state = follow(state, event, parameters=parameters, weights=weights)
        stability, day = state.memory.stability, state.memory.last_day
        if stability is None or day is None:
            rises.clear()
        elif isinstance(event, Review) and state is not before:
            rises.append(Rise(day, stability, Rating(event.rating)))
    return RecallPath(tuple(rises), weights) if rises else None
