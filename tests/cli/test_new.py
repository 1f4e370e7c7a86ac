"""``new`` at a terminal: what it asks, how it takes the answers, and what follows the editor."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.banks import question, write_cards
from tests.cli.terminal import at_terminal

GIVEN = ("--type", "question", "--module", "shapes", "--topic", "squares")
SOURCE = ("--source", "euclid-elements", "--at", "book 1")
TEXT = ("--text", "Why does a square tile the plane?")
FILE = "01-shapes/shapes.yaml"
FILL = r'sed -i "${1#+},\$ { s/^      \$/      Four corners meet./; /rubric:/d; /- \$/d }" "$2"'
"""Fills in a question from the line that the editor is opened at."""
SLIP, MEND = (
    rf'sed -i "80,\$ s/^    {old}:/    {new}:/" "$2"'
    for old, new in (("answer", "anwser"), ("anwser", "answer"))
)
Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(bank: Path, database: Path) -> Typed:
    """Run ``new`` at a terminal with answers to its questions."""

    def run(*arguments: str, answers: tuple[str, ...] = ()) -> tuple[int, str]:
        return at_terminal(bank, database, ("new", *arguments), answers)

    return run


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Let a shell script be the editor: ``$1`` is the place, ``$2`` the file; calls are noted."""

    def write(script: str) -> Path:
        path, calls = tmp_path / "editor", tmp_path / "calls"
        path.write_text(f'#!/bin/sh\necho "$1" >> {calls}\n{script}\n', encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv("VISUAL", str(path))
        return calls

    return write


def test_nothing_is_written_through_a_link_to_a_folder(run, bank: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (bank / "02-numbers").symlink_to(elsewhere)
    given = ("--type", "question", "--module", "numbers", "--topic", "primes", *SOURCE, *TEXT)
    assert "is a link" in run("new", "--no-edit", *given, expect=2).err
    assert list(elsewhere.iterdir()) == []


def card_of(bank: Path, id_: str, file: str = FILE) -> str:
    return (bank / file).read_text(encoding="utf-8").split(f"  - id: {id_}\n")[1]


def test_every_answer_is_asked_for_until_it_will_do(bank: Path, typed: Typed) -> None:
    code, seen = typed("--no-edit", answers=(
        "concpt", "", "7", "1", "squars", "squares", "eucl", "book 1: the #4",
        "tile: a [flat] shape", "circle", "Tile", "tile-shape",
    ))  # fmt: skip
    assert code == 0, seen
    assert 'there is no type of card "concpt"; did you mean "concept"?' in seen
    assert "module: 1 shapes, 2 numbers" in seen
    assert 'there is no module "7"; modules: 1 shapes, 2 numbers' in seen
    assert 'there is no topic "squars"; did you mean "squares"?\ntopic [squares]:' in seen
    assert "source: euclid-elements\n" in seen
    assert 'the id "circle" is taken; choose another\nid, for ever (enter takes this' in seen
    assert "or type another) [tile-flat-shape]:" in " ".join(seen.split())
    assert "enter leaves it empty where the source is general" in " ".join(seen.split())
    assert '"Tile" is no id; 3 to 60 characters' in seen
    card = card_of(bank, "tile-shape")
    assert 'at: "book 1: the #4"\n    term: "tile: a [flat] shape"\n' in card


def test_options_that_will_not_do_are_asked_for_at_a_terminal(bank: Path, typed: Typed) -> None:
    wrong = ("--type", "question", "--module", "2", "--topic", "primes", "--source", "hardy")
    code, seen = typed(*wrong, "--id", "circle", *TEXT, "--no-edit", answers=("", "", ""))
    assert code == 0, seen
    assert "source: hardy-1940-apology" in seen
    assert 'the id "circle" is taken' in seen
    assert card_of(bank, "square-tile-plane", "02-numbers/01-primes.yaml")


def test_names_of_lists_stay_whole_at_the_end_of_a_line(bank: Path, database: Path) -> None:
    _, seen = at_terminal(bank, database, ("new", "--no-edit"), ("\x04",), columns=30)
    assert "type of card: concept,\nquestion, choice, cloze,\n" in seen


def test_sources_are_offered_in_their_order(bank: Path, typed: Typed) -> None:
    write_cards(bank, FILE, question("abc-def", extra="source: hardy-1940-apology\n"))
    _, seen = typed(*GIVEN, "--no-edit", answers=("\x04",))
    assert "source: euclid-elements, hardy-1940-apology\n" in seen


def test_a_place_left_empty_is_asked_for_once_more(bank: Path, typed: Typed) -> None:
    given = (*GIVEN, "--source", "hardy-1940-apology", *TEXT, "--no-edit")
    _, seen = typed(*given, answers=("", "section 12", ""))
    assert "who checks the card opens the source there" in seen
    assert 'at: "section 12"' in card_of(bank, "square-tile-plane")
    _, seen = typed(*given, answers=("", "", "abc-def"))
    assert "at:" not in card_of(bank, "abc-def")


def test_where_the_source_has_no_places_it_is_asked_for_once(bank: Path, typed: Typed) -> None:
    given = (*GIVEN, "--source", "euclid-elements", *TEXT, "--no-edit")
    code, seen = typed(*given, answers=("", ""))
    assert code == 0
    assert "opens the source there" not in seen


def test_text_that_no_file_may_hold_is_refused(run, bank: Path) -> None:
    before = (bank / FILE).read_bytes()
    given = (*GIVEN, *SOURCE, "--no-edit")
    assert "a tab" in run("new", *given, "--text", "Why\tso?", expect=2).err
    assert "U+0007" in run("new", *given, "--text", "Why so?\a", expect=2).err
    assert "several lines" in run("new", *given, *TEXT, "--at", "a\nb", expect=2).err
    assert "it is empty" in run("new", *given, "--text", "  ", expect=2).err
    assert (bank / FILE).read_bytes() == before


def test_cards_that_are_begun_keep_their_order_and_their_ids(run, bank: Path) -> None:
    given = ("new", *GIVEN, *SOURCE, *TEXT, "--no-edit")
    ids = [run(*given).out.split(":")[0] for _ in range(3)]
    assert ids == ["square-tile-plane", "square-tile-plane-2", "square-tile-plane-3"]
    text = (bank / FILE).read_text(encoding="utf-8")
    assert sorted(ids, key=lambda id_: text.index(f"  - id: {id_}\n")) == ids
    assert "id-taken" not in run("lint", expect=1).out
    assert "is taken" in run(*given, "--id", ids[1], expect=2).err


def test_the_editor_opens_at_the_first_field_to_fill_in(bank: Path, typed: Typed, editor) -> None:
    calls = editor(FILL)
    code, seen = typed(*GIVEN, *SOURCE, *TEXT, answers=("",))
    assert code == 0, seen
    line = int(calls.read_text().strip().removeprefix("+"))
    assert (bank / FILE).read_text().split("\n")[line - 2 : line] == [
        "    answer: |", "      Four corners meet.",
    ]  # fmt: skip
    assert "no problems" in seen
    assert "flashsafety show square-tile-plane --file " in seen


def test_after_errors_the_editor_opens_again_at_the_first(bank, typed: Typed, editor) -> None:
    calls = editor(f'if [ "$(wc -l < {bank}/../calls)" = 1 ]; then {FILL}; {SLIP}; else {MEND}; fi')
    code, seen = typed(*GIVEN, *SOURCE, *TEXT, "--id", "tile-why", answers=("",))
    assert code == 0, seen
    line = calls.read_text().split()[1].removeprefix("+")
    assert f"shapes.yaml:{line}:5: error: unknown key" in seen
    assert f"open the editor again at line {line}? [Y/n]" in seen
    assert "no problems" in seen


def test_errors_may_be_left_for_later(typed: Typed, editor) -> None:
    editor('echo >> "$2"')
    code, seen = typed(*GIVEN, *SOURCE, *TEXT, "--id", "tile-why", answers=("n",))
    assert code == 1
    assert "flashsafety show" not in seen


def test_a_card_of_which_nothing_was_filled_in_is_taken_out(
    bank: Path, typed: Typed, editor
) -> None:
    editor("exit 0")
    before = (bank / FILE).read_bytes()
    code, seen = typed(*GIVEN, *SOURCE, *TEXT, answers=("", "y"))
    assert code == 0, seen
    assert "square-tile-plane was taken out again" in seen
    assert (bank / FILE).read_bytes() == before


def test_a_file_that_was_begun_for_it_goes_with_it(bank: Path, typed: Typed, editor) -> None:
    editor("exit 0")
    given = ("--type", "typed", "--module", "numbers", "--topic", "primes", *SOURCE, *TEXT)
    assert typed(*given, answers=("", "y"))[0] == 0
    assert not (bank / "02-numbers").exists()


def test_without_a_terminal_it_says_how_to_take_the_card_out(run, bank: Path, editor) -> None:
    editor("exit 0")
    ran = run("new", *GIVEN, *SOURCE, *TEXT, expect=1)
    first, last = ran.err.split("delete lines ")[1].split("\n")[0].split(" to ")
    lines = (bank / FILE).read_text(encoding="utf-8").split("\n")
    assert lines[int(first) - 1] == "  - id: square-tile-plane"
    assert lines[int(last) - 2 : int(last)] == ["    why: |", "      "]
