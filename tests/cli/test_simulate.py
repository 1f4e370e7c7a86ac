"""``simulate``: workload against knowledge, as bars and as JSON."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import flashsafety
from flashsafety.cli.simulate_forms import KEYS
from flashsafety.clock import FixedClock
from tests.banks import question, write_cards
from tests.learners import Learner
from tests.libraries import open_library


@pytest.fixture
def two_months(bank: Path, database: Path, clock: FixedClock, tmp_path: Path) -> None:
    """A learner's log in the database of the commands."""
    write_cards(bank, "01-shapes/more.yaml", *(question(f"more-{n}") for n in range(150)))
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        Learner(library, clock, seed=3).live(60)
        clock.advance(days=1)
        library.db.execute("VACUUM INTO ?", (str(database),))


def test_an_empty_log_is_simulated_with_the_ways_of_many(run) -> None:
    lines = run("simulate", "--days", "30").lines
    assert lines[0] == "30 days from today on, all of them studied, with 9 cards."
    assert lines[1] == "Rated so far: 0; recalled, if asked today: 0."
    assert lines[2].startswith("Answer times and buttons are those of many, until")
    (now,) = (line for line in lines if line.startswith(">     90%"))
    assert float(now.split()[3]) > 0
    assert max(map(len, lines)) <= 80


def test_an_empty_bank_says_so(run, bank: Path) -> None:
    for file in bank.glob("*/*.yaml"):
        file.unlink()
    assert run("simulate").lines == ["There is no card yet: the bank is empty."]
    assert run("simulate", "--plain").lines == ["There is no card yet: the bank is empty."]
    data = run("simulate", "--json").data
    assert (data["cards"], data["retentions"][0]["ratings"]) == (0, 0)


def test_bars_grow_with_what_they_show(run, two_months) -> None:
    lines = run("simulate", "--days", "120").lines
    assert "Answer times and buttons are your own." in lines
    rows = [line for line in lines if line[2:9].strip().endswith("%")]
    assert len(rows) == 13
    data = run("simulate", "--days", "120", "--json").data
    minutes = [each["minutes"] for each in data["retentions"]]
    bars = [row.removeprefix(">").split()[3].count("\N{FULL BLOCK}") for row in rows]
    assert minutes[-1] > 1.5 * minutes[0]
    assert bars[-1] == max(bars) > 15
    for time, bar in zip(minutes, bars, strict=True):
        assert bar == pytest.approx(time / minutes[-1] * bars[-1], abs=1)
    assert sum(row.startswith(">") for row in rows) == 1


def test_a_choice_that_the_review_limit_bounds_is_marked(run, two_months) -> None:
    run("config", "review_limit", "4")
    lines = run("simulate", "--days", "60").lines
    assert lines[-1].startswith("! more reviews are due than may come")
    assert any(line.startswith(" !    97%") for line in lines)
    assert any(line.startswith((">!    90%", ">     90%")) for line in lines)
    rows = run("simulate", "--days", "60", "--json").data["retentions"]
    assert rows[-1]["backlog_days"] > 6


def test_a_retention_and_a_limit_of_ones_own_are_among_the_choices(run) -> None:
    run("config", "desired_retention", "0.87")
    data = run("simulate", "--days", "20", "--new", "3", "--json").data
    assert 0.87 in [each["desired_retention"] for each in data["retentions"]]
    assert {each["new_limit"] for each in data["retentions"]} == {3}
    assert [each["new_limit"] for each in data["new_limits"]] == [0, 3, 5, 10, 15, 20, 30]
    assert {each["desired_retention"] for each in data["new_limits"]} == {0.87}
    assert "is not in the range" in run("simulate", "--new", "-1", expect=2).err


def test_the_keys_of_the_json_are_those_that_the_help_explains(run, two_months) -> None:
    data = run("simulate", "--days", "15", "--json").data
    assert list(data) == list(KEYS["The document"])
    rows = data["retentions"] + data["new_limits"]
    assert [list(row) for row in rows] == [list(KEYS["retentions and new_limits"])] * len(rows)
    assert data == run("simulate", "--days", "15", "--json").data
    text = " ".join(run("simulate", "--help").out.split())
    for keys in KEYS.values():
        assert all(name in text for name in keys)


def test_without_the_extra_its_install_line_is_named(process) -> None:
    ran = process(
        code="""
import sys
from flashsafety.cli.app import run
sys.modules["numpy"] = None
sys.exit(run(["simulate"]))
""",
        expect=2,
    )
    assert ran.err.splitlines() == [
        "error: 'simulate' needs a package that is not installed: numpy",
        "  pip install 'flashsafety[optimize]'",
    ]


NO_PATIENCE = """
import sys
from flashsafety.cli import progress
from flashsafety.cli.app import run
progress._PATIENCE = 0
sys.exit(run(sys.argv[1:]))
"""
"""However quick the machine is, it takes long."""


def test_a_long_simulation_says_how_far_it_is_at_a_terminal_only(
    process, bank: Path, database: Path
) -> None:
    quiet = process(code=NO_PATIENCE.replace("sys.argv[1:]", '["simulate", "--days", "5"]'))
    assert quiet.err.count("simulating") == 0
    ours, theirs = pty.openpty()
    source = str(Path(flashsafety.__file__).parents[1])
    settings = {"FLASHSAFETY_DB": str(database), "FLASHSAFETY_QUESTIONS": str(bank)}
    done = subprocess.Popen(
        [sys.executable, "-c", NO_PATIENCE, "simulate", "--days", "400", "--json"],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, **settings, "PYTHONPATH": source},
    )
    os.close(theirs)
    out, _ = done.communicate()
    assert done.returncode == 0 and out.startswith(b"{")
    seen = b""
    try:
        while piece := os.read(ours, 65_536):
            seen += piece
    except OSError:  # how a terminal ends on Linux
        pass
    os.close(ours)
    assert b"\rsimulating: " in seen
    assert seen.rstrip(b"\r").endswith(b" ")
