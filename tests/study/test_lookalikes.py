"""Which notes look alike, as sync keeps it; and what comes of it for a study day."""

import random
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.content.lint.rules import interference, near_duplicate
from flashsafety.content.load import load_bank
from flashsafety.content.lookalikes import LIKENESS, likeness, telling_words
from flashsafety.store import lookalikes as store
from flashsafety.study.library import Library
from flashsafety.study.lookalikes import rebuild_lookalikes
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.sync import sync
from flashsafety.study.today import plan_day
from flashsafety.terms import CardKey, Rating
from tests.banks import question, tiny_bank, write_cards
from tests.content.lint.test_wording import cards_of
from tests.libraries import open_library

PRECISION = """\
id: precision
type: concept
term: precision
directions: forward
definition: |
  The share of flagged examples that are truly positive.
"""
RECALL = """\
id: recall
type: concept
term: recall
directions: forward
definition: |
  The share of truly positive examples that are flagged.
"""
OTHERS = (question("sky", prompt="Why is the sky blue?", answer="It scatters short waves most."),)
FILE = "01-shapes/shapes.yaml"


def pairs(library: Library) -> set[tuple[str, str]]:
    return set(library.db.execute("SELECT note, other FROM look_alike").fetchall())


@pytest.fixture
def library(tmp_path: Path, bank: Path, clock: FixedClock):
    write_cards(bank, FILE, PRECISION, *OTHERS, RECALL)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        yield library


@pytest.mark.parametrize("rule", [interference, near_duplicate])
def test_what_lint_calls_alike_is_alike(bank: Path, rule) -> None:
    write_cards(bank, FILE, *cards_of(rule.BAD))
    one, other = (placed.note for placed in load_bank([str(bank)]).bank.notes)
    assert likeness(telling_words(one), telling_words(other)) >= LIKENESS


def test_a_pair_follows_its_texts(library: Library, bank: Path) -> None:
    both = {("precision", "recall"), ("recall", "precision")}
    assert pairs(library) == both
    write_cards(bank, FILE, PRECISION, *OTHERS, RECALL.replace("share", "part"))
    sync(library)
    assert pairs(library) == both
    write_cards(bank, FILE, PRECISION, *OTHERS, question("recall", prompt="Why?", answer="So."))
    sync(library)
    assert pairs(library) == set()
    write_cards(bank, FILE, PRECISION, *OTHERS, RECALL)
    sync(library)
    assert pairs(library) == both


def test_a_retired_note_is_out_of_the_way_and_returns_with_its_pair(
    library: Library, bank: Path
) -> None:
    write_cards(bank, FILE, *OTHERS, RECALL)
    sync(library)
    plan = plan_day(library, library.clock.now()).queue
    assert [card.note for card in plan.new] == ["sky", "recall"]
    write_cards(bank, FILE, PRECISION, *OTHERS, RECALL)
    sync(library)
    assert len(pairs(library)) == 2


def test_a_database_from_before_is_compared_once_and_rebuild_does_it_again(
    library: Library,
) -> None:
    before = pairs(library)
    assert library.take_in_changes() is None
    store.forget_all(library.db)
    assert pairs(library) == set()
    assert library.take_in_changes() is not None
    assert pairs(library) == before
    library.db.execute("INSERT INTO look_alike VALUES ('sky', 'recall', 0.9)")
    rebuild_lookalikes(library)
    assert pairs(library) == before


@pytest.mark.parametrize("seed", range(4))
def test_edits_in_any_order_find_what_comparing_all_finds(
    tmp_path: Path, clock: FixedClock, seed: int
) -> None:
    rng = random.Random(seed)
    words = [
        "gradient",
        "robust",
        "anomaly",
        "detector",
        "trojan",
        "honest",
        "reward",
        "proxy",
        "model",
        "shift",
        "tail",
    ]

    def some(number: int) -> str:
        text = " ".join(rng.sample(words, 5))
        return question(f"note-{number}", prompt=f"Why {text}?", answer="None.")

    bank = tiny_bank(tmp_path / "bank")
    (bank / FILE).unlink()
    cards = {number: some(number) for number in range(12)}
    with open_library(tmp_path, bank, clock) as library:
        for _ in range(5):
            for number, card in cards.items():
                write_cards(bank, f"01-shapes/{number}.yaml", card)
            sync(library)
            notes = {p.note.id: p.note for p in load_bank([str(bank)]).bank.notes}
            alike = {
                (a, b)
                for a, one in notes.items()
                for b, other in notes.items()
                if a != b and likeness(telling_words(one), telling_words(other)) >= LIKENESS
            }
            assert alike
            assert pairs(library) == alike
            for number in rng.sample(sorted(cards), 3):
                cards[number] = some(number)


def test_two_new_look_alikes_come_on_two_days_and_info_says_why(
    library: Library, clock: FixedClock
) -> None:
    session = StudySession(library)
    met = []
    while session.current is not None:
        met.append(session.current.key)
        session.answer(Rating.EASY, 0)
    assert met == ["precision/forward", "sky/recall"]
    why = card_story(library, "recall/forward").reasons
    assert why[-1] == "It waits for tomorrow: its look-alike precision/forward was met today."
    clock.advance(days=1)
    assert StudySession(library).current is not None
    assert "look-alike" not in " ".join(card_story(library, "recall/forward").reasons)


def test_two_reviews_due_on_one_day_are_told_apart_and_the_late_one_comes_anyhow(
    library: Library, clock: FixedClock
) -> None:
    day = clock.now().day
    for key, due in (("precision/forward", day), ("recall/forward", day)):
        library.db.execute(
            "UPDATE card SET phase = 2, stability = 5, difficulty = 5, last_day = ?, due_day = ?,"
            " interval = 432000, reps = 1 WHERE key = ?",
            (day - 5, due, key),
        )
    (first,) = plan_day(library, clock.now()).queue.review
    other = ({"precision/forward", "recall/forward"} - {first.key}).pop()
    assert f"Its look-alike {first.key} is due too" in card_story(library, other).reasons[-1]
    session = StudySession(library)
    assert session.current is not None
    session.answer(Rating.EASY, 0)
    why = card_story(library, other).reasons[-1]
    assert why == f"It waits for tomorrow: its look-alike {first.key} was met today."
    clock.advance(days=1)
    session = StudySession(library)
    assert session.current is not None
    assert session.current.key == CardKey(other)
