"""The plain review, driven by lines as a pipe or a person gives them."""

import re
from pathlib import Path

import pytest

from flashsafety.cli.plain_card import read_letters
from flashsafety.clock import FixedClock
from tests.banks import ALL_TYPES, CHOICE, CONCEPT, question, write_cards
from tests.cli.conftest import Ran

ORDER = [
    "circle/forward",
    "circle-area/recall",
    "circle-symmetry/choose",
    "square-facts/c1",
    "square-area/number",
    "half-a-circle/type",
    "by-corners/order",
]
SAVED = re.compile(r"^saved ([1-4]) \w+: next in (\S+)  \[(.+)\]$", re.MULTILINE)


def saved(out: str) -> list[tuple[str, str]]:
    """Rating and card of every acknowledgement."""
    return [(rating, key) for rating, _, key in SAVED.findall(out)]


def logged(run, key: str) -> list[int]:
    return [row["rating"] for row in run("show", key, "--json").data["log"]]


@pytest.fixture
def review(run):
    """Run a plain review over the lines; with ``topic`` etc. as further arguments."""

    def with_lines(*lines: str, choose: tuple[str, ...] = ()) -> str:
        ran: Ran = run("review", "--plain", *choose, lines="".join(f"{x}\n" for x in lines))
        return ran.out

    return with_lines


def test_a_pipe_records_as_many_ratings_as_it_was_limited_to(run, review) -> None:
    out = review(*["", "3"] * 5, choose=("--limit", "5"))
    assert saved(out) == [("3", key) for key in ORDER[:5]]
    assert "Reviewed 5 cards, 5 ratings" in out
    assert run("rebuild", "--verify", "--json").data["reviews"] == 5


def test_all_seven_types_are_answered_as_their_type_asks(run, review, clock) -> None:
    listing = review("")
    letters = {text: letter for letter, text in re.findall(r"^([a-e])\) (.+)$", review(), re.M)}
    assert listing
    assert not letters
    out = review(
        *("", "3"),  # concept
        *("", "a b", ""),  # question, both points ticked
        *("a", "1"),  # choice
        *("", "2"),  # cloze
        *("2.25 m²", ""),  # numeric, right
        *("semicircle", ""),  # typed, right
        *("a b c", "1"),  # ordering
    )
    assert [key for _, key in saved(out)] == ORDER
    assert saved(out)[1] == ("3", "circle-area/recall")
    assert saved(out)[4] == ("3", "square-area/number")
    assert saved(out)[5] == ("3", "half-a-circle/type")
    kept = {entry["review"]: entry["answer"] for entry in run("export", "json", "-").data["given"]}
    picked, number, word, order = (kept[review] for review in sorted(kept))
    assert (len(picked), number, word, sorted(order)) == (1, "2.25 m²", "semicircle", [0, 1, 2])


def test_the_right_option_is_known_by_its_letter(run, review) -> None:
    topic = ("--topic", "circles")
    shown = review(*["n"] * 2, choose=topic)
    right = re.search(r"^([a-c])\) Any rotation about its centre$", shown, re.MULTILINE)
    assert right is not None
    out = review(*["n"] * 2, right[1], "", choose=topic)
    assert "\nRight.\nAnswer:\n" in out
    assert saved(out) == [("3", "circle-symmetry/choose")]


def test_a_wrong_option_is_told_why_and_suggests_again(run, review) -> None:
    wrong = re.search(r"^([a-c])\) Only a half turn$", review("n", "n"), re.MULTILINE)
    assert wrong is not None
    out = review("n", "n", wrong[1], "")
    assert "The answer is: Any rotation about its centre." in out
    assert f"{wrong[1]}) wrong: Only a half turn\nThat is true of a parallelogram." in out
    assert saved(out) == [("1", "circle-symmetry/choose")]


