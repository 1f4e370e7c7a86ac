"""Acts on all the cards that a query finds, each one step for ``undo``."""

import sqlite3
from pathlib import Path

import pytest

from tests.banks import question, write_cards

ACTS = {
    "suspend": (
        ("suspend",),
        "Suspended: 6 cards.",
        ("suspend", "--lift"),
        "Unsuspended: 6 cards.",
    ),
    "bury": (
        ("bury",),
        "Buried until tomorrow: 6 cards.",
        ("bury", "--lift"),
        "Unburied: 6 cards.",
    ),
    "flag": (
        ("flag", "--reason", "typo"),
        "Flagged typo: 6 cards.",
        ("flag", "--lift"),
        "Flag taken away: 6 cards.",
    ),
}
STATES = {"suspend": "is:suspended", "bury": "is:buried", "flag": "is:flagged"}


@pytest.fixture
def bank(bank: Path) -> Path:
    write_cards(bank, "01-shapes/more.yaml", *(question(f"pile-{n}") for n in range(6)))
    return bank


def states(database: Path) -> list[tuple[object, ...]]:
    """What the acts change of every card, and the actions that hold."""
    with sqlite3.connect(database) as db:
        cards = db.execute(
            "SELECT key, phase, due_day, suspended, buried_until, flag FROM card ORDER BY key"
        ).fetchall()
        held = db.execute("SELECT kind, value FROM action WHERE undone_at IS NULL").fetchall()
    return [*cards, *held]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_changes_what_the_query_finds_and_is_lifted_the_same_way(
    run, database: Path, name: str
) -> None:
    do, said, lift, lifted = ACTS[name]
    run("sync")
    before = states(database)
    ran = run(*do, "note:pile*")
    assert ran.lines == [said]
    assert "'flashsafety undo' takes it back" in ran.err
    assert len(run("cards", STATES[name]).lines) == 6
    assert run(*do, "note:pile*").lines == ["Nothing to change: 6 cards as before."]
    assert run(*lift, "note:pile*").lines == [lifted]
    cards = [row for row in states(database) if len(row) > 2]
    assert cards == [row for row in before if len(row) > 2]


@pytest.mark.parametrize("act", [("suspend",), ("bury",), ("flag", "--reason", "wrong")])
def test_undo_takes_an_act_back_in_one_step(run, database: Path, act: tuple[str, ...]) -> None:
    run("sync")
    before = states(database)
    run(*act, "note:pile*")
    assert states(database) != before
    assert run("undo").lines == [f"undid {act[0]} on 6 cards"]
    assert states(database) == before
    assert "there is nothing left to undo today" in run("undo").err
    assert run("rebuild", "--verify").code == 0


def test_memory_is_forgotten_and_brought_back(run, database: Path) -> None:
    run("rate", "pile-0/recall", "4")
    run("rate", "pile-1/recall", "4")
    before = states(database)
    assert run("reset", "note:pile*").lines == ["Reset to new: 2 cards; 4 stay as before."]
    assert run("cards", "note:pile*", "is:new").out.count("pile-") >= 6
    run("undo")
    assert states(database) == before


def test_a_due_day_is_chosen_for_cards_in_review(run) -> None:
    run("rate", "pile-0/recall", "4")
    ran = run("set-due", "3", "note:pile*")
    assert ran.lines == ["Due in 3 days: 1 card; 5 stay as before."]
    assert run("show", "pile-0", "--json").data["due"] == "2026-03-05"
    only = run("set-due", "3", "note:pile-1")
    assert only.lines == ["Nothing to change: only cards in review have a due day."]
    run("set-due", "-1", "note:pile*", expect=2)


def test_a_dry_run_lists_what_would_change_and_changes_nothing(run, database: Path) -> None:
    run("suspend", "note:pile-0")
    before = states(database)
    ran = run("suspend", "note:pile*", "--dry-run")
    assert [line.split()[0] for line in ran.lines] == [f"pile-{n}/recall" for n in range(1, 6)]
    assert "would change 5 cards of 6" in ran.err
    assert states(database) == before


