"""The names by which cards of the bank may be chosen."""

import sqlite3


def known_names(db: sqlite3.Connection, kind: str) -> list[str]:
    """Modules, topics, sources, tags or types in alphabetical order; nothing of any other kind.

    Tags and types are stepped through by index, from each to the next that differs.
    """
    if kind in ("module", "topic"):
        return _column(db, f"SELECT DISTINCT slug FROM {kind} ORDER BY slug")
    if kind == "source":
        return _column(db, "SELECT key FROM source ORDER BY key")
    if kind not in ("tag", "type"):
        return []
    return _column(
        db,
        "WITH RECURSIVE found (value) AS ("
        "SELECT min(value) FROM card_name WHERE kind = ?1 UNION ALL"
        " SELECT (SELECT min(value) FROM card_name WHERE kind = ?1 AND value > found.value)"
        " FROM found WHERE found.value IS NOT NULL"
        ") SELECT value FROM found WHERE value IS NOT NULL",
        kind,
    )


def _column(db: sqlite3.Connection, sql: str, *values: object) -> list[str]:
    return [row[0] for row in db.execute(sql, values)]
