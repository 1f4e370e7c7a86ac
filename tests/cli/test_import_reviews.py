"""The import of a review log, as one meets it."""

from pathlib import Path

import pytest

HEADER = "card_id,review_time,review_rating,review_state,review_duration"
AT = 1_772_452_800_000 - 86_400_000
"""A day before the clock of the tests."""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "log.csv"
    rows = (f"circle/forward,{AT},3,0,900", f"circle-area/recall,{AT},4,0,900")
    file.write_text("\n".join([HEADER, *rows, ""]))
    return file


def test_a_log_goes_from_one_database_into_another(run, tmp_path: Path, log: Path) -> None:
    first = run("import", "reviews", str(log))
    assert first.out == "added: 2 ratings of 2 cards\n"
    assert "The database before is kept in" in first.err
    assert run("show", "circle/forward", "--json").data["log"][0]["origin"] == "import"
    assert "all state equals the log" in run("rebuild", "--verify").out
    run("export", "reviews", str(tmp_path / "again.csv"))
    assert (tmp_path / "again.csv").read_text().splitlines() == log.read_text().splitlines()
    again = run("import", "reviews", str(log))
    assert again.out == "added: nothing\nin the log already: 2\n"
    assert again.err == ""


def test_a_dry_run_keeps_nothing(run, log: Path) -> None:
    assert (
        run("import", "reviews", str(log), "--dry-run").out == "would add: 2 ratings of 2 cards\n"
    )
    assert run("show", "circle/forward", "--json").data["log"] == []
    assert run("restore", "--json").data == []


def test_what_is_left_out_is_named_and_the_exit_code_says_so(run, log: Path) -> None:
    with log.open("a") as file:
        file.write(f"\x1b[31mred,{AT},3,0,0\ncircle/forward,{AT // 1000},3,0,0\n")
    ran = run("import", "reviews", str(log), expect=1)
    assert "added: 2 ratings" in ran.out
    assert "left out: 1 of cards that are not in the bank (␛[31mred)" in ran.out
    assert "left out: 1 line that cannot be read" in ran.out
    assert f'{log}:5: "{AT // 1000}" is too early; is it in seconds?' in ran.err


def test_of_many_bad_lines_the_first_are_named_and_all_are_counted(run, log: Path) -> None:
    with log.open("a") as file:
        file.write("x\n" * 1234)
    ran = run("import", "reviews", str(log), expect=1)
    assert "left out: 1,234 lines that cannot be read" in ran.out
    assert "and 1,214 more" in ran.err
    assert len(ran.err.splitlines()) < 30


def test_other_programs_are_given_the_same(run, log: Path) -> None:
    with log.open("a") as file:
        file.write("x\n")
    data = run("import", "reviews", str(log), "--json", expect=1).data
    assert data.pop("backup").endswith(".db")
    assert data == {
        "ratings": 2, "cards": 2, "known": 0, "repeated": 0, "unknown": 0, "unknown_cards": [],
        "refused": 1,
        "refusals": [{"line": 4, "why": "not as many columns as the first line names"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [("hello\n", 2, "this is no review log"), (None, 3, "this file cannot be read")],
)
def test_a_file_that_will_not_do_is_refused(run, tmp_path: Path, text, code, said) -> None:
    file = tmp_path / "log.csv"
    if text is not None:
        file.write_text(text)
    ran = run("import", "reviews", str(file), expect=code)
    assert ran.err.splitlines()[-2].startswith(f"{file}: {said}")
