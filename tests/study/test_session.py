"""A study session: every action is on the disk, every action can be undone."""

from contextlib import closing
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.errors import StaleCardError
from flashsafety.store.open import connect_alone
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.today import Choice, due_counts, start_modules, today
from flashsafety.terms import Phase, Rating
from tests.banks import question, write_cards
from tests.libraries import open_library


def ratings(library: Library) -> int:
    count = library.db.execute("SELECT count(*) FROM review WHERE undone_at IS NULL").fetchone()[0]
    return int(count)


def test_a_rating_is_committed_before_the_next_card_shows(library: Library) -> None:
    session = StudySession(library)
    first = session.current
    assert first is not None
    answered = session.answer(Rating.GOOD, 4000)
    other = library.reopen()
    row = other.db.execute("SELECT rating, duration_ms, phase, origin FROM review").fetchone()
    other.close()
    assert row == (3, 4000, 0, "review")
    assert answered.key == first.key
    assert session.current is not None and session.current.key != first.key


def test_what_was_previewed_is_what_is_stored(library: Library) -> None:
    for rating in (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY):
        session = StudySession(library)
        preview = session.preview()[rating]
        assert session.answer(rating, 0).outcome == preview


def test_siblings_do_not_meet_on_a_day(library: Library) -> None:
    session = StudySession(library)
    notes = []
    while session.current:
        notes.append(session.current.note.id)
        session.answer(Rating.EASY, 0)
    assert len(notes) == len(set(notes)) == 7


def test_limits_count_what_was_done_on_earlier_runs(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock, new_limit=3) as library:
        library.take_in_changes()
        StudySession(library).answer(Rating.EASY, 0)
        again = StudySession(library)
        assert again.remaining.new == 2
        again.answer(Rating.EASY, 0)
        again.answer(Rating.EASY, 0)
        assert again.current is None
        assert due_counts(library).total == 0


def test_a_learning_card_returns_when_its_instant_has_come(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock, new_limit=2, learn_ahead=0) as library:
        library.take_in_changes()
        session = StudySession(library)
        first = session.current
        assert first is not None
        session.answer(Rating.AGAIN, 0)
        assert session.current is not None and session.current.key != first.key
        clock.advance(minutes=2)
        session.answer(Rating.EASY, 0)
        assert session.current is not None and session.current.key == first.key
        assert session.current.state.memory.phase == Phase.LEARNING


def test_learning_cards_come_early_when_nothing_else_is_left(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock, new_limit=1) as library:
        library.take_in_changes()
        session = StudySession(library)
        session.answer(Rating.AGAIN, 0)
        assert session.current is not None
        assert session.current.state.memory.phase == Phase.LEARNING


def test_a_card_waits_when_it_may_not_come_early(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock, new_limit=1, learn_ahead=0) as library:
        library.take_in_changes()
        session = StudySession(library)
        session.answer(Rating.AGAIN, 0)
        assert session.current is None
        assert session.waiting_until() == clock.at + 60_000
        clock.advance(minutes=1)
        session.refresh()
        assert session.current is not None


def test_skip_puts_a_card_off_to_the_end(library: Library) -> None:
    session = StudySession(library)
    first = session.current
    assert first is not None
    session.skip()
    seen = []
    while session.current and session.current.key != first.key:
        seen.append(session.current.key)
        session.answer(Rating.EASY, 0)
    assert session.current is not None
    assert len(seen) == 6


def test_bury_hides_a_card_until_the_next_study_day(library: Library, clock: FixedClock) -> None:
    session = StudySession(library)
    first = session.current
    assert first is not None
    session.bury()
    keys = set()
    while session.current:
        keys.add(session.current.key)
        session.answer(Rating.EASY, 0)
    assert first.key not in keys
    clock.advance(days=1)
    assert StudySession(library).current is not None


def test_suspend_hides_a_card_for_good(library: Library, clock: FixedClock) -> None:
    session = StudySession(library)
    first = session.current
    assert first is not None
    session.suspend()
    clock.advance(days=400)
    session = StudySession(library)
    keys = set()
    while session.current:
        keys.add(session.current.key)
        session.answer(Rating.EASY, 0)
    assert first.key not in keys


def test_flag_keeps_the_card_in_front_with_its_reason(library: Library) -> None:
    session = StudySession(library)
    first = session.current
    assert first is not None
    session.flag("wrong", " the radius  ")
    assert session.current is not None and session.current.key == first.key
    assert session.current.state.flag == "wrong: the radius"
    session.answer(Rating.GOOD, 0)
    assert ratings(library) == 1


