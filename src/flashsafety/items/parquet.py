"""The item analysis as a Parquet file."""

from collections.abc import Iterable
from dataclasses import asdict

import pyarrow as pa
import pyarrow.parquet as pq

from flashsafety.items.report import Item

_WRONG = pa.list_(pa.struct([("option", pa.int32()), ("share", pa.float64())]))
SCHEMA = pa.schema(
    [
        ("bank", pa.string()),
        ("card", pa.string()),
        ("learners", pa.int64()),
        ("ratings", pa.int64()),
        ("difficulty", pa.float64()),
        ("discrimination", pa.float64()),
        ("recall", pa.float64()),
        ("first_again", pa.float64()),
        ("leech_rate", pa.float64()),
        ("wrong", _WRONG),
    ]
)
"""The fields of an item, in order."""


def encoded(items: Iterable[Item]) -> bytes:
    """All of a file: one row a card, as in the report."""
    table = pa.Table.from_pylist([asdict(item) for item in items], SCHEMA)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink)
    return sink.getvalue().to_pybytes()  # type: ignore[no-any-return]
