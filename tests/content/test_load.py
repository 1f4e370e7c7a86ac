"""A bank of files to notes: what is read, in which order, and what refers to what."""

import os
from pathlib import Path

import pytest

from flashsafety.content.load import check_bank, load_bank
from flashsafety.content.notes import NumericNote
from flashsafety.errors import UnusableDataError
from tests.banks import CONCEPT, TYPED, question, tiny_bank, write_cards


def rules(bank: Path, *more: Path) -> list[tuple[str, int, int, str]]:
    loaded = load_bank([str(bank), *map(str, more)])
    return [(p.file, p.line, p.column, p.rule) for p in loaded.problems]


def test_the_tiny_bank_has_every_type_and_no_problem(tmp_path):
    loaded = load_bank([str(tiny_bank(tmp_path / "bank"))])
    assert loaded.problems == ()
    assert [placed.note.type for placed in loaded.bank.notes] == [
        "concept", "question", "choice", "cloze", "numeric", "typed", "ordering",
    ]  # fmt: skip
    assert loaded.unreadable == loaded.broken == frozenset()


def test_the_syllabus_and_the_bibliography_are_read_whole(tmp_path):
    bank = load_bank([str(tiny_bank(tmp_path / "bank"))]).bank
    first, second = bank.syllabus.modules
    assert (bank.syllabus.title, bank.syllabus.url) == ("A tiny course", "https://example.org/")
    assert (first.number, first.slug, first.section, first.section_title) == (
        1, "shapes", "basics", "Basics",
    )  # fmt: skip
    assert [topic.slug for topic in first.topics] == ["circles", "squares"]
    assert [(r.source, r.required) for r in first.readings] == [("euclid-elements", True)]
    assert (second.optional, second.prerequisites, second.lecture) == (
        True, ("shapes",), "https://example.org/numbers",
    )  # fmt: skip
    assert bank.sources["hardy-1940-apology"].year == 1940


def test_a_note_takes_what_it_leaves_out_from_the_top_of_its_file(tmp_path):
    notes = {p.note.id: p.note for p in load_bank([str(tiny_bank(tmp_path / "bank"))]).bank.notes}
    assert notes["circle"].topics == ("circles",)
    assert notes["circle"].source == "euclid-elements"
    assert notes["square-area"].topics == ("squares",)


