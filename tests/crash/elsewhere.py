"""What comes from elsewhere and goes there: logs, decks, other devices, exports."""

import sqlite3
import zipfile
from pathlib import Path

from flashsafety.anki.container import unpacked
from flashsafety.anki.export import export_deck
from flashsafety.store.incoming import exported
from flashsafety.study.devices import exchange
from flashsafety.study.library import Library
from flashsafety.study.reviews_csv import write
from flashsafety.study.today import EVERYTHING
from tests.crash.learner import (
    Operation,
    Tell,
    clock_in,
    flashsafety,
    library_in,
    log_of,
    other_device,
    some_ratings,
    tell_new,
)
from tests.libraries import open_library

EXPORTS = {
    "deck.apkg": "anki",
    "cards.csv": "csv",
    "everything.json": "json",
    "log.csv": "reviews",
}
"""File to the kind of export."""


def _write_csv(folder: Path) -> None:
    """A log of ratings that the database does not hold."""

    def give(library: Library) -> None:
        with (folder / "log.csv").open("w", encoding="utf-8") as out:
            write(exported(library.db), out)

    other_device(folder, 8, give)


def _write_deck(folder: Path) -> None:
    """A deck with pictures and a log of which some ratings are not in the database."""

    def give(library: Library) -> None:
        export_deck(library, str(folder / "log.apkg"), EVERYTHING, with_scheduling=True)

    other_device(folder, 8, give)


def _import(folder: Path, tell: Tell, *arguments: str) -> None:
    with library_in(folder) as library:
        known = log_of(library)
    flashsafety(folder, "import", *arguments, hours=5)
    with library_in(folder) as library:
        tell_new(library, known, tell)


def _share(folder: Path) -> None:
    """Two devices share a folder, and the other has done more."""
    with library_in(folder) as library:
        exchange(library, str(folder / "shared"))

    def send(library: Library) -> None:
        library.db.execute("UPDATE device SET name = 'phone'")
        library.db.execute("DELETE FROM folder")
        exchange(library, str(folder / "shared"))

    other_device(folder, 8, send)
    some_ratings(folder)


def _exchange(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        exchange(library)


def _ends_equal(folder: Path, told: list[str]) -> list[str]:
    """A device that joins later learns all that this one knows."""
    with library_in(folder) as library:
        first = exchange(library)
        again = exchange(library)
        count = library.db.execute("SELECT count(*) FROM review").fetchone()[0]
    with open_library(folder / "third", folder / "bank", clock_in(folder)) as library:
        exchange(library, str(folder / "shared"))
        theirs = library.db.execute("SELECT count(*) FROM review").fetchone()[0]
    # Lines that a fault cut are left out, and were written anew elsewhere.
    faults = [each for each in first.faults if "damaged on its way" not in each]
    found = [f"the folder holds {theirs} ratings, the database {count}"] if theirs != count else []
    return found + faults + ([] if again.received == 0 else ["an exchange brings it again"])


def _export(folder: Path, tell: Tell) -> None:
    for file, kind in EXPORTS.items():
        flashsafety(folder, "export", kind, str(folder / "out" / file), "--force")
        tell(f"file {file}")


def _exported_before(folder: Path) -> None:
    """What the exports come to; and older files under half of the names."""
    (folder / "out").mkdir()
    _export(folder, lambda line: None)
    (folder / "out").rename(folder / "whole")
    (folder / "out").mkdir()
    for file in ("deck.apkg", "log.csv"):
        (folder / "out" / file).write_bytes(b"older")


def _whole_or_older(folder: Path, told: list[str]) -> list[str]:
    found = []
    for file in EXPORTS:
        path, whole = folder / "out" / file, folder / "whole" / file
        older = {b"older"} if file in ("deck.apkg", "log.csv") else set()
        if not path.exists():
            if f"file {file}" in told or older:
                found.append(f"{file} is not there")
        elif f"file {file}" not in told and path.read_bytes() in older:
            continue
        elif _content(path) != _content(whole):
            found.append(f"{file} is not whole")
    return found


def _content(path: Path) -> object:
    if path.suffix != ".apkg":
        return path.read_bytes()
    try:
        with zipfile.ZipFile(path) as package:
            if package.testzip() is not None:
                return "damaged"
            names = package.namelist()
        with unpacked(str(path)) as file:
            db = sqlite3.connect(file)
            tables = ("notes", "cards", "revlog")
            rows = [db.execute(f"SELECT * FROM {table}").fetchall() for table in tables]
            db.close()
        return names, rows
    except zipfile.BadZipFile:
        return "no package"


OPERATIONS = {
    "import reviews": Operation(
        lambda folder, tell: _import(folder, tell, "reviews", str(folder / "log.csv")),
        _write_csv,
        copies_first="before-import",
    ),
    "import anki": Operation(
        lambda folder, tell: _import(folder, tell, "anki", str(folder / "log.apkg")),
        _write_deck,
        copies_first="before-import",
    ),
    "sync-dir": Operation(_exchange, _share, check=_ends_equal),
    "export": Operation(_export, _exported_before, check=_whole_or_older),
}
"""By name."""
