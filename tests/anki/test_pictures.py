"""Pictures of a bank in real Anki: they arrive, are shown, and nothing is missing or left over."""

import io
import json
import os
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from anki.collection import Collection, ExportAnkiPackageOptions

from flashsafety.anki.entries import entries
from flashsafety.anki.export import export_deck
from flashsafety.anki.importing import import_package
from flashsafety.anki.text import write_text
from flashsafety.clock import FixedClock
from flashsafety.study.library import Library
from flashsafety.study.sync import sync
from flashsafety.study.today import EVERYTHING
from tests.anki.conftest import Export, Take
from tests.banks import question, tiny_bank, write_cards
from tests.images import jpeg, png, put, shows
from tests.libraries import open_library

FILE = "01-shapes/seen.yaml"
PICTURE = "01-shapes/images/circle.png"
OTHER = png(colour=(1, 2, 3))


@pytest.fixture
def bank(library: Library) -> Path:
    """The library's bank, in which one card shows a picture twice and another one a photograph."""
    bank = Path(library.roots[0])
    put(bank, PICTURE)
    os.utime(bank / PICTURE, ns=(0, 0))
    put(bank, "01-shapes/photo.jpg", jpeg())
    twice = shows() + "why: |\n  ![The same disc again](images/circle.png)\n"
    gap = "id: seen-gap\ntype: cloze\ntext: |\n  A {{c1::disc}}.\n\n  ![A green field](photo.jpg)\n"
    write_cards(bank, FILE, twice, gap)
    sync(library)
    return bank


def images(collection: Collection, note: str) -> list[str]:
    """What the pictures of a note's fields are called."""
    (number,) = collection.find_notes(f"QID:*{note}")
    return re.findall(r'<img src="([^"]*)"', "".join(collection.get_note(number).fields))


def stored(collection: Collection) -> dict[str, bytes]:
    """Anki's folder of media."""
    return {file.name: file.read_bytes() for file in Path(collection.media.dir()).iterdir()}


def test_pictures_arrive_and_nothing_is_missing_or_unused(
    collection: Collection, bank: Path, export: Export, take: Take
) -> None:
    path, _ = export()
    assert len(take(path).log.new) == 9
    (disc, again), (photo,) = images(collection, "seen-shape"), images(collection, "seen-gap")
    assert disc == again
    assert stored(collection) == {disc: png(), photo: jpeg()}
    checked = collection.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])
    assert collection.fix_integrity()[1]
    (number,) = collection.find_cards("QID:*seen-shape")
    assert f'<img src="{disc}" alt="A red disc on white ground">' in (
        collection.get_card(number).question()
    )


def test_a_package_has_its_pictures_by_number(bank: Path, export: Export) -> None:
    path, _ = export()
    with zipfile.ZipFile(path) as package:
        names = json.loads(package.read("media"))
        assert {name: package.read(number) for number, name in names.items()} == {
            name: png() if name.endswith("png") else jpeg() for name in names.values()
        }
    assert sorted(names) == ["0", "1"]
    assert all(re.fullmatch(r"flashsafety-[0-9a-f]{32}\.(png|jpg)", x) for x in names.values())


def test_another_picture_takes_the_place_of_the_first(
    collection: Collection, library: Library, bank: Path, export: Export, take: Take,
    clock: FixedClock,
) -> None:  # fmt: skip
    take(export()[0])
    before = images(collection, "seen-shape")
    put(bank, PICTURE, OTHER)
    sync(library)
    clock.advance(hours=1)
    path, done = export()
    assert done.changed == 1
    assert len(take(path).log.updated) == 1
    (now, _) = images(collection, "seen-shape")
    assert now not in before
    assert stored(collection)[now] == OTHER
    assert list(collection.media.check().missing) == []


def test_two_banks_with_pictures_of_one_name_do_not_collide(
    collection: Collection, bank: Path, export: Export, take: Take, tmp_path: Path,
    clock: FixedClock,
) -> None:  # fmt: skip
    take(export()[0])
    other = tiny_bank(tmp_path / "other")
    syllabus = other / "syllabus.yaml"
    syllabus.write_text("slug: other\n" + syllabus.read_text())
    put(other, PICTURE, OTHER)
    write_cards(other, FILE, shows())
    with open_library(tmp_path / "two", other, clock) as second:
        sync(second)
        export_deck(second, str(tmp_path / "two.apkg"), EVERYTHING, with_scheduling=False)
    take(tmp_path / "two.apkg")
    found = [
        stored(collection)[name]
        for number in collection.find_notes("QID:*seen-shape")
        for name in re.findall(r'src="([^"]*)"', collection.get_note(number).fields[0])
    ]
    assert sorted(found) == sorted([png(), OTHER])
    checked = collection.media.check()
    assert (list(checked.missing), list(checked.unused)) == ([], [])


@pytest.mark.parametrize("break_it", [Path.unlink, lambda path: path.write_bytes(b"<svg/>")])
def test_a_picture_that_cannot_be_used_is_said_in_words(
    collection: Collection, library: Library, bank: Path, export: Export, take: Take,
    break_it: Callable[[Path], object],
) -> None:  # fmt: skip
    break_it(bank / PICTURE)
    sync(library)
    take(export()[0])
    (number,) = collection.find_cards("QID:*seen-shape")
    shown = collection.get_card(number).question()
    assert "[picture: A red disc on white ground]" in shown
    assert "<img" not in shown
    assert list(collection.media.check().missing) == []


def test_nothing_is_taken_from_outside_the_bank(
    library: Library, bank: Path, export: Export, tmp_path: Path
) -> None:
    put(tmp_path, "secret.png", OTHER)
    (bank / "01-shapes" / "link.png").symlink_to(tmp_path / "secret.png")
    hostile = [shows(path) for path in ("link.png", "../../secret.png", str(tmp_path))]
    named = [card.replace("seen-shape", f"seen-{n}") for n, card in enumerate(hostile)]
    write_cards(bank, FILE, *named, question("plain-card"))
    assert len(sync(library).problems) == 3
    with zipfile.ZipFile(export()[0]) as package:
        assert sorted(package.namelist()) == ["collection.anki2", "media"]
        assert json.loads(package.read("media")) == {}


@pytest.mark.parametrize("legacy", [True, False])
def test_what_anki_sends_back_with_pictures_is_read(
    collection: Collection, library: Library, bank: Path, export: Export, take: Take,
    tmp_path: Path, legacy: bool,
) -> None:  # fmt: skip
    take(export()[0])
    back = tmp_path / "back.apkg"
    options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=legacy)
    collection.export_anki_package(out_path=str(back), options=options, limit=None)
    assert import_package(library, str(back)).added == 0


def test_the_text_file_calls_pictures_as_the_deck_does(
    collection: Collection, library: Library, bank: Path, export: Export, take: Take
) -> None:
    take(export()[0])
    out = io.StringIO()
    write_text(entries(library, EVERYTHING), out)
    (disc, _) = images(collection, "seen-shape")
    assert out.getvalue().count(f'<img src=""{disc}""') == 2
