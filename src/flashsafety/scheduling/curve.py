"""The forgetting curve of FSRS-6 and its inverse, on plain floats. Pure, and free of py-fsrs.

Source: py-fsrs 6 ``Scheduler.get_card_retrievability``; a test holds the two together.
"""

import math
from collections.abc import Callable, Sequence

Curve = Callable[[float, float], float]
"""(stability, days since the last rating) to the chance of recall, 0 to 1."""


def recall(weights: Sequence[float], stability: float, days: float) -> float:
    """The chance of recall, 0 to 1, some days after a rating.

    Args:
        weights: The 21 numbers of FSRS-6.
        stability: Days until the chance is 0.9.
        days: Days since the rating; before it counts as at it.
    """
    return forgetting_curve(weights)(stability, days)


def forgetting_curve(weights: Sequence[float]) -> Curve:
    """``recall`` under one set of weights, for many cards."""
    decay, factor = shape(weights)

    def chance(stability: float, days: float) -> float:
        return float((1 + factor * max(0.0, days) / stability) ** decay)

    return chance


def share_at(weights: Sequence[float], chance: float) -> float:
    """Days over stability at which the chance of recall has fallen so far; endless for 0.

    The curve has one shape for all cards, so this turns a comparison of chances into one of days.
    """
    decay, factor = shape(weights)
    return math.inf if chance <= 0 else (chance ** (1 / decay) - 1) / factor


def shape(weights: Sequence[float]) -> tuple[float, float]:
    """The decay of the curve, and the factor that makes it 0.9 at the stability.

    The chance of recall is ``(1 + factor * days / stability) ** decay``.
    """
    decay = -weights[20]
    return decay, 0.9 ** (1 / decay) - 1
