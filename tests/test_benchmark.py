"""The benchmark's program runs, at sizes too small to say anything; no time is asserted."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from flashsafety.anki.guid import guid
from tests import benchmark, benchmark_readme
from tests.benchmark_parts import NONE, Row, timed
from tests.benchmark_process import from_a_process
from tests.benchmark_profile import looking, top_ten
from tests.benchmark_readme import SHORT, in_short, write_in_short
from tests.benchmark_table import (
    HEAD,
    Measured,
    add_row,
    growth_line,
    growths,
    line_of,
    read_rows,
    verdict,
)

TINY = {"floor": 400, "stats": 400, "rebuild": 200, "import": 200}
LEAST = {"items": 200_000, "optimize": 12_000, "balance": 300}
"""Below these there is nothing to measure."""
LEFT_OUT = {"install", "browse"}
"""One needs the network; the other waits half a minute for screens to be still."""


@pytest.fixture(scope="module")
def rows() -> Mapping[str, list[Row]]:
    """Those of each measurement."""
    sizes = dict.fromkeys(benchmark.FULL, 20) | TINY | LEAST
    return {
        name: list(benchmark.rows_of(name, size))
        for name, size in sizes.items()
        if name not in LEFT_OUT
    }


@pytest.mark.slow
def test_every_measurement_gives_figures_beside_a_yardstick(
    rows: Mapping[str, list[Row]],
) -> None:
    for name, found in rows.items():
        assert found, name
        for row in found:
            what, unit, ours, stick, theirs, reach = row
            assert what and unit and stick and reach > 0
            for figure in (ours, theirs):
                assert all(each > 0 for each in (figure if isinstance(figure, list) else [figure]))
            assert line_of(row).count("|") == HEAD.partition("\n")[0].count("|")


@pytest.mark.slow
def test_readme_finds_a_row_for_all_that_was_asked(rows: Mapping[str, list[Row]]) -> None:
    table = [Measured(name, 20, row) for name, found in rows.items() for row in found]
    lines = list(in_short(table))
    for begin, _, stick in SHORT:
        if begin != "install size":
            assert any(begin in line and stick in line for line in lines), begin


def answers(cards: int, seconds: float) -> Measured:
    row = (f"answer + next, {cards:,} cards, p50", "ms", [seconds] * 3, "Anki, p50", 0.001, 1.0)
    return Measured("answer", cards, row)


def test_a_figure_above_its_reach_is_named_missed() -> None:
    assert verdict(answers(1000, 0.0009).row) == "met"
    assert verdict(answers(1000, 0.0011).row) == "missed"
    assert verdict((*answers(1000, 1).row[:5], NONE)) == ""


def test_growth_is_fitted_over_the_sizes_and_held_to_its_reach() -> None:
    (growth,) = growths([answers(size, size * 1e-6) for size in (1000, 10_000, 100_000)])
    assert growth.what == "answer + next, N cards, p50"
    assert growth[1:3] == (1000, 100_000)
    assert growth.power == pytest.approx(1)
    assert growth_line(growth).endswith("| 1.00 | 0.1 | missed |")


def test_rows_that_were_kept_come_back_and_the_newest_counts(tmp_path: Path) -> None:
    file = tmp_path / "rows"
    for seconds in (1.0, 2.0):
        add_row(file, answers(1000, seconds))
    add_row(file, answers(10_000, 3.0))
    assert read_rows(file) == [answers(1000, 2.0), answers(10_000, 3.0)]


def test_readme_takes_the_largest_size_and_keeps_what_is_around(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- benchmark -->\nold\n<!-- /benchmark -->\nafter\n")
    monkeypatch.setattr(benchmark_readme, "README", readme)
    write_in_short([answers(100_000, 0.0004), answers(1000, 0.0002)])
    text = readme.read_text()
    assert "| answer + next, 100,000 cards, p50 | 0.4 ms | Anki, p50, 1 ms | 0.40 | 1 |" in text
    assert "1,000 cards, p50 | 0.2" not in text and "old" not in text
    assert text.startswith("before\n") and text.endswith("after\n")
    assert str(Path.home()) not in text


def failing(name: str, size: int):
    yield name
    raise SystemExit(size)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # threads of pytest's own
def test_what_came_before_a_measurement_failed_is_kept() -> None:
    came = []
    with pytest.raises(ChildProcessError, match="lint 3"):
        for each in from_a_process(failing, "lint", 3):
            came.append(each)
    assert came == ["lint"]


def test_a_profile_names_the_functions_of_ours_that_take_the_time() -> None:
    with looking() as found:
        timed(lambda: [guid("bank", f"note-{number}") for number in range(200)])
    assert any("flashsafety/anki/guid.py" in line for line in top_ten(found))
    timed(partial(guid, "bank", "unseen"))
    assert len(found) == 1
