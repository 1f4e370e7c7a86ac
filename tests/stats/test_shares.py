"""The interval of a share, against what defines it."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flashsafety.stats.shares import Share, Z

shares = st.integers(1, 100_000).flatmap(lambda n: st.builds(Share, st.just(n), st.integers(0, n)))


@given(shares)
def test_the_ends_are_the_shares_that_are_just_not_refuted(share: Share) -> None:
    assert share.value is not None and share.interval is not None
    for end in share.interval:
        if 0 < end < 1:
            error = math.sqrt(end * (1 - end) / share.of)
            assert abs(share.value - end) == pytest.approx(Z * error, rel=1e-6)
    assert 0 <= share.interval[0] <= share.value <= share.interval[1] <= 1


def test_intervals_as_they_are_printed_elsewhere() -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3."""
    for recalled, of, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605),
                                    (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)):  # fmt: skip
        assert Share(of, recalled).interval == pytest.approx((low, high), abs=5e-5)


def test_nothing_has_no_share() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).interval is None
