"""How the rated cards are spread over stability, difficulty and retrievability, now."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.stats.figures import Figures, weights_in_force
from flashsafety.store import loads

STABILITY = (0.0, 1.0, 3.0, 7.0, 14.0, 30.0, 90.0, 180.0, 365.0)
"""Days at which a class begins; the last has no end."""

DIFFICULTY = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)
"""Where a class begins; the last ends at 10, that included."""

RETRIEVABILITY = tuple(part / 20 for part in range(20))
"""Where a class begins; the last ends at 1, that included."""


@dataclass(frozen=True, slots=True)
class Class:
    """Cards whose value lies from one bound up to another."""

    low: float
    high: float | None
    """Not included, but for the greatest value there is; none when there is no bound."""
    cards: int


@dataclass(frozen=True, slots=True)
class Distributions:
    """Every rated card in the bank, suspended ones too."""

    cards: int
    known: float
    """How many of them are to be expected to be recalled on the present study day."""
    stability: tuple[Class, ...]
    """Days."""
    difficulty: tuple[Class, ...]
    """1 to 10."""
    retrievability: tuple[Class, ...]
    """0 to 1, on the present study day."""


def distributions(figures: Figures) -> Distributions:
    """The cards as they are remembered on the present study day."""
    weights = weights_in_force(figures.library)
    s_counts, d_counts, r_counts = ([0] * len(edges) for edges in _EDGES)
    cards, known = 0, 0.0
    if weights is not None:  # else no card was ever rated
        curve = forgetting_curve(weights)
        for stability, difficulty, last in loads.memories(figures.library.db):
            chance = curve(stability, figures.today - last)
            s_counts[bisect_right(STABILITY, stability) - 1] += 1
            d_counts[bisect_right(DIFFICULTY, difficulty) - 1] += 1
            r_counts[bisect_right(RETRIEVABILITY, chance) - 1] += 1
            cards += 1
            known += chance
    return Distributions(
        cards,
        known,
        _classes(STABILITY, s_counts, None),
        _classes(DIFFICULTY, d_counts, 10.0),
        _classes(RETRIEVABILITY, r_counts, 1.0),
    )


_EDGES = (STABILITY, DIFFICULTY, RETRIEVABILITY)


def _classes(edges: Sequence[float], counts: Sequence[int], end: float | None) -> tuple[Class, ...]:
    return tuple(map(Class, edges, (*edges[1:], end), counts))
