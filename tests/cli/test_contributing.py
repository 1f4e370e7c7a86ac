"""The commands of one who adds cards: new, fmt, schema, show --file."""

import json
import os
from pathlib import Path

import pytest

from tests.banks import question, write_cards
from tests.repositories import commit_all

GIVEN = ("--type", "question", "--module", "shapes", "--topic", "squares", "--source")
TEXT = ("--text", "Why does a square tile the plane?")
FILLED = """#!/usr/bin/env python3
import pathlib, sys
line, path = sys.argv[1:]
text = pathlib.Path(path).read_text()
assert text.split("\\n")[int(line[1:]) - 2] == "    answer: |"
text = text.replace("answer: |\\n      \\n", "answer: |\\n      Four corners meet.\\n")
text = text.replace("    rubric:\\n      - \\n      - \\n", "")
pathlib.Path(path).write_text(text.replace("    why: |\\n      \\n", ""))
"""


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An editor that fills in what a new question leaves empty."""
    script = tmp_path / "fill.py"
    script.write_text(FILLED)
    script.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(script))


def test_a_new_card_is_put_in_edited_and_checked(run, bank: Path, editor: None) -> None:
    before = (bank / "01-shapes" / "shapes.yaml").read_text(encoding="utf-8")
    ran = run("new", *GIVEN, "euclid-elements", *TEXT)
    assert ran.lines[0].startswith("square-tile-plane: ")
    assert "no problems" in ran.err
    assert "flashsafety show square-tile-plane --file " in ran.err
    after = (bank / "01-shapes" / "shapes.yaml").read_text(encoding="utf-8")
    added = after.split("  - id: square-tile-plane")[1]
    assert after.replace("  - id: square-tile-plane" + added, "").rstrip() == before.rstrip()
    assert "topics: [squares]" in added
    assert "source:" not in added
    assert run("cards", "tile").lines[0].startswith("square-tile-plane/recall")


def test_what_is_left_empty_is_named(run, bank: Path, monkeypatch) -> None:
    monkeypatch.setenv("VISUAL", "true")
    ran = run("new", *GIVEN, "euclid-elements", *TEXT, expect=1)
    assert '"answer" is empty' in ran.out
    assert "flashsafety show" not in ran.err


def test_a_card_follows_the_last_of_its_topic(run, bank: Path) -> None:
    squares = question("abc-def", extra="topics: [squares]\n")
    write_cards(bank, "01-shapes/more.yaml", squares, question("abc-end"), topics="circles")
    text = (bank / "01-shapes" / "more.yaml").read_text(encoding="utf-8")
    (bank / "01-shapes" / "more.yaml").write_text("# ours\n" + text + "\n# the end\n")
    run("new", *GIVEN, "hardy-1940-apology", *TEXT, "--no-edit")
    assert (bank / "01-shapes" / "more.yaml").read_text().endswith("# the end\n")
    write_cards(bank, "01-shapes/empty.yaml", question("abc-new"), topics="squares")
    run("new", *GIVEN, "hardy-1940-apology", *TEXT, "--id", "in-its-file", "--no-edit")
    assert "in-its-file" in (bank / "01-shapes" / "empty.yaml").read_text()
    added = (bank / "01-shapes" / "shapes.yaml").read_text(encoding="utf-8")
    assert added.rindex("- id: square-tile-plane") > added.index("id: by-corners")
    assert "source: hardy-1940-apology" in added.split("square-tile-plane")[1]


def test_a_first_card_of_a_module_begins_a_file(run, bank: Path) -> None:
    given = ("--type", "concept", "--module", "numbers", "--topic", "primes")
    ran = run("new", *given, "--source", "hardy-1940-apology", "--text", "prime", "--no-edit")
    assert ran.out.strip().endswith("02-numbers/01-primes.yaml:6")
    text = (bank / "02-numbers" / "01-primes.yaml").read_text(encoding="utf-8")
    assert text.startswith(
        "module: numbers\ntopics: [primes]\nsource: hardy-1940-apology\n\ncards:"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give --type, --module, --topic, --source, --text"),
        ((*GIVEN, "euclid-element", *TEXT), 'did you mean "euclid-elements"?'),
        ((*GIVEN, "euclid-elements", *TEXT, "--id", "circle"), 'the id "circle" is taken'),
        ((*GIVEN, "euclid-elements", *TEXT, "--id", "Circle"), "3 to 60 characters"),
    ],
)
def test_what_new_cannot_do_it_says(run, bank: Path, arguments: tuple[str, ...], said: str) -> None:
    before = (bank / "01-shapes" / "shapes.yaml").read_bytes()
    assert said in run("new", *arguments, expect=2).err
    assert (bank / "01-shapes" / "shapes.yaml").read_bytes() == before


def test_an_editor_that_is_none_is_named(run, monkeypatch) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    ran = run("new", *GIVEN, "euclid-elements", *TEXT, expect=1)
    assert "no-such-editor" in ran.err
    assert "flashsafety config editor" in ran.err


def test_fmt_changes_the_layout_once(run, bank: Path) -> None:
    file = bank / "01-shapes" / "shapes.yaml"
    sloppy = file.read_text(encoding="utf-8").replace("topics: [circles]", "topics:   [ circles ]")
    file.write_text(sloppy, encoding="utf-8")
    file.chmod(0o640)
    assert "to format: 1 of 1" in run("fmt", "--check", expect=1).err
    assert file.read_text(encoding="utf-8") == sloppy
    assert run("fmt").out.strip().endswith("shapes.yaml")
    assert "topics: [circles]" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o777 == 0o640
    assert run("fmt", "--check").out == ""


def test_fmt_leaves_a_broken_file_alone(run, bank: Path) -> None:
    file = bank / "01-shapes" / "shapes.yaml"
    file.write_text("cards: [", encoding="utf-8")
    assert "flashsafety lint" in run("fmt", expect=1).err
    assert file.read_text(encoding="utf-8") == "cards: ["


def test_lint_of_a_file_tells_only_of_it_and_reads_all_of_the_bank(run, bank: Path) -> None:
    write_cards(bank, "01-shapes/z-more.yaml", question("circle"), question("abc-def"))
    write_cards(bank, "02-numbers/bad.yaml", question("ghi-jkl"), module="numbers")
    more, numbers = str(bank / "01-shapes" / "z-more.yaml"), str(bank / "02-numbers")
    ran = run("lint", more, expect=1)
    assert "id-taken" in ran.out
    assert "topic-unknown" not in ran.out
    assert ran.err == "1 error\n"
    assert "topic-unknown" in run("lint", numbers, expect=1).out
    assert "2 errors" in run("lint", more, numbers, expect=1).err
    assert "no problems" in run("lint", str(bank / "01-shapes" / "shapes.yaml")).err
    assert "no file of the bank" in run("lint", __file__, expect=2).err


def test_schema_is_written_once(run, bank: Path) -> None:
    assert "out of date" in run("schema", "--check", expect=1).err
    assert run("schema").out.strip() == str(bank / "schema.json")
    assert json.loads((bank / "schema.json").read_text())["title"] == "A file of cards"
    assert "up to date" in run("schema", "--check").err


def test_a_preview_shows_every_card_and_touches_nothing(run, bank: Path, database: Path) -> None:
    ran = run("show", "--file", str(bank / "01-shapes" / "shapes.yaml"))
    for key in ("circle/forward", "circle/reverse", "square-facts/c2", "by-corners/order"):
        assert f"--- {key}\n" in ran.out
    assert "With its square: A = πr²" in ran.out
    assert "That is true of a parallelogram." in ran.out
    assert "notes: 7; no problems" in ran.err
    assert not database.exists()


def test_a_preview_shows_each_card_as_it_is_met(run, bank: Path) -> None:
    out = run("show", "--file", str(bank / "01-shapes" / "shapes.yaml")).out
    for card in (
        card for card in out.split("--- ")[1:] if card.startswith(("circle/", "square-f"))
    ):
        assert card.count("Source: euclid-elements") == 1, card
        assert card.count("The distance is the radius.") == card.startswith("circle/"), card
    assert "Why\nThe distance is the radius.\n" in run("show", "circle/forward").out


def test_a_card_is_shown_with_the_rubric_that_its_preview_has(run, bank: Path) -> None:
    rubric = "Rubric\n- says with the square\n- gives the formula\n"
    assert rubric in run("show", "circle-area", "--file", f"{bank}/01-shapes/shapes.yaml").out
    assert rubric in run("show", "circle-area").out


def test_a_preview_can_be_cut_to_one_note_or_one_card(run, bank: Path, database: Path) -> None:
    file = ("--file", str(bank / "01-shapes" / "shapes.yaml"))
    assert [x for x in run("show", "circle", *file).lines if x.startswith("---")] == [
        "--- circle/forward",
        "--- circle/reverse",
    ]
    assert run("show", "circle/reverse", *file).out.count("--- ") == 1
    assert not database.exists()
    assert 'did you mean "circle"?' in run("show", "circel", *file, expect=2).err
    assert 'mean "circle/reverse"?' in run("show", "circle/revers", *file, expect=2).err


def test_a_preview_of_a_broken_file_says_what_is_wrong(run, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_text("module: any\ncards:\n  - id: abc\n    type: concept\n    trem: x\n")
    assert 'did you mean "term"?' in run("show", "--file", str(file)).err
    assert "cannot be read" in run("show", "--file", str(tmp_path / "none.yaml")).err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_bank_that_may_not_be_written_to_is_said(run, bank: Path) -> None:
    (bank / "01-shapes").chmod(0o500)
    assert "Permission denied" in run("new", *GIVEN, "euclid-elements", *TEXT, expect=1).err


def test_the_cards_of_a_change_are_shown(run, bank: Path) -> None:
    commit_all(bank)
    assert "notes new or changed: 0 of 7" in run("show", "--since", "HEAD").err
    file = bank / "01-shapes" / "shapes.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("at one distance", "at the same distance"), encoding="utf-8")
    write_cards(bank, "01-shapes/more.yaml", question("abc-def"))
    ran = run("show", "--since", "HEAD")
    keys = [line.split()[1] for line in ran.lines if line.startswith("--- ")]
    assert keys == ["abc-def/recall", "circle/forward", "circle/reverse"]
    assert "notes new or changed: 2 of 8" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("circle/forward", "--since", "HEAD"),
        ("--file", "x.yaml", "--since", "HEAD"),
        ("--file", "x.yaml", "--json"),
    ],
)
def test_show_wants_one_thing(run, arguments: tuple[str, ...]) -> None:
    run("show", *arguments, expect=2)


def test_the_bank_of_the_readme_is_a_bank(process, tmp_path: Path) -> None:
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    birds = tmp_path / "birds"
    birds.mkdir()
    syllabus = readme.split("### A bank of anything")[1].split("```yaml\n")[1].split("```")[0]
    (birds / "syllabus.yaml").write_text(syllabus, encoding="utf-8")
    (birds / "sources.yaml").write_text("field-guide:\n  title: A field guide\n", encoding="utf-8")
    chosen = ("--questions", str(birds), "--db", str(tmp_path / "birds.db"))
    given = ("--module", "songbirds", "--topic", "thrushes", "--source", "field-guide")
    typed = ("--type", "typed", "--text", "Which thrush repeats its phrases?", "--no-edit")
    assert process(*chosen, "new", *given, *typed).out.startswith("thrush-repeats-phrases: ")
    file = birds / "01-songbirds" / "01-thrushes.yaml"
    text = file.read_text(encoding="utf-8").replace("answer: \n", "answer: song thrush\n")
    file.write_text(text.split("    why: |")[0], encoding="utf-8")
    assert "no problems" in process(*chosen, "lint", "--strict").err
    assert process(*chosen, "due", "--json").data["new"] == 1
    out = process(*chosen, "review", "--plain", lines="song thrush\n3\n").out
    assert "saved 3 Good" in out
