"""What a deck is to real Anki."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from anki.collection import Collection

from flashsafety.anki.guid import guid
from flashsafety.clock import DAY, FixedClock
from flashsafety.content.load import load_bank
from flashsafety.store.due import all_states
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.study.today import Choice
from flashsafety.terms import Phase
from tests.anki.conftest import Export, Take, study

QUESTIONS = Path(__file__).parents[2] / "questions"


def rows(collection: Collection, sql: str) -> list[list[Any]]:
    assert collection.db is not None
    return [list(row) for row in collection.db.all(sql)]


def test_a_deck_imports_clean_and_renders(collection, export: Export, take: Take) -> None:
    path, done = export(with_scheduling=False)
    assert (done.notes, done.cards) == (7, 9)
    assert len(take(path).log.new) == 7
    said, fine = collection.fix_integrity()
    assert fine, said
    assert collection.card_count() == 9
    for number in collection.find_cards(""):
        card = collection.get_card(number)
        for side in (card.question(), card.answer()):
            body = re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL)
            assert "{{" not in body
            assert "$" not in body
            assert re.sub(r"<[^>]*>|\[\[type:\w+\]\]", "", body).strip()


def test_the_real_bank_imports_clean_and_renders(
    collection, clock: FixedClock, tmp_path: Path, take: Take
) -> None:
    from flashsafety.anki.export import export_deck
    from tests.libraries import open_library

    with open_library(tmp_path / "real", QUESTIONS, clock) as library:
        sync(library)
        done = export_deck(library, str(tmp_path / "a.apkg"), Choice(), with_scheduling=False)
    assert len(take(tmp_path / "a.apkg").log.new) == done.notes
    assert collection.fix_integrity()[1]
    assert collection.card_count() == done.cards
    names = [deck.name for deck in collection.decks.all_names_and_ids()]
    assert "Intro to ML Safety::06 Adversarial robustness" in names
    for number in collection.find_cards(""):
        card = collection.get_card(number)
        for side in (card.question(), card.answer()):
            body = re.sub(r"<style>.*?</style>", "", side, flags=re.DOTALL)
            assert not re.search(r"\{\{|\$|\*\*|<script", body), card.note()["QID"]


def test_states_and_log_arrive_as_they_are(
    collection, library: Library, clock: FixedClock, export: Export, take: Take
) -> None:
    study(library, clock)
    path, done = export()
    take(path)
    assert collection.fix_integrity()[1]
    assert done.reviews > 40
    keys = dict(library.db.execute("SELECT anki_card.id, card.id FROM anki_card JOIN card"
                                   " ON card.id = anki_card.card").fetchall())  # fmt: skip
    states = dict(all_states(library.db))
    (crt,) = rows(collection, "SELECT crt FROM col")[0]
    phases = set()
    sql = "SELECT id, type, due, ivl, reps, lapses, data FROM cards"
    for number, kind, due, ivl, reps, lapses, data in rows(collection, sql):
        state = states[keys[number]]
        phases.add(state.memory.phase)
        assert (kind, reps, lapses) == (state.memory.phase, state.reps, state.lapses)
        if state.memory.phase == Phase.REVIEW:
            assert ivl == state.interval // DAY
            # Anki counts from its collection's own first day.
            assert (crt + due * DAY + 12 * 3600) // DAY == state.due_day
        if state.memory.phase != Phase.NEW:
            memory = json.loads(data)
            assert memory["s"] == pytest.approx(state.memory.stability, rel=1e-3, abs=1e-3)
            assert memory["d"] == pytest.approx(state.memory.difficulty, abs=1e-3)
    assert Phase.REVIEW in phases
    ours = library.db.execute(
        "SELECT reviewed_at, rating, duration_ms FROM review WHERE undone_at IS NULL ORDER BY id"
    ).fetchall()
    theirs = rows(collection, "SELECT id, ease, time FROM revlog ORDER BY id")
    assert [tuple(row) for row in theirs] == ours


def test_anki_reckons_the_memory_that_we_did(
    collection, library: Library, clock: FixedClock, export: Export, take: Take
) -> None:
    study(library, clock)
    take(export()[0])
    collection.set_config("fsrs", True)
    worst = 0.0
    states = {
        number: state for number, state in all_states(library.db) if state.memory.phase != Phase.NEW
    }
    numbers = dict(library.db.execute("SELECT card, id FROM anki_card").fetchall())
    for card, state in states.items():
        memory = collection.compute_memory_state(numbers[card])
        assert state.memory.stability is not None
        worst = max(worst, abs(memory.stability / state.memory.stability - 1))
    assert len(states) == 9
    assert worst < 1e-4


def test_a_later_deck_updates_the_changed_note_and_keeps_progress(
    collection, library: Library, clock: FixedClock, export: Export, take: Take
) -> None:
    study(library, clock, days=3)
    take(export()[0])
    before = rows(collection, "SELECT * FROM cards ORDER BY id")
    file = Path(library.roots[0]) / "01-shapes" / "shapes.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("at one distance", "at the same distance"), encoding="utf-8")
    clock.advance(hours=1)
    library.take_in_changes()
    path, done = export()
    assert done.changed == 1
    log = take(path).log
    assert (len(log.updated), len(log.new), len(log.duplicate)) == (1, 0, 6)
    assert rows(collection, "SELECT * FROM cards ORDER BY id") == before
    (note,) = collection.find_notes("QID:circle")
    assert "at the same distance" in collection.get_note(note)["Definition"]


def test_an_unchanged_bank_changes_nothing(collection, export: Export, take: Take) -> None:
    take(export()[0])
    path, done = export()
    assert done.changed == 0
    assert len(take(path).log.duplicate) == 7


def test_an_edit_in_anki_survives(
    collection, library: Library, clock: FixedClock, export: Export, take: Take
) -> None:
    take(export()[0])
    (number,) = collection.find_notes("QID:circle-area")
    note = collection.get_note(number)
    note["Why"] = "my own words"
    collection.update_note(note)
    clock.advance(hours=1)
    take(export()[0])
    assert collection.get_note(number)["Why"] == "my own words"


def test_a_choice_of_cards_is_a_deck(collection, export: Export, take: Take) -> None:
    path, done = export(Choice(topics=("squares",)))
    assert done.cards == 4
    take(path)
    assert collection.card_count() == 4


def test_hidden_and_flagged_cards_stay_so(
    collection, library: Library, export: Export, take: Take
) -> None:
    session = StudySession(library)
    session.flag("typo", "a letter")
    session.suspend()
    session.bury()
    take(export()[0])
    queues = rows(collection, "SELECT queue, flags FROM cards WHERE queue < 0 ORDER BY queue")
    assert queues == [[-3, 0], [-1, 1]]


def test_a_leech_is_a_leech_in_anki(collection, library: Library, clock, export, take) -> None:
    study(library, clock, days=2)
    library.db.execute("UPDATE card SET lapses = 8 WHERE key = 'circle/forward'")
    take(export()[0])
    assert collection.find_notes("tag:leech") == collection.find_notes("QID:circle")
    assert export(with_scheduling=False)[1].changed == 0


def test_guids_are_for_ever() -> None:
    assert guid("intro-to-ml-safety", "hazard") == "F6oTiSVMvyzYQ0sN"
    assert guid("", "hazard") != guid("intro-to-ml-safety", "hazard")
    ids = [placed.note.id for placed in load_bank([str(QUESTIONS)]).bank.notes]
    made = {guid("intro-to-ml-safety", id_) for id_ in ids}
    assert len(made) == len(ids)
    assert all(re.fullmatch(r"[0-9A-Za-z]{16}", text) for text in made)


def test_ratings_of_one_instant_have_numbers_of_their_own_for_ever(
    collection, library: Library, clock: FixedClock, export: Export, take: Take
) -> None:
    study(library, clock, days=4)
    library.db.execute("UPDATE review SET reviewed_at = (SELECT min(reviewed_at) FROM review)")
    path, done = export()
    take(path)
    first = rows(collection, "SELECT id, ease FROM revlog ORDER BY id")
    assert len(first) == done.reviews
    assert len({number for number, _ in first}) == done.reviews
    again, _ = export()
    collection.db.execute("DELETE FROM notes")
    collection.db.execute("DELETE FROM cards")
    collection.db.execute("DELETE FROM revlog")
    take(again)
    assert rows(collection, "SELECT id, ease FROM revlog ORDER BY id") == first
