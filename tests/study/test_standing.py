"""Sections and modules in figures, against a count of every card one by one."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from flashsafety.clock import FixedClock, day_begins_at
from flashsafety.scheduling.curve import recall
from flashsafety.store.due import open_modules
from flashsafety.store.modules import next_module
from flashsafety.study.home_words import remark
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.standing import Standing, lines, sections, standing
from flashsafety.study.today import start_modules, today
from flashsafety.terms import CardState, Phase, Rating
from tests.banks import question, tiny_bank, write_cards
from tests.learner import study_for
from tests.libraries import open_library
from tests.study.lives import Step, fresh_library, live, lives, states, stray_lives


def by_hand(library: Library, module: str | None = None) -> Standing:
    """The same, from the states of the cards and FSRS's own retrievability."""
    now = library.clock.now()
    tonight = day_begins_at(now.day + 1, library.clock)
    places = dict(library.db.execute("SELECT key, module FROM card WHERE active = 1").fetchall())
    cards = [
        state
        for key, state in states(library).items()
        if key in places and module in (None, places[key])
    ]

    def is_due(card: CardState) -> bool:
        hidden = card.suspended or (card.buried_until or 0) > now.day
        step = card.due_at is not None and card.due_at < tonight
        review = card.due_day is not None and card.due_day <= now.day
        return not hidden and (step or review)

    known = [card.memory for card in cards if card.memory.stability is not None]
    chances = [library.scheduling[1].retrievability(memory, now.day) for memory in known]
    return Standing(
        due=sum(map(is_due, cards)),
        new=sum(card.memory.phase == Phase.NEW and not card.suspended for card in cards),
        learned=sum(card.memory.phase in (Phase.REVIEW, Phase.RELEARNING) for card in cards),
        mature=sum((memory.stability or 0) >= 21 for memory in known),
        cards=len(cards),
        recall=sum(chances) / len(chances) if chances else None,
        mastery=sum(chances) / len(cards) if cards else 0,
    )


def agree(library: Library) -> None:
    found = lines(library)
    for line in found:
        assert standing([line]) == pytest.approx(by_hand(library, line.slug), abs=1e-9)
    assert standing(found) == pytest.approx(by_hand(library), abs=1e-9)
    whole = [line for section in sections(library) for line in section.modules]
    assert sorted(whole) == sorted(found)


@settings(max_examples=30, deadline=None)
@given(lives)
def test_the_figures_are_those_of_the_cards_one_by_one(life: list[Step]) -> None:
    with fresh_library() as (library, clock):
        live(library, clock, life)
        agree(library)
        clock.advance(days=3)
        agree(library)


@settings(max_examples=20, deadline=None)
@given(stray_lives)
def test_so_they_are_for_a_traveller_whose_clock_goes_back(life: list[Step]) -> None:
    with fresh_library() as (library, clock):
        live(library, clock, life)
        agree(library)


def test_a_year_of_study_agrees(tmp_path: Path, clock: FixedClock) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"shape-{n}") for n in range(40)))
    primes = (question(f"prime-{n}") for n in range(30))
    write_cards(bank, "02-numbers/primes.yaml", *primes, module="numbers", topics="primes")
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        start_modules(library, ["numbers"])
        study_for(library, clock, 200)
        agree(library)
        assert standing(lines(library)).mature > 0


def test_a_sqlite_without_mathematics_gives_the_same(tmp_path: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        library.take_in_changes()
        StudySession(library).answer(Rating.EASY, 1000)
        clock.advance(days=9)
        expected = lines(library)
        library.db.create_function("pow", 2, None)
        assert lines(library) == expected


def test_the_chance_is_the_curves(tmp_path: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        library.take_in_changes()
        state = StudySession(library).answer(Rating.EASY, 1000).state
        clock.advance(days=9)
        weights = library.scheduling[1].parameters.weights
        assert state.memory.stability
        (line,) = [line for line in lines(library) if line.remembered]
        assert line.known == pytest.approx(recall(weights, state.memory.stability, 9))


def test_the_next_module_is_the_first_that_has_new_cards_and_is_not_optional(
    tmp_path: Path, clock: FixedClock
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", question("shape"))
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        assert [remark(line) for line in lines(library)] == ["", "optional"]
        assert today(library).offer is None
        StudySession(library).answer(Rating.EASY, 1000)
        assert today(library).offer is None  # Numbers is optional
        library.db.execute("UPDATE module SET optional = 0")
        assert today(library).offer == ("numbers", "Numbers")
        assert [remark(line) for line in lines(library)] == ["", "not open"]
        library.db.execute("UPDATE card SET suspended = 1 WHERE module = 'numbers'")
        assert next_module(library.db, open_modules(library.db)) is None


def test_an_empty_bank_has_no_section(tmp_path: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        assert sections(library) == ()
        picture = today(library)
        assert not picture.has_cards
        assert not picture.begun
        assert picture.offer is None
        assert standing([]) == Standing(0, 0, 0, 0, 0, None, 0.0)