def test_a_program_is_told_which_cards_were_changed(run) -> None:
    run("suspend", "note:pile-0")
    dry = run("suspend", "note:pile*", "--dry-run", "--json").data
    assert dry == {
        "act": "suspend",
        "dry_run": True,
        "found": 6,
        "changed": [f"pile-{n}/recall" for n in range(1, 6)],
    }
    assert run("suspend", "note:pile*", "--json").data == {**dry, "dry_run": False}
    assert run("undo", "--json").data == {"undone": "suspend", "card": None}
    assert run("undo", "--json").data == {"undone": "suspend", "card": "pile-0/recall"}
    assert run("undo", "--json").data is None


def test_a_flag_takes_a_word_and_says_why_it_is_needed(run) -> None:
    run("flag", "note:pile-0", "--reason", "wrong", "--words", " it has \x1b[31m six ")
    assert run("show", "pile-0", "--json").data["flag"] == "wrong: it has \x1b[31m six"
    for arguments in ((), ("--lift", "--reason", "typo")):
        ran = run("flag", "note:pile-0", *arguments, expect=2)
        assert "give --reason or --lift" in ran.err
        assert "wrong, unclear" in ran.err


@pytest.mark.parametrize("verb", ["suspend", "bury", "reset", "set-due", "flag"])
def test_no_query_is_no_act_and_every_card_is_asked_for(run, database: Path, verb: str) -> None:
    run("sync")
    before = states(database)
    run(*{"set-due": ("set-due", "1"), "flag": ("flag", "--reason", "typo")}.get(verb, (verb,)),
        expect=2)  # fmt: skip
    assert states(database) == before


def test_a_star_is_every_card(run) -> None:
    assert run("suspend", "*").lines == ["Suspended: 15 cards."]


def test_what_cannot_be_understood_or_found_changes_nothing(run, database: Path) -> None:
    run("sync")
    before = states(database)
    assert 'did you mean "new"' in run("suspend", "is:nwe", expect=2).err
    assert 'a query has no option "--module"' in run("suspend", "--module", "x", expect=2).err
    ran = run("suspend", "zebra")
    assert (ran.out, ran.err) == ("", "no card found\n")
    assert states(database) == before


def test_undo_takes_back_a_rating_and_a_module_too(run) -> None:
    run("start", "numbers")
    run("rate", "pile-0/recall", "3")
    assert run("undo").lines == ["undid Good on pile-0/recall"]
    assert run("undo").lines == ["undid start of numbers"]


@pytest.mark.parametrize(
    ("sort", "first", "said"),
    [
        ("recall", "pile-0/recall", "recall 100%"),
        ("ratings", "pile-2/recall", "ratings 0"),
        ("stability", "pile-1/recall", "stability 2.31"),
        ("lapses", "pile-0/recall", "lapses 0"),
        ("interval", "pile-1/recall", "interval 10m"),
        ("difficulty", "pile-0/recall", "difficulty 1.0"),
        ("module", "pile-0/recall", "shapes"),
        ("card", "by-corners/order", "new"),
        ("due", "pile-1/recall", "in steps"),
    ],
)
def test_cards_are_sorted_and_a_line_says_by_what(run, sort: str, first: str, said: str) -> None:
    run("rate", "pile-0/recall", "4")
    run("rate", "pile-1/recall", "3")
    lines = run("cards", "--sort", sort).lines
    assert lines[0].startswith(first)
    assert said in lines[0]
    data = run("cards", "--sort", sort, "--json").data
    assert [card["card"] for card in data] == [line.split()[0] for line in lines]


def test_a_card_that_has_no_due_day_says_so(run) -> None:
    assert "new  not due  What is asked by pile-0?" in run("cards", "note:pile-0").out
