"""A picture is part of its card: another one is told of once, and an unchanged one costs a stat."""

import os
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.content.load import load_bank
from flashsafety.study.answer import answer_card
from flashsafety.study.browse import find_card
from flashsafety.study.changes import with_the_answer, with_the_question
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.sync import SyncReport
from flashsafety.study.today import Choice
from flashsafety.terms import Rating
from tests.banks import question, tiny_bank, write_cards
from tests.images import png, put, shows
from tests.libraries import open_library

FILE = "01-shapes/seen.yaml"
PICTURE = "01-shapes/images/circle.png"
KEY = "seen-shape/recall"
NEW = png(colour=(1, 2, 3))


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    bank = tiny_bank(tmp_path / "bank")
    put(bank, PICTURE)
    write_cards(bank, FILE, shows())
    write_cards(bank, "top.yaml", question("top-card"))
    return bank


@pytest.fixture
def library(tmp_path: Path, bank: Path, clock: FixedClock):
    with open_library(tmp_path, bank, clock) as library:
        assert library.take_in_changes()
        yield library


def taken_in(library: Library) -> SyncReport:
    report = library.take_in_changes()
    assert report is not None
    assert library.take_in_changes() is None  # once is enough
    return report


def test_another_picture_is_a_rewording_told_once(library: Library, bank: Path) -> None:
    answer_card(library, find_card(library, KEY), Rating.GOOD, 1000)
    put(bank, PICTURE, NEW)
    report = taken_in(library)
    assert (report.reworded, report.meaning_changed) == (("seen-shape",), ())
    library.clock.advance(days=9)  # type: ignore[attr-defined]
    showing = StudySession(library, Choice(query=f"note:{KEY.split('/')[0]}")).current
    assert showing is not None and showing.key == KEY
    assert with_the_question(showing, "r") == "**Another picture** since you last rated it."
    assert with_the_answer(showing) is None


def test_a_touched_picture_changes_nothing(library: Library, bank: Path) -> None:
    os.utime(bank / PICTURE, ns=(1, 1))
    assert taken_in(library).reworded == ()


def test_a_picture_under_another_name_changes_nothing(library: Library, bank: Path) -> None:
    (bank / PICTURE).rename(bank / "01-shapes/disc.png")
    write_cards(bank, FILE, shows("disc.png"))
    report = taken_in(library)
    assert (report.reworded, report.problems) == ((), ())


def test_a_picture_that_goes_and_comes_back_is_missed_and_then_not(
    library: Library, bank: Path
) -> None:
    (bank / PICTURE).unlink()
    (problem,) = taken_in(library).problems
    assert (problem.file, problem.rule) == (FILE, "picture-missing")
    put(bank, PICTURE)
    report = taken_in(library)
    assert (report.problems, report.reworded) == ((), ("seen-shape",))


def test_a_picture_and_its_card_changed_at_once(library: Library, bank: Path) -> None:
    put(bank, PICTURE, NEW)
    os.utime(bank / FILE, ns=(1, 1))
    assert taken_in(library).reworded == ("seen-shape",)


def test_only_card_files_beside_a_picture_are_read_for_it(
    library: Library, bank: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    far = question("far-card")
    write_cards(bank, "02-numbers/far.yaml", far, module="numbers", topics="primes")
    library.take_in_changes()
    asked: list[set[str]] = []

    def watched(roots, *, only, **rest):
        asked.append(set(only))
        return load_bank(roots, only=only, **rest)

    monkeypatch.setattr("flashsafety.study.sync.load_bank", watched)
    put(bank, PICTURE, NEW)
    taken_in(library)
    assert asked == [{PICTURE, FILE, "01-shapes/shapes.yaml", "top.yaml"}]


def test_an_unchanged_bank_opens_no_picture(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a picture was opened")

    monkeypatch.setattr("flashsafety.content.image.read_image", refuse)
    assert library.take_in_changes() is None
