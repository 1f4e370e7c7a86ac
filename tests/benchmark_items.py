"""Item analysis beside DuckDB's plain scan of the same files; see ``tests.benchmark``."""

import statistics
from collections.abc import Iterator
from pathlib import Path

import duckdb

from flashsafety.items.engines import opened
from flashsafety.items.report import item_analysis
from flashsafety.study.anonymous import COLUMNS
from flashsafety.study.anonymous_files import NUMBERS
from tests.benchmark_parts import Row, timed

_FILES = 20
_PER_LEARNER = 10_000
"""Ratings of a learner: ten of each of 1,000 cards."""
_LOG = f"""
SELECT 1 AS version, left(md5((i // {_PER_LEARNER})::VARCHAR), 16) AS learner, 'ml' AS bank,
  'some-card-name-' || i // 10 % 1000 || '/recall' AS card, i % 10 + 1 AS number,
  i % 10 * 7 + i // 10 % 60 AS day, 1 + hash(i) % 4 AS rating, least(i % 10, 2) AS phase,
  CASE WHEN i % 10 > 0 THEN hash(i, 1) % 20 END AS elapsed, hash(i, 2) % 20 * 86400 AS interval,
  hash(i, 3) % 30 AS seconds, 'review' AS origin,
  CASE WHEN i // 10 % 5 = 0 THEN 1 + hash(i, 4) % 4 END AS picked,
  CASE WHEN i // 10 % 5 = 0 AND hash(i) % 4 = 0 THEN 1 + hash(i, 4) % 4 END AS wrong,
  CASE WHEN i // 10 % 5 = 0 THEN '0123abcd' END AS wording
FROM range({{first}}, {{last}}) AS t (i)
"""


def items_of_a_class(work: Path, ratings: int) -> Iterator[Row]:
    """The library's own time, its engine opened and the files looked at."""
    files = []
    for number in range(_FILES):
        file = str(work / f"{number:03}.csv")
        some = _LOG.format(first=ratings * number // _FILES, last=ratings * (number + 1) // _FILES)
        duckdb.sql(f"COPY ({some}) TO '{file}' (HEADER)")
        files.append(file)

    def ours() -> None:
        with opened("duckdb", {}) as engine:
            report = item_analysis(engine, files)
        assert len(report.items) == min(1000, ratings // 10) and not report.faults

    types = {name: "BIGINT" if name in NUMBERS else "VARCHAR" for name in COLUMNS}
    read = f"read_csv({files!r}, columns = {types!r}, header = true, auto_detect = false)"
    sums = ", ".join(f"{'sum' if name in NUMBERS else 'max'}({name})" for name in COLUMNS)

    def scan() -> None:
        with duckdb.connect() as db:
            db.execute(f"SELECT {sums} FROM {read}").fetchall()

    both = [(timed(ours), timed(scan)) for _ in range(3)]  # in turns: what else runs is for both
    theirs = statistics.median(their for _, their in both)
    name = f"items, {ratings:,} ratings"
    yield (name, "ms", [our for our, _ in both], "DuckDB's scan of the files", theirs, 3)
