"""``home``: the plan and the tree as lines, and as JSON."""

import json

import pytest

from flashsafety.cli.home import KEYS
from tests.banks import QUESTION, question, write_cards


def test_a_fresh_database_says_the_plan_and_every_module(run):
    ran = run("home")
    assert ran.lines == [
        "Monday 2 March",
        "7 new: about 5 minutes",
        "",
        "Everything: 0 due, 9 new",
        "",
        "Basics: 0 due, 9 new",
        "1 Shapes: 0 due, 9 new",
    ]


def test_what_was_done_and_what_comes_is_said(run, bank, clock):
    write_cards(bank, "01-shapes/shapes.yaml", QUESTION.replace("prerequisites: [circle]\n", ""))
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )
    run("rate", "circle-area/recall", "4")
    lines = run("home").lines
    assert lines[0] == "Monday 2 March, streak 1 day, 1 rating today in less than a minute"
    assert lines[1].startswith("Nothing is due. The next card comes on 2026-03-")
    assert "2 Numbers, optional: 0 due, 1 new" in lines
    assert "1 Shapes: 0 due, 0 new, 1 learned, 0 mature, recall 100%, mastery 100%" in lines
    clock.advance(days=60)
    lines = run("home").lines
    assert lines[1] == "1 review: less than a minute"
    assert not any("streak" in line for line in lines)


def test_the_next_module_is_named_with_the_command_that_opens_it(run, bank):
    syllabus = bank / "syllabus.yaml"
    syllabus.write_text(syllabus.read_text().replace("        optional: true\n", ""))
    write_cards(bank, "01-shapes/shapes.yaml", question("only"))
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )
    assert json.loads(run("home", "--json").out)["offer"] is None
    run("rate", "only/recall", "4")
    assert "The next module is Numbers: 'flashsafety start numbers' opens it." in run("home").lines
    assert json.loads(run("home", "--json").out)["offer"] == "numbers"


def test_an_empty_bank_says_so(run, bank):
    (bank / "01-shapes/shapes.yaml").unlink()
    assert run("home").lines == ["Monday 2 March", "There is no card yet."]
    assert run("home", "--json").data["sections"] == []


def test_its_json_agrees_with_due_and_has_the_keys_that_the_help_names(run, clock):
    run("rate", "circle/forward", "3")
    clock.advance(minutes=30)
    home, due = run("home", "--json").data, run("due", "--json").data
    assert home.items() >= due.items()
    assert list(home) == list(KEYS["The document"])
    assert list(home["done"]) == list(KEYS["done"])
    standing = list(KEYS["everything, sections and modules"])
    assert list(home["everything"]) == standing
    (section,) = home["sections"]
    (module,) = section["modules"]
    assert sorted(section) == sorted([*KEYS["sections"], *standing])
    assert sorted(module) == sorted([*KEYS["modules"], *standing])
    assert module["due"] == 1
    assert module["recall"] == home["everything"]["recall"] == 1
    assert module["mastery"] == pytest.approx(1 / module["cards"])


def test_lines_hold_no_box_and_no_code(run, bank):
    run("home")
    text = run("home").out
    assert text.isascii()
    assert text.replace("\n", "").isprintable()


def test_hostile_titles_stay_on_their_line(run, bank, database):
    import sqlite3

    run("sync")
    db = sqlite3.connect(database)
    with db:
        db.execute(
            "UPDATE module SET title = ?, section_title = ?", ("a\x1b[31m\nb", "\u202ec\r\n")
        )
    db.close()
    lines = run("home").lines
    assert "⟦U+202E⟧c: 0 due, 9 new" in lines
    assert "1 a␛[31m b: 0 due, 9 new" in lines
