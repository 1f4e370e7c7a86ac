"""Looking ahead: reviews before their day, scheduled with the days that have really passed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.store import due
from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.study.kinds import Ahead
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.today import Choice, due_counts, plan_day
from flashsafety.terms import Phase, Rating, StudyDay
from tests.banks import CONCEPT, question, tiny_bank, write_cards
from tests.libraries import open_library
from tests.study.lives import Step, fresh_library, live, lives

NAMES = ("first", "second", "third", "fourth", "fifth", "sixth")


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """Six cards in review, due in 1 to 6 days of which each waits as many, one of them today."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *map(question, NAMES))
    with open_library(tmp_path, bank, clock, new_limit=0) as library:
        library.take_in_changes()
        in_review(library, clock)
        yield library


def in_review(library: Library, clock: FixedClock) -> None:
    """Rate every card, a day passes, and set their days: today, tomorrow and so on."""
    for card, _ in enumerate(NAMES, 1):
        answer_card(library, card, Rating.EASY, 0)
    clock.advance(days=1)
    for card, _ in enumerate(NAMES, 1):
        act_on_card(library, card, "set-due", str(clock.now().day + card - 1))


def ahead(library: Library, days: int, limit: int | None = None) -> StudySession:
    return StudySession(library, Choice(limit=limit, kind=Ahead(days)))


def keys(session: StudySession) -> list[str]:
    found: list[str] = []
    while session.current:
        found.append(session.current.note.id)
        session.answer(Rating.GOOD, 0)
    return found


def test_reviews_of_so_many_days_come_after_those_that_are_due(library: Library) -> None:
    assert keys(ahead(library, 3)) == list(NAMES[:4])


@pytest.mark.parametrize("order", ["random", "best-remembered", "due-day"])
def test_those_that_are_due_come_first_in_any_order(
    tmp_path: Path, clock: FixedClock, order: str
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *map(question, NAMES))
    with open_library(tmp_path, bank, clock, new_limit=0, review_order=order) as library:
        library.take_in_changes()
        in_review(library, clock)
        assert keys(ahead(library, 5)) == list(NAMES)


def test_its_rows_are_reviews_scheduled_by_the_days_that_passed(
    library: Library, clock: FixedClock
) -> None:
    clock.advance(days=2)
    for card in range(1, 7):
        act_on_card(library, card, "set-due", str(clock.now().day + 5))
    today = clock.now().day
    session = ahead(library, 5)
    assert session.current is not None
    before = session.current.state
    preview = session.preview()[Rating.GOOD]
    answered = session.answer(Rating.GOOD, 700)
    assert answered.outcome == preview
    row = library.db.execute(
        "SELECT origin, phase, interval, study_day FROM review ORDER BY id DESC LIMIT 1"
    ).fetchone()
    assert row == ("review", Phase.REVIEW, preview.interval, today)
    assert before.memory.last_day == today - 3
    for days, same in ((0, True), (5, False)):  # as on the day on which it would have been due
        there = StudyDay(today + days)
        outcome = library.scheduling[1].outcome(answered.key, before, Rating.GOOD, there)
        assert (outcome.memory.stability == preview.memory.stability) == same


@given(lives, st.integers(1, 40), st.lists(st.sampled_from(Rating), min_size=1, max_size=12))
@settings(max_examples=25, deadline=None)
def test_what_is_previewed_is_stored_and_the_log_gives_the_states(
    life: list[Step], days: int, habits: list[Rating]
) -> None:
    with fresh_library() as (library, clock):
        live(library, clock, life)
        clock.advance(hours=1)
        session = ahead(library, days)
        for rating in habits:
            if session.current is None:
                break
            state, today = session.current.state, clock.now().day
            assert (state.due_day or 0) <= today + days
            preview = session.preview()[rating]
            answered = session.answer(rating, 900)
            assert answered.outcome == preview
            assert library.db.execute(
                "SELECT interval FROM review ORDER BY id DESC LIMIT 1"
            ).fetchone() == (preview.interval,)
        assert rebuild(library, verify=True).differing == ()


def test_a_card_that_was_rated_today_does_not_come_back_at_once(
    library: Library, clock: FixedClock
) -> None:
    first = keys(ahead(library, 365))
    assert len(first) == len(set(first)) == 6
    assert ahead(library, 365).current is None
    assert plan_day(library, clock.now(), Choice(kind=Ahead(365))).queue.review == []
    clock.advance(days=1)
    assert set(keys(ahead(library, 365))) == set(first)


def test_a_card_that_was_put_off_and_rated_in_another_window_does_not_come(
    library: Library,
) -> None:
    session = ahead(library, 365)
    assert session.current is not None
    put_off = session.current
    session.skip()
    with library.reopen() as other:
        answer_card(other, put_off.id, Rating.AGAIN, 0)
        answer_card(other, put_off.id, Rating.GOOD, 0)  # back in review, due in days
    assert put_off.note.id not in keys(session)


