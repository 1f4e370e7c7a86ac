"""Card info: each reason why a card is due when it is, its curve, its log in words."""

from collections.abc import Callable
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fuzz import fuzz_range
from flashsafety.store import writes
from flashsafety.study.answer import act_on_card, answer_card, undo_newest
from flashsafety.study.bulk import act_on_cards
from flashsafety.study.library import Library
from flashsafety.study.story import (
    CardStory,
    card_story,
    event_when,
    event_words,
    intervals_words,
    recall_words,
)
from flashsafety.study.today import start_modules
from flashsafety.terms import Rating
from flashsafety.tui.widgets.curve import curve_lines
from tests.banks import question, write_cards

CARD = "circle/forward"
Told = Callable[[str], str]


@pytest.fixture
def told(library: Library) -> Told:
    """The reasons of a card, as one text."""
    return lambda key: " ".join(card_story(library, key).reasons)


def card(library: Library, key: str) -> int:
    return int(library.db.execute("SELECT id FROM card WHERE key = ?", (key,)).fetchone()[0])


def test_a_new_card_waits_its_turn(told: Told):
    assert told(CARD) == "It is new and waits its turn in the order of the syllabus."


def test_a_new_card_of_a_module_that_is_not_open_says_so(library: Library, bank: Path, told: Told):
    write_cards(
        bank,
        "02-numbers/primes.yaml",
        question("prime"),
        question("built", extra="prerequisites: [circle]\n"),
        module="numbers",
        topics="primes",
    )
    library.take_in_changes()
    assert told("prime") == "It is new, and its module is not open yet."
    start_modules(library, ["numbers"])
    assert "waits its turn" in told("prime")


def test_a_new_card_waits_for_a_module_that_it_builds_on(library: Library, bank: Path, told: Told):
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )
    write_cards(bank, "01-shapes/more.yaml", question("built", extra="prerequisites: [prime]\n"))
    library.take_in_changes()
    assert "waits until a module that it builds on has begun" in told("built")


def test_a_new_card_beyond_the_limit_says_so(library: Library, told: Told):
    library.settings = library.settings._replace(new_limit=1)
    answer_card(library, card(library, "circle-area/recall"), Rating.EASY, 0)
    assert told(CARD) == "It is new, and today's limit of 1 new card is reached."


def test_a_sibling_of_a_card_met_today_waits_until_tomorrow(library: Library, told: Told):
    answer_card(library, card(library, "circle/reverse"), Rating.EASY, 0)
    assert "Another card of its note was rated today, so it waits until tomorrow." in told(CARD)
    library.settings = library.settings._replace(siblings="allowed")
    assert "Another card" not in told(CARD)


def test_a_card_in_its_steps_says_which_and_when(library: Library, told: Told, clock: FixedClock):
    answer_card(library, card(library, CARD), Rating.AGAIN, 0)
    assert told(CARD) == "It is in learning, step 1 of 2, and returns in 1 minute."
    answer_card(library, card(library, CARD), Rating.GOOD, 0)
    assert told(CARD) == "It is in learning, step 2 of 2, and returns in 10 minutes."
    clock.advance(minutes=11)
    assert told(CARD).endswith("returns now.")


def test_interval_and_fuzz_are_told_apart(library: Library, clock: FixedClock, told: Told):
    number = card(library, CARD)
    answer_card(library, number, Rating.EASY, 0)
    clock.advance(days=9)
    answered = answer_card(library, number, Rating.GOOD, 0)
    days, fuzz = answered.outcome.interval // 86_400, answered.outcome.fuzz
    low, high = fuzz_range(days - fuzz, 36_500)
    assert low <= days <= high
    said = told(CARD)
    assert f"Good on 2026-03-11 gave it {days} days" in said
    if fuzz:
        assert f"FSRS asked for {days - fuzz}, and chance" in said
        assert ("added" in said) == (fuzz > 0)
    else:
        assert "chance changed nothing" in said
    assert "So it is due" in said


def test_the_longest_interval_allowed_is_named(library: Library, told: Told):
    library.adopt(library.settings._replace(maximum_interval=2))
    answer_card(library, card(library, CARD), Rating.EASY, 0)
    assert "gave it 2 days, the longest interval that your settings allowed." in told(CARD)


def test_a_day_set_by_hand_is_named_until_the_next_rating(
    library: Library, clock: FixedClock, told: Told
):
    number = card(library, CARD)
    answer_card(library, number, Rating.EASY, 0)
    act_on_cards(library, [number], "set-due", str(clock.now().day + 3))
    assert "On 2026-03-02 you set it due on 2026-03-05. So it is due on 2026-03-05, in 3 days." in (
        told(CARD)
    )
    undo_newest(library)
    assert "you set it due" not in told(CARD)
    clock.advance(days=20)
    act_on_cards(library, [number], "set-due", str(clock.now().day))
    answer_card(library, number, Rating.GOOD, 0)
    assert "you set it due" not in told(CARD)


def test_due_siblings_and_the_limit_are_named(library: Library, clock: FixedClock, told: Told):
    for key in ("square-facts/c1", "circle-area/recall"):
        answer_card(library, card(library, key), Rating.EASY, 0)
    clock.advance(days=1)
    answer_card(library, card(library, "square-facts/c2"), Rating.EASY, 0)
    clock.advance(days=40)
    said = told("square-facts/c1")
    assert "square-facts/c2 of the same note is due too" in said
    assert "limit" not in said
    library.settings = library.settings._replace(review_limit=1)
    assert "3 reviews are due, and 1 more may come under today's limit of 1" in told(
        "square-facts/c1"
    )
    answer_card(library, card(library, "circle-area/recall"), Rating.EASY, 0)
    assert "and 0 more may come" in told("square-facts/c1")


