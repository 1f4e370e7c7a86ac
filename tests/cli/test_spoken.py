"""What every command says can be read out: nothing is drawn, and nothing is said by a sign alone.

A command that is not among those below, or among those that write for programs, fails here.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import pytest

from flashsafety.cli.group import NAMES
from flashsafety.clock import FixedClock
from flashsafety.config import Paths
from flashsafety.content.cards import face, facets
from flashsafety.content.load import load_bank
from flashsafety.content.plain import plain
from flashsafety.content.roots import bundled
from flashsafety.study.library import Library
from tests.banks import ALL_TYPES, question, write_cards
from tests.learners import Learner
from tests.libraries import SETTINGS

REVIEW = "?\n\n3\ni\nf typo\n" + "\n\nu\n" * 12 + "o\nl\nq\n"
"""Lines that a review is answered with, whichever card is in front."""
EXAM = "?\nx\n" * 9 + "\n" * 30 + "h\n"

SAID: dict[str, list[tuple[tuple[str, ...], str]]] = {
    "review": [
        (("review", "--plain"), REVIEW),
        (("review", "--plain", "--cram"), REVIEW),
        (("review", "--plain", "--ahead", "5"), REVIEW),
        (("review", "--plain", "--minutes", "2"), REVIEW),
        (("review", "--plain", "--query", "zebra"), ""),
    ],
    "home": [(("home",), "")],
    "due": [(("due",), "")],
    "next": [(("next",), "")],
    "rate": [(("rate", "circle-area/recall", "1"), "")],
    "start": [(("start",), ""), (("start", "numbers"), ""), (("start", "--all"), "")],
    "quiz": [
        (("quiz", "--plain", "shapes"), EXAM),
        (("quiz", "--history"), ""),
        (("quiz", "--history", "1"), ""),
    ],
    "stats": [(("stats",), "")],
    "forecast": [(("forecast", "--days", "20"), "")],
    "optimize": [(("optimize",), ""), (("optimize", "--evaluate"), "")],
    "simulate": [(("simulate", "--days", "5", "--plain"), "")],
    "items": [(("items", "{reviews}"), "")],
    "cards": [(("cards",), ""), (("cards", "--sort", "recall"), ""), (("cards", "zebra"), "")],
    "show": [(("show", "circle-area"), ""), (("show", "circl"), "")],
    "suspend": [
        (("suspend", "circle", "--dry-run"), ""),
        (("suspend", "circle"), ""),
        (("suspend", "circle"), ""),
    ],
    "bury": [(("bury", "square"), "")],
    "flag": [(("flag", "circle", "--reason", "wrong"), ""), (("flag", "circle"), "")],
    "reset": [(("reset", "corners"), "")],
    "set-due": [(("set-due", "3", "*"), "")],
    "undo": [(("undo",), "")],
    "pause": [(("pause",), ""), (("pause", "--off"), "")],
    "plan": [
        (("plan",), ""),
        (("plan", "--by", "2026-12-20", "--modules", "shapes"), ""),
        (("plan", "--off"), ""),
    ],
    "sync": [(("sync",), "")],
    "sync-dir": [(("sync-dir", "{folder}/shared"), "")],
    "new": [(("new", "--no-edit"), "shapes\nquestion\n"), (("new",), "")],
    "lint": [(("lint",), "")],
    "fmt": [(("fmt", "--check"), ""), (("fmt",), "")],
    "coverage": [(("coverage",), "")],
    "import": [(("import", "reviews", "{folder}/nothing.csv"), "")],
    "backup": [(("backup",), "")],
    "restore": [(("restore",), "")],
    "doctor": [(("doctor",), "")],
    "rebuild": [(("rebuild", "--verify"), ""), (("rebuild",), "")],
    "config": [(("config",), ""), (("config", "theme"), ""), (("config", "thme"), "")],
    "where": [(("where",), "")],
}
FOR_PROGRAMS = {"export", "schema", "report", "serve"}
"""These write files, JSON, a page, or Markdown for a form."""
ELSEWHERE = {"pull"}
"""Needs an Anki that is open; it says what import says."""

DRAWN = (
    (0x2190, 0x21FF, "arrows"),
    (0x2300, 0x23FF, "technical signs"),
    (0x2500, 0x257F, "lines of boxes"),
    (0x2580, 0x259F, "blocks"),
    (0x25A0, 0x25FF, "shapes"),
    (0x2600, 0x27BF, "pictures and check marks"),
    (0x2800, 0x28FF, "braille as pixels"),
    (0x2900, 0x29FF, "arrows"),
    (0x2B00, 0x2BFF, "arrows and shapes"),
    (0xE000, 0xF8FF, "private signs"),
    (0x1F000, 0x1FAFF, "pictures"),
)
RUN = re.compile(r"([^\w\s.])\1{2,}|\.{4,}")
"""A line drawn with signs of another use, as ``-----``."""
ALONE = re.compile(r"(?:^|\s\s)[-|*>!~=](?:\s\s|$)")
"""A sign that stands in a column for a word."""


def unspeakable(text: str, known: Iterable[str] = ()) -> list[str]:
    """What a reader would stumble over, with the line that holds it.

    Args:
        text: What a command wrote.
        known: Signs that are the cards' own, as those of mathematics.
    """
    found = []
    for line in text.splitlines():
        for sign in sorted(set(line) - set(known)):
            code = ord(sign)
            kind = next((name for low, high, name in DRAWN if low <= code <= high), "")
            if unicodedata.category(sign) in ("Cc", "Cf", "Co", "Cs"):
                kind = "control characters"
            if kind:
                found.append(f"{kind}: {sign!r} in {line!r}")
        if run := RUN.search(line):
            found.append(f"a run of signs: {run[0]!r} in {line!r}")
        if ALONE.search(line) or "\t" in line:
            found.append(f"a sign in the place of a word: {line!r}")
    return found


@pytest.fixture
def studied(bank: Path, database: Path, clock: FixedClock, tmp_path: Path) -> Path:
    """A learner's five weeks are in the database; there is a card that lint has words on."""
    cards = (*ALL_TYPES, *(question(f"pile-{n}") for n in range(6)))
    exams = (c if "exam:" in c else c.replace("type:", "exam: true\ntype:", 1) for c in cards)
    write_cards(bank, "01-shapes/shapes.yaml", *exams)
    write_cards(bank, "01-shapes/bad.yaml", question("yes-no", prompt="Is a circle round?"))
    paths = Paths(str(tmp_path / "c.toml"), str(tmp_path), str(database), str(tmp_path / "log"))
    with Library.open(paths, SETTINGS, [str(bank)], clock=clock, device_name="desk") as library:
        library.take_in_changes()
        Learner(library, clock, seed=3).live(35)
    return tmp_path


