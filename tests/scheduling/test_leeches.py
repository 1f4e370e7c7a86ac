"""When a card that keeps being forgotten is named."""

from flashsafety.scheduling.leeches import is_leech


def test_a_leech_is_named_at_eight_lapses_and_then_at_every_fourth() -> None:
    assert [lapses for lapses in range(30) if is_leech(lapses, 8)] == [8, 12, 16, 20, 24, 28]


def test_a_threshold_of_one_names_it_at_every_lapse() -> None:
    assert [lapses for lapses in range(4) if is_leech(lapses, 1)] == [1, 2, 3]


def test_a_threshold_of_nothing_names_none() -> None:
    assert not any(is_leech(lapses, threshold) for lapses in range(9) for threshold in (0, -1))
