"""Shell completion, asked as a shell asks."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import flashsafety


def complete(words: str, **more: str) -> list[str]:
    lines = answer(words, "bash", **more).split()
    return [line.split(",", 1)[1] for line in lines]


def answer(words: str, shell: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from flashsafety.cli.app import main; main()"],
        env={
            **os.environ,
            **more,
            "PYTHONPATH": str(Path(flashsafety.__file__).parents[1]),
            "_FLASHSAFETY_COMPLETE": f"{shell}_complete",
            "COMP_WORDS": f"flashsafety {words}",
            "COMP_CWORD": str(len(words.split(" "))),
        },
        capture_output=True,
        text=True,
    )
    assert done.stderr == ""
    return done.stdout


@pytest.fixture
def environ(run, bank: Path, database: Path) -> dict[str, str]:
    run("sync")
    return {"FLASHSAFETY_DB": str(database), "FLASHSAFETY_QUESTIONS": str(bank)}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("re", ["review", "report", "rebuild", "reset", "restore"]),
        ("review --module sh", ["shapes"]),
        ("next --topic ", ["circles", "primes", "squares"]),
        ("start n", ["numbers"]),
        ("quiz ", ["basics", "more", "numbers", "shapes"]),
        ("show square-f", ["square-facts/c1", "square-facts/c2"]),
        ("rate circle/r", ["circle/reverse"]),
        ("config le", ["learning_steps", "learn_ahead", "leech_threshold", "leech_action"]),
    ],
)
def test_names_are_completed(environ: dict[str, str], words: str, names: list[str]) -> None:
    assert sorted(complete(words, **environ)) == sorted(names)


def test_a_title_brings_no_word_of_its_own_and_steers_nothing(
    environ: dict[str, str], run, bank: Path
) -> None:
    syllabus = bank / "syllabus.yaml"
    title = "title: |\n          Shapes\n          plain\n          $(id)\u202e"
    syllabus.write_text(syllabus.read_text().replace("title: Shapes", title))
    run("sync")
    told = answer("review --module sh", "zsh", **environ)
    assert told.splitlines() == ["plain", "shapes", "Shapes plain $(id)⟦U+202E⟧"]


def test_completing_makes_no_database(tmp_path: Path) -> None:
    database = tmp_path / "none.db"
    assert complete("show ", FLASHSAFETY_DB=str(database)) == []
    assert not database.exists()


def test_completing_keeps_quiet_about_faults(tmp_path: Path) -> None:
    database = tmp_path / "list.db"
    database.write_text("a shopping list")
    assert complete("show ", FLASHSAFETY_DB=str(database)) == []
