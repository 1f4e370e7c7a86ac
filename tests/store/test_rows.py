"""The SQLModel classes and the hand-written tables say the same."""

from pathlib import Path

from sqlmodel import SQLModel  # noqa: TID253, the thing under test

from flashsafety.store import rows
from flashsafety.store.open import open_database


def test_columns_of_the_row_classes_equal_those_of_the_tables(tmp_path: Path) -> None:
    assert {rows.CardRow, rows.NoteRow}
    db = open_database(str(tmp_path / "a.db"), stamp=lambda: "stamp")
    tables = SQLModel.metadata.tables
    assert len(tables) == 12
    for name, table in tables.items():
        found = {row[1]: bool(row[5]) for row in db.execute(f"PRAGMA table_info({name})")}
        assert {column.name: column.primary_key for column in table.columns} == found
        nullable = {row[1] for row in db.execute(f"PRAGMA table_info({name})") if not row[3]}
        optional = {column.name for column in table.columns if column.nullable}
        assert optional == nullable - {c.name for c in table.primary_key.columns}, name
    db.close()