@pytest.mark.parametrize("verb", SAID)
def test_what_a_command_says_can_be_read_out(run, studied: Path, verb: str) -> None:
    reviews = studied / "reviews.csv"
    run("export", "reviews", str(reviews), "--anonymous")
    (studied / "shared").mkdir()
    (studied / "nothing.csv").write_text("card_id,review_time\n")
    wrong = []
    for arguments, lines in SAID[verb]:
        given = [a.format(folder=studied, reviews=reviews) for a in arguments]
        ran = run(*given, lines=lines, expect=None)
        assert ran.out or ran.err, given
        wrong += unspeakable(ran.out + ran.err)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("verb", ["", *NAMES])
def test_the_help_can_be_read_out(run, verb: str) -> None:
    ran = run(*([verb] if verb else []), "--help")
    examples = ("| source", "flashsafety", "{")
    lines = [line for line in ran.out.splitlines() if not any(sign in line for sign in examples)]
    assert not unspeakable("\n".join(lines)), unspeakable("\n".join(lines))


def test_every_command_is_read_out_or_is_for_programs() -> None:
    assert set(SAID) | FOR_PROGRAMS | ELSEWHERE == set(NAMES)


def test_what_is_drawn_is_found() -> None:
    drawn = ("│ x", "a → b", "█▌", "✓ right", "⠿", "-----", "=== x", "a  -  b", "a  -", "\x1b[1mx")
    for text in drawn:
        assert unspeakable(text), text
    assert not unspeakable("A = πr², 1.5 m², naïve, 日本; a-b, -type:concept (x), “y” … 'z'")


@pytest.mark.slow
def test_the_cards_of_the_bank_bring_only_their_own_signs(
    tmp_path: Path, database: Path, clock: FixedClock
) -> None:
    from click.testing import CliRunner

    from flashsafety.cli.group import commands

    known = {
        sign
        for note in load_bank([bundled()]).bank.notes
        for facet in facets(note.note)
        for text in (face(note.note, facet).prompt, face(note.note, facet).answer)
        for sign in plain(text, width=80)
    }
    for arguments in (("cards",), ("home",), ("coverage",), ("lint",)):
        base = ["--db", str(database), "--questions", str(bundled())]
        ran = CliRunner().invoke(commands, [*base, *arguments], obj=clock)
        assert ran.exit_code == 0
        wrong = unspeakable(ran.output, known)
        assert not wrong, wrong[:5]
