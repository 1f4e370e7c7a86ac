"""FSRS-6 on many cards at once, for simulations. Pure; the only numbers here are numpy's.

The formulas are those of ``scheduling.memory`` and ``scheduling.fuzz``, which a test holds them to;
what schedules a learner's cards never comes from here.
"""

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from flashsafety.scheduling.curve import shape
from flashsafety.scheduling.fuzz import RANGES, SHORTEST
from flashsafety.scheduling.memory import LEAST, first_memories

Floats: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int64]


class Formulas(NamedTuple):
    """What the weights come to, worked out once."""

    weights: Floats
    decay: float
    factor: float
    first: Floats
    """Stability and difficulty after a first rating: two rows of five, at the rating's index."""


def formulas(weights: Sequence[float]) -> Formulas:
    """The formulas of a set of weights."""
    decay, factor = shape(weights)
    first = np.array(first_memories(weights)).T
    return Formulas(np.array(weights), decay, factor, first)


def recall(of: Formulas, stability: Floats, days: Floats | Ints) -> Floats:
    """The chance of recall, 0 to 1, so many days after the last rating."""
    chance: Floats = (1 + of.factor * np.maximum(days, 0) / stability) ** of.decay
    return chance


def step(of: Formulas, s: Floats, d: Floats, days: Ints, rating: Ints) -> tuple[Floats, Floats]:
    """Stability and difficulty after one more rating: ``memory.memory_step`` of each card."""
    w = of.weights
    gain = np.exp(w[17] * (rating - 3 + w[18])) * s ** -w[19]
    after = s * np.where((gain < 1) & (rating != 1), 1.0, gain)
    later = np.flatnonzero(days > 0)
    if len(later):
        after[later] = _days_later(of, s[later], d[later], days[later], rating[later])
    easy = w[4] - np.exp(w[5] * 3) + 1
    drift = -w[6] * (rating - 3) * (10 - d) / 9
    difficulty = w[7] * easy + (1 - w[7]) * (d + drift)
    return np.maximum(after, LEAST), np.clip(difficulty, 1.0, 10.0)


def _days_later(of: Formulas, s: Floats, d: Floats, days: Ints, rating: Ints) -> Floats:
    """Stability after a rating on a later day than the last."""
    w = of.weights
    forgotten = 1 - recall(of, s, days)
    bonus = np.where(rating == 2, w[15], np.where(rating == 4, w[16], 1.0))
    surge = np.exp(w[8]) * (11 - d) * s ** -w[9] * np.expm1(forgotten * w[10]) * bonus
    lapse = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * np.exp(forgotten * w[14])
    lapse = np.minimum(lapse, s / np.exp(w[17] * w[18]))
    after: Floats = np.where(rating == 1, lapse, s * (1 + surge))
    return after


def interval(of: Formulas, stability: Floats, retention: Floats, longest: int) -> Ints:
    """Days until the chance of recall has fallen to the desired retention, not yet fuzzed."""
    reach = (retention ** (1 / of.decay) - 1) / of.factor
    return np.clip(np.rint(stability * reach), 1, longest).astype(np.int64)


def fuzz_range(days: Ints, longest: int) -> tuple[Ints, Ints]:
    """The shortest and longest interval that may stand for each: ``fuzz.fuzz_range``."""
    delta = np.ones(days.shape)
    for start, end, factor in RANGES:
        delta += factor * np.maximum(np.minimum(days, end) - start, 0.0)
    high = np.minimum(np.rint(days + delta), longest).astype(np.int64)
    low = np.minimum(np.maximum(2, np.rint(days - delta).astype(np.int64)), high)
    short = days < SHORTEST
    return np.where(short, days, low), np.where(short, days, high)