def test_scalars_are_text_unless_the_schema_says_otherwise(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(
        bank,
        "a.yaml",
        "id: norway\ntype: typed\nprompt: Which?\nanswer: no\naccept: [010, 1:30, 2024-01-01, ~]",
    )
    note = next(p.note for p in load_bank([str(bank)]).bank.notes if p.note.id == "norway")
    assert note.type == "typed"
    assert note.answer == "no"
    assert note.accept == ("010", "1:30", "2024-01-01", "~")


def test_numbers_keep_the_form_they_were_written_in(tmp_path):
    bank = load_bank([str(tiny_bank(tmp_path / "bank"))]).bank
    note = next(p.note for p in bank.notes if p.note.id == "square-area")
    assert isinstance(note, NumericNote)
    assert (note.answer, note.value) == ("2.25", 2.25)
    assert note.margin == pytest.approx(0.0225)


def test_notes_come_in_study_order(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "00-first-file.yaml", question("last"), module="numbers", topics="primes")
    write_cards(bank, "zz.yaml", question("late"))
    notes = load_bank([str(bank)]).bank.notes
    assert [p.note.id for p in notes][-2:] == ["late", "last"]
    assert [p.position for p in notes] == sorted({p.position for p in notes})


def test_a_note_knows_its_file_and_line(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    file = write_cards(bank, "sub/a.yaml", question("one-card"), question("two-card"))
    placed = {p.note.id: p for p in load_bank([str(bank)]).bank.notes}["two-card"]
    assert placed.file == "sub/a.yaml"
    assert file.read_text().split("\n")[placed.line - 1] == "  - id: two-card"


def test_a_missing_syllabus_is_said_with_what_to_do(tmp_path):
    (tmp_path / "bank").mkdir()
    with pytest.raises(UnusableDataError, match=r"syllabus\.yaml is missing"):
        load_bank([str(tmp_path / "bank")])
    with pytest.raises(UnusableDataError):
        check_bank([str(tmp_path / "bank")])


def test_a_broken_syllabus_stops_loading_but_not_the_list_of_problems(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "syllabus.yaml").write_text("title: a: b\n")
    write_cards(bank, "a.yaml", "id: x\ntype: question\nprompt: p\nanswer: a")
    with pytest.raises(UnusableDataError) as caught:
        load_bank([str(bank)])
    assert caught.value.where.endswith("syllabus.yaml:1:9")
    found = [(p.file, p.rule) for p in check_bank([str(bank)])[0].problems]
    assert found == [("a.yaml", "id-shape"), ("syllabus.yaml", "yaml-syntax")]


def test_one_bad_module_does_not_hide_the_others_nor_blame_its_cards(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    text = (bank / "syllabus.yaml").read_text().replace("number: 2", "number: two")
    (bank / "syllabus.yaml").write_text(text)
    write_cards(bank, "n.yaml", question("prime-number"), module="numbers", topics="primes")
    loaded = load_bank([str(bank)])
    assert [(p.file, p.rule) for p in loaded.problems] == [("syllabus.yaml", "wrong-type")]
    assert len(loaded.bank.notes) == 7
    assert loaded.broken == {"prime-number"}


def test_the_syllabus_is_checked_too(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    text = (bank / "syllabus.yaml").read_text()
    text = text.replace("prerequisites: [shapes]", "prerequisites: [shape]")
    text = text.replace("slug: squares", "slug: circles").replace(
        "source: euclid", "source: euklid"
    )
    (bank / "syllabus.yaml").write_text(text)
    found = {
        (p.rule, p.mend) for p in check_bank([str(bank)])[0].problems if p.file == "syllabus.yaml"
    }
    assert ("module-unknown", 'did you mean "shapes"?') in found
    assert ("source-unknown", 'did you mean "euclid-elements"?') in found
    assert "slug-taken" in {rule for rule, _ in found}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ms-msdt:/id", "//a.b",
        "xhttps://a.b", "https://a.b c", "https://a.b\u3000--flag", "-https://a.b",
    ],
)  # fmt: skip
def test_an_address_that_is_not_of_the_web_is_refused(tmp_path, address):
    bank = tiny_bank(tmp_path / "bank")
    with (bank / "sources.yaml").open("a") as file:
        file.write(f"bad-link:\n  title: Bad\n  url: {address}\n")
    assert ("sources.yaml", 11, 8, "url-shape") in rules(bank)


def test_a_source_with_a_fault_is_not_called_unknown(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    text = (bank / "sources.yaml").read_text().replace("title: Elements", "titel: Elements")
    (bank / "sources.yaml").write_text(text)
    assert rules(bank) == [("sources.yaml", 2, 3, "unknown-key")]


def test_a_bibliography_that_cannot_be_read_makes_no_source_unknown(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "sources.yaml").write_text("a: b: c\n")
    loaded = load_bank([str(bank)])
    assert [p.rule for p in loaded.problems] == ["yaml-syntax"]
    assert len(loaded.bank.notes) == 7
    assert loaded.unreadable == {"sources.yaml"}


@pytest.mark.parametrize(
    "looks_alike",
    [
        "\u0441ircle", "circ\u217ce", "circle\u0301", "\uff43ircle", "circle-\u0661",
        "circle\u3164", "circ\u00a0le", "Circle", "cir\u2010cle", "circle-1/recall", "../circle",
        "=circle",
    ],
)  # fmt: skip
def test_no_id_looks_like_another(tmp_path, looks_alike):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "zz.yaml", question(looks_alike))
    assert [problem.rule for problem in load_bank([str(bank)]).problems] == ["id-shape"]


def test_an_id_is_taken_once_and_the_other_place_is_named(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "zz.yaml", CONCEPT)
    loaded = load_bank([str(bank)])
    (problem,) = loaded.problems
    assert (problem.file, problem.line, problem.column) == ("zz.yaml", 6, 9)
    assert "01-shapes/shapes.yaml:6" in problem.message
    assert len(loaded.bank.notes) == 7
    assert loaded.broken == frozenset()


def test_a_retired_id_is_never_used_again(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "retired.yaml").write_text(
        "- id: half-a-circle\n  date: 2026-01-31\n  reason: wrong\n  replaced_by: by-corners\n"
    )
    loaded = load_bank([str(bank)])
    (problem,) = loaded.problems
    assert problem.rule == "retired-id-used"
    assert "2026-01-31: wrong; by-corners took its place" in problem.message
    assert "half-a-circle" not in {p.note.id for p in loaded.bank.notes}


def test_a_note_may_replace_only_a_retired_one(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "retired.yaml").write_text(
        "- id: old-card\n  date: 2026-01-31\n  reason: The answer was another.\n"
    )
    write_cards(
        bank,
        "a.yaml",
        question("new-card", extra="replaces: old-card\n"),
        question("wrong-card", extra="replaces: odl-card\n"),
        question("live-card", extra="replaces: circle\n"),
    )
    found = {p.message: p.mend for p in load_bank([str(bank)]).problems}
    assert found['"odl-card" was never retired'] == 'did you mean "old-card"?'
    assert '"circle" is still in the bank' in found
    assert len(found) == 2


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ("- id: old-card\n  date: 2026-02-31\n  reason: x\n", "date-shape"),
        ("- id: old-card\n  reason: x\n", "missing-key"),
        ("- id: Old\n  date: 2026-02-01\n  reason: x\n", "id-shape"),
        ("old-card: wrong\n", "wrong-type"),
        ("- id: old-card\n  date: 2026-02-01\n  reason: x\n  replaced_by: no-card\n",
         "replacement-unknown"),
    ],
)  # fmt: skip
def test_retired_ids_are_checked(tmp_path, entry, rule):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "retired.yaml").write_text(entry)
    assert [found[3] for found in rules(bank)] == [rule]


