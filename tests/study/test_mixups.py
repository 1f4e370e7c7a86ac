"""What a card is mixed up with, and what it builds on."""

from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.store.writes import add_parameters, writing
from flashsafety.study.answer import answer_card, undo_newest
from flashsafety.study.browse import find_card
from flashsafety.study.library import Library
from flashsafety.study.mixups import Mixups, Wrong, lines
from flashsafety.study.parameters import adopt
from flashsafety.study.story import card_story
from flashsafety.terms import Given, Parameters, Rating
from tests.banks import ALL_TYPES, CHOICE, question, write_cards
from tests.libraries import open_library
from tests.study.test_parameters import FIT

FILE = "01-shapes/shapes.yaml"
TURN = """\
id: half-turn
type: concept
term: only a half turn
definition: |
  What leaves a parallelogram as it was.
also: [point reflection]
"""
LIKE = CHOICE.replace("circle-symmetry", "ring-symmetry").replace("a circle", "a ring")


@pytest.fixture
def library(tmp_path: Path, bank: Path, clock: FixedClock):
    write_cards(bank, FILE, *ALL_TYPES, TURN, LIKE)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        yield library


def answer(library: Library, key: str, given: Given) -> None:
    answer_card(library, find_card(library, key), Rating.AGAIN, 0, given=given)


def of(library: Library, key: str) -> Mixups:
    return card_story(library, key).mixups


def test_wrong_options_are_counted_and_name_what_they_stand_for(library: Library) -> None:
    for given in ((1,), (1,), (2,), (0,), (2, 9), ()):
        answer(library, "circle-symmetry", given)
    found = of(library, "circle-symmetry")
    assert found.wrong == (Wrong("Only a half turn", 2), Wrong("Only a quarter turn", 2))
    assert found.alike == ("half-turn/forward", "ring-symmetry/choose")
    assert dict(lines(found))["answered"] == (
        "Only a half turn (2 times); Only a quarter turn (2 times)"
    )


def test_wrong_words_and_numbers_are_as_they_were_typed(library: Library) -> None:
    for given in ("point *reflection*", "semicircle", "point reflection"):
        answer(library, "half-a-circle", given)
    found = of(library, "half-a-circle")
    assert found.wrong == (Wrong("point *reflection*", 1), Wrong("point reflection", 1))
    assert found.alike == ("half-turn/forward",)
    answer(library, "square-area", "22.5")
    answer(library, "square-area", "2.25")
    assert of(library, "square-area").wrong == (Wrong("22.5", 1),)
    answer(library, "by-corners", (2, 1, 0))
    assert of(library, "by-corners").wrong == ()


def test_what_was_undone_or_answered_to_other_words_is_left_out(
    library: Library, bank: Path
) -> None:
    answer(library, "circle-symmetry", (1,))
    undo_newest(library)
    assert of(library, "circle-symmetry").wrong == ()
    answer(library, "circle-symmetry", (1,))
    write_cards(bank, FILE, CHOICE.replace("Only a half turn", "A mirror"), TURN, LIKE)
    library.take_in_changes()
    assert of(library, "circle-symmetry").wrong == ()


def test_a_look_alike_is_shown_by_the_card_that_asks_the_same(library: Library, bank: Path) -> None:
    both = TURN.replace("half-turn", "turn-by-half").replace("only a half turn", "rotation by half")
    write_cards(bank, FILE, TURN, both)
    library.take_in_changes()
    assert of(library, "half-turn/reverse").alike == ("turn-by-half/reverse",)
    write_cards(bank, FILE, TURN)
    library.take_in_changes()
    assert of(library, "half-turn/reverse").alike == ()


def test_prerequisites_come_with_the_recall_of_their_weakest_card(
    library: Library, bank: Path, clock: FixedClock
) -> None:
    top = question("top", extra="prerequisites: [circle, square-area]\n")
    write_cards(bank, "01-shapes/top.yaml", top)
    library.take_in_changes()
    assert dict(lines(of(library, "top")))["builds on"] == "circle (new), square-area (new)"
    answer_card(library, find_card(library, "circle/forward"), Rating.EASY, 0)
    clock.advance(days=1)
    answer_card(library, find_card(library, "circle/reverse"), Rating.EASY, 0)
    clock.advance(days=8)
    adopt(library, (*DEFAULT_WEIGHTS[:20], 0.5), FIT)
    settings = Parameters(DEFAULT_WEIGHTS, desired_retention=0.8)
    with writing(library.db):  # as another device brings it
        add_parameters(library.db, settings, clock.now().at, "settings")
    first, second = of(library, "top").builds_on
    assert first.recall == card_story(library, "circle/forward").info.retrievability
    assert second.recall is None


def test_a_card_without_any_of_it_says_nothing(library: Library) -> None:
    assert list(lines(of(library, "square-facts/c1"))) == []