def test_an_order_is_given_in_letters(run, review) -> None:
    shown = review(*["n"] * 6)
    letter = {name: mark for mark, name in re.findall(r"^([abc])\) (\w+)$", shown, re.MULTILINE)}
    order = " ".join(letter[name] for name in ("circle", "triangle", "square"))
    out = review(*["n"] * 6, order, "")
    assert saved(out) == [("3", "by-corners/order")]
    assert "1. circle\n2. triangle\n3. square" in out


def test_an_order_that_leaves_a_line_out_is_not_taken(review) -> None:
    out = review(*["n"] * 6, "a c", "a a a", "abcd")
    assert out.count("Not understood. Type the letters in the right order") == 3
    assert not saved(out)


def test_a_near_miss_is_shown_and_suggests_hard(review) -> None:
    out = review(*["n"] * 5, "semicirlce", "")
    assert "Nearly: you wrote semicirlce, it is semicircle." in out
    assert saved(out) == [("2", "half-a-circle/type")]


def test_a_number_far_off_says_how_far(review) -> None:
    out = review(*["n"] * 4, "what?", "22.5", "")
    assert "Not understood. Type the number in m²" in out
    assert "10 times too high" in out
    assert saved(out) == [("1", "square-area/number")]


@pytest.mark.parametrize("skipped", [2, 4, 5, 6])
def test_no_answer_given_suggests_again(review, skipped: int) -> None:
    out = review(*["n"] * skipped, "", "")
    assert "No answer given." in out
    assert saved(out) == [("1", ORDER[skipped])]


@pytest.mark.parametrize("skipped", [0, 1, 3])
def test_without_a_suggestion_an_empty_line_is_good(review, skipped: int) -> None:
    out = review(*["n"] * skipped, "", "")
    assert "No answer given." not in out
    assert saved(out) == [("3", ORDER[skipped])]


@pytest.mark.parametrize(("ticks", "rating"), [("a b", "3"), ("b", "2"), ("-", "1"), ("ab", "3")])
def test_ticks_suggest_a_rating(review, ticks: str, rating: str) -> None:
    out = review("n", "", ticks, "")
    assert "a) says with the square\nb) gives the formula" in out
    assert "of 2 points.\n1 Again" in out
    assert saved(out) == [(rating, "circle-area/recall")]


