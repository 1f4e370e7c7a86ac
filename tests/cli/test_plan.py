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
    assert run("plan", "--json").data == {"return": None, "ready": None, "offers": []}
    dropped = run("plan", "--off")
    assert "nothing to drop: no plan holds, and none is offered" in dropped.err
    assert "no return plan is offered now" in run("plan", "--return", "1", expect=2).err
    assert "give one of them" in run("plan", "--return", "1", "--off", expect=2).err


def test_an_empty_bank_has_nothing_to_be_ready_in(run, bank):
    (bank / "01-shapes/shapes.yaml").unlink()
    said = run("plan", "--by", "2026-04-01", "--modules", "shapes", expect=2).err
    assert "these modules have no card" in said


def test_a_plan_for_a_date_is_taken_followed_and_dropped(run, bank, clock):
    write_cards(
        bank, "02-numbers/primes.yaml", question("prime"), module="numbers", topics="primes"
    )
    taken = run("plan", "--by", "2026-03-22", "--modules", "1, numbers")
    assert taken.err.endswith("opened numbers\n")
    assert (
        taken.lines[0]
        == "Ready on Sun 22 Mar, in 20 days: 10 cards, 10 of them new, at most 1 a day."
    )
    assert taken.lines[1].startswith("They take about 1 min a day, ")
    follows = run("plan").lines
    assert follows == taken.lines[-1:]
    assert follows[0].startswith(
        "Ready on 22 Mar, day 1 of 20: 0 of 10 begun, predicted recall 0.9"
    )
    assert run("home").lines[2:3] == follows
    assert run("due").lines == ["1 due today: 0 learning, 0 reviews, 1 new"]
    data = run("plan", "--json").data["ready"]
    assert (data["modules"], data["target"]) == (["shapes", "numbers"], 0.9)
    assert list(data) == list(KEYS["ready"])
    assert run("home", "--json").data["ready"] == data
    assert run("plan", "--off").lines == ["no plan holds, and none is offered"]
    assert run("due").lines == ["8 due today: 0 learning, 0 reviews, 8 new"]


def test_what_cannot_be_met_is_named_with_what_can_and_not_stored(run, bank):
    write_cards(bank, "01-shapes/many.yaml", *(question(f"many-{n}") for n in range(60)))
    asked = ("plan", "--by", "2026-03-05", "--modules", "shapes")
    ran = run(*asked, expect=1)
    assert ran.lines[0].startswith("0.90 cannot be met by Thu 5 Mar: predicted recall 0.")
    assert ran.lines[1].startswith("later: --by 2026-03-")
    assert run("plan").lines == ["no plan holds, and none is offered"]
    data = run(*asked, "--json", expect=1).data
    assert list(data) == list(KEYS["The document where a target cannot be met"])
    assert data["cannot"]["not_begun"] > 0
    run("plan", "--by", data["instead"]["by"], "--modules", "shapes")


def test_what_is_no_plan_is_refused_with_what_would_do(run):
    for words, code, said in (
        (["--by", "soon", "--modules", "shapes"], 2, '"soon" is no date'),
        (["--by", "2026-04-01"], 2, "a plan for a date needs modules"),
        (["--by", "2026-04-01", "--modules", "shape"], 2, 'did you mean "shapes"?'),
        (["--by", "2028-04-01", "--modules", "shapes"], 2, "within a year"),
        (["--modules", "shapes"], 2, "give it with --by"),
        (["--target", "0.9"], 2, "give it with --by"),
        (["--by", "2026-04-01", "--modules", "1", "--target", "0.99"], 2, "0.5<=x<=0.97"),
        (["--by", "2026-04-01", "--modules", "1", "--off"], 2, "give one of them"),
    ):
        assert said in run("plan", *words, expect=code).err
    assert run("plan").lines == ["no plan holds, and none is offered"]


def test_after_a_break_plans_are_offered_taken_and_dropped(run, back):
    offered = run("plan").lines
    assert offered[0].startswith("Welcome back: ")
    assert [line[:2] for line in offered[1:-1]] == [f"{n} " for n in range(1, len(offered) - 1)]
    assert "'flashsafety plan --return N' takes one" in offered[-1]
    home = run("home").lines
    assert [line for line in home if line in offered] == offered
    plain = run("review", "--plain", lines="q\n").lines
    assert [line for line in plain if line in offered] == offered
    number = str(len(offered) - 2)
    taken = run("plan", "--return", number).lines
    assert len(taken) == 1 and taken[0].startswith("Return plan, day 1 of ")
    assert taken[0] in run("home").lines
    assert taken[0] in run("review", "--plain", lines="q\n").lines
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
    assert data["ready"] is None
    assert all(list(offer) == list(KEYS["offers"]) for offer in data["offers"])
    assert data["offers"] == run("home", "--json").data["offers"]
    taken = run("plan", "--return", "1", "--json").data
    assert list(taken["return"]) == list(KEYS["return"])
    assert taken["offers"] == []
