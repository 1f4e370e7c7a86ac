"""Taking in the bank: what changed is named, and no progress is ever lost."""

from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.errors import UnusableDataError
from flashsafety.study.answer import answer_card
from flashsafety.study.browse import card_info, find_card
from flashsafety.study.find import refresh_index
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.terms import Phase, Rating
from tests.banks import ALL_TYPES, CONCEPT, QUESTION, question, write_cards
from tests.libraries import open_library

FILE = "01-shapes/shapes.yaml"


def rate(library: Library, key: str, rating: Rating = Rating.GOOD) -> None:
    answer_card(library, find_card(library, key), rating, 1000)


def bring_to_front(library: Library, key: str) -> StudySession:
    session = StudySession(library)
    for _ in range(20):
        if session.current and session.current.key != key:
            session.skip()
    assert session.current is not None and session.current.key == key
    return session


def edit(bank: Path, old: str, new: str, file: str = FILE) -> None:
    path = bank / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_first_sync_takes_in_every_note(tmp_path: Path, bank: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, bank, clock) as library:
        report = sync(library)
    assert len(report.new) == 7
    assert (report.unchanged, report.problems) == (0, ())


def test_an_unchanged_bank_is_not_read_again(library: Library) -> None:
    assert library.take_in_changes() is None
    assert sync(library).unchanged == 7


def test_a_touched_file_changes_nothing(library: Library, bank: Path) -> None:
    path = bank / FILE
    path.write_bytes(path.read_bytes())
    report = library.take_in_changes()
    assert report is not None
    assert (report.unchanged, report.new) == (7, ())
    assert library.take_in_changes() is None


def test_rewording_keeps_progress_and_is_shown_once(
    library: Library, bank: Path, clock: FixedClock
) -> None:
    rate(library, "circle-area/recall", Rating.EASY)
    before = card_info(library, "circle-area/recall").state
    edit(bank, "How does the area of a circle grow", "In what way does the area of a circle grow")
    report = sync(library)
    assert report.reworded == ("circle-area",)
    assert report.meaning_changed == ()
    assert card_info(library, "circle-area/recall").state == before
    clock.advance(days=30)
    session = bring_to_front(library, "circle-area/recall")
    assert session.current is not None and session.current.change is not None
    assert session.current.change.kind == "reworded"
    assert "How does the area" in session.current.change.was.prompt  # type: ignore[union-attr]
    session.answer(Rating.GOOD, 1000)
    clock.advance(days=900)
    again = bring_to_front(library, "circle-area/recall")
    assert again.current is not None and again.current.change is None


def test_only_what_was_edited_is_taken_into_the_index_again(library: Library, bank: Path) -> None:
    refresh_index(library)
    path = bank / FILE
    path.write_text(f"# moves every card by a line\n{path.read_text()}")
    edit(bank, "How does the area of a circle grow", "In what way does the area of a circle grow")
    assert sync(library).unchanged == 6
    waiting = library.db.execute("SELECT note FROM unsearched").fetchall()
    assert waiting == [("circle-area",)]


def test_edits_leave_the_same_rows_as_a_first_sync(
    library: Library, bank: Path, tmp_path: Path, clock: FixedClock
) -> None:
    def rows(library: Library) -> list[tuple[object, ...]]:
        return [
            *library.db.execute("SELECT * FROM note WHERE retired_at IS NULL ORDER BY id"),
            *library.db.execute(
                "SELECT key, note, module, type, position FROM card WHERE active = 1 ORDER BY key"
            ),
        ]

    path = bank / FILE
    whole = path.read_text()
    for number, text in enumerate(
        (
            f"# a line more\n{whole}",
            whole.replace("tags: [area]", "tags: [area, growth]"),
            whole.replace("equal sides", "{{c3::equal}} sides"),
            whole.replace("also: [round]", "level: further"),
            whole[: whole.index("  - id: circle-area")],
            whole,
        )
    ):
        path.write_text(text)
        sync(library)
        with open_library(tmp_path / str(number), bank, clock) as first:
            sync(first)
            assert rows(library) == rows(first)


def test_another_right_answer_is_a_changed_meaning_and_keeps_the_log(
    library: Library, bank: Path
) -> None:
    rate(library, "square-area/number")
    edit(bank, "answer: 2.25", "answer: 6")
    report = sync(library)
    assert report.meaning_changed == ("square-area",)
    assert len(card_info(library, "square-area/number").log) == 1


def test_moving_a_card_to_another_file_keeps_its_progress(library: Library, bank: Path) -> None:
    rate(library, "circle/forward")
    before = card_info(library, "circle/forward").state
    write_cards(bank, FILE, *ALL_TYPES[1:])
    write_cards(bank, "01-shapes/zz-moved.yaml", CONCEPT)
    report = sync(library)
    assert report.moved == ("circle",)
    assert report.retired == report.new == ()
    after = card_info(library, "circle/forward")
    assert (after.state, after.file) == (before, "01-shapes/zz-moved.yaml")


def test_a_sibling_that_is_added_leaves_the_others_alone(library: Library, bank: Path) -> None:
    rate(library, "square-facts/c1")
    before = card_info(library, "square-facts/c1").state
    edit(bank, "equal sides", "{{c3::equal}} sides")
    sync(library)
    assert card_info(library, "square-facts/c1").state == before
    assert card_info(library, "square-facts/c3").state.memory.phase == Phase.NEW