@pytest.mark.parametrize("skipped", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("rating", ["1", "2", "3", "4"])
def test_a_rating_before_the_answer_is_refused(run, review, skipped: int, rating: str) -> None:
    out = review(*["n"] * skipped, rating)
    assert out.count("Not rated: see the answer first, with an empty line.") == 1
    assert not saved(out)
    assert run("rebuild", "--verify", "--json").data["reviews"] == 0


def test_the_intervals_shown_are_those_given(run, review) -> None:
    out = review("", "4", choose=("--limit", "1"))
    offered = re.search(r"4 Easy (\w+)\. An empty line takes 3 Good\.", out)
    given = SAVED.search(out)
    assert offered is not None
    assert given is not None
    assert offered[1] == given[2]


def test_undo_brings_the_card_back(run, review) -> None:
    out = review("", "1", "u", "", "4", "q")
    assert "undid Again on circle/forward" in out
    assert saved(out) == [("1", "circle/forward"), ("4", "circle/forward")]
    assert logged(run, "circle/forward") == [1, 4]
    assert run("show", "circle/forward", "--json").data["reps"] == 1


def test_undo_works_after_the_last_card_and_on_another_run(run, review) -> None:
    out = review("", "1", "u", "", "3", choose=("--limit", "1"))
    assert saved(out) == [("1", "circle/forward"), ("3", "circle/forward")]
    assert "undid Good on circle/forward" in review("u", "q")
    assert run("show", "circle/forward", "--json").data["reps"] == 0
    assert "Nothing left to undo today." in review("u", "u")


def test_suspend_bury_and_skip_go_on_to_the_next_card(run, review) -> None:
    out = review("s", "b", "n", "q")
    assert "suspended  [circle/forward]" in out
    assert "buried until tomorrow  [circle-area/recall]" in out
    assert "skipped  [circle-symmetry/choose]" in out
    assert "square-facts/c1]" in out
    assert run("show", "circle/forward", "--json").data["suspended"]
    assert run("show", "circle-area", "--json").data["buried_until"] == "2026-03-03"
    assert "No card was rated." in out


def test_a_flag_has_a_reason_and_keeps_the_card_in_front(run, review) -> None:
    out = review("", "f typo a comma is missing", "3", "q")
    assert "flagged typo  [circle/forward]" in out
    assert saved(out) == [("3", "circle/forward")]
    assert run("show", "circle/forward", "--json").data["flag"] == "typo: a comma is missing"


def test_a_flag_without_a_reason_is_asked_for_one(run, review) -> None:
    out = review("f", "uncl", "f", "silly", "f", "", "q")
    assert "flagged unclear" in out
    assert out.count("Not flagged: say one of wrong, unclear, outdated, duplicate, typo.") == 2
    assert run("show", "circle/forward", "--json").data["flag"] == "unclear"


def test_card_info_and_source_and_keys_are_read_out(review) -> None:
    out = review("i", "o", "?", "q")
    assert "Memory: new, never rated" in out
    assert "It is new and waits its turn" in out
    assert "Elements, Euclid, book 1, definition 15\nhttps://example.org/elements\n" in out
    assert "s  suspend: hide this card" in out
    assert "No card was rated." in out


def test_edit_says_the_place_where_nobody_can_edit(review, bank: Path) -> None:
    out = review("e", "q")
    assert f"{bank}/01-shapes/shapes.yaml:6\n" in out


def test_a_letter_that_may_be_an_answer_needs_a_colon_to_be_a_command(run, review) -> None:
    out = review("n", "n", "b")
    assert "Answer:" in out
    assert "buried" not in out
    out = review("n", "n", ":b", "q")
    assert "buried until tomorrow  [circle-symmetry/choose]" in out


def test_words_on_a_typed_card_are_an_answer_and_command_letters_are_not(review) -> None:
    out = review(*["n"] * 5, "s", "q")
    assert "suspended  [half-a-circle/type]" in out


def test_a_letter_that_is_the_right_answer_is_taken_as_one(bank: Path, review) -> None:
    (bank / "01-shapes/shapes.yaml").unlink()
    typed = "id: letter\ntype: typed\nprompt: |\n  Which letter?\nanswer: q\n"
    write_cards(bank, "01-shapes/letter.yaml", typed)
    assert saved(review("q", "")) == [("3", "letter/type")]


def test_what_is_no_answer_is_refused_without_harm(review) -> None:
    out = review("hello", "", "hello", "5", "a", "3", "q")
    assert out.count("Not understood.") == 4
    assert saved(out) == [("3", "circle/forward")]


def test_the_end_of_the_input_ends_it_quietly_with_a_summary(review) -> None:
    assert review().endswith("\nNo card was rated.\n")
    assert "Reviewed 1 card, 1 rating, 1 of them Again" in review("", "1")


def test_nothing_due_is_said(run, review, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "1")
    review("", "4")
    assert review().startswith("nothing due; the next card comes tomorrow 04:00\n")
    assert review(choose=("--tag", "area")).startswith("no card of that choice is due\n")


def test_a_wait_for_a_learning_card_is_said(review, monkeypatch) -> None:
    monkeypatch.setenv("FLASHSAFETY_NEW_LIMIT", "1")
    monkeypatch.setenv("FLASHSAFETY_LEARN_AHEAD", "0s")
    assert "The next learning card comes in 10 minutes." in review("", "3")


def test_a_reworded_card_says_so_once(review, bank: Path, clock: FixedClock) -> None:
    review("", "3", "q")
    file = bank / "01-shapes/shapes.yaml"
    file.write_text(file.read_text().replace("at one distance", "at equal distance"))
    clock.advance(minutes=11)
    asked, answered = review("", "3", "q").split("Answer:")
    assert "Reworded since you last rated it.\n" in asked
    assert "one distance" not in asked
    assert "Before it was reworded:\n\nAll points of a plane at one distance" in answered
    clock.advance(days=3)
    assert "Reworded" not in review("", "3", "q")


def test_a_reworded_question_shows_the_old_one(review, bank: Path, clock: FixedClock) -> None:
    review("", "3", "q")
    file = bank / "01-shapes/shapes.yaml"
    file.write_text(file.read_text().replace("term: circle", "term: ring"))
    clock.advance(minutes=11)
    assert "It asked:\n\nWhat does circle mean?" in review("", "3", "q")


def test_a_changed_meaning_shows_what_it_was(review, bank: Path, clock: FixedClock) -> None:
    review("", "3", "q")
    file = bank / "01-shapes/shapes.yaml"
    old = "All points of a plane at one distance from a point."
    file.write_text(file.read_text().replace(old, "A curve with constant curvature."))
    clock.advance(minutes=11)
    said = review("q")
    assert "Its answer has changed since you last rated it; r learns it anew. It was:" in said
    assert f"\n{old}\n" in said


def test_a_card_with_another_answer_is_learnt_anew(review, run, bank: Path, clock) -> None:
    key = saved(review("", "4", "q"))[0][1]
    file = bank / "01-shapes/shapes.yaml"
    old = "All points of a plane at one distance from a point."
    file.write_text(file.read_text().replace(old, "A curve with constant curvature."))
    clock.advance(days=400)
    assert f"comes as a new card  [{key}]" in review("r", "q")
    assert run("show", key, "--json").data["phase"] == "new"
    assert len(run("show", key, "--json").data["log"]) == 1
    review("u", "q")
    assert run("show", key, "--json").data["phase"] == "review"


def test_only_a_changed_answer_is_learnt_anew(review) -> None:
    assert "Its answer has not changed" in review("r", "q")


def test_a_choice_of_cards_is_a_choice(review) -> None:
    out = review(*["", "3"] * 9, choose=("--topic", "squares"))
    assert {key for _, key in saved(out)} == {ORDER[3], ORDER[4], ORDER[6]}


def test_no_control_code_is_printed(process) -> None:
    out = process("review", "--plain", lines="\n3\n" * 9).out
    assert len(saved(out)) >= 7
    assert all(line.isprintable() for line in out.splitlines())
    assert "\x1b" not in out
    assert not set(out) & set("─│┌┐└┘━┃█")


def test_bytes_that_are_no_text_do_no_harm(process, database: Path) -> None:
    import os
    import subprocess
    import sys

    process("sync")
    done = subprocess.run(
        [sys.executable, "-m", "flashsafety", "review", "--plain"],
        input=b"\xff\xfe\x00\n\x1b[31m\n\n3\n",
        capture_output=True,
        env={
            **os.environ,
            "FLASHSAFETY_DB": str(database),
            "PYTHONPATH": os.pathsep.join(sys.path),
        },
    )
    assert done.returncode in (0, 3)
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("c a b", [2, 0, 1]),
        ("CAB", [2, 0, 1]),
        ("c, a, b", [2, 0, 1]),
        ("a) b)", [0, 1]),
        ("d", None),
        ("1", None),
        ("", None),
        ("a é", None),
    ],
)
def test_letters_name_places(text: str, places: list[int] | None) -> None:
    assert read_letters(text, 3) == places