def test_new_cards_wait_behind_a_backlog(library: Library, clock: FixedClock, told: Told):
    for key in ("square-facts/c1", "circle-area/recall"):
        answer_card(library, card(library, key), Rating.EASY, 0)
    clock.advance(days=60)
    library.settings = library.settings._replace(review_limit=1)
    assert "new cards wait while more reviews are due than a day brings" in told(CARD)


def test_hidden_and_retired_cards_say_so(library: Library, bank: Path, told: Told, clock):
    number = card(library, CARD)
    act_on_card(library, number, "bury", str(clock.now().day + 1))
    assert told(CARD) == "It is buried until 2026-03-03."
    act_on_card(library, number, "suspend")
    assert told(CARD) == "It is suspended and comes back when you unsuspend it."
    write_cards(bank, "01-shapes/shapes.yaml", question("other"))
    library.take_in_changes()
    assert told(CARD) == "It has left the bank; its log is kept and it returns with its id."
    assert card_story(library, CARD).intervals == {}


def test_intervals_are_those_that_the_ratings_give(library: Library):
    story = card_story(library, CARD)
    assert intervals_words(story).startswith("Again 1m, Hard 6m, Good 10m, Easy ")
    answered = answer_card(library, card(library, CARD), Rating.EASY, 0)
    assert answered.outcome == story.intervals[Rating.EASY]


def test_recall_falls_from_each_rating_and_to_90_at_the_stability(
    library: Library, clock: FixedClock
):
    number = card(library, CARD)
    assert card_story(library, CARD).recall is None
    assert recall_words(card_story(library, CARD), clock.now().day) == ""
    first = answer_card(library, number, Rating.EASY, 0)
    day = clock.now().day
    clock.advance(days=9)
    answer_card(library, number, Rating.AGAIN, 0)
    path = card_story(library, CARD).recall
    assert path is not None
    assert [rise.rating for rise in path.rises] == [Rating.EASY, Rating.AGAIN]
    stability = first.outcome.memory.stability
    assert stability is not None
    assert path.chance(day) == 1
    assert path.chance(day + stability) == pytest.approx(0.9)
    assert path.chance(day + 9) == 1
    assert path.chance(path.falls_to(0.9)) == pytest.approx(0.9)
    act_on_card(library, number, "reset")
    assert card_story(library, CARD).recall is None
    undo_newest(library)
    undo_newest(library)
    again = card_story(library, CARD).recall
    assert again is not None
    assert len(again.rises) == 1
    assert recall_words(card_story(library, CARD), day).startswith("100% today, then 90% ")
    story = card_story(library, CARD)
    for later in range(day, day + 30):
        assert recall_words(story, later).count("today") == 1


@pytest.mark.parametrize("width", [20, 56, 68])
def test_the_curve_is_drawn_in_any_width(library: Library, clock: FixedClock, width: int):
    number = card(library, CARD)
    for rating in (Rating.GOOD, Rating.EASY, Rating.AGAIN, Rating.HARD):
        answer_card(library, number, rating, 0)
        clock.advance(days=12)
    story = card_story(library, CARD)
    assert story.recall is not None
    lines = curve_lines(story.recall, clock.now().day, story.info.state.due_day, width)
    assert len(lines) == 9
    assert all(line.cell_length <= width for line in lines[:-2])
    drawn = "\n".join(line.plain for line in lines)
    assert "100% █" in drawn
    assert "▲" in lines[6].plain
    assert "2026-03-02" in drawn


def test_the_log_tells_every_rating_and_action(library: Library, clock: FixedClock):
    number = card(library, CARD)
    answer_card(library, number, Rating.EASY, 1500)
    for kind, value in (
        ("suspend", None), ("unsuspend", None), ("bury", str(clock.now().day + 1)),
        ("unbury", None), ("flag", "wrong: no"), ("unflag", None),
        ("set-due", str(clock.now().day + 4)), ("reset", None),
    ):  # fmt: skip
        act_on_card(library, number, kind, value)  # type: ignore[arg-type]
    undo_newest(library)
    story = card_story(library, CARD)
    said = [event_words(event) for event in story.events]
    assert said[0].startswith("4 Easy   next in ")
    assert said[1:] == [
        "suspended", "unsuspended", "buried until 2026-03-03", "unburied", "flagged wrong: no",
        "flag taken away", "set due on 2026-03-06", "reset to new  (undone)",
    ]  # fmt: skip
    assert {event_when(event, clock) for event in story.events} == {"2026-03-02 12:00"}


def test_a_leech_is_told(library: Library, clock: FixedClock):
    library.settings = library.settings._replace(leech_threshold=2, leech_action="suspend")
    number = card(library, CARD)
    answer_card(library, number, Rating.EASY, 0)
    for rating in (Rating.AGAIN, Rating.EASY, Rating.AGAIN):
        clock.advance(days=30)
        answer_card(library, number, rating, 0)
    assert event_words(card_story(library, CARD).events[-1]) == "suspended as a leech"


def test_memory_and_source_are_named(library: Library):
    story: CardStory = card_story(library, CARD)
    assert story.source == "Elements, Euclid"
    with writes.writing(library.db):
        library.db.execute("DELETE FROM source")
    assert card_story(library, CARD).source == ""
