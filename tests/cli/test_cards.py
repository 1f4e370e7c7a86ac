"""``cards`` takes a query and no options, and its lines end where the terminal does."""

from pathlib import Path

import pytest

from tests.cli.terminal import at_terminal


@pytest.mark.parametrize(
    ("arguments", "option", "written"),
    [
        (("--module", "shapes"), "--module", "module:shapes"),
        (("--module=shapes",), "--module", "module:shapes"),
        (("circle", "--nonsense"), "--nonsense", "module:NAME"),
        (("-h",), "-h", "module:NAME"),
    ],
)
def test_an_option_is_refused_with_how_a_field_is_written(
    run, arguments: tuple[str, ...], option: str, written: str
) -> None:
    ran = run("cards", *arguments, expect=2)
    assert ran.out == ""
    assert f'a query has no option "{option}"' in ran.err
    assert written in ran.err


def test_a_word_may_be_turned_round(run) -> None:
    assert len(run("cards", "-type:concept").lines) == len(run("cards").lines) - 2


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_a_line_ends_where_the_terminal_does(bank: Path, database: Path, columns: int) -> None:
    _, seen = at_terminal(bank, database, ("cards",), (), columns)
    lines = [line for line in seen.split("\n") if "/" in line]
    assert len(lines) == 9
    assert max(map(len, lines)) <= columns
    assert any(line.endswith("…") for line in lines) == (columns < 200)


def test_a_program_reads_whole_lines(run) -> None:
    assert "…" not in run("cards").out
