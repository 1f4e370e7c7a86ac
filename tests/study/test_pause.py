"""Vacations: nothing comes by itself, nothing moves, and the streak waits."""

import sqlite3
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock, day_begins_at
from flashsafety.errors import UsageError
from flashsafety.stats.figures import figures
from flashsafety.stats.forecast import forecast
from flashsafety.stats.periods import days
from flashsafety.store import due
from flashsafety.store.plans import plans_on
from flashsafety.study.answer import undo_newest
from flashsafety.study.library import Library
from flashsafety.study.plans import drop, pause_now, pause_until
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.today import Choice, due_counts, today
from flashsafety.terms import Pause, Rating, StudyDay
from tests.study.test_properties import fresh_library


def pause(library: Library, days: int) -> Pause:
    return pause_until(library, StudyDay(library.clock.now().day + days))


def pauses_of(library: Library) -> list[Pause]:
    return list(plans_on(library.db, library.clock.now().day).pauses)


def rate_all(library: Library, rating: Rating = Rating.EASY) -> list[str]:
    """Everything that comes; returns the keys."""
    session = StudySession(library)
    met: list[str] = []
    while session.current is not None:
        met.append(session.current.key)
        session.answer(rating, 1000)
    return met


def met_in_the_end(library: Library) -> tuple[set[str], set[str]]:
    """The keys of the reviews that are due, and of all that comes within four days of study."""
    moment = library.clock.now()
    wanted = {str(card.key) for card in due.reviews(library.db, moment, due.scope())}
    met: set[str] = set()
    for _ in range(4):
        met.update(rate_all(library))
        assert isinstance(library.clock, FixedClock)
        library.clock.advance(days=1)
    return wanted, met


def table(library: Library) -> list[tuple[object, ...]]:
    return library.db.execute("SELECT * FROM card ORDER BY id").fetchall()


def test_while_paused_nothing_comes_by_itself_and_it_is_said_until_when(library, clock) -> None:
    rate_all(library)
    clock.advance(days=60)
    before, cards = due_counts(library), table(library)
    assert before.review > 0
    held = pause(library, 10)
    counts = due_counts(library)
    assert (counts.total, counts.paused_until) == (0, held.ends)
    assert counts.waiting >= before.review
    assert counts.next_due == day_begins_at(held.ends, library.clock)
    assert table(library) == cards
    clock.advance(days=10)
    after = due_counts(library)
    assert (after.paused_until, after.waiting) == (None, 0)
    assert after.review >= before.review


def test_reviewing_anyway_brings_what_is_due_and_no_new_card(library, clock) -> None:
    first = rate_all(library)
    clock.advance(days=90)
    pause(library, 10)
    session = StudySession(library)
    assert session.remaining.new == 0
    assert due_counts(library).waiting == session.remaining.review
    assert set(rate_all(library)) <= set(first)


def test_new_cards_come_in_a_pause_only_where_they_were_chosen(library) -> None:
    pause(library, 10)
    assert StudySession(library).current is None
    assert StudySession(library, Choice(modules=("shapes",))).remaining.new > 0


def test_nothing_is_offered_in_a_pause(library, clock) -> None:
    rate_all(library)
    pause(library, 5)
    picture = today(library)
    assert (picture.offer, picture.held) == (None, 0)


def test_a_pause_ends_on_its_day_or_when_it_is_ended(library, clock) -> None:
    held = pause(library, 5)
    clock.advance(days=4)
    assert pause_now(library) == held
    assert drop(library, "pause") == ("pause",)
    assert pause_now(library) is None
    assert pauses_of(library) == [held._replace(ends=StudyDay(held.first + 4))]
    assert drop(library, "pause") == ()


def test_another_date_takes_the_place_of_the_one_before(library, clock) -> None:
    held = pause(library, 5)
    clock.advance(days=2)
    later = pause(library, 20)
    assert pause_now(library) == later
    assert pauses_of(library) == [held._replace(ends=later.first), later]
    sooner = pause(library, 1)
    assert pause_now(library) == sooner


def test_a_pause_and_its_end_are_undone_one_at_a_time(library) -> None:
    held = pause(library, 5)
    drop(library, "pause")
    undone = undo_newest(library)
    assert undone is not None and undone.words == "undid the end of the pause"
    assert pause_now(library) == held
    undone = undo_newest(library)
    assert undone is not None and undone.words == "undid the pause"
    assert pause_now(library) is None
    assert undo_newest(library) is None
    assert library.db.execute("SELECT count(*) FROM plan").fetchone()[0] == 2