def test_a_rest_brings_the_log_into_the_file_though_another_window_reads(
    library: Library,
) -> None:
    def in_the_file() -> int:
        """Ratings that are not in the write-ahead log only."""
        with closing(connect_alone(library.paths.database)) as db:
            count = "SELECT count(*) FROM review WHERE undone_at IS NULL"
            return int(db.execute(count).fetchone()[0])

    def much() -> None:
        for _ in range(40):
            session.answer(Rating.GOOD, 0)
            session.undo()

    session = StudySession(library)
    session.answer(Rating.GOOD, 0)
    session.rest()
    assert in_the_file() == 1
    session.answer(Rating.GOOD, 0)
    session.rest()
    assert in_the_file() == 1  # little has gathered: not worth the two writes that it takes
    with library.reopen() as window:
        window.db.execute("BEGIN")
        assert ratings(window) == 2
        much()
        session.rest()
        assert ratings(window) == 2
    much()
    session.rest()
    assert in_the_file() == ratings(library)


def test_undo_brings_back_the_card_and_its_state(library: Library) -> None:
    session = StudySession(library)
    first = session.current
    assert first is not None
    session.answer(Rating.GOOD, 0)
    undone = session.undo()
    assert undone is not None and undone.words == f"undid Good on {first.key}"
    assert session.current is not None
    assert (session.current.key, session.current.state) == (first.key, first.state)
    assert ratings(library) == 0
    assert session.summary().ratings == 0


def test_undo_of_answers_reads_no_queue_unless_something_else_was_stored(library: Library) -> None:
    session = StudySession(library)
    read: list[str] = []
    library.db.set_trace_callback(read.append)

    def plans_afresh() -> bool:
        read.clear()
        assert session.undo() is not None
        return any("ORDER BY position" in statement for statement in read)

    for _ in range(3):
        session.answer(Rating.GOOD, 0)
    assert [plans_afresh() for _ in range(3)] == [False, False, False]
    session.answer(Rating.GOOD, 0)
    start_modules(library, ["numbers"])
    assert [plans_afresh(), plans_afresh()] == [True, True]
    session.answer(Rating.GOOD, 0)
    with library.reopen() as window:
        StudySession(window).suspend()
    assert [plans_afresh(), plans_afresh()] == [True, True]


def test_undo_heeds_settings_that_came_after_the_answer(library: Library) -> None:
    session = StudySession(library)
    session.answer(Rating.GOOD, 0)
    library.adopt(library.settings._replace(new_limit=2))
    session.undo()
    assert session.remaining.new == 2


def test_undo_goes_back_over_every_kind_of_action(library: Library) -> None:
    before = list(library.db.execute("SELECT * FROM card ORDER BY id"))
    session = StudySession(library)
    session.answer(Rating.GOOD, 0)
    session.bury()
    session.flag("typo")
    session.suspend()
    start_modules(library, ["numbers"])
    session.refresh()
    session.answer(Rating.AGAIN, 0)
    kinds = []
    while (undone := session.undo()) is not None:
        kinds.append(undone.kind)
    assert kinds == ["rating", "start", "suspend", "flag", "bury", "rating"]
    assert list(library.db.execute("SELECT * FROM card ORDER BY id")) == before
    assert session.undo() is None


