"""``review`` with --ahead, --minutes and --cram: what it says, stores and refuses."""

import re

import pytest

from flashsafety.clock import FixedClock
from tests.cli.conftest import Ran

SAVED = re.compile(r"^saved ([1-4]) \w+: (.+)  \[(.+)\]$", re.MULTILINE)


def review(run, *arguments: str, lines: tuple[str, ...] = ()) -> str:
    ran: Ran = run("review", "--plain", *arguments, lines="".join(f"{x}\n" for x in lines))
    return ran.out


def origins(run, key: str) -> list[tuple[int, str]]:
    return [(row["rating"], row["origin"]) for row in run("show", key, "--json").data["log"]]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--cram", "--ahead", "3"), "--ahead and --cram are different reviews"),
        (("--minutes", "5", "--cram"), "--minutes and --cram are different reviews"),
        (
            ("--minutes", "5", "--cram", "--ahead", "1"),
            "--ahead and --minutes and --cram are different reviews",
        ),
        (("--minutes", "5", "--limit", "3"), "--minutes and --limit both say how long"),
    ],
)
@pytest.mark.parametrize("plain", [(), ("--plain",)])
def test_what_does_not_go_together_is_refused_in_words(
    run, options: tuple[str, ...], said: str, plain: tuple[str, ...]
) -> None:
    ran = run("review", *options, *plain, expect=2)
    assert said in ran.err
    assert "give one of them" in ran.err


@pytest.mark.parametrize(
    "options", [("--ahead", "0"), ("--ahead", "366"), ("--minutes", "0"), ("--minutes", "x")]
)
def test_a_number_that_will_not_do_is_refused(run, options: tuple[str, ...]) -> None:
    assert options[0] in run("review", *options, expect=2).err


def test_cramming_logs_and_schedules_nothing(run) -> None:
    before = run("due", "--json").data
    out = review(run, "--cram", "--query", "type:question", lines=("", "1", "", "3", ""))
    assert out.startswith("Cram: 1 card. Ratings are logged, and nothing is scheduled.\n")
    assert "1 Again later, 2 Hard later, 3 Good done, 4 Easy done." in out
    assert SAVED.findall(out) == [
        ("1", "comes again", "circle-area/recall"),
        ("3", "done", "circle-area/recall"),
    ]
    assert "Crammed 1 card, 2 ratings, 1 of them Again" in out
    assert "\nNothing is scheduled by it.\n" in out
    assert "True retention" not in out
    assert origins(run, "circle-area/recall") == [(1, "cram"), (3, "cram")]
    assert run("due", "--json").data == before
    shown = run("show", "circle-area/recall", "--json").data
    assert (shown["phase"], shown["reps"], shown["due"]) == ("new", 0, None)
    assert run("rebuild", "--verify", "--json").data["reviews"] == 2
    log = run("show", "circle-area/recall").out
    assert re.search(r"3 Good {2,}\S+ s {2}\(cram\)", log)
    assert "next in" not in log.partition("Log")[2]


def test_undo_works_in_cramming_and_after_it(run) -> None:
    out = review(run, "--cram", "--topic", "squares", lines=("", "3", "u", "", "1", "q"))
    assert "undid crammed Good on" in out
    (key,) = {key for *_, key in SAVED.findall(out)}
    assert origins(run, key) == [(3, "cram"), (1, "cram")]
    assert "undid crammed Again on" in review(run, lines=("u", "q"))
    undone = [row["undone_at"] for row in run("show", key, "--json").data["log"]]
    assert None not in undone


def test_suspended_cards_are_crammed_when_the_search_names_them(run) -> None:
    review(run, lines=("s", "q"))
    assert "No card is left to cram." in review(run, "--cram", "--query", "circle -is:suspended x")
    out = review(run, "--cram", "--query", "is:suspended", lines=("", "3", ""))
    assert [key for *_, key in SAVED.findall(out)] == ["circle/forward"]


def test_looking_ahead_brings_what_is_not_due(run, clock: FixedClock) -> None:
    review(run, "--topic", "squares", lines=("n", "", "4", "q"))
    clock.advance(days=1)
    choice = ("--query", "is:review")
    assert review(run, *choice).startswith(
        "no card of that choice is due\n--ahead DAYS looks ahead, --cram brings all of them\n"
    )
    assert "No card is left that falls due tomorrow." in review(run, *choice, "--ahead", "1")
    out = review(run, *choice, "--ahead", "30", lines=("", "3", ""))
    assert out.startswith("Reviews of the next 30 days come too, after those that are due.\n")
    ((_, _, key),) = SAVED.findall(out)
    assert "Before they were due: 1 card." in out
    assert origins(run, key) == [(4, "review"), (3, "review")]


def test_minutes_say_what_comes_and_what_is_left(run) -> None:
    out = review(run, "--minutes", "2", lines=("", "4", "q"))
    # A new card takes 40 seconds before any was timed: 30 for itself and 10 for its step.
    assert out.startswith("3 cards, about 2 minutes; leaves 4 for tomorrow.\n")
    assert "\nLeft for tomorrow: 6 cards.\n" in out
    assert len(SAVED.findall(out)) == 1


def test_minutes_go_with_a_choice(run) -> None:
    out = review(run, "--minutes", "60", "--topic", "squares")
    assert out.startswith("3 cards, about 2 minutes; leaves none for tomorrow.\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--cram",), "No card is left to cram."),
        (("--ahead", "3"), "No card is left that falls due within 3 days."),
        (("--minutes", "3"), "nothing due"),
    ],
)
def test_an_empty_bank_is_told(run, bank, options: tuple[str, ...], said: str) -> None:
    (bank / "01-shapes/shapes.yaml").unlink()
    assert review(run, *options).startswith(f"{said}\n")


def test_nothing_due_offers_to_look_ahead(run, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "1")
    review(run, lines=("", "4"))
    assert review(run).startswith(
        "nothing due; the next card comes tomorrow 04:00\n--ahead DAYS looks ahead\n"
    )


def test_next_and_rate_know_nothing_of_it(run) -> None:
    for option in (("--cram",), ("--ahead", "3"), ("--minutes", "5")):
        assert "No such option" in run("next", *option, expect=2).err
    first = run("next", "--json").data
    review(run, "--cram", lines=("", "1", "", "3", "q"))
    assert run("next", "--json").data == first
    assert run("rate", first["card"], "3", "--json").data["phase"] == "learning"