def test_two_cards_of_a_note_do_not_meet_on_one_day(bank: Path, review) -> None:
    (bank / "01-shapes/shapes.yaml").unlink()
    write_cards(bank, "01-shapes/circle.yaml", CONCEPT)
    out = review("", "4", "", "4")
    assert saved(out) == [("4", "circle/forward")]


def test_of_two_ratings_the_others_are_neither_offered_nor_taken(run, review) -> None:
    run("config", "two_buttons", "true")
    out = review("", "2", "4", "x", "?", "3", "", "a", "", "b", "1")
    offered = re.search(r"^1 Again \w+, 3 Good \w+\. An empty line takes 3 Good\.$", out, re.M)
    assert offered
    assert "Hard" not in out and "Easy" not in out
    assert out.count("Not rated: type 1 or 3; the others are left out by two_buttons.") == 2
    assert "Not understood. Type 1 or 3, or an empty line; ? lists the keys." in out
    assert "1 Again, 3 Good\nu  take back" in out
    assert [rating for rating, _ in saved(out)] == ["3", "3", "1"], "half the points are no Hard"


def test_what_a_forgotten_card_builds_on_comes_next_and_says_so(run, review, clock) -> None:
    run("rate", "circle-area", "4")
    clock.advance(days=4)
    run("rate", "circle/forward", "4")
    clock.advance(days=7)
    out = review("", "1", "", "3")
    said = "It comes first: circle-area/recall, forgotten today, builds on it."
    assert out.index("saved 1 Again") < out.index(said) < out.index("What does circle mean?")
    assert saved(out) == [("1", "circle-area/recall"), ("3", "circle/forward")]
    assert out.count(said) == 1


