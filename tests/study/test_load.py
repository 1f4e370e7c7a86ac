"""The load of coming days: how a review gets its day, easy days, and the minutes of a day."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock, day_begins_at
from flashsafety.scheduling.fuzz import draw, fuzz_range, fuzzed
from flashsafety.store.loads import reviews_by_day
from flashsafety.study.answer import answer_card
from flashsafety.study.library import Library
from flashsafety.study.load import Balancer
from flashsafety.study.pace import ENOUGH, review_seconds
from flashsafety.study.rebuild import rebuild
from flashsafety.study.reschedule import reschedule, rescheduling
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.today import due_counts, today
from flashsafety.terms import CardKey, Phase, Rating, StudyDay
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library

CARDS = 120
DAY = 86_400


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """A hundred and more cards, each rated Easy once, and due after a week or so."""
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"card-{n:03}") for n in range(CARDS)))
    with open_library(tmp_path, bank, clock, new_limit=CARDS) as library:
        library.take_in_changes()
        session = StudySession(library)
        for _ in range(CARDS):
            clock.advance(minutes=0.1)
            session.answer(Rating.EASY, 5_000)
        yield library


def change(library: Library, **changes: object) -> None:
    library.adopt(library.settings._replace(**changes))  # type: ignore[arg-type]


def due_by_day(library: Library) -> dict[int, int]:
    return {day: count for day, _, count in reviews_by_day(library.db, 0, 99_999)}


def raw(library: Library) -> int:
    interval, fuzz = library.db.execute("SELECT interval, fuzz FROM review LIMIT 1").fetchone()
    return int(interval // DAY - fuzz)


def test_cards_whose_due_days_are_moved_together_are_spread_evenly(library: Library) -> None:
    change(library, desired_retention=0.8)
    about = rescheduling(library)
    assert rescheduling(library) == about
    assert reschedule(library) == about.later > CARDS / 2
    counts = due_by_day(library)
    assert len(counts) > 3
    assert max(counts.values()) - min(counts.values()) <= CARDS / len(counts) / 2
    assert rescheduling(library).later == rescheduling(library).earlier == 0


def test_cards_learned_together_are_spread_evenly_over_the_range(library: Library) -> None:
    counts = due_by_day(library)
    low, high = fuzz_range(raw(library), 36_500)
    assert len(counts) == high - low + 1
    assert max(counts.values()) - min(counts.values()) <= CARDS / len(counts) / 2
    keys = [row[0] for row in library.db.execute("SELECT key FROM card WHERE phase = 2")]
    by_chance = [fuzzed(raw(library), 36_500, draw(key, 0)) for key in keys]
    spread = [by_chance.count(days) for days in range(low, high + 1)]
    assert max(counts.values()) < max(spread)


def test_what_the_key_shows_is_given_whatever_another_window_stores(
    library: Library, clock: FixedClock
) -> None:
    clock.advance(days=12)
    mine = StudySession(library)
    other = library.reopen()
    moved = 0
    for _ in range(25):
        shown = mine.preview()
        theirs = StudySession(other)
        while theirs.current is not None and theirs.current == mine.current:
            theirs.skip()
        for _ in range(3):
            theirs.answer(Rating.GOOD, 1_000)
        assert mine.current is not None
        fresh = card_story(library, mine.current.key).intervals[Rating.GOOD]
        moved += fresh != shown[Rating.GOOD]
        clock.advance(minutes=0.1)
        assert mine.answer(Rating.GOOD, 1_000).outcome == shown[Rating.GOOD]
    other.close()
    assert moved, "their ratings never bore on ours, so nothing was proved"
    assert rebuild(library, verify=True).differing == ()


def test_a_rating_without_a_preview_takes_what_a_preview_would_have_shown(
    library: Library, clock: FixedClock
) -> None:
    clock.advance(days=12)
    showing = StudySession(library).current
    assert showing is not None
    shown = card_story(library, showing.key).intervals[Rating.HARD]
    assert answer_card(library, showing.id, Rating.HARD, 0).outcome == shown


def test_undo_and_the_same_rating_again_give_the_same_day(
    library: Library, clock: FixedClock
) -> None:
    clock.advance(days=12)
    session = StudySession(library)
    for _ in range(20):
        first = session.answer(Rating.GOOD, 1_000)
        session.undo()
        assert session.current is not None and session.current.key == first.key
        assert session.answer(Rating.GOOD, 1_000).outcome == first.outcome


def test_one_index_tells_the_load(library: Library) -> None:
    plan = library.db.execute(
        "EXPLAIN QUERY PLAN SELECT due_day, type, count(*) FROM card WHERE active = 1"
        " AND suspended = 0 AND phase = 2 AND due_day BETWEEN ? AND ? GROUP BY due_day, type",
        (1, 2),
    ).fetchall()
    assert [row[3] for row in plan] == [
        "SEARCH card USING COVERING INDEX card_review (due_day>? AND due_day<?)"
    ]


def test_seconds_are_medians_by_type_of_note(library: Library, clock: FixedClock) -> None:
    clock.advance(days=20)
    assert review_seconds(library) == {"": 15.0}
    session = StudySession(library)
    for number in range(2 * ENOUGH):
        session.answer(Rating.GOOD, 8_000 if number % 2 else 4_000)
    assert review_seconds(library) == {"": 8.0, "question": 8.0}
    library.db.execute(
        "UPDATE card SET type = 'numeric' WHERE id IN"
        " (SELECT card FROM review WHERE phase = 2 AND duration_ms = 4000)"
    )
    assert review_seconds(library) == {"": 8.0, "question": 8.0, "numeric": 4.0}
    day = StudyDay(clock.now().day + 5)
    balance = Balancer(library).balance()
    assert balance is not None and balance.expected is not None
    seconds = dict(enumerate(balance.expected(day, StudyDay(day + 20)), day))
    numeric, others = 0, 0
    for due, kind, count in reviews_by_day(library.db, day, day + 20):
        assert kind in ("numeric", "question")
        numeric, others = (numeric + count, others) if kind == "numeric" else (
            numeric, others + count)  # fmt: skip
        assert seconds[due] > 0
    assert sum(seconds.values()) == numeric * 4.0 + others * 8.0


def test_off_leaves_it_to_chance(library: Library, clock: FixedClock) -> None:
    change(library, load_balance=False)
    assert Balancer(library).balance() is None
    clock.advance(days=12)
    session = StudySession(library)
    for _ in range(10):
        showing = session.current
        assert showing is not None
        given = session.answer(Rating.GOOD, 1_000).outcome
        days = given.interval // DAY
        assert days == fuzzed(days - given.fuzz, 36_500, draw(showing.key, showing.state.reps))


# ---- easy days -------------------------------------------------------------------------------


def test_no_review_is_put_on_an_easy_day_that_another_can_take(
    library: Library, clock: FixedClock
) -> None:
    change(library, easy_days=("normal",) * 5 + ("minimum", "minimum"))
    clock.advance(days=12)
    session = StudySession(library)
    given = [session.answer(Rating.GOOD, 1_000) for _ in range(60)]
    days = [answered.state.due_day or 0 for answered in given]
    assert {(day + 3) % 7 for day in days} <= {0, 1, 2, 3, 4}


@pytest.mark.parametrize(("ease", "new"), [("normal", 7), ("reduced", 4), ("minimum", 0)])
def test_an_easy_day_brings_fewer_new_cards(
    tmp_path: Path, clock: FixedClock, ease: str, new: int
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    week = (ease, *("normal",) * 6)
    with open_library(tmp_path, bank, clock, new_limit=7, easy_days=week) as library:
        library.take_in_changes()
        assert due_counts(library).new == new
        if not new:
            tomorrow = day_begins_at(clock.now().day + 1, clock)
            assert due_counts(library).next_due == tomorrow
            (said,) = card_story(library, "circle/forward").reasons
            assert said == (
                "It is new, and today's limit of 0 new cards, Monday being an easy day, is reached."
            )


def test_a_week_without_new_cards_promises_none(tmp_path: Path, clock: FixedClock) -> None:
    bank = tiny_bank(tmp_path / "bank")
    with open_library(tmp_path, bank, clock, easy_days=("minimum",) * 7) as library:
        library.take_in_changes()
        assert due_counts(library).total == 0
        assert due_counts(library).next_due is None


# ---- the minutes of a day --------------------------------------------------------------------


def test_minutes_bound_the_day_and_what_was_done_counts(
    library: Library, clock: FixedClock
) -> None:
    clock.advance(days=20)
    assert due_counts(library).review == CARDS
    change(library, day_minutes=10)
    a_review = 15 + 0.1 * 10  # seconds: the defaults, with a step after each tenth
    assert due_counts(library).review == int(600 / a_review)
    assert today(library).backlog
    session = StudySession(library)
    assert session.remaining.review == int(600 / a_review)
    for _ in range(10):
        session.answer(Rating.GOOD, 30_000)
    assert due_counts(library).review == int((600 - 300) / a_review)
    for _ in range(10):
        session.answer(Rating.GOOD, 30_000)
    assert due_counts(library).review == 0
    assert due_counts(library).next_due == day_begins_at(clock.now().day + 1, clock)
    key = library.db.execute(
        "SELECT key FROM card WHERE due_day < ? AND key LIKE 'card-%'", (clock.now().day,)
    ).fetchone()[0]
    assert "and 0 more may come under your 10 minutes a day" in " ".join(
        card_story(library, key).reasons
    )


def test_reviews_go_before_new_cards(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"card-{n:03}") for n in range(60)))
    with open_library(tmp_path, bank, clock, new_limit=20) as library:
        library.take_in_changes()
        session = StudySession(library)
        for _ in range(20):
            session.answer(Rating.EASY, 19_000)
        clock.advance(days=20)
        assert (due_counts(library).review, due_counts(library).new) == (20, 20)
        change(library, day_minutes=7)
        left = 420 - 20 * (15 + 0.1 * 10)
        found = today(library)
        assert (found.counts.review, found.counts.new) == (20, int(left / 19))
        assert not found.backlog
        change(library, day_minutes=5)
        assert (due_counts(library).review, due_counts(library).new) == (18, 0)


def test_the_pace_is_not_asked_for_where_no_minutes_bound(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads a thousand ratings, which a prompt has no time for."""
    from flashsafety.study import pace

    def refuse(_: Library) -> None:
        raise AssertionError("asked")

    monkeypatch.setattr(pace, "pace", refuse)
    due_counts(library)


