"""The same expressions on Spark, in local mode: the same figures, to the last digits."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from flashsafety.items.engines import Engine, opened
from flashsafety.items.report import Report, item_analysis
from tests.classes import write_class
from tests.items.hostile import damaged_files

pytest.importorskip("pyspark", reason="pip install '.[spark]' to test item analysis on Spark")
if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
    pytest.skip("Spark needs Java, and there is none here", allow_module_level=True)

# Spark's own Python code talks to its Java half through sockets, and leaves some to the collector.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


@pytest.fixture(scope="module")
def spark() -> Iterator[Engine]:
    with opened("spark", os.environ) as engine:
        yield engine


@pytest.fixture(autouse=True)
def _no_network() -> None:
    """Let Spark's two halves talk to each other."""


def both(spark: Engine, files: list[Path]) -> tuple[Report, Report]:
    names = [str(file) for file in files]
    with opened("duckdb", {}) as duckdb:
        return item_analysis(duckdb, names), item_analysis(spark, names)


def test_a_class_fares_the_same(tmp_path: Path, spark: Engine) -> None:
    files, _ = write_class(tmp_path, 40, 25, reviews=8)
    twice = tmp_path / "twice.csv"
    twice.write_text("".join(files[0].read_text().splitlines(keepends=True)[:-5]))
    ours, theirs = both(spark, [*files, twice])
    assert ours.items == theirs.items
    assert len(ours.items) == 25
    assert any(item.discrimination for item in theirs.items)
    assert any(item.wrong for item in theirs.items)
    assert ours.learners == theirs.learners
    assert ours.doubled == theirs.doubled != ()
    assert ours.faults == theirs.faults == ()


def test_damaged_files_are_named_the_same(tmp_path: Path, spark: Engine) -> None:
    files = dict(damaged_files(tmp_path))
    ours, theirs = both(spark, list(files))
    assert ours.faults == theirs.faults
    assert len(ours.faults) == len(files)
    assert ours.items == theirs.items


def test_an_empty_file_tells_nothing(tmp_path: Path, spark: Engine) -> None:
    files, _ = write_class(tmp_path, 1, 0)
    ours, theirs = both(spark, files)
    assert ours == theirs
