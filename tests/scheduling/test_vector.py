"""The formulas on arrays, against those on floats that a replay uses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.scheduling import curve, fuzz, memory, vector
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from tests.scheduling.histories import many, weights


@many
@given(
    weights,
    st.lists(
        st.tuples(
            st.floats(0.001, 40_000), st.floats(1, 10), st.integers(-3, 900), st.integers(1, 4)
        ),
        min_size=1,
        max_size=20,
    ),
)
def test_memory_goes_as_in_a_replay(
    w: tuple[float, ...], cards: list[tuple[float, float, int, int]]
) -> None:
    of, one = vector.formulas(w), memory.memory_step(w)
    s, d, days, rating = (np.array(column) for column in zip(*cards, strict=True))
    after_s, after_d = vector.step(of, s, d, days, rating)
    for place, card in enumerate(cards):
        assert (after_s[place], after_d[place]) == pytest.approx(one(*card), rel=1e-9, abs=1e-9)
    assert vector.recall(of, s, days) == pytest.approx(
        [curve.recall(w, card[0], card[2]) for card in cards]
    )
    assert pytest.approx(np.array(memory.first_memories(w))) == of.first.T


@many
@given(
    st.lists(st.floats(0.001, 40_000), min_size=1, max_size=20),
    st.floats(0.7, 0.99),
    st.sampled_from((1, 2, 30, 36_500)),
)
def test_intervals_are_those_that_fsrs_asks_for(
    stability: list[float], retention: float, longest: int
) -> None:
    import fsrs

    plain = fsrs.Scheduler(
        desired_retention=retention, maximum_interval=longest, enable_fuzzing=False
    )
    found = vector.interval(
        vector.formulas(DEFAULT_WEIGHTS), np.array(stability), np.array(retention), longest
    )
    assert list(found) == [plain._next_interval(stability=each) for each in stability]


def test_fuzz_ranges_are_the_same() -> None:
    for longest in (1, 2, 7, 365, 36_500):
        days = np.arange(1, min(longest, 3_000) + 1)
        low, high = vector.fuzz_range(days, longest)
        wanted = [fuzz.fuzz_range(int(each), longest) for each in days]
        assert list(zip(low, high, strict=True)) == wanted
