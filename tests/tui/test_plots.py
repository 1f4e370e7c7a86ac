"""Plots in block characters: what they show is what they were given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from flashsafety.tui.widgets.plots import Interval, bars, columns, intervals

EIGHTHS = " ▁▂▃▄▅▆▇█"


def plain(lines: list[Content]) -> list[str]:
    return [line.plain for line in lines]


@given(
    st.lists(st.floats(0, 1e6), min_size=1, max_size=90), st.integers(20, 120), st.integers(1, 9)
)
def test_upright_bars_are_as_high_as_their_values(
    values: list[float], width: int, height: int
) -> None:
    lines = plain(columns(values, ["x"] * len(values), width, height))
    assert len(lines) == height + 1
    assert max(map(len, lines)) <= width
    step = max(1, min(8, (width - 6) // len(values)))
    shown = values[-((width - 6) // step) :]
    top = max(shown) or 1
    for place, value in enumerate(shown):
        cells = [line[6:].ljust(width)[place * step] for line in lines[:-1]]
        eighths = sum(EIGHTHS.index(cell) for cell in cells)
        assert eighths == pytest.approx(value / top * height * 8, abs=0.51)


def test_names_below_bars_do_not_touch() -> None:
    names = [f"11-{day:02}" for day in range(1, 29)]
    scale = plain(columns([1.0] * 28, names, 62, 3))[-1]
    assert scale.split() == ["0", *(name for name in names if name in scale.split())]
    for name in scale.split()[1:]:
        assert scale.index(name) == 6 + 2 * names.index(name)


def test_lying_bars_have_names_values_and_their_length() -> None:
    lines = plain(bars([("short", 1, "1"), ("long", 8, "8"), ("none", 0, "0")], 40))
    assert [line.count("█") for line in lines] == [3, 31, 0]
    assert [line.split()[0] for line in lines] == ["short", "long", "none"]
    assert [line.split()[-1] for line in lines] == ["1", "8", "0"]
    assert max(map(len, lines)) <= 40


def test_the_smallest_value_still_shows() -> None:
    assert "▏" in plain(bars([("a", 1, "1"), ("b", 10_000, "10,000")], 40))[0]


def test_intervals_show_share_reach_and_what_is_wanted() -> None:
    rows = [
        ("above", "95%", Interval(0.95, 0.92, 0.97)),
        ("below", "85%", Interval(0.85, 0.82, 0.88)),
        ("around", "90%", Interval(0.9, 0.85, 0.95)),
        ("nothing", "none", None),
    ]
    scale, above, below, around, nothing = plain(intervals(rows, 60, wanted=[0.9] * 4))
    assert scale.split() == ["80%", "100%"]
    assert above.index("│") < above.index("─") < above.index("●")
    assert below.index("─") < below.index("●") < below.index("│")
    assert around.count("●") == 1
    assert "│" not in around
    assert nothing.split() == ["nothing", "none", "│"]
    assert {line.index("│") for line in (above, below, nothing)} == {around.index("●")}
    assert max(map(len, (scale, above, below, around))) <= 60


def test_a_long_name_is_cut_and_wide_letters_count_double() -> None:
    rows = [("数" * 40, "90%", Interval(0.9, 0.85, 0.95)), ("a", "90%", Interval(0.9, 0.8, 1.0))]
    _, wide, narrow = intervals(rows, 60, wanted=[0.9, 0.9])
    assert wide.cell_length <= 60
    assert "…" in wide.plain
    assert wide.plain.index("●") + wide.plain.count("数") == narrow.plain.index("●")