def test_a_card_that_vanishes_leaves_the_queue_and_comes_back_as_it_was(
    library: Library, bank: Path, clock: FixedClock
) -> None:
    rate(library, "circle/forward", Rating.EASY)
    before = card_info(library, "circle/forward").state
    write_cards(bank, FILE, *ALL_TYPES[1:])
    report = sync(library)
    assert report.retired == ("circle",)
    clock.advance(days=100)
    session = StudySession(library)
    shown = set()
    while session.current and session.current.key not in shown:
        shown.add(session.current.key)
        session.skip()
    assert "circle/forward" not in shown
    write_cards(bank, FILE, *ALL_TYPES)
    report = sync(library)
    assert report.restored == ("circle",)
    after = card_info(library, "circle/forward")
    assert after.state == before
    assert len(after.log) == 1


def test_a_facet_that_an_edit_takes_away_comes_back_with_its_progress(
    library: Library, bank: Path
) -> None:
    rate(library, "circle/reverse")
    before = card_info(library, "circle/reverse").state
    edit(bank, "also: [round]", "directions: forward")
    sync(library)
    assert "circle/reverse" not in {
        row[0] for row in library.db.execute("SELECT key FROM card WHERE active = 1")
    }
    edit(bank, "directions: forward", "also: [round]")
    sync(library)
    assert card_info(library, "circle/reverse").state == before


def test_a_replaced_card_keeps_its_log_and_the_new_one_starts_afresh(
    library: Library, bank: Path
) -> None:
    rate(library, "circle-area/recall")
    (bank / "retired.yaml").write_text(
        "- id: circle-area\n  date: 2026-03-02\n  reason: asks more\n"
        "  replaced_by: circle-area-growth\n"
    )
    successor = QUESTION.replace("id: circle-area", "id: circle-area-growth\nreplaces: circle-area")
    write_cards(bank, FILE, CONCEPT, successor, *ALL_TYPES[2:])
    report = sync(library)
    assert report.problems == ()
    assert (report.new, report.retired) == (("circle-area-growth",), ("circle-area",))
    assert card_info(library, "circle-area-growth/recall").state.reps == 0
    assert len(card_info(library, "circle-area/recall").log) == 1


def test_a_file_that_cannot_be_read_retires_nothing(library: Library, bank: Path) -> None:
    (bank / FILE).write_bytes(b"\0\xff not yaml \xfe")
    report = sync(library)
    assert report.problems
    assert report.retired == ()
    assert StudySession(library).current is not None


def test_a_broken_card_keeps_its_last_good_form_and_hides_no_other(
    library: Library, bank: Path
) -> None:
    edit(bank, "term: circle\n", "trem: circle\n")
    report = sync(library)
    assert any(problem.line for problem in report.problems)
    assert report.retired == ()
    assert card_info(library, "circle/forward").prompt


def test_a_mended_file_is_read_again_and_its_problems_are_gone(
    library: Library, bank: Path
) -> None:
    good = (bank / FILE).read_bytes()
    edit(bank, "term: circle\n", "trem: circle\n")
    assert sync(library).problems
    assert sync(library).problems, "problems are told on every run until they are mended"
    (bank / FILE).write_bytes(good)
    assert sync(library).problems == ()


def test_an_id_taken_in_an_unchanged_file_is_told_and_not_moved(
    library: Library, bank: Path
) -> None:
    write_cards(bank, "01-shapes/zz-copy.yaml", CONCEPT)
    report = sync(library)
    assert [problem.rule for problem in report.problems] == ["id-taken"]
    assert report.moved == ()
    (bank / "01-shapes/zz-copy.yaml").unlink()
    assert sync(library).problems == ()


def test_another_folder_with_the_same_bank_changes_nothing(
    tmp_path: Path, library: Library, clock: FixedClock
) -> None:
    from tests.banks import tiny_bank

    other = tiny_bank(tmp_path / "elsewhere")
    with open_library(tmp_path, other, clock) as moved:
        report = moved.take_in_changes()
        assert report is not None
        assert (report.unchanged, report.moved, report.new) == (7, (), ())


def test_a_folder_without_a_syllabus_is_refused_and_changes_nothing(
    tmp_path: Path, library: Library, clock: FixedClock
) -> None:
    (tmp_path / "empty").mkdir()
    with (
        open_library(tmp_path, tmp_path / "empty", clock) as other,
        pytest.raises(UnusableDataError, match=r"syllabus\.yaml"),
    ):
        other.take_in_changes()
    assert StudySession(library).current is not None


def test_only_changed_files_are_read(library: Library, bank: Path) -> None:
    write_cards(bank, "01-shapes/more.yaml", question("fresh-one"))
    report = sync(library)
    assert report.new == ("fresh-one",)
    assert report.unchanged == 7


def test_of_all_notes_one_changed_file_has_only_the_number_read(
    library: Library, bank: Path
) -> None:
    write_cards(bank, "01-shapes/more.yaml", question("more"))
    library.take_in_changes()
    asked: list[str] = []
    library.db.set_trace_callback(asked.append)
    edit(bank, "more", "other", "01-shapes/more.yaml")
    report = library.take_in_changes()
    library.db.set_trace_callback(None)
    assert report is not None
    assert (report.new, report.retired, report.unchanged) == (("other",), ("more",), 7)
    reads = [sql for sql in asked if sql.startswith("SELECT")]
    plans = [library.db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchone()[3] for sql in reads]
    assert [plan for plan in plans if plan.startswith(("SCAN note", "SCAN card"))] == [
        "SCAN note USING COVERING INDEX note_place"
    ]


def test_a_name_that_is_wrong_in_one_changed_file_is_compared_with_all_notes(
    library: Library, bank: Path
) -> None:
    text = question("more", extra="prerequisites: [circle-are]\n")
    write_cards(bank, "01-shapes/more.yaml", text)
    (problem,) = sync(library).problems
    assert problem.rule == "prerequisite-unknown"
    assert problem.mend.startswith("did you mean")