def test_undo_works_after_a_restart_on_the_same_day_only(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        StudySession(library).answer(Rating.EASY, 0)
    clock.advance(hours=3)
    with open_library(tmp_path, bank, clock) as library:
        session = StudySession(library)
        assert session.undo() is not None
        session.answer(Rating.EASY, 0)
    clock.advance(days=1)
    with open_library(tmp_path, bank, clock) as library:
        assert StudySession(library).undo() is None


def test_undo_works_when_nothing_is_left(tmp_path: Path, bank: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, bank, clock, new_limit=1) as library:
        library.take_in_changes()
        session = StudySession(library)
        session.answer(Rating.EASY, 0)
        assert session.current is None
        session.undo()
        assert session.current is not None


def test_a_limit_ends_the_session_after_as_many_ratings(library: Library) -> None:
    session = StudySession(library, Choice(limit=2))
    session.answer(Rating.GOOD, 0)
    session.answer(Rating.GOOD, 0)
    assert session.current is None
    assert session.summary().ratings == 2


def test_a_choice_of_topic_or_tag_or_module_shows_only_those(library: Library) -> None:
    def keys(choice: Choice) -> set[str]:
        session = StudySession(library, choice)
        found = set()
        while session.current and session.current.note.id not in found:
            found.add(session.current.note.id)
            session.skip()
        return found

    assert keys(Choice(tags=("area",))) == {"circle-area"}
    assert keys(Choice(topics=("squares",))) == {"square-facts", "square-area", "by-corners"}
    assert keys(Choice(modules=("numbers",))) == set()


def test_a_rating_of_a_card_that_another_window_rated_is_refused(library: Library) -> None:
    other = library.reopen()
    mine, theirs = StudySession(library), StudySession(other)
    assert mine.current and theirs.current
    key = mine.current.key
    assert theirs.current.key == key
    theirs.answer(Rating.GOOD, 0)
    with pytest.raises(StaleCardError, match="another window"):
        mine.answer(Rating.AGAIN, 0)
    assert mine.current is not None and mine.current.key != key
    assert ratings(library) == 1
    other.close()


def test_two_windows_in_turn_never_show_a_card_twice(library: Library) -> None:
    other = library.reopen()
    sessions = [StudySession(library), StudySession(other)]
    rated = []
    for turn in range(40):
        session = sessions[turn % 2]
        if session.current is None:
            continue
        try:
            rated.append(session.answer(Rating.EASY, 0).key)
        except StaleCardError:
            continue
    assert len(rated) == len(set(rated)) == 7 == ratings(library)
    other.close()


def test_a_session_over_midnight_goes_on_with_the_new_day(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(tmp_path, bank, clock, new_limit=1) as library:
        library.take_in_changes()
        session = StudySession(library)
        session.answer(Rating.EASY, 0)
        assert session.current is None
        clock.advance(days=1)
        session.refresh()
        assert session.current is not None


def test_a_leech_is_told_and_suspended_where_asked(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    with open_library(
        tmp_path, bank, clock, new_limit=1, leech_threshold=2, leech_action="suspend"
    ) as library:
        library.take_in_changes()
        leeches = 0
        for _ in range(40):
            session = StudySession(library)
            while session.current:
                reviewing = session.current.state.memory.phase == Phase.REVIEW
                answered = session.answer(Rating.AGAIN if reviewing else Rating.EASY, 0)
                if answered.leech:
                    leeches += 1
                    assert answered.state.suspended and answered.state.lapses == 2
                    undone = session.undo()
                    assert undone is not None and undone.kind == "rating"
                    assert session.current is not None and not session.current.state.suspended
                    session.answer(Rating.AGAIN, 0)
            clock.advance(days=9)
        assert leeches
        assert rebuild(library, verify=True).differing == ()


def test_new_cards_wait_while_a_backlog_stands(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    write_cards(bank, "01-shapes/many.yaml", *(question(f"many-{n:02}") for n in range(20)))
    with open_library(tmp_path, bank, clock, review_limit=3, new_limit=5) as library:
        library.take_in_changes()
        session = StudySession(library)
        while session.current:
            session.answer(Rating.EASY, 0)
        clock.advance(days=60)
        counts = due_counts(library)
        assert (counts.review, counts.new) == (3, 0)
        assert today(library).backlog


def test_a_card_waits_for_the_module_of_its_prerequisite(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    write_cards(bank, "02-numbers/a.yaml", question("prime"), module="numbers", topics="primes")
    write_cards(
        bank,
        "01-shapes/held.yaml",
        question("needs-prime", extra="prerequisites: [prime]\n"),
    )
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        assert today(library).held == 1
        assert due_counts(library).new == 7
        start_modules(library, ["numbers"])
        assert today(library).held == 0
        assert due_counts(library).new == 9


def test_the_next_module_is_offered_when_the_open_ones_have_no_new_card(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    edit = (bank / "syllabus.yaml").read_text().replace("        optional: true\n", "")
    (bank / "syllabus.yaml").write_text(edit)
    write_cards(bank, "02-numbers/a.yaml", question("prime"), module="numbers", topics="primes")
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        assert today(library).offer is None
        for _ in range(3):
            session = StudySession(library)
            while session.current:
                session.answer(Rating.EASY, 0)
            clock.advance(days=1)
        offer = today(library).offer
        assert offer is not None and offer.slug == "numbers"
        assert start_modules(library, ["numbers"]) == ("numbers",)
        assert start_modules(library, ["numbers"]) == ()
        assert today(library).offer is None
