"""The ratings of a log as runs from a card's start on, and what recall was predicted in them.

Pure; the formulas are those of ``memory``, which schedule.
"""

from collections.abc import Sequence

from flashsafety.scheduling.curve import shape
from flashsafety.scheduling.memory import first_memories, memory_step

Row = tuple[int, int, int, int, int]
"""Card id, rating (0 for a reset), study day, phase before, instant (ms)."""

History = Sequence[Row]
"""The ratings of a card from its first, or its first after a reset, on; none of them a reset."""

_BEYOND_LEARNING = 2
"""The phase review; a card that begins in it, or in relearning, began elsewhere."""


def histories(rows: Sequence[Row]) -> list[History]:
    """The runs of ratings in a log, in its order.

    A reset begins a run anew. A run whose start is not in the log, as the end of a card's life that
    came from elsewhere, is left out whole, as Anki does: its memory would be a guess.

    Args:
        rows: Card by card, in the order of the log.
    """
    found: list[History] = []
    card, start, place = -1, 0, 0

    def end(of: int) -> None:
        if of > start and rows[start][3] < _BEYOND_LEARNING:
            found.append(rows[start:of])

    for place, row in enumerate(rows):
        if row[0] != card or not row[1]:
            end(place)
            card = row[0]
            start = place if row[1] else place + 1
    end(len(rows))
    return found


def forecasts(
    runs: Sequence[History], weights: Sequence[float], since: int
) -> tuple[list[float], list[float]]:
    """The chances of recall predicted just before reviews: of those forgotten, and recalled.

    Of every rating that comes a study day or more after the one before it; on the same day FSRS
    predicts none.

    Args:
        runs: The ratings.
        weights: The 21 numbers of FSRS-6.
        since: The first study day whose reviews count; what came before it only makes memory.
    """
    first, step = first_memories(weights), memory_step(weights)
    decay, factor = shape(weights)
    forgotten: list[float] = []
    recalled: list[float] = []
    for run in runs:
        if run[-1][2] < since:
            continue
        s = d = 0.0
        last = 0
        for _, rating, day, _, _ in run:
            if s:
                days = day - last
                if day >= since and days > 0:
                    # The curve written out: a call for each review would be dear.
                    chance = (1 + factor * days / s) ** decay
                    (recalled if rating > 1 else forgotten).append(chance)
                s, d = step(s, d, days, rating)
            else:
                s, d = first[rating]
            last = day
    return forgotten, recalled
