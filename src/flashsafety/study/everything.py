"""Everything as one JSON document, for other programs: bank, cards, log and settings.

Lines are made one after another, so memory does not grow with the log. ASCII only.
"""

import json
from collections.abc import Callable, Iterator, Mapping

from flashsafety.content.load import load_bank
from flashsafety.store.everything import TABLES, Column, Kind, rows, snapshot
from flashsafety.store.ids import as_text
from flashsafety.study.library import Library
from flashsafety.terms import Phase

FORMAT = "flashsafety everything"
VERSION = 1
"""Grows when a key changes its meaning or goes; keys may be added without."""

HEAD = (
    Column("format", f'"{FORMAT}"'),
    Column("version", f"{VERSION}; it grows when a key changes its meaning or goes"),
    Column("written_at", "instant"),
    Column("bank", "title and slug of the syllabus"),
    Column("settings", "by the names that 'flashsafety config' explains; times in seconds"),
)
"""What comes before the lists."""

_LOOKS = ("theme", "editor", "keys")
"""Settings that bear on nothing that is in the document."""

_WRITTEN: dict[Kind, Callable[..., object]] = {
    "json": lambda text: None if text is None else json.loads(text),
    "truth": bool,
    "phase": lambda number: Phase(number).name.lower(),
    "id": as_text,
}


def lines(library: Library) -> Iterator[str]:
    """The document, line by line without their ends; one object of a list a line."""
    encode = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
    assert library.scheduling  # what the settings ask for is a set of its own
    with snapshot(library.db):
        head = {
            "format": FORMAT,
            "version": VERSION,
            "written_at": library.clock.now().at,
            "bank": _bank(library),
            "settings": _settings(library),
        }
        start = "{"
        for key, value in head.items():
            yield f'{start}"{key}":{encode(value)}'
            start = ","
        for table in TABLES:
            keys = [column.key for column in table.columns]
            special = [
                (place, _WRITTEN[column.kind])
                for place, column in enumerate(table.columns)
                if column.kind != "plain"
            ]
            start = f',"{table.key}":['
            for row in rows(library.db, table):
                values = list(row)
                for place, as_written in special:
                    values[place] = as_written(values[place])
                yield start + encode(dict(zip(keys, values, strict=True)))
                start = ","
            yield "]" if start == "," else f"{start}]"
        yield "}"


def _settings(library: Library) -> dict[str, object]:
    return {
        key: dict(value) if isinstance(value, Mapping) else value
        for key, value in library.settings._asdict().items()
        if key not in _LOOKS
    }


def _bank(library: Library) -> dict[str, str]:
    syllabus = load_bank(library.roots, only=()).bank.syllabus
    return {"title": syllabus.title, "slug": syllabus.slug}
