"""What the text file is to real Anki: the deck's own notes, changed by GUID."""

import csv
import io
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection, ImportCsvRequest
from anki.import_export_pb2 import ImportResponse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashsafety.anki.entries import entries
from flashsafety.anki.guid import guid
from flashsafety.anki.text import Written, write_text
from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from flashsafety.study.today import EVERYTHING, Choice
from tests.anki.conftest import Export, Take, study
from tests.anki.test_export import rows

TakeText = Callable[[Path], ImportResponse]


@pytest.fixture
def take_text(collection: Collection) -> TakeText:
    """Import a text file as its own header lines say."""

    def read(path: Path) -> ImportResponse:
        metadata = collection.get_csv_metadata(path=str(path), delimiter=None)
        return collection.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))

    return read


def write(library: Library, path: Path, choice: Choice = EVERYTHING) -> Written:
    with path.open("w", encoding="utf-8", newline="") as out:
        return write_text(entries(library, choice), out)


def reworded(library: Library, was: str, now: str) -> None:
    file = Path(library.roots[0]) / "01-shapes" / "shapes.yaml"
    text = file.read_text(encoding="utf-8")
    assert was in text
    file.write_text(text.replace(was, now), encoding="utf-8")
    library.take_in_changes()


def table(collection: Collection) -> list[list[object]]:
    return rows(collection, "SELECT guid, mid, tags, flds FROM notes ORDER BY guid")


def test_text_after_the_deck_is_the_same_notes(
    collection, library: Library, export: Export, take: Take, take_text: TakeText, tmp_path: Path
) -> None:
    take(export()[0])
    before = table(collection)
    decks = rows(collection, "SELECT did FROM cards ORDER BY id")
    assert write(library, tmp_path / "a.csv").notes == 7
    log = take_text(tmp_path / "a.csv").log
    assert (len(log.new), len(log.missing_notetype), len(log.empty_first_field)) == (0, 0, 0)
    assert table(collection) == before
    assert rows(collection, "SELECT did FROM cards ORDER BY id") == decks


def test_changed_text_updates_its_note_and_keeps_progress(
    collection,
    library: Library,
    clock: FixedClock,
    export: Export,
    take: Take,
    take_text: TakeText,
    tmp_path: Path,
) -> None:
    study(library, clock, days=3)
    take(export()[0])
    cards = rows(collection, "SELECT id, due, ivl, reps, data FROM cards ORDER BY id")
    assert max(row[3] for row in cards) > 0
    reworded(library, "at one distance", "at the same distance")
    write(library, tmp_path / "a.csv")
    log = take_text(tmp_path / "a.csv").log
    assert not log.new
    ((note,),) = rows(collection, f"SELECT id FROM notes WHERE guid = '{guid('', 'circle')}'")
    assert "at the same distance" in collection.get_note(note)["Definition"]
    assert rows(collection, "SELECT id, due, ivl, reps, data FROM cards ORDER BY id") == cards


def test_without_the_note_types_every_row_is_reported_missing(
    collection, library: Library, take_text: TakeText, tmp_path: Path
) -> None:
    write(library, tmp_path / "a.csv")
    log = take_text(tmp_path / "a.csv").log
    assert (len(log.missing_notetype), len(log.new)) == (7, 0)
    assert collection.note_count() == 0


def test_notes_that_anki_has_not_come_with_their_cards(
    collection, library: Library, export: Export, take: Take, take_text: TakeText, tmp_path: Path
) -> None:
    take(export()[0])
    made = table(collection)
    cards = rows(collection, "SELECT ord FROM cards ORDER BY nid, ord")
    collection.remove_notes(collection.find_notes(""))
    write(library, tmp_path / "a.csv")
    assert len(take_text(tmp_path / "a.csv").log.new) == 7
    assert table(collection) == made
    assert sorted(rows(collection, "SELECT ord FROM cards")) == sorted(cards)
    assert collection.fix_integrity()[1]


def test_anki_writes_the_same_columns(
    collection, library: Library, export: Export, take: Take, tmp_path: Path
) -> None:
    """Its own export of notes, read as a table, has our header lines and our cells."""
    take(export()[0])
    write(library, tmp_path / "ours.csv")
    collection.export_note_csv(
        out_path=str(tmp_path / "theirs.csv"),
        limit=None,
        with_html=True,
        with_tags=True,
        with_deck=True,
        with_notetype=True,
        with_guid=True,
    )
    tables = []
    for name in ("ours.csv", "theirs.csv"):
        with (tmp_path / name).open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file, delimiter="\t"))
        heads = [line for line in lines if line[0].startswith("#")]
        cells = sorted([*line[:-1], " ".join(sorted(line[-1].split()))] for line in lines[6:])
        tables.append((heads, cells))
    assert tables[0][0] == tables[1][0]
    # Anki pads to the widest type that it exports; ours is the widest of all.
    assert tables[0][1] == tables[1][1]


nasty = st.text(
    st.one_of(
        st.sampled_from("#\t\n\"',;=+-@<>&{}:\\ "), st.characters(codec="utf-8", categories=["L"])
    ),
    max_size=12,
).map(lambda text: unicodedata.normalize("NFC", text))  # as Anki does with every field


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(fields=st.lists(nasty, min_size=9, max_size=9))
def test_any_field_arrives_as_it_is(
    collection, library, export, take, take_text, tmp_path, fields: list[str]
) -> None:
    """Tabs, line ends, quotes, what begins a comment or a formula: Anki has what the deck has."""
    if collection.note_count() == 0:
        take(export()[0])
    (entry,) = (entry for entry in entries(library, EVERYTHING) if entry.type == "question")
    values = ("#" + fields[0], *fields[1:])  # a first field must not be empty
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
        write_text([replace(entry, fields=values)], out)
    take_text(tmp_path / "a.csv")
    (note,) = rows(collection, f"SELECT flds FROM notes WHERE guid = '{entry.guid}'")
    assert note[0].split("\x1f") == list(values)


@pytest.mark.parametrize(
    ("cell", "counted"),
    [("=1+1", 1), ("@here", 1), ("-x", 1), ("+", 1), ("-0.5", 0), ("+3e4", 0), ("a=b", 0)],
)
def test_what_a_spreadsheet_may_compute_is_counted(
    library: Library, cell: str, counted: int
) -> None:
    entry = next(iter(entries(library, EVERYTHING)))
    out = io.StringIO()
    written = write_text([replace(entry, fields=(cell, *entry.fields[1:]))], out)
    assert written.formulas == counted
    assert f'"{cell}"' in out.getvalue()


def test_nor_is_a_formula_in_the_name_of_a_deck_passed_over(library: Library) -> None:
    entry = next(iter(entries(library, EVERYTHING)))
    out = io.StringIO()
    assert write_text([replace(entry, deck="=1+1::01 Shapes")], out).formulas == 1
