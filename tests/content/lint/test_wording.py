"""Every rule about wording on a bad card and on a good one, and how a card silences it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from flashsafety.content.lint.catalog import BANK_RULES, NAMES, NOTE_RULES
from flashsafety.content.lint.run import lint
from flashsafety.content.problem import Problem
from tests.banks import question, tiny_bank, write_cards
from tests.images import put

RULES = [*NOTE_RULES, *BANK_RULES]


def found(bank: Path, *cards: str) -> list[Problem]:
    """What lint says of cards that are added to the tiny bank."""
    write_cards(bank, "01-shapes/more.yaml", *cards)
    for path in re.findall(r"images/[a-z]+\.png", "".join(cards)):
        put(bank, f"01-shapes/{path}")
    return [problem for problem in lint([str(bank)]) if problem.file.endswith("more.yaml")]


def cards_of(text: str) -> list[str]:
    """Cards of a rule's example, each given an id."""
    return [
        f"id: example-{number}\n{card.strip()}\n" for number, card in enumerate(text.split("---"))
    ]


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    return tiny_bank(tmp_path / "bank")


def test_the_tiny_bank_is_clean(bank: Path) -> None:
    assert lint([str(bank)]) == ()


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_bad_card_of_a_rule_breaks_it(bank: Path, rule) -> None:
    problems = found(bank, *cards_of(rule.BAD))
    assert rule.NAME in [problem.rule for problem in problems]
    assert {problem.level for problem in problems} == {"warning"}


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_the_good_card_of_a_rule_breaks_none(bank: Path, rule) -> None:
    assert found(bank, *cards_of(rule.GOOD)) == []


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_a_rule_says_what_why_and_where_from(rule) -> None:
    what, *_ = rule.__doc__.split("\n")
    assert what.endswith((".", ","))
    assert "\nSource: " in rule.__doc__
    assert rule.__name__.endswith(rule.NAME.replace("-", "_"))


def test_the_place_is_that_of_the_words(bank: Path) -> None:
    (problem,) = found(
        bank, question("abc-def", prompt="Which way of\n  drawing is currently best?")
    )
    line = (bank / problem.file).read_text().split("\n")[problem.line - 1]
    assert line[problem.column - 1 :].startswith("currently")


def test_words_put_together_fall_back_to_the_value(bank: Path) -> None:
    (problem,) = found(
        bank, question("abc-def", prompt="What is the state of\n  the art in drawing?")
    )
    line = (bank / problem.file).read_text().split("\n")[problem.line - 1]
    assert line.strip().startswith("prompt:")


def test_a_reason_silences_a_warning(bank: Path) -> None:
    silent = "allow:\n  vague-prompt: the debate itself is the point\n"
    assert found(bank, question("abc-def", prompt="Discuss it.", extra=silent)) == []


def test_silencing_nothing_is_an_error(bank: Path) -> None:
    idle = "allow:\n  vague-prompt: no need\n  vage-prompt: a slip\n"
    problems = found(bank, question("abc-def", extra=idle))
    assert [(p.rule, p.level) for p in problems] == [("allow-idle", "error")] * 2
    assert 'did you mean "vague-prompt"?' in [p.mend for p in problems]


def test_a_pair_is_told_once_with_the_place_of_the_other(bank: Path) -> None:
    one = question("abc-one", prompt="Why does a square tile the whole of a plane without a gap?")
    two = question(
        "abc-two",
        prompt="Why does the square tile the whole of a plane without a gap?",
        answer="It does.",
    )
    (problem,) = found(bank, one, two)
    assert problem.rule == "near-duplicate"
    assert '"abc-one" (01-shapes/more.yaml:6)' in problem.message


def test_every_process_names_the_same_cards_that_are_alike(bank: Path) -> None:
    """Of many that are as like as each other; a set of words has another order in each process."""
    said = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    notes = [
        question(f"abc-{place}", prompt=" ".join([*said[:place], "zero", *said[place + 1 :]]) + "?")
        for place in range(2, 10)
    ]
    write_cards(
        bank, "01-shapes/more.yaml", *notes, question("abc-all", prompt=" ".join(said) + "?")
    )
    command = [
        sys.executable,
        "-m",
        "flashsafety",
        "--questions",
        str(bank),
        "lint",
        "--format",
        "json",
    ]
    told = {
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=False
        ).stdout
        for seed in "1234"
    }
    assert len(told) == 1
    assert told.pop().count(b"near-duplicate") > 20


@pytest.mark.parametrize(("reason", "silent"), [("abc-one asks why", True), ("they differ", False)])
def test_a_pair_is_silenced_only_by_naming_the_other(bank: Path, reason: str, silent: bool) -> None:
    one = question("abc-one", prompt="Why does a square tile the whole of a plane without a gap?")
    two = question(
        "abc-two",
        prompt="Why does the square tile the whole of a plane without a gap?",
        extra=f"allow:\n  near-duplicate: {reason}\n",
    )
    assert (found(bank, one, two) == []) == silent


@pytest.mark.parametrize(
    "prompt",
    [
        "How do AUROC and AUPR change, and why?",
        "What do a ring and what do two rings share?",
        "When the rate falls and what was learned stays, why does loss fall?",
    ],
)
def test_one_question_with_its_reason_is_one_question(bank: Path, prompt: str) -> None:
    rules = [problem.rule for problem in found(bank, question("abc-def", prompt=prompt))]
    assert ("many-questions" in rules) == ("two rings" in prompt)


def test_the_authors_may_be_spoken_of_once_the_work_is_named(bank: Path) -> None:
    named = question(
        "abc-one", prompt="What did Euler show in 1736?", answer="The author: no path."
    )
    unnamed = question(
        "abc-two", prompt="What was shown of bridges?", answer="The author: no path."
    )
    assert [problem.rule for problem in found(bank, named)] == []
    assert [problem.rule for problem in found(bank, unnamed)] == ["dangling-reference"]


def test_a_term_has_one_card(bank: Path) -> None:
    again = "id: circle-again\ntype: concept\nterm: Circles\ndefinition: |\n  What a pen draws.\n"
    found(bank, again)
    (problem,) = lint([str(bank)])
    assert (problem.rule, problem.file) == ("interference", "01-shapes/shapes.yaml")
    assert '"circle-again" (01-shapes/more.yaml:6)' in problem.message


@pytest.mark.parametrize(
    "answer",
    [
        "First, when the loss falls, the rate is kept, and then it is halved.",
        "It grows, slowly, and stops.",
    ],
)
def test_clauses_are_no_list(bank: Path, answer: str) -> None:
    assert found(bank, question("abc-def", answer=answer)) == []
