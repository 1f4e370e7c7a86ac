"""Item analysis of files, with the engine that comes with the program."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from flashsafety.items.engines import opened
from flashsafety.items.report import Report, item_analysis

Analysed = Callable[[Iterable[Path]], Report]


@pytest.fixture
def analysed() -> Iterator[Analysed]:
    """The report on some files, from DuckDB."""

    def analyse(files: Iterable[Path]) -> Report:
        with opened("duckdb", {}) as engine:
            return item_analysis(engine, [str(file) for file in files])

    yield analyse
