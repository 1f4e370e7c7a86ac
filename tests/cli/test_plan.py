"""``plan``: what holds, what is offered, taken and dropped."""

import pytest

from flashsafety.cli.plan_forms import KEYS
from tests.banks import question, write_cards


@pytest.fixture
def back(run, bank, clock):
    """A learner who reviewed thirty cards for two weeks, and then nothing for forty days."""
    write_cards(bank, "01-shapes/many.yaml", *(question(f"many-{n}") for n in range(30)))
    run("config", "new_limit", "30")
    for _ in range(14):
        run("review", "--plain", lines="\n3\n" * 60)
        clock.advance(days=1)
    clock.advance(days=40)


def test_on_an_empty_database_there_is_no_plan(run):
    assert run("plan").lines == ["no plan holds, and none is offered"]
    assert run("plan", "--json").data == {"return": None, "offers": []}
    dropped = run("plan", "--off")
    assert "nothing to drop: no plan holds, and none is offered" in dropped.err
    assert "no return plan is offered now" in run("plan", "--return", "1", expect=2).err
    assert "give one of them" in run("plan", "--return", "1", "--off", expect=2).err


def test_after_a_break_plans_are_offered_taken_and_dropped(run, back):
    offered = run("plan").lines
    assert offered[0].startswith("Welcome back: ")
    assert [line[:2] for line in offered[1:-1]] == [f"{n} " for n in range(1, len(offered) - 1)]
    assert "'flashsafety plan --return N' takes one" in offered[-1]
    home = run("home").lines
    assert [line for line in home if line in offered] == offered
    number = str(len(offered) - 2)
    taken = run("plan", "--return", number).lines
    assert len(taken) == 1 and taken[0].startswith("Return plan, day 1 of ")
    assert taken[0] in run("home").lines
    assert not set(offered) & set(run("home").lines)
    data = run("home", "--json").data
    assert data["review"] == data["return"]["reviews"] == run("due", "--json").data["review"]
    assert run("plan", "--off").lines == ["no plan holds, and none is offered"]
    assert run("home", "--json").data["return"] is None


def test_what_is_offered_can_be_declined(run, back):
    assert run("plan", "--off").lines == ["no plan holds, and none is offered"]
    assert not any("Welcome" in line for line in run("home").lines)


def test_the_keys_of_the_json_are_those_that_the_help_explains(run, back):
    data = run("plan", "--json").data
    assert list(data) == list(KEYS["The document"])
    assert all(list(offer) == list(KEYS["offers"]) for offer in data["offers"])
    assert data["offers"] == run("home", "--json").data["offers"]
    taken = run("plan", "--return", "1", "--json").data
    assert list(taken["return"]) == list(KEYS["return"])
    assert taken["offers"] == []
