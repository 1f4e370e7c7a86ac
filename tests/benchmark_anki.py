"""Decks out and reviews back, beside genanki and real Anki; part of ``tests.benchmark``."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import genanki
from anki.collection import Collection

from flashsafety.anki.export import export_deck
from flashsafety.anki.importing import import_package
from flashsafety.anki.notetypes import NOTE_TYPES, STYLE
from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.today import EVERYTHING
from tests.anki import phone
from tests.benchmark_parts import START, Row, peak, studied, timed, turns
from tests.libraries import open_library

KIND = NOTE_TYPES["question"]


def plainly(library: Library, path: Path) -> None:
    """The same notes through genanki as its documentation shows it."""
    model = genanki.Model(
        KIND.id,
        KIND.name,
        fields=[{"name": name} for name in KIND.fields],
        templates=[{"name": x.name, "qfmt": x.front, "afmt": x.back} for x in KIND.templates],
        css=STYLE,
    )
    deck = genanki.Deck(1, "bench")
    empty = [""] * (len(KIND.fields) - 2)
    for id_, content in library.db.execute("SELECT id, content FROM note"):
        deck.add_note(genanki.Note(model=model, fields=[content, content, *empty], guid=id_))
    genanki.Package(deck).write_to_file(str(path))


def export_anki(work: Path, notes: int) -> Iterator[Row]:
    """A deck of cards alone, and one with states and ten ratings a card."""
    name = f"export anki, {notes:,} notes"
    with studied(work, notes, 10) as library, closing(Collection(str(work / "c.anki2"))) as theirs:
        _ours(library, work, True)
        phone.take(theirs, str(work / "ours.apkg"))
        jobs = (
            lambda: _ours(library, work, False),
            lambda: _ours(library, work, True),
            lambda: phone.give(theirs, str(work / "theirs.apkg"), True, progress=False),
            lambda: phone.give(theirs, str(work / "theirs.apkg"), True),
            lambda: plainly(library, work / "genanki.apkg"),
        )
        content, whole, their_content, their_whole, through_genanki = turns(3, *jobs)
    yield (f"{name}, content only", "ms", content, "genanki", through_genanki, 1.5)
    stick = "Anki's own export"
    yield (f"{name}, content only", "ms", content, stick, their_content, 1)
    yield (f"{name}, {notes * 10:,} ratings", "ms", whole, stick, their_whole, 1)


def _ours(library: Library, work: Path, with_scheduling: bool) -> None:
    export_deck(library, str(work / "ours.apkg"), EVERYTHING, with_scheduling=with_scheduling)


def export_memory(work: Path, notes: int) -> Iterator[Row]:
    """The greatest memory of a process that exports, in MB beside what was asked (300)."""
    studied(work, notes, 10).close()
    command = [sys.executable, "-m", "tests.benchmark_anki", str(work)]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    megabytes = int(ran.stdout) / 1024 / 1000  # the table shows a thousand times its figures
    what = f"memory of export anki, {notes * 10:,} ratings"
    yield (what, "MB", megabytes, "asked", 0.3, 1)


def import_back(work: Path, reviews: int) -> Iterator[Row]:
    """A package with so many ratings that are all new to the log."""
    per_card = 10
    with studied(work, reviews // per_card, per_card) as library:
        export_deck(library, str(work / "x.apkg"), EVERYTHING, with_scheduling=True)
        library.db.execute("DELETE FROM review")
        rebuild(library)
        ours = timed(lambda: import_package(library, str(work / "x.apkg")))
        assert rebuild(library, verify=True).differing == ()
    with closing(Collection(str(work / "c.anki2"))) as collection:
        theirs = timed(lambda: phone.take(collection, str(work / "x.apkg")))
    yield (f"import anki, {reviews:,} ratings", "ms", ours, "Anki's import", theirs, 2)


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    with open_library(folder, folder / "bank", FixedClock(START)) as opened:
        export_deck(opened, str(folder / "m.apkg"), EVERYTHING, with_scheduling=True)
    print(peak())
