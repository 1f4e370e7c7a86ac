"""Whatever the learner does and whatever the clock does: the log and the state agree."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import fsrs
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from flashsafety.clock import FixedClock
from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library

ZONES = [ZoneInfo(name) for name in ("Europe/Berlin", "Pacific/Auckland", "America/Los_Angeles")]


@contextmanager
def fresh_library(new_limit: int = 10) -> Iterator[tuple[Library, FixedClock]]:
    clock = FixedClock(datetime(2026, 3, 26, 12, tzinfo=UTC), zone=ZONES[0])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bank = tiny_bank(folder / "bank")
        write_cards(bank, "01-shapes/more.yaml", *(question(f"more-{n}") for n in range(4)))
        with open_library(folder, bank, clock, new_limit=new_limit) as library:
            library.take_in_changes()
            yield library, clock


def table(library: Library) -> list[tuple[object, ...]]:
    return library.db.execute("SELECT * FROM card ORDER BY id").fetchall()


class Learner(RuleBasedStateMachine):
    """A learner who does anything, on a clock that does anything."""

    @initialize()
    def begin(self) -> None:
        self.stack = fresh_library(new_limit=4)
        self.library, self.clock = self.stack.__enter__()
        self.session = StudySession(self.library)

    def teardown(self) -> None:
        if hasattr(self, "stack"):
            self.stack.__exit__(None, None, None)

    @precondition(lambda self: self.session.current)
    @rule(rating=st.sampled_from(Rating))
    def answer(self, rating: Rating) -> None:
        showing = self.session.current
        assert showing is not None
        preview = self.session.preview()[rating]
        answered = self.session.answer(rating, 900)
        assert answered.outcome == preview
        assert answered.outcome.interval > 0
        if self.session.current is not None and answered.state.due_at is None:
            assert self.session.current.note.id != showing.note.id

    @precondition(lambda self: self.session.current)
    @rule(rating=st.sampled_from(Rating))
    def answer_and_undo_is_nothing(self, rating: Rating) -> None:
        showing = self.session.current
        assert showing is not None
        before = table(self.library)
        self.session.answer(rating, 900)
        self.session.undo()
        assert table(self.library) == before
        assert self.session.current is not None
        assert self.session.current.key == showing.key

    @precondition(lambda self: self.session.current)
    @rule(what=st.sampled_from(["bury", "suspend", "skip"]))
    def hide(self, what: str) -> None:
        getattr(self.session, what)()

    @precondition(lambda self: self.session.current)
    @rule()
    def flag(self) -> None:
        self.session.flag("unclear", "why?")

    @rule()
    def undo(self) -> None:
        self.session.undo()

    @rule()
    def restart(self) -> None:
        self.session = StudySession(self.library)

    @rule(hours=st.floats(-60, 400))
    def time_passes_or_goes_back(self, hours: float) -> None:
        self.clock.advance(hours=hours)
        self.session.refresh()

    @rule(zone=st.sampled_from(ZONES))
    def travel(self, zone: ZoneInfo) -> None:
        self.clock.travel(zone)
        self.session.refresh()

    @invariant()
    def the_state_is_the_fold_of_the_log(self) -> None:
        assert rebuild(self.library, verify=True).differing == ()

    @invariant()
    def no_card_in_front_is_hidden(self) -> None:
        showing = self.session.current
        if showing is not None:
            day = self.clock.now().day
            assert not showing.state.suspended
            assert (showing.state.buried_until or 0) <= day


TestLearner = Learner.TestCase
TestLearner.settings = settings(max_examples=25, stateful_step_count=40, deadline=None)


def behave(session: StudySession, clock: FixedClock, habit: int | str) -> None:
    """Undo, wait a little, or rate what is in front, if anything is."""
    if habit == "undo":
        session.undo()
    elif habit == "wait":
        clock.advance(minutes=4)
    elif session.current is not None:
        session.answer(Rating(int(habit)), 900)


def suspend_every_other(library: Library, but: str) -> None:
    """Hide half of the cards, one left out."""
    half = "SELECT id FROM card WHERE active = 1 AND key <> ? AND id % 2"
    for (card,) in library.db.execute(half, (but,)).fetchall():
        act_on_card(library, card, "suspend")


def by_skipping(session: StudySession) -> list[str]:
    """Every card that the session still holds, in the order in which they come."""
    cards: list[str] = []
    while session.current is not None and session.current.key not in cards:
        cards.append(session.current.key)
        session.skip()
    return cards


@given(
    habits=st.lists(st.sampled_from([*map(int, Rating), "undo", "wait"]), max_size=30),
    rating=st.sampled_from(Rating),
    elsewhere=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_after_undo_the_queue_is_as_planned_afresh(
    habits: list[int | str], rating: Rating, elsewhere: bool
) -> None:
    """Whether it was kept from before the answer or, another window having come in, was not."""
    with fresh_library(new_limit=4) as (library, clock):
        for days in range(3):  # so that steps, reviews and new cards meet
            session = StudySession(library)
            for _ in range(3 if days < 2 else 0):
                if session.current is not None:
                    session.answer(Rating.EASY if days else Rating.GOOD, 900)
            clock.advance(days=2)
        session = StudySession(library)
        for habit in habits:
            behave(session, clock, habit)
        if session.current is None:
            return
        front, left = session.current.key, session.remaining
        session.answer(rating, 900)
        if elsewhere:
            with library.reopen() as other:
                other.device_name = "phone"  # whose acts are not this device's to undo
                suspend_every_other(other, front)
        undone = session.undo()
        assert undone is not None and undone.key == front
        afresh = StudySession(library)
        assert session.remaining == afresh.remaining
        assert elsewhere or session.remaining == left
        assert session.current is not None and session.current.key == front
        held, planned = by_skipping(session), by_skipping(afresh)
        assert held[0] == front and [key for key in planned if key != front] == held[1:]


@given(st.lists(st.sampled_from(Rating), min_size=1, max_size=12), st.data())
@settings(max_examples=20, deadline=None)
def test_no_due_card_stays_out_of_reach(habits: list[Rating], data: st.DataObject) -> None:
    """A learner who empties the queue every few days meets every card that was due."""
    with fresh_library(new_limit=20) as (library, clock):
        waiting: dict[str, int] = {}
        for _ in range(25):
            day = clock.now().day
            due = {
                row[0]
                for row in library.db.execute(
                    "SELECT key FROM card WHERE active = 1 AND (due_day <= ? OR due_at <= ?)",
                    (day, clock.at),
                )
            }
            session = StudySession(library)
            met = set()
            for count in range(200):
                if session.current is None:
                    break
                met.add(session.current.key)
                session.answer(habits[count % len(habits)] if count < 30 else Rating.EASY, 0)
            assert session.current is None
            for key in due - met:
                waiting[key] = waiting.get(key, 0) + 1
                assert waiting[key] <= 3, f"{key} was due and not shown on {waiting[key]} runs"
            for key in met:
                waiting.pop(key, None)
            clock.advance(days=data.draw(st.integers(1, 9)), hours=data.draw(st.floats(-9, 9)))


def test_a_review_an_hour_short_of_a_day_later_counts_as_a_day() -> None:
    """22:00 and 21:00 on the next day: stability grows as at 24 hours, in any zone or season."""
    nights = [
        ((2026, 3, 10, 22), (2026, 3, 11, 21)),  # an ordinary night
        ((2026, 3, 28, 22), (2026, 3, 29, 21)),  # summer time begins in Berlin
        ((2026, 10, 24, 22), (2026, 10, 25, 21)),  # and ends
    ]
    grown = set()
    for zone in (ZONES[0], ZoneInfo("Asia/Tokyo")):
        for first, second in nights:
            with fresh_library() as (library, clock):
                clock.travel(zone)
                clock.at = int(datetime(*first, tzinfo=zone).timestamp() * 1000)
                session = StudySession(library)
                assert session.current is not None
                card = session.current.id
                session.answer(Rating.GOOD, 0)
                clock.at = int(datetime(*second, tzinfo=zone).timestamp() * 1000)
                grown.add(answer_card(library, card, Rating.GOOD, 0).state.memory.stability)
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    start = datetime(2026, 1, 1, tzinfo=UTC)
    card_, _ = scheduler.review_card(fsrs.Card(1, due=start), fsrs.Rating.Good, start)
    card_, _ = scheduler.review_card(card_, fsrs.Rating.Good, start.replace(day=2))
    assert grown == {card_.stability}
