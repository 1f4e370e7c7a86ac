"""``optimize`` as its user meets it, on a log of most of a year and on none."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.study.answer import undo_newest
from flashsafety.study.library import Library
from tests.libraries import SETTINGS, paths_in
from tests.simulated import FORGETFUL, Lives

Live = Callable[[tuple[float, ...]], None]


@pytest.fixture
def bank(lives: Lives) -> Path:
    return lives.bank


@pytest.fixture
def live(lives: Lives, database: Path, clock: FixedClock) -> Live:
    """Give the database the log of a learner."""

    def start(truth: tuple[float, ...]) -> None:
        shutil.copy(paths_in(lives.folder(truth, clock)).database, database)

    return start


def test_an_empty_log_is_told_what_is_missing(run) -> None:
    ran = run("optimize")
    assert ran.lines[0].startswith("Too few reviews yet: 0 to fit to and 0 later ones")
    assert "800 and 200 are needed" in ran.lines[0]
    ran = run("optimize", "--apply", expect=1)
    assert ran.err == "not applied: the parameters in force stay\n"
    data = run("optimize", "--json").data
    assert data["applied"] is None
    assert data["trial"]["needed"] == [800, 200]
    assert data["trial"]["better"] is None
    assert data["trial"]["since"] is None
    ran = run("optimize", "--history")
    assert [line.split() for line in ran.lines[1:]] == [["1", "2026-03-02", "defaults"]]
    assert run("optimize", "--reschedule").lines == [
        "Due days: every card is due when memory and settings say; none would move."
    ]


def test_a_trial_changes_nothing_and_says_how_to_go_on(run, live) -> None:
    live(FORGETFUL)
    ran = run("optimize")
    assert ran.lines[0].startswith("Fitted to ")
    assert [line.split("  ")[0] for line in ran.lines[3:5]] == ["defaults, in force", "fitted"]
    assert ran.lines[-1].startswith("The fit predicts better than the parameters in force: its")
    assert "--apply" in ran.err
    assert len(run("optimize", "--history", "--json").data) == 1
    form = run("optimize", "--json").data
    trial = form["trial"]
    assert form["applied"] is form["rescheduled"] is None
    assert trial["better"] is True
    assert trial["gain"] == pytest.approx(
        trial["in_force"]["log_loss"] - trial["fitted"]["log_loss"]
    )
    assert trial["gain"] > trial["gain_error"] > 0


def test_a_fit_that_is_no_better_is_not_applied(run, live) -> None:
    live(DEFAULT_WEIGHTS)
    ran = run("optimize", "--apply", expect=1)
    assert "The fit predicts no better than the parameters in force: its log loss is" in ran.out
    assert ran.err == "not applied: the parameters in force stay\n"
    assert len(run("optimize", "--history", "--json").data) == 1


def test_a_fit_is_applied_listed_and_gone_back_from(run, live) -> None:
    live(FORGETFUL)
    form = run("optimize", "--apply", "--json").data
    assert form["applied"]["set"] == 2
    assert form["applied"]["cards"] > 100
    first, second = run("optimize", "--history", "--json").data
    assert (first["made_from"], first["fit"], first["in_force"]) == ("defaults", None, False)
    assert second["in_force"] is True
    assert second["fit"]["log_loss"] == form["trial"]["fitted"]["log_loss"]
    assert second["fit"]["log_loss_before"] == form["trial"]["in_force"]["log_loss"]
    reviews = form["trial"]["fitted_to"] + form["trial"]["judged_by"]
    assert second["fit"]["fitted_to"] == reviews
    ran = run("optimize", "--apply", expect=1)
    assert ran.lines[0].startswith("Too few reviews yet")
    assert "so only later ones can judge" in ran.lines[2]
    ran = run("optimize", "--use", "1")
    assert ran.lines == [
        f"Parameter set 3 is in force: the memory of {form['applied']['cards']} cards was reckoned"
        " anew, and no due day moved."
    ]
    assert run("optimize", "--use", "1").lines == ["the parameters of set 1 are in force already"]
    table = [line.split() for line in run("optimize", "--history").lines]
    assert [row[0] for row in table] == ["set", "1", "2", "3"]
    assert table[2][3] == f"{reviews:,}"
    assert table[3][2:] == ["back", "to", "1"]
    ran = run("optimize", "--use", "9", expect=2)
    assert "there is no parameter set 9" in ran.err
    assert ran.err.rstrip().endswith(": 1, 2, 3")


def test_due_days_move_only_when_asked_for_and_agreed_to(run, live) -> None:
    live(FORGETFUL)
    run("optimize", "--apply")
    ran = run("optimize", "--reschedule", expect=2)
    assert ran.err.startswith("error: no due day was moved")
    shown = [line.split() for line in ran.lines[2:]]
    assert shown[0] == ["before", "after"]
    assert len(shown) == 32
    preview = run("optimize", "--reschedule", "--json", expect=2).data["rescheduled"]
    assert [int(row[1].replace(",", "")) for row in shown[1:31]] == [
        day["before"] for day in preview["days"]
    ]
    assert preview["moved"] == 0
    assert preview["backup"] is None
    done = run("optimize", "--reschedule", "--yes", "--json").data["rescheduled"]
    assert done["moved"] == preview["earlier"] + preview["later"] > 100
    assert Path(done["backup"]).exists()
    ran = run("optimize", "--reschedule", "--yes")
    assert "none would move" in ran.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--module", "shapes", "--apply"), "one set of parameters is in force for all modules"),
        (("--module", "shapes", "--reschedule"), "one set of parameters"),
        (("--use", "1", "--apply"), "--use goes back"),
        (("--history", "--apply"), "--history only lists"),
        (("--yes",), "--yes moves due days"),
        (("--module", "shaps"), 'there is no module "shaps"'),
    ],
)
def test_what_cannot_be_together_is_refused(run, arguments, says: str) -> None:
    ran = run("optimize", *arguments, expect=2)
    assert says in ran.err


def test_a_fit_to_a_module_is_shown_and_not_offered(run, live) -> None:
    live(FORGETFUL)
    ran = run("optimize", "--module", "shapes")
    assert " reviews of shapes, judged by " in ran.lines[0]
    assert ran.err == ""
    ran = run("optimize", "--module", "numbers")
    assert ran.lines[0].startswith("Too few reviews of numbers yet: 0 ")


def test_without_the_package_it_says_which(run, monkeypatch) -> None:
    for name in list(sys.modules):
        if name in ("flashsafety.stats.held_out", "flashsafety.scheduling.fit"):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "fsrs_rs_python", None)
    ran = run("optimize", expect=2)
    assert "fsrs_rs_python" in ran.err
    assert "pip install 'flashsafety[optimize]'" in ran.err
    assert run("optimize", "--history").lines[1].split()[0] == "1"


def test_moving_the_due_days_is_one_step_for_undo(
    run, live, bank, database, clock, tmp_path
) -> None:
    live(FORGETFUL)
    run("optimize", "--apply")
    paths = paths_in(tmp_path)._replace(database=str(database))
    with Library.open(paths, SETTINGS, [str(bank)], clock=clock) as library:
        before = library.db.execute("SELECT * FROM card ORDER BY id").fetchall()
        run("optimize", "--reschedule", "--yes")
        assert library.db.execute("SELECT * FROM card ORDER BY id").fetchall() != before
        assert undo_newest(library) is not None
        assert library.db.execute("SELECT * FROM card ORDER BY id").fetchall() == before