def test_a_leech_is_helped_without_standing_in_the_way(run, review, clock, bank) -> None:
    write_cards(bank, "01-shapes/shapes.yaml", *ALL_TYPES[:3], question("next"))
    run("config", "leech_threshold", "2")
    run("rate", "circle/forward", "4")
    for rating in ("4", "1", "3"):
        run("rate", "circle-symmetry", rating)
        clock.advance(days=13)
    out = review("l", "b", "", "1", "", "l f", "l s", "l x", "3")
    assert "No card has become a leech in this review." in out
    assert "Leech, marked: 2 lapses." in out
    assert "l f flags it, to be written anew, l s suspends it; or go on." in out
    assert "flagged unclear  [circle-symmetry/choose]" in out
    assert "suspended  [circle-symmetry/choose]" in out
    assert "Not understood. Type l c, l f or l s." in out
    assert out.count("\nCard 2, ") == 1, "the next card is read out once"
    data = run("show", "circle-symmetry", "--json").data
    assert (data["suspended"], data["flag"]) == (True, "unclear")


def test_a_leech_is_practised_with_its_look_alike(run, review, clock, bank) -> None:
    ring = CHOICE.replace("circle-symmetry", "ring-symmetry").replace("a circle", "a ring")
    write_cards(bank, "01-shapes/shapes.yaml", CHOICE, ring, question("next"))
    run("config", "leech_threshold", "2")
    for rating in ("4", "1", "3"):
        run("rate", "circle-symmetry", rating)
        clock.advance(days=13)
    out = review("", "1", "l c", "", "4", "", "4", "", "", "3")
    assert "l c practises the two together, l f flags it" in out
    assert "Cram: 2 cards." in out
    crammed = {"circle-symmetry/choose", "ring-symmetry/choose"}
    done = re.findall(r"^saved 4 Easy: done  \[(.+)\]$", out, re.MULTILINE)
    assert set(done) == crammed
    assert saved(out) == [("1", "circle-symmetry/choose"), ("3", "ring-symmetry/choose")]
    assert "There is no such pair." in review("l c")


def test_show_tells_what_a_card_is_mixed_up_with_and_builds_on(run, review) -> None:
    topic = ("--topic", "circles")
    shown = review(*["n"] * 2, choose=topic)
    wrong = re.search(r"^([a-c])\) Only a half turn$", shown, re.MULTILINE)
    assert wrong is not None
    review(*["n"] * 2, wrong[1], "", choose=topic)
    assert "Answered: Only a half turn (1 time)" in run("show", "circle-symmetry").out
    data = run("show", "circle-symmetry", "--json").data
    assert data["wrong_answers"] == [{"answer": "Only a half turn", "times": 1}]
    assert data["taken_for"] == []
    run("rate", "circle/forward", "3")
    assert "Builds on: circle (recall 100%)" in run("show", "circle-area").out
    assert run("show", "circle-area", "--json").data["builds_on"] == [
        {"note": "circle", "recall": 1}
    ]