def test_a_circle_of_prerequisites_is_told_once(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(
        bank,
        "a.yaml",
        question("one-card", extra="prerequisites: [two-card]\n"),
        question("two-card", extra="prerequisites: [circle, tri-card]\n"),
        question("tri-card", extra="prerequisites: [one-card]\n"),
    )
    (problem,) = load_bank([str(bank)]).problems
    assert problem.rule == "prerequisite-circle"
    assert "one-card > two-card > tri-card > one-card" in problem.message


def test_naming_a_broken_note_as_prerequisite_is_no_fault(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(
        bank,
        "a.yaml",
        "id: bad-card\ntype: question\nprompt: p",
        question("good-card", extra="prerequisites: [bad-card]\n"),
    )
    assert [found[3] for found in rules(bank)] == ["missing-key"]


def test_a_note_with_an_unknown_reference_can_still_be_studied(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "a.yaml", question("one-card", extra="topics: [cirkles]\n"))
    loaded = load_bank([str(bank)])
    assert [(p.rule, p.mend) for p in loaded.problems] == [
        ("topic-unknown", 'did you mean "circles"?')
    ]
    assert "one-card" in {p.note.id for p in loaded.bank.notes}


def test_a_fault_at_the_top_of_a_file_is_told_once_for_all_its_cards(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "a.yaml", question("one-card"), question("two-card"), topics="cirkles")
    assert rules(bank) == [("a.yaml", 2, 10, "topic-unknown")]


def test_cards_of_an_unknown_module_are_broken_not_gone(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "a.yaml", question("one-card"), question("two-card"), module="shape")
    loaded = load_bank([str(bank)])
    assert [(p.line, p.column, p.rule, p.mend) for p in loaded.problems] == [
        (1, 9, "module-unknown", 'did you mean "shapes"?')
    ]
    assert loaded.broken == {"one-card", "two-card"}


def test_reading_some_files_gives_their_notes_only(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "a.yaml", question("one-card", extra="prerequisites: [circle]\n"))
    loaded = load_bank([str(bank)], only={"a.yaml"}, known={"circle": "01-shapes/shapes.yaml:6"})
    assert [p.note.id for p in loaded.bank.notes] == ["one-card"]
    assert loaded.problems == ()


def test_an_id_taken_in_a_file_that_is_not_read_is_named(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "a.yaml", CONCEPT)
    known = {"circle": "01-shapes/shapes.yaml:6"}
    (problem,) = load_bank([str(bank)], only={"a.yaml"}, known=known).problems
    assert problem.message == 'the id "circle" is taken: 01-shapes/shapes.yaml:6'


def test_the_learners_own_folder_adds_cards_and_sources(tmp_path):
    bank, own = tiny_bank(tmp_path / "bank"), tmp_path / "mine"
    write_cards(own, "notes.yaml", question("my-card"), source="my-book")
    (own / "sources.yaml").write_text("my-book:\n  title: My book\n")
    loaded = load_bank([str(bank), str(own)])
    assert loaded.problems == ()
    placed = {p.note.id: p for p in loaded.bank.notes}["my-card"]
    assert placed.file == "own/notes.yaml"


def test_a_card_of_ones_own_does_not_take_an_id_of_the_bank(tmp_path):
    bank, own = tiny_bank(tmp_path / "bank"), tmp_path / "mine"
    write_cards(own, "00.yaml", TYPED)
    assert [found[::3] for found in rules(bank, own)] == [("own/00.yaml", "id-taken")]


def test_what_is_not_read_is_said(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "cards.yml").write_text("module: shapes\n")
    (bank / "odd.yaml").mkdir()
    write_cards(bank, "odd.yaml/in.yaml", question("inside"))
    write_cards(bank, "own/hidden.yaml", question("reserved"))
    assert [(file, rule) for file, _, _, rule in rules(bank)] == [
        ("cards.yml", "file-odd"), ("odd.yaml/", "file-odd"), ("own/", "file-odd"),
    ]  # fmt: skip
    assert "inside" in {p.note.id for p in load_bank([str(bank)]).bank.notes}


def test_crlf_and_a_byte_order_mark_change_nothing(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    file = bank / "01-shapes" / "shapes.yaml"
    before = load_bank([str(bank)])
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert load_bank([str(bank)]) == before


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(tmp_path):
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes" / "shapes.yaml").chmod(0)
    assert [found[3] for found in rules(bank)] == ["file-unreadable"]
