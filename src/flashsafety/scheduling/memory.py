"""The formulas of FSRS-6 on plain floats, for replays of a whole log.

They repeat py-fsrs operation by operation, in its order (``math.e ** x``, never ``exp``), so that a
replay gives the very bits that the live answer gave; a property test holds the two together.
Whatever depends on weights and rating alone is worked out beforehand. Source of every formula:
py-fsrs 6 ``fsrs/scheduler.py``.
"""

import math
from collections.abc import Callable, Sequence

Step = Callable[[float, float, int, int], tuple[float, float]]
"""(stability, difficulty, days since, rating) to the next (stability, difficulty)."""

_E = math.e
LEAST = 0.001
"""Days; no stability is less. py-fsrs ``STABILITY_MIN``."""


def first_memories(weights: Sequence[float]) -> tuple[tuple[float, float], ...]:
    """Stability (days) and difficulty after a first rating, at the rating's own index.

    Index 0 holds what no rating leads to, so that ``first[rating]`` needs no subtraction.
    """
    return (
        (0.0, 0.0),
        *(
            (max(weights[r - 1], LEAST), min(max(_first_difficulty(weights, r), 1.0), 10.0))
            for r in (1, 2, 3, 4)
        ),
    )


def _first_difficulty(w: Sequence[float], rating: int) -> float:
    reach: float = _E ** (w[5] * (rating - 1))
    return w[4] - reach + 1


def memory_step(weights: Sequence[float]) -> Step:
    """The function that takes a memory over one later rating.

    Days since the last rating count from study day to study day; 0 or less means the same day.
    """
    w = weights
    decay = -w[20]
    factor = 0.9 ** (1 / decay) - 1
    growth = _E ** w[8]
    growth_power, growth_slope = -w[9], w[10]
    bonus = (0.0, 0.0, w[15], 1.0, w[16])
    lapse, lapse_power, lapse_gain, lapse_slope = w[11], -w[12], w[13], w[14]
    lapse_cut = _E ** (w[17] * w[18])
    same_day = (0.0, *(_E ** (w[17] * (r - 3 + w[18])) for r in (1, 2, 3, 4)))
    same_day_power = -w[19]
    drift = (0.0, *(-(w[6] * (r - 3)) for r in (1, 2, 3, 4)))
    pull = w[7] * _first_difficulty(w, 4)
    keep = 1 - w[7]

    def step(s: float, d: float, days: int, rating: int) -> tuple[float, float]:
        if days < 1:
            gain = same_day[rating] * s**same_day_power
            s *= 1.0 if gain < 1.0 and rating != 1 else gain
        elif rating != 1:
            forgotten = 1 - (1 + factor * days / s) ** decay
            surge = _E ** (forgotten * growth_slope) - 1
            s *= 1 + growth * (11 - d) * s**growth_power * surge * bonus[rating]
        else:
            forgotten = 1 - (1 + factor * days / s) ** decay
            long = lapse * d**lapse_power * ((s + 1) ** lapse_gain - 1)
            long *= _E ** (forgotten * lapse_slope)
            s /= lapse_cut
            if long < s:
                s = long
        if s < LEAST:
            s = LEAST
        d = pull + keep * (d + (10.0 - d) * drift[rating] / 9.0)
        if d < 1.0:
            d = 1.0
        elif d > 10.0:
            d = 10.0
        return s, d

    return step