def test_undo_in_a_session_takes_a_pause_back_too(library) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 0)
    pause(library, 5)
    assert session.undo() is not None
    assert pause_now(library) is None
    assert session.undo() is not None
    assert due.done_on(library.db, library.clock.now().day).ratings == 0


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_pause_lasts_until_a_later_day(library, days) -> None:
    with pytest.raises(UsageError, match="a day after today"):
        pause(library, days)
    assert library.db.execute("SELECT count(*) FROM plan").fetchone()[0] == 0


def test_the_log_refuses_what_is_no_plan(library) -> None:
    assert library.device
    for values in ("'pause', 5", "'nap', 99999", "'return', 99999", "'ready', 99999"):
        with pytest.raises(sqlite3.IntegrityError):
            library.db.execute(
                "INSERT INTO plan (id, kind, ends, at, study_day, device)"
                f" VALUES (zeroblob(16), {values}, 0, 20000, 1)"
            )


def test_the_year_and_the_forecast_show_it(library, clock) -> None:
    rate_all(library)
    held = pause(library, 3)
    clock.advance(days=1)
    with figures(library) as log:
        coming, year = forecast(log, 60), days(log)
    assert [day.paused for day in year] == [True, True]
    assert coming.paused_until == held.ends
    assert [load.review + load.learning for load in coming.days[:2]] == [0, 0]
    drop(library, "pause")
    with figures(library) as log:
        plain = forecast(log, 60)
    assert plain.paused_until is None
    assert sum(load.review for load in plain.days) == sum(load.review for load in coming.days)


def test_why_a_card_does_not_come_names_the_pause(library, clock) -> None:
    (first, *_) = rate_all(library)
    clock.advance(days=60)
    pause(library, 5)
    assert any("paused until 2026-05-06" in line for line in card_story(library, first).reasons)


# ---- the streak --------------------------------------------------------------------------------

LOG = "INSERT INTO review VALUES (1,?,3,0,0,?,0,2,86400,0,1,1,'review',NULL)"


@pytest.fixture
def db(library: Library) -> sqlite3.Connection:
    """An empty log in which a card may be rated."""
    assert library.device == library.scheduling[0] == 1
    return library.db


def spelled_out(studied: set[int], paused: set[int], day: int) -> int:
    """Day by day back: a rating counts, a pause lets pass, and so does a day not over yet."""
    found, here = 0, day
    while here >= 0 and (here in studied or here in paused or here == day):
        found += here in studied
        here -= 1
    return found


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)), max_size=4)


@given(st.sets(st.integers(0, 40)), spans)
@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_pause_neither_counts_nor_breaks_the_streak(
    db: sqlite3.Connection, studied: set[int], spans: list[tuple[int, int]]
) -> None:
    db.execute("DELETE FROM review")
    db.executemany(LOG, [(day.to_bytes(16, "big"), day) for day in studied])
    pauses = [Pause(StudyDay(first), StudyDay(first + length)) for first, length in spans]
    paused = {day for first, length in spans for day in range(first, first + length)}
    assert due.streak(db, StudyDay(40), pauses) == spelled_out(studied, paused, 40)


@given(
    st.lists(
        st.tuples(st.sampled_from(["pause", "end", "undo", "study", "wait"]), st.integers(1, 9)),
        max_size=25,
    )
)
@settings(max_examples=25, deadline=None)
def test_whatever_is_paused_no_state_moves_and_pauses_never_overlap(
    steps: list[tuple[str, int]],
) -> None:
    with fresh_library() as (library, clock):
        for what, number in steps:
            before = table(library)
            if what == "pause":
                pause(library, number)
            elif what == "end":
                drop(library, "pause")
            elif what == "undo":
                undo_newest(library)
            elif what == "study":
                rate_all(library)
            else:
                clock.advance(days=number)
            if what in ("pause", "end", "wait"):
                assert table(library) == before
            found = pauses_of(library)
            assert all(one.first < one.ends for one in found)
            assert all(a.ends <= b.first for a, b in pairwise(found))
            assert rebuild(library, verify=True).differing == ()
