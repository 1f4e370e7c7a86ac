"""What was done in real Anki comes back, each row once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection
from anki.decks import FilteredDeckConfig

from flashsafety.anki.collection import open_collection
from flashsafety.anki.container import unpacked
from flashsafety.anki.importing import import_package
from flashsafety.anki.take import Taken
from flashsafety.clock import FixedClock, instant_to_datetime
from flashsafety.store import logs
from flashsafety.store.due import all_states
from flashsafety.study.answer import act_on_card, answer_card
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Phase, Rating
from tests.anki import phone
from tests.anki.conftest import Export, Take, real_now
from tests.anki.days import on, other_days


def states(library: Library) -> dict[int, Any]:
    return dict(all_states(library.db))


def log_size(library: Library) -> int:
    return logs.count_ratings(library.db)


@pytest.fixture
def returned(studied: Library, collection: Collection, clock: FixedClock, tmp_path: Path):
    """Read back what Anki has."""
    names = iter(range(100))

    def read(*, legacy: bool = False, dry_run: bool = False, everything: bool = False) -> Taken:
        path = tmp_path / f"back-{next(names)}.{'colpkg' if everything else 'apkg'}"
        give = phone.give_all if everything else phone.give
        give(collection, str(path), legacy)
        if everything:
            collection.reopen(after_full_sync=False)
        clock.at = real_now()
        return import_package(studied, str(path), dry_run=dry_run)

    return read


@pytest.mark.parametrize("legacy", [True, False])
@pytest.mark.parametrize("everything", [True, False])
def test_what_went_out_comes_back_as_known(
    studied: Library, collection, export: Export, take: Take, returned, legacy, everything
) -> None:
    path, done = export()
    take(path)
    before = states(studied)
    taken = returned(legacy=legacy, everything=everything)
    assert (taken.added, taken.known, taken.vanished) == (0, done.reviews, 0)
    assert taken.compared == 9
    assert taken.worst < 1e-4
    assert taken.backup == ""
    assert states(studied) == before


@pytest.mark.parametrize("legacy", [True, False])
def test_our_reader_reads_what_the_backend_does(
    studied: Library, collection, clock, export: Export, take: Take, tmp_path: Path, legacy
) -> None:
    take(export()[0])
    phone.answer(collection, 5)
    phone.give(collection, str(tmp_path / "x.apkg"), legacy)
    with unpacked(str(tmp_path / "x.apkg")) as file, open_collection(file, clock) as theirs:
        guids = {note.id: (note.guid, note.qid) for note in theirs.notes()}
        read = [
            [row.id, *guids[card.note], card.ord, row.ease, row.ivl, row.factor, row.time, row.type]
            for card in theirs.cards(set(guids))
            for row in card.rows
        ]
    sql = ("SELECT revlog.id, guid, '', ord, ease, revlog.ivl, revlog.factor, time, revlog.type"
           " FROM revlog JOIN cards ON cards.id = cid JOIN notes ON notes.id = nid")  # fmt: skip
    fields = collection.db.all("SELECT guid, flds FROM notes")
    by_guid = {guid: text.split("\x1f")[-1] for guid, text in fields}
    whole = [[x[0], x[1], by_guid[x[1]], *x[3:]] for x in phone.rows(collection, sql)]
    assert sorted(read) == sorted(whole)
    assert len(read) > 50


def test_answers_are_added_once_and_replayed(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    collection.set_config("fsrs", True)
    new = phone.answer(collection, 6)
    assert len(new) >= 4
    size = log_size(studied)
    tried = returned(dry_run=True)
    assert (tried.ratings, log_size(studied)) == (len(new), size)
    taken = returned()
    assert (taken.ratings, taken.known) == (len(new), size)
    assert Path(taken.backup).is_file()
    assert log_size(studied) == size + len(new)
    assert rebuild(studied, verify=True).differing == ()
    again = returned(legacy=True)
    assert (again.added, again.known) == (0, size + len(new))
    origins = studied.db.execute("SELECT count(*) FROM review WHERE origin = 'anki'").fetchone()
    assert origins == (len(new),)


def test_memory_and_due_are_as_anki_has_them(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    collection.set_config("fsrs", True)
    phone.answer(collection, 9)
    taken = returned()
    assert taken.compared == 9
    assert taken.worst < 1e-3  # Anki keeps four places of stability
    numbers = dict(studied.db.execute("SELECT card, id FROM anki_card").fetchall())
    today = studied.clock.now().day - collection.sched.today
    for card, state in states(studied).items():
        theirs = collection.get_card(numbers[card])
        memory = collection.compute_memory_state(numbers[card])
        assert memory.stability == pytest.approx(state.memory.stability, rel=1e-4)
        if state.memory.phase == Phase.REVIEW:
            assert theirs.due + today == state.due_day


def test_undo_leaves_alone_what_came_from_anki(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    phone.answer(collection, 3)
    returned()
    undone = StudySession(studied).undo()
    assert undone is None or undone.kind != "rating" or "anki" not in undone.words


def test_what_else_was_done_in_anki_comes_too(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    suspended, due, forgotten = list(collection.find_cards("is:review"))[:3]
    collection.sched.suspend_cards([suspended])
    collection.sched.set_due_date([due], "17")
    collection.sched.schedule_cards_as_new([forgotten])
    taken = returned()
    assert (taken.suspended, taken.resets) == (1, 1)
    assert taken.due_dates >= 1
    by_number = {n: c for c, n in studied.db.execute("SELECT card, id FROM anki_card")}
    now = states(studied)
    assert now[by_number[suspended]].suspended
    assert now[by_number[due]].due_day == studied.clock.now().day + 17
    assert now[by_number[forgotten]].memory.phase == Phase.NEW
    assert returned().added == 0
    assert rebuild(studied, verify=True).differing == ()
    collection.sched.unsuspend_cards([suspended])
    collection.db.execute("UPDATE cards SET mod = mod + 5 WHERE id = ?", suspended)
    assert returned().unsuspended == 1
    assert not states(studied)[by_number[suspended]].suspended


def test_a_suspension_of_ours_is_not_lifted_by_anki(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    session = StudySession(studied)
    assert session.current is not None
    card = session.current.id
    session.suspend()
    assert returned().added == 0
    assert states(studied)[card].suspended


def test_cramming_in_a_filtered_deck_schedules_nothing(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    collection.set_config("fsrs", True)
    before = states(studied)
    deck = collection.sched.get_or_create_filtered_deck(deck_id=0)
    deck.name = "cram"
    deck.config.reschedule = False
    del deck.config.search_terms[:]
    deck.config.search_terms.append(FilteredDeckConfig.SearchTerm(search="", limit=3))
    collection.sched.add_or_update_filtered_deck(deck)
    new = phone.answer(collection, 3, "cram")
    taken = returned()
    crammed = {row[0] for row in phone.rows(collection, "SELECT id FROM revlog WHERE type = 3")}
    assert taken.crammed == len(crammed.intersection(new)) > 0
    in_deck = {
        number for (number,) in phone.rows(collection, "SELECT id FROM cards WHERE odid <> 0")
    }
    for card, number in studied.db.execute("SELECT card, id FROM anki_card").fetchall():
        if number in in_deck:
            assert states(studied)[card].due_day == before[card].due_day


def test_what_was_undone_in_anki_is_told_and_kept(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    new = phone.answer(collection, 2)
    assert returned().ratings == 2
    size = log_size(studied)
    collection.db.execute("DELETE FROM revlog WHERE id = ?", new[-1])  # as its undo does
    assert returned().vanished == 1
    assert log_size(studied) == size


def test_a_rating_undone_here_does_not_come_back(
    studied: Library, collection, clock: FixedClock, export: Export, take: Take, returned
) -> None:
    session = StudySession(studied)
    assert session.current is not None
    session.answer(Rating.GOOD, 1000)
    take(export()[0])
    session.undo()
    taken = returned()
    assert taken.ratings == 0
    assert (
        studied.db.execute("SELECT count(*) FROM review WHERE undone_at IS NULL").fetchone()[0]
        == log_size(studied) - 1
    )


def test_other_decks_and_unknown_cards_are_counted(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    basic = collection.models.by_name("Basic")
    note = collection.new_note(basic)
    note["Front"] = "capital of France"
    collection.add_note(note, collection.decks.id("Default"))
    (circle,) = collection.find_notes("QID:*square-facts")
    text = collection.get_note(circle)
    text["Text"] += " {{c9::more}}"
    collection.update_note(text)
    taken = returned()
    assert taken.strangers == 1
    assert taken.unmatched == ["square-facts card 9"]


def test_a_note_with_another_guid_is_known_by_its_qid(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    phone.answer(collection, 2)
    collection.db.execute("UPDATE notes SET guid = 'x' || id")
    assert returned().ratings == 2


@other_days
def test_a_month_of_both_ends_in_one_log_with_every_review_once(
    library: Library, export: Export, tmp_path: Path
) -> None:
    clock = library.clock
    assert isinstance(clock, FixedClock)
    clock.at = real_now()  # later than what the fixtures did: the log goes by true instants
    start = instant_to_datetime(clock.at).replace(hour=9, minute=0, second=0) + timedelta(days=1)
    desk = 0
    away: list[int] = []
    file, back = tmp_path / "phone.anki2", str(tmp_path / "back.apkg")
    for day in range(30):
        morning = start + timedelta(days=day)
        if day == 0:
            on(morning, file, ["take", str(export()[0])])
        elif day % 2:
            away += on(morning, file, ["answer", 8])
            on(morning + timedelta(hours=1), file, ["give", back, bool(day % 4 == 1)])
            clock.at = int((morning + timedelta(hours=2)).timestamp() * 1000)
            import_package(library, back)
        else:
            clock.at = int(morning.timestamp() * 1000)
            session = StudySession(library)
            for rating in (Rating.GOOD, Rating.AGAIN, Rating.GOOD, Rating.HARD):
                if session.current is None:
                    break
                session.answer(rating, 3000)
                desk += 1
                clock.advance(minutes=11)
    assert desk > 15
    assert len(away) > 15
    log = library.db.execute("SELECT origin, reviewed_at FROM review ORDER BY id").fetchall()
    assert [at for origin, at in log if origin == "anki"] == sorted(away)
    assert sum(origin == "review" for origin, _ in log) == desk
    assert [at for _, at in log] == sorted(at for _, at in log)
    assert rebuild(library, verify=True).differing == ()
    assert import_package(library, back).added == 0


def test_a_reset_here_is_a_reset_in_anki_and_comes_back_as_known(
    studied: Library, collection, clock: FixedClock, export: Export, take: Take, returned
) -> None:
    rated = [card for card, state in states(studied).items() if state.memory.phase == Phase.REVIEW]
    act_on_card(studied, rated[0], "reset")
    clock.at += 60_000
    act_on_card(studied, rated[1], "reset")
    clock.at += 60_000
    answer_card(studied, rated[1], Rating.GOOD, 1000)
    take(export()[0])
    numbers = dict(studied.db.execute("SELECT card, id FROM anki_card").fetchall())
    assert collection.fix_integrity()[1]
    collection.set_config("fsrs", True)
    memory = collection.compute_memory_state(numbers[rated[1]])
    state = states(studied)[rated[1]].memory
    assert memory.stability == pytest.approx(state.stability, rel=1e-4)
    assert collection.compute_memory_state(numbers[rated[0]]).stability is None
    taken = returned()
    assert (taken.added, taken.skipped) == (0, {})
    assert rebuild(studied, verify=True).differing == ()


def test_a_due_day_alone_is_taken_over_and_the_database_copied_first(
    studied: Library, collection, export: Export, take: Take, returned
) -> None:
    take(export()[0])
    collection.db.execute("UPDATE cards SET due = due + 3, mod = mod + 100 WHERE type = 2")
    moved = len(phone.rows(collection, "SELECT id FROM cards WHERE type = 2"))
    taken = returned()
    assert (taken.due_dates, taken.added) == (moved, moved)
    assert Path(taken.backup).is_file()
    assert rebuild(studied, verify=True).differing == ()
    assert returned().added == 0
