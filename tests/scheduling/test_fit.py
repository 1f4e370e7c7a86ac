"""The optimiser: the same numbers as Anki's own, weights that FSRS takes, and where it parts."""

from dataclasses import fields
from pathlib import Path
from random import Random
from struct import pack, unpack

import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS
from fsrs_rs_python import FSRS, FSRSItem, FSRSReview

from flashsafety.scheduling import fit
from flashsafety.scheduling.fit import Examples
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.scheduling.histories import histories
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.store import plausible
from flashsafety.store.sets import Fit
from flashsafety.terms import Parameters
from tests.anki.optimiser import collection_of
from tests.anki.optimiser import fit as anki_fit
from tests.simulated import log_of, some_weights

CAP = 36_500
"""Days; what the crate lets no stability pass."""


def test_the_weights_are_those_of_ankis_own_optimiser(tmp_path: Path) -> None:
    """Anki reads the same ratings from its own tables, and is told the same number of steps."""
    log = log_of(some_weights(5, 0.4), seed=5, days=250, new=6)
    examples = Examples(histories(log))
    with collection_of(tmp_path, log) as collection:
        theirs = anki_fit(collection)
    assert len(examples) > 3000
    assert [pack("f", weight) for weight in examples.fit(1)] == [
        pack("f", weight) for weight in theirs
    ]
    assert theirs != pytest.approx(DEFAULT_WEIGHTS)


def test_reviews_of_a_day_and_earlier_days_are_told_apart() -> None:
    log = log_of(DEFAULT_WEIGHTS, seed=2, days=80, new=5)
    examples = Examples(histories(log))
    day = examples.day_at(0.8)
    assert 0.7 * len(examples) < examples.before(day) <= 0.8 * len(examples)
    assert examples.before(examples.last_day + 1) == len(examples)
    assert examples.fit(1, examples.last_day + 1) == examples.fit(1)
    assert examples.fit(1, day) == Examples(histories([r for r in log if r[2] < day])).fit(1)


def test_fitted_weights_are_legal_and_short() -> None:
    """A bound such as 0.8 is above itself in 32 bits, and would be refused."""
    for low, high in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True):
        for weight in (low, high, (low + high) / 3):
            (single,) = unpack("f", pack("f", weight))
            assert low <= fit._shortest(single) <= high
            assert pack("f", fit._shortest(single)) == pack("f", single)
    for seed in range(6):
        log = log_of(some_weights(seed, 0.6), seed=seed, days=120, new=5)
        weights = Examples(histories(log)).fit(1)
        assert Scheduler(Parameters(weights))
        assert max(len(repr(weight)) for weight in weights) <= 14


def test_the_store_knows_the_bounds_of_py_fsrs() -> None:
    """It takes in sets from other devices, and knows nothing of scheduling else."""
    assert plausible._LEAST == LOWER_BOUNDS_PARAMETERS
    assert plausible._GREATEST == UPPER_BOUNDS_PARAMETERS
    assert {field.name for field in fields(Fit)} == plausible._FIT


# ---- where the crate and py-fsrs part -----------------------------------------------------------


def random_history(rng: Random, weights: tuple[float, ...], length: int) -> list[tuple[int, int]]:
    """Ratings with the days since the one before; reviews early, late, and very late."""
    first, step = first_memories(weights), memory_step(weights)
    history = [(rng.choices((1, 2, 3, 4), (20, 15, 50, 15))[0], 0)]
    s, d = first[history[0][0]]
    for _ in range(length):
        kind = rng.random()
        days = 0
        if kind > 0.15:
            days = max(1, round(min(s, 40_000) * rng.uniform(0.1, 2.5)))
        if kind > 0.9:
            days = rng.choice((1, 7, 365, 3650, 36_500))
        rating = rng.choices((1, 2, 3, 4), (10, 12, 68, 10))[0]
        history.append((rating, days))
        s, d = step(s, d, days, rating)
    return history


def any_weights(rng: Random) -> tuple[float, ...]:
    return tuple(
        rng.uniform(low, high)
        for low, high in zip(LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True)
    )


@pytest.mark.parametrize(("legal", "within"), [(False, 1e-5), (True, 2e-4)])
def test_memories_agree_until_the_crate_caps_stability(legal: bool, within: float) -> None:
    """From then on they part: the crate's stays at 36,500 days, ours goes on, and a lapse from
    there leaves other memories. Nowhere else do they."""
    rng = Random(8)
    capped = 0
    for _ in range(300):
        weights = any_weights(rng) if legal else DEFAULT_WEIGHTS
        history = random_history(rng, weights, 40)
        item = FSRSItem([FSRSReview(*each) for each in history])
        theirs = FSRS(weights).historical_memory_states(item)
        first, step = first_memories(weights), memory_step(weights)
        s, d = first[history[0][0]]
        for (rating, days), memory in zip(history[1:], theirs[1:], strict=True):
            s, d = step(s, d, days, rating)
            if s > CAP:
                assert memory.stability == CAP
                capped += 1
                break
            assert memory.stability == pytest.approx(s, rel=within)
            assert memory.difficulty == pytest.approx(d, rel=within)
    assert 30 < capped < 270


def test_after_the_cap_a_lapse_leaves_another_memory() -> None:
    history = [(4, 0), *[(4, 36_500)] * 6, (1, 36_500)]
    theirs = FSRS(DEFAULT_WEIGHTS).memory_state(FSRSItem([FSRSReview(*x) for x in history]))
    first, step = first_memories(DEFAULT_WEIGHTS), memory_step(DEFAULT_WEIGHTS)
    s, d = first[4]
    for rating, days in history[1:]:
        s, d = step(s, d, days, rating)
    assert s > 1.2 * theirs.stability
    assert d == pytest.approx(theirs.difficulty)
