"""``optimize --group`` as its user meets it, and ``--use`` of what it wrote."""

import json
import re
from pathlib import Path

import pytest

from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from tests.groups import write_group
from tests.simulated import FORGETFUL


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Of people who forget alike, and not as the defaults say."""
    folder = tmp_path_factory.mktemp("group")
    return [str(file) for file in write_group(folder, [FORGETFUL] * 12)]


def test_newcomers_are_given_what_predicts_better(run, group, tmp_path: Path) -> None:
    start = tmp_path / "start.json"
    ran = run("optimize", "--group", *group, "--write", str(start))
    assert re.fullmatch(
        r"Fitted to [\d,]+ reviews of 12 learners, judged by learners held out, a fifth at a time.",
        ran.lines[0],
    )
    assert [line.split("  ")[0] for line in ran.lines[2:5]] == ["", "defaults", "fitted"]
    said = "To learners held out the fit predicts better than the defaults: its log loss is lower"
    assert ran.lines[-1].startswith(said)
    assert ran.err == f"{start}: 'flashsafety optimize --use {start}' puts them in force\n"
    used = run("optimize", "--use", str(start))
    assert used.out.startswith("Parameter set 2 is in force")
    assert re.search(r"^fitted to [\d,]+ reviews of 12 learners$", used.err, re.MULTILINE)
    first, second = run("optimize", "--history", "--json").data
    assert (first["made_from"], second["made_from"]) == ("defaults", "group")
    assert second["in_force"] and second["weights"] == json.loads(start.read_text())["weights"]
    assert (
        run("optimize", "--use", str(start)).out
        == f"the parameters of {start} are in force already\n"
    )
    assert run("optimize", "--use", "1").out.startswith("Parameter set 3 is in force")


def test_the_document_of_a_group_is_explained(run, group, tmp_path: Path) -> None:
    cut = tmp_path / "cut.csv"
    cut.write_text(Path(group[0]).read_text()[:-30])
    ran = run("optimize", "--group", *group, str(cut), "--json", expect=1)
    data = ran.data
    assert data["better"] is True and data["learners"] == 12 and len(data["weights"]) == 21
    assert data["gain"] > data["gain_error"] > 0
    assert data["left_out"][0]["file"] == str(cut)
    said = run("optimize", "--help").out
    for key in data:
        assert re.search(rf"^  {key}  +\S", said, re.MULTILINE), key


def test_what_is_no_better_is_not_written(run, tmp_path: Path) -> None:
    files = write_group(tmp_path / "group", [DEFAULT_WEIGHTS] * 12, days=100)
    start = tmp_path / "start.json"
    ran = run("optimize", "--group", *map(str, files), "--write", str(start), expect=1)
    assert "predicts no better than the defaults" in ran.lines[-1]
    assert ran.err == "nothing was written: newcomers do as well with the defaults\n"
    assert not start.exists()


def test_too_little_is_said(run, group, tmp_path: Path) -> None:
    ran = run("optimize", "--group", *group[:3])
    assert ran.lines[0].startswith("Too little yet: ")
    assert ran.lines[0].endswith("of 3 learners; 800 reviews of 10 learners are needed.")
    empty = tmp_path / "empty.csv"
    run("export", "reviews", "--anonymous", str(empty))
    ran = run("optimize", "--group", str(empty), "--json")
    assert (ran.data["learners"], ran.data["reviews"], ran.data["better"]) == (0, 0, None)
    ran = run("optimize", "--group", str(tmp_path / "nowhere.csv"), expect=1)
    assert "nowhere.csv: cannot be read" in ran.err


def test_who_has_a_log_of_their_own_is_only_given_what_suits_it(
    run, group, lives, database, clock, tmp_path: Path
) -> None:
    import shutil

    from tests.libraries import paths_in

    start = tmp_path / "start.json"
    run("optimize", "--group", *group, "--write", str(start))
    shutil.copy(paths_in(lives.folder(DEFAULT_WEIGHTS, clock)).database, database)
    ran = run("optimize", "--use", str(start), expect=1)
    assert "these predict your own reviews no better than the parameters in force" in ran.err
    assert len(run("optimize", "--history", "--json").data) == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--group",), "--group fits to files"),
        (("a.csv",), "files are what --group fits to"),
        (("--group", "a.csv", "--apply"), "--group fits for others"),
        (("--group", "a.csv", "--use", "1"), "--group fits for others"),
        (("--write", "start.json"), "--write writes what --group fitted"),
        (("--group", "a.csv", "--force"), "--force replaces a file"),
        (("--use", "nowhere.json"), "nowhere.json"),
    ],
)
def test_what_cannot_be_together_is_refused(run, arguments, says: str) -> None:
    assert says in run("optimize", *arguments, expect=None).err


def test_a_file_that_holds_no_parameters_is_refused(run, tmp_path: Path) -> None:
    (tmp_path / "start.json").write_text("{}")
    said = run("optimize", "--use", str(tmp_path / "start.json"), expect=2).err
    assert "this is no file of parameters" in said
    assert "--group FILE... --write" in said
