"""The command for item analysis, as one meets it."""

import re
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flashsafety.items.parquet import SCHEMA
from flashsafety.study.anonymous import HEADER
from tests.classes import write_class


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    return [str(file) for file in write_class(tmp_path / "class", 40, 12)[0]]


def test_a_class_is_a_table_worst_first(run, files: list[str]) -> None:
    ran = run("items", *files)
    head, columns, *cards = ran.lines
    assert head == "a-tiny-course: 12 cards by 40 learners, worst first"
    assert columns.startswith("difficulty  discr.  Again  leech  learners  ratings  card")
    assert len(cards) == 12
    hardest = [float(line.split()[0]) for line in cards]
    assert hardest == sorted(hardest, reverse=True)
    shape = r"0\.\d\d +([+-]0\.\d\d)? +\d+% +\d+% +3\d +\d+ +card-\d{3}/(recall|choose.*)"
    for line in cards:
        assert re.fullmatch(shape, line), line
    assert any(re.search(r"/choose \(option \d \d+%, option", line) for line in cards)
    assert ran.err == ""


def test_few_learners_are_called_few(run, files: list[str]) -> None:
    ran = run("items", *files[:9])
    assert {line.split()[0] for line in ran.lines[2:]} == {"few"}
    assert ran.err == "few: too few learners, fewer than 10\n"
    assert not re.search(r"%|0\.\d", ran.out)


def test_the_document_is_explained_key_by_key(run, files: list[str], tmp_path: Path) -> None:
    (tmp_path / "cut.csv").write_text(Path(files[0]).read_text()[:-20])
    ran = run("items", "--json", *files, str(tmp_path / "cut.csv"), expect=1)
    assert ran.data["files"] == 41 and ran.data["learners"] == {"a-tiny-course": 40}
    assert ran.data["left_out"][0]["line"] > 10
    said = run("items", "--help").out
    for key, value in ran.data.items():
        assert re.search(rf"^  {key}  +\S", said, re.MULTILINE), key
        for name in value[0] if isinstance(value, list) else ():
            assert re.search(rf"^  {name}  +\S", said, re.MULTILINE), (key, name)
    assert any(card["wrong"] for card in ran.data["cards"])
    assert "cut.csv:" in ran.err


def test_the_cards_go_into_a_parquet_file(run, files: list[str], tmp_path: Path) -> None:
    out = tmp_path / "items.parquet"
    ran = run("items", *files, "--parquet", str(out))
    assert (ran.out, ran.err) == ("", f"{out}: 12 cards\n")
    table = pq.read_table(out)
    assert table.schema.equals(SCHEMA)
    assert table.to_pylist() == run("items", *files, "--json").data["cards"]
    assert "--force" in run("items", *files, "--parquet", str(out), expect=2).err
    run("items", files[0], "--parquet", str(out), "--force")
    assert pq.read_table(out).num_rows > 5


def test_nothing_to_analyse_is_said(run, tmp_path: Path) -> None:
    file = tmp_path / "empty.csv"
    file.write_text(HEADER + "\n")
    assert run("items", str(file)).out == "No ratings to analyse.\n"
    assert run("items", str(file), "--json").data["cards"] == []
    ran = run("items", str(tmp_path / "nowhere.csv"), expect=1)
    assert ran.out == "No ratings to analyse.\n"
    assert ran.err.endswith("nowhere.csv: cannot be read: No such file or directory\n")
    assert "Missing argument" in run("items", expect=2).err


def test_what_is_not_installed_is_named(run, files, monkeypatch) -> None:
    for name in [name for name in sys.modules if name.startswith("flashsafety.items")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "ibis", None)
    ran = run("items", *files, expect=2)
    assert "'items' needs a package that is not installed: ibis" in ran.err
    assert "pip install 'flashsafety[items]'" in ran.err
    ran = run("items", *files, "--engine", "spark", expect=2)
    assert "pip install 'flashsafety[spark]'" in ran.err


def test_an_export_of_one_s_own_is_read(run, tmp_path: Path) -> None:
    run("rate", "circle/forward", "3")
    run("export", "reviews", "--anonymous", str(tmp_path / "mine.csv"))
    ran = run("items", str(tmp_path / "mine.csv"), "--json")
    assert [card["card"] for card in ran.data["cards"]] == ["circle/forward"]
    assert ran.data["learners"] == {"a-tiny-course": 1}