def test_siblings_never_meet_and_the_one_that_is_due_comes(
    tmp_path: Path, clock: FixedClock
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", CONCEPT)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        answer_card(library, 1, Rating.EASY, 0)
        clock.advance(days=1)
        answer_card(library, 2, Rating.EASY, 0)
        clock.advance(days=1)
        today = clock.now().day
        for due_card, other in ((1, 2), (2, 1)):
            act_on_card(library, due_card, "set-due", str(today))
            act_on_card(library, other, "set-due", str(today + 1))
            queue = plan_day(library, clock.now(), Choice(kind=Ahead(5))).queue
            assert [card.id for card in queue.review] == [due_card]
            assert queue.held_siblings == 1
        act_on_card(library, 2, "set-due", str(today + 1))
        queue = plan_day(library, clock.now(), Choice(kind=Ahead(5))).queue
        assert [card.id for card in queue.review] == [1], "not seen for longest"


def test_new_cards_are_those_of_the_day(tmp_path: Path, clock: FixedClock) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *map(question, NAMES))
    with open_library(tmp_path, bank, clock, new_limit=2) as library:
        library.take_in_changes()
        assert len(keys(ahead(library, 30, limit=30))) == 4, "two, each with its step"
        assert ahead(library, 30).current is None


# ---- the limit of reviews ------------------------------------------------------------------------


@pytest.fixture
def limited(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """The same cards and one that is new, with two reviews a day."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *map(question, NAMES))
    with open_library(tmp_path, bank, clock, new_limit=1, review_limit=2) as library:
        library.take_in_changes()
        in_review(library, clock)
        write_cards(bank, "01-shapes/shapes.yaml", *map(question, (*NAMES, "new")))
        library.take_in_changes()
        yield library


def test_the_daily_limit_neither_stops_it_nor_makes_a_backlog_of_it(
    limited: Library, clock: FixedClock
) -> None:
    session = ahead(limited, 5, limit=6)
    assert keys(session) == list(NAMES)
    assert due.done_on(limited.db, clock.now().day).review == 6
    day = plan_day(limited, clock.now())
    assert not day.backlog
    assert due_counts(limited).new == 1
    (said,) = card_story(limited, "new/recall").reasons
    assert said == "It is new and waits its turn in the order of the syllabus."


def test_it_counts_as_done_today_under_the_limit(limited: Library, clock: FixedClock) -> None:
    assert len(keys(ahead(limited, 2, limit=3))) == 3
    for card in (4, 5):
        act_on_card(limited, card, "set-due", str(clock.now().day))
    day = plan_day(limited, clock.now())
    assert (day.queue.review, day.queue.held_limit) == ([], 2)
    assert day.backlog, "one was due and done, and two are due: more than two"


def test_a_real_backlog_is_one_still(limited: Library, clock: FixedClock) -> None:
    for card in range(1, 4):
        act_on_card(limited, card, "set-due", str(clock.now().day))
    session = ahead(limited, 5, limit=6)
    assert session.left == {"learning": 0, "review": 6, "new": 0}
    keys(session)
    assert plan_day(limited, clock.now()).backlog


def test_early_means_before_the_day_that_was_given_or_set(
    limited: Library, clock: FixedClock
) -> None:
    day = clock.now().day
    keys(ahead(limited, 5, limit=6))
    assert due.done_early_on(limited.db, day) == 5, "all but the one set for today"
    assert due.done_early_on(limited.db, StudyDay(day - 1)) == 0


# ---- what it says --------------------------------------------------------------------------------


def test_it_says_what_comes_and_how_much_came_early(library: Library) -> None:
    session = ahead(library, 2)
    assert session.intro == "Reviews of the next 2 days come too, after those that are due."
    assert session.left == {"learning": 0, "review": 3, "new": 0}
    keys(session)
    summary = session.summary()
    assert (summary.kind, summary.note) == (Ahead(2), "Before they were due: 2 cards.")


def test_without_a_kind_nothing_is_said_and_nothing_comes_early(library: Library) -> None:
    session = StudySession(library)
    assert (session.intro, session.note) == ("", "")
    assert keys(session) == ["first"]


def test_undo_brings_an_early_card_back_to_the_front(library: Library) -> None:
    session = ahead(library, 1)
    session.answer(Rating.GOOD, 0)
    assert session.current is not None
    early = session.current
    session.answer(Rating.AGAIN, 0)
    session.undo()
    assert session.current is not None
    assert (session.current.key, session.current.state) == (early.key, early.state)
    assert session.summary().note == "Before they were due: 0 cards."
