"""Other weights come into force and older ones again: memory follows, due days stay."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.errors import StaleCardError, UsageError
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.week import weekday
from flashsafety.store import shown
from flashsafety.store.due import read_state
from flashsafety.store.open import connect
from flashsafety.store.sets import Fit
from flashsafety.study import parameters
from flashsafety.study.answer import answer_card, refold, undo_newest
from flashsafety.study.library import Library
from flashsafety.study.load import Balancer
from flashsafety.study.parameters import adopt, go_back, history
from flashsafety.study.plans import decide
from flashsafety.study.rebuild import rebuild
from flashsafety.study.reschedule import DAYS, reschedule, rescheduling
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating, Ready, StudyDay
from tests.libraries import open_library
from tests.scheduling.histories import weights
from tests.simulated import FORGETFUL, some_weights
from tests.study.test_properties import fresh_library

FIT = Fit(1000, StudyDay(20_500), 200, 0.3, 0.02, 0.6, 0.31)


def table(library: Library) -> list[tuple[object, ...]]:
    return library.db.execute("SELECT * FROM card ORDER BY id").fetchall()


def newest(library: Library) -> int:
    """The number of the set that was fitted last."""
    return max(each.number for each in history(library) if each.fit)


def memories(library: Library) -> list[tuple[object, ...]]:
    return library.db.execute("SELECT stability, difficulty FROM card ORDER BY id").fetchall()


def due(library: Library) -> list[tuple[object, ...]]:
    columns = "phase, step, last_day, due_at, due_day, interval, last_at, reps, lapses, suspended"
    return library.db.execute(f"SELECT {columns} FROM card ORDER BY id").fetchall()


def test_memory_is_reckoned_by_the_new_weights_and_no_due_day_moves(lived) -> None:
    library = lived(FORGETFUL)
    before, dues = memories(library), due(library)
    adopted = adopt(library, FORGETFUL, FIT)
    assert due(library) == dues
    changed = sum(a != b for a, b in zip(before, memories(library), strict=True))
    assert adopted.cards == changed > 100
    assert library.scheduling[1].parameters.weights == FORGETFUL
    assert library.scheduling[0] == adopted.number
    assert rebuild(library, verify=True).differing == ()


def test_going_back_gives_the_very_memory_that_was(lived) -> None:
    library = lived(FORGETFUL)
    before = table(library)
    adopt(library, FORGETFUL, FIT)
    assert table(library) != before
    adopted = go_back(library, 1)
    assert adopted is not None
    assert table(library) == before
    assert rebuild(library, verify=True).differing == ()
    assert [(s.number, s.made_from) for s in history(library)] == [
        (1, "defaults"), (2, "optimize"), (3, "back"),
    ]  # fmt: skip
    assert history(library)[1].fit == FIT
    assert history(library)[2].weights == DEFAULT_WEIGHTS
    assert go_back(library, 3) is None
    assert go_back(library, 1) is None


def test_a_set_that_never_was_is_refused_with_those_that_were(library: Library) -> None:
    with pytest.raises(UsageError, match="no parameter set 4") as raised:
        go_back(library, 4)
    assert raised.value.mend.endswith(": 1")


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.one_of(weights, st.sampled_from(Rating), st.integers(0, 20)), max_size=14),
    st.lists(st.sampled_from(Rating), min_size=3, max_size=8),
)
def test_whatever_comes_between_the_log_and_the_state_agree(
    done: list[tuple[float, ...] | Rating | int], first: list[Rating]
) -> None:
    """Ratings, days and weights in any order; no weights move a due day, and the old memory comes
    back with the old weights."""
    with fresh_library(new_limit=9) as (library, clock):
        session = StudySession(library)
        for rating in first:
            if session.current is not None:
                session.answer(rating, 500)
        for what in done:
            if isinstance(what, tuple):
                before, dues, old = table(library), due(library), history(library)[-1].number
                adopt(library, what, FIT)
                assert due(library) == dues
                go_back(library, old)
                assert table(library) == before
                go_back(library, newest(library))
                session.refresh()
            elif isinstance(what, Rating):
                if session.current is not None:
                    session.answer(what, 500)
            else:
                clock.advance(days=what)
                session.refresh()
            assert rebuild(library, verify=True).differing == ()
        while undo_newest(library) is not None:
            assert rebuild(library, verify=True).differing == ()


def test_sets_that_differ_in_settings_alone_are_not_listed(lived) -> None:
    library = lived(FORGETFUL)
    library.adopt(library.settings._replace(desired_retention=0.8))
    assert library.scheduling[0] == 2
    adopt(library, FORGETFUL, FIT)
    library.adopt(library.settings._replace(desired_retention=0.9))
    assert library.scheduling[1].parameters.weights == FORGETFUL
    assert [s.number for s in history(library)] == [1, 3]


def test_weights_that_fsrs_refuses_are_not_stored(library: Library) -> None:
    with pytest.raises(ValueError, match="out of bounds"):
        adopt(library, (-1.0, *DEFAULT_WEIGHTS[1:]), FIT)
    assert len(history(library)) == 1


def test_a_failure_in_the_middle_leaves_everything_as_it_was(lived, monkeypatch) -> None:
    library = lived(FORGETFUL)
    before = table(library)

    def fail(rows: object, weights: object) -> Iterator[tuple[int, float, float, int]]:
        yield 1, 5.0, 5.0, 20_000
        raise KeyboardInterrupt

    monkeypatch.setattr(parameters, "fold_memories", fail)
    with pytest.raises(KeyboardInterrupt):
        adopt(library, FORGETFUL, FIT)
    assert table(library) == before
    assert len(history(library)) == 1


# ---- other windows ------------------------------------------------------------------------------


def test_another_window_goes_on_under_the_new_weights(tmp_path, bank, library: Library, clock):
    """Its ratings are given by them at once, and memory stays what the log says."""
    with open_library(tmp_path, bank, clock) as other:
        session = StudySession(other)
        session.answer(Rating.GOOD, 500)
        session.preview()
        adopt(library, some_weights(1), FIT)
        assert other.scheduling[1].parameters.weights == some_weights(1)
        session.answer(Rating.GOOD, 500)
        session.answer(Rating.AGAIN, 500)
        assert rebuild(library, verify=True).differing == ()
        given = library.db.execute("SELECT DISTINCT parameters FROM review ORDER BY 1").fetchall()
        assert given == [(1,), (2,)]


def test_weights_that_come_at_the_last_moment_refuse_the_rating(
    tmp_path, bank, library: Library, clock, monkeypatch
):
    """Between the reading of the set and the transaction; a new card has no memory to tell by."""
    card = library.db.execute("SELECT id FROM card WHERE phase = 0").fetchone()[0]
    module = shown.card_module(library.db, card)
    scheduling_of = Library.scheduling_of

    def late(self: Library, of: str):
        found = scheduling_of(self, of)
        with open_library(tmp_path, bank, clock) as other:
            adopt(other, some_weights(1), FIT)
        return found

    monkeypatch.setattr(Library, "scheduling_of", late)
    with pytest.raises(StaleCardError, match="parameters were changed"):
        answer_card(library, card, Rating.GOOD, 500, module=module)
    monkeypatch.undo()
    answer_card(library, card, Rating.GOOD, 500, module=module)
    assert rebuild(library, verify=True).differing == ()


def test_a_set_that_another_window_stored_for_its_settings_refuses_nothing(
    tmp_path, bank, library: Library, clock, monkeypatch
):
    card = library.db.execute("SELECT id FROM card WHERE phase = 0").fetchone()[0]
    scheduling_of = Library.scheduling_of

    def late(self: Library, of: str):
        found = scheduling_of(self, of)
        with open_library(tmp_path, bank, clock, desired_retention=0.8) as other:
            assert other.scheduling
        return found

    monkeypatch.setattr(Library, "scheduling_of", late)
    answer_card(library, card, Rating.GOOD, 500)


# ---- due days -----------------------------------------------------------------------------------


def test_nothing_moves_where_memory_is_what_it_was(lived) -> None:
    library = lived(FORGETFUL)
    about = rescheduling(library)
    assert (about.earlier, about.later) == (0, 0)
    assert about.before == about.after
    assert len(about.before) == DAYS
    before = table(library)
    assert reschedule(library) == 0
    assert table(library) == before


def test_due_days_follow_memory_as_was_shown_before_in_one_step(lived) -> None:
    library = lived(FORGETFUL)
    adopt(library, FORGETFUL, FIT)
    before = table(library)
    about = rescheduling(library)
    assert table(library) == before
    assert about.earlier + about.later > 100
    assert reschedule(library) == about.earlier + about.later
    again = rescheduling(library)
    assert (again.earlier, again.later) == (0, 0)
    assert again.before == again.after == about.after
    assert rebuild(library, verify=True).differing == ()
    undone = undo_newest(library)
    assert undone is not None
    assert undone.words == f"undid set-due on {about.earlier + about.later:,} cards"
    assert table(library) == before
    assert rescheduling(library) == about


@pytest.mark.parametrize("week", [("normal",) * 7, ("normal",) * 5 + ("reduced", "minimum")])
def test_a_card_is_due_when_its_last_rating_would_send_it_now(lived, week) -> None:
    """Fuzz, easy days and all: as if it had been given the interval that its memory asks for."""
    library = lived(FORGETFUL)
    library.adopt(library.settings._replace(load_balance=False, easy_days=week))
    balance = Balancer(library).balance()
    adopt(library, FORGETFUL, FIT)
    reschedule(library)
    scheduler = library.scheduling[1]
    rows = library.db.execute(
        "SELECT id, key, last_day, due_day FROM card WHERE phase = 2 ORDER BY id"
    ).fetchall()
    compared = 0
    for card, key, last, due_day in rows:
        undone = library.db.execute(
            "SELECT id, rating, phase FROM review WHERE card = ? ORDER BY id DESC LIMIT 1", (card,)
        ).fetchone()
        if undone[2] != 2:
            continue
        with_log = read_state(library.db, card)
        library.db.execute("SAVEPOINT before")
        library.db.execute("UPDATE review SET undone_at = 1 WHERE id = ?", (undone[0],))
        state = refold(library, card)
        library.db.execute("ROLLBACK TO before")
        library.db.execute("RELEASE before")
        outcome = scheduler.outcome(key, state, Rating(undone[1]), StudyDay(last), balance)
        assert outcome.memory.stability == with_log.memory.stability
        if outcome.memory.phase == 2:
            assert last + outcome.interval // 86_400 == due_day
            compared += 1
    assert compared > 100


def test_cards_leave_the_days_on_which_the_learner_wants_nothing(lived) -> None:
    library = lived(FORGETFUL)
    before = dict(library.db.execute("SELECT id, due_day FROM card WHERE phase = 2").fetchall())
    week = (*("normal",) * 6, "minimum")
    library.adopt(library.settings._replace(easy_days=week))
    moved = reschedule(library)
    after = dict(library.db.execute("SELECT id, due_day FROM card WHERE phase = 2").fetchall())
    differing = [card for card, day in before.items() if after[card] != day]
    assert moved == len(differing) > 10
    assert {weekday(before[card]) for card in differing} == {6}
    assert sum(weekday(day) == 6 for day in after.values()) < len(differing) / 4
    assert rescheduling(library).earlier + rescheduling(library).later == 0


def test_a_plan_that_raises_retention_brings_its_cards_earlier(lived) -> None:
    library = lived(FORGETFUL)
    today = library.clock.now().day
    plan = Ready(StudyDay(today - 8), StudyDay(today + 2), ("shapes",), 0.95, 0.97)
    decide(library, library.clock.now(), "ready", plan)
    sets = library.db.execute("SELECT count(*) FROM parameters").fetchone()
    about = rescheduling(library)
    assert library.db.execute("SELECT count(*) FROM parameters").fetchone() == sets
    assert about.earlier > 100
    assert about.later == 0


def test_the_retention_of_a_module_counts_and_suspended_cards_move_unseen(lived) -> None:
    library = lived(FORGETFUL)
    one = library.db.execute("SELECT id FROM card WHERE phase = 2").fetchone()[0]
    library.db.execute("UPDATE card SET suspended = 1 WHERE id = ?", (one,))
    library.adopt(library.settings._replace(module_retention={"shapes": 0.8}))
    about = rescheduling(library)
    assert about.later > 100
    assert about.earlier == 0
    due_before = read_state(library.db, one).due_day
    reschedule(library)
    assert read_state(library.db, one).due_day != due_before


def test_a_rating_from_another_window_is_not_overtaken(lived, clock: FixedClock) -> None:
    """What is moved is reckoned when it is moved, not when it was shown.

    By chance alone, as what is moved: the load of other days would have had a say in the rating.
    """
    library = lived(FORGETFUL)
    library.adopt(library.settings._replace(load_balance=False))
    adopt(library, FORGETFUL, FIT)
    about = rescheduling(library)
    card = library.db.execute(
        "SELECT id FROM card WHERE phase = 2 AND due_day <= ?", (clock.now().day + 1,)
    ).fetchone()[0]
    other = connect(library.paths.database)
    library.db, mine = other, library.db
    answer_card(library, card, Rating.EASY, 500)
    library.db = mine
    other.close()
    given = read_state(library.db, card).due_day
    reschedule(library)
    assert about.before
    assert read_state(library.db, card).due_day == given