# ---- why -------------------------------------------------------------------------------------


def test_chance_load_and_easy_days_are_told_apart(library: Library, clock: FixedClock) -> None:
    """Every way in which an interval comes about, against what the log and the draw say."""
    kinds = set()
    for week in (("normal",) * 7, ("normal",) * 4 + ("minimum",) * 3):
        change(library, easy_days=week)
        clock.advance(days=12)
        session = StudySession(library)
        for _ in range(40):
            showing = session.current
            assert showing is not None and showing.state.memory.phase == Phase.REVIEW
            given = session.answer(Rating.GOOD, 1_000)
            said = card_story(library, showing.key).reasons[0]
            days, fuzz = given.outcome.interval // DAY, given.outcome.fuzz
            alone = fuzzed(days - fuzz, 36_500, draw(CardKey(showing.key), showing.state.reps))
            assert f"gave it {days} days" in said
            if alone != days:
                assert f"FSRS asked for {days - fuzz}; chance alone would have made it {alone}" in (
                    said
                )
                kinds.add("easy" if said.endswith("is an easy day.") else "load")
            elif fuzz:
                assert f"FSRS asked for {days - fuzz}, and chance" in said
                kinds.add("chance")
            else:
                assert said.endswith("chance changed nothing.")
    assert kinds == {"easy", "load", "chance"}
