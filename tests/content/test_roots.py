"""Which bank is used, and which of its files there are."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flashsafety.content.changed import locate, stat_bank
from flashsafety.content.roots import bundled, find_roots
from flashsafety.errors import UsageError
from tests.banks import question, tiny_bank, write_cards


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    names = ("flag", "variable", "checkout/questions", "data")
    return {name: tiny_bank(tmp_path / name) for name in names[:3]} | {"data": tmp_path / "data"}


def test_the_flag_comes_first_and_may_be_repeated(places):
    environ = {"FLASHSAFETY_QUESTIONS": str(places["variable"])}
    chosen = [str(places["flag"]), str(places["variable"])]
    found = find_roots(chosen, environ, str(places["checkout/questions"]), str(places["data"]))
    assert found == tuple(chosen)


def test_then_the_variable_which_may_name_several_folders(places):
    both = os.pathsep.join([str(places["variable"]), str(places["flag"])])
    environ = {"FLASHSAFETY_QUESTIONS": both}
    cwd = str(places["checkout/questions"])
    assert find_roots([], environ, cwd, str(places["data"])) == tuple(both.split(os.pathsep))


@pytest.mark.parametrize("below", ["", "questions", "questions/01-shapes", "../checkout"])
def test_then_the_checkout_one_stands_in(places, below):
    cwd = os.path.normpath(places["checkout/questions"].parent / below)
    assert find_roots([], {}, cwd, str(places["data"])) == (str(places["checkout/questions"]),)


def test_then_the_bank_that_came_with_the_program(tmp_path):
    assert find_roots([], {}, str(tmp_path), str(tmp_path / "data")) == (bundled(),)
    assert (Path(bundled()) / "syllabus.yaml").is_file()


def test_the_learners_own_folder_is_always_added(places):
    own = places["data"] / "questions"
    own.mkdir(parents=True)
    found = find_roots([str(places["flag"])], {}, "/", str(places["data"]))
    assert found == (str(places["flag"]), str(own))


def test_relative_folders_are_those_of_where_one_stands(places):
    found = find_roots(["flag"], {}, str(places["flag"].parent), str(places["data"]))
    assert found == (str(places["flag"]),)


def test_a_folder_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match='"nowhere" is not a folder'):
        find_roots(["nowhere"], {}, str(tmp_path), str(tmp_path))


def test_every_file_of_the_bank_has_its_stat(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, ".hidden/a.yaml", question("hidden-card"))
    (bank / "README.md").write_text("")
    found = stat_bank([str(bank)])
    assert sorted(found) == [
        "01-shapes/shapes.yaml",
        "retired.yaml",
        "sources.yaml",
        "syllabus.yaml",
    ]
    info = (bank / "sources.yaml").stat()
    assert found["sources.yaml"] == (0, info.st_size, info.st_mtime_ns)


def test_files_of_further_folders_are_told_apart_and_found_again(tmp_path):
    roots = [str(tiny_bank(tmp_path / name)) for name in ("one", "two", "three")]
    found = stat_bank(roots)
    assert {path: found[path][0] for path in found if path.endswith("sources.yaml")} == {
        "sources.yaml": 0, "own/sources.yaml": 1, "own2/sources.yaml": 2,
    }  # fmt: skip
    assert [locate(roots, path) for path in ("sources.yaml", "own/a/b.yaml", "own2/c.yaml")] == [
        f"{roots[0]}/sources.yaml", f"{roots[1]}/a/b.yaml", f"{roots[2]}/c.yaml",
    ]  # fmt: skip


def test_a_folder_that_is_gone_has_no_files(tmp_path):
    assert stat_bank([str(tmp_path / "nowhere")]) == {}


@pytest.mark.parametrize("module", ["changed", "roots"])
def test_the_quick_path_imports_nothing_heavy(module):
    code = (
        f"import sys, flashsafety.content.{module};"
        "print([n for n in ('pathlib', 'yaml', 'pydantic', 'json', 're') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", code],
        env={"PYTHONPATH": ""},
        cwd=Path(__file__).parents[2] / "src",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
