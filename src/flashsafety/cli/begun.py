"""A card that was begun: edited until there is nothing wrong with it, or taken out again."""

import contextlib
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from flashsafety.cli import output
from flashsafety.cli.asking import agreed, can_ask
from flashsafety.cli.chosen import Chosen
from flashsafety.content.cardfile import read_cards
from flashsafety.content.faults import Faults
from flashsafety.content.lint import report
from flashsafety.content.lint.run import in_files, lint, shown_from
from flashsafety.content.newcard import Skeleton
from flashsafety.content.problem import Problem
from flashsafety.content.text import read_file
from flashsafety.errors import ExitCode, FlashsafetyError
from flashsafety.files import write_whole
from flashsafety.study.editing import ANOTHER, editor_command


@dataclass(frozen=True, slots=True)
class Begun:
    """A card as it was put into its file."""

    id: str
    path: Path
    """The file, as to be shown."""
    line: int
    """On which the card begins."""
    card: Skeleton
    before: str | None
    """The file's text without the card; none where there was no file."""
    after: str
    """Its text with the card."""
    others: frozenset[str]
    """Ids of the sound cards that were there."""


def finish(chosen: Chosen, begun: Begun) -> ExitCode:
    """Open the editor on the card, again for as long as there are errors and the person likes."""
    empty = begun.line + begun.card.first
    _edit(chosen, begun, empty, len(begun.card.lines[begun.card.first]) + 1)
    if begun.path.read_bytes() == begun.after.encode() and _taken_out(begun):
        return ExitCode.FINE
    while True:
        problems = _check(chosen, begun.path)
        first = next((problem for problem in problems if problem.level == "error"), None)
        if first is None or not can_ask():
            break
        if not agreed(f"open the editor again at line {first.line}?"):
            break
        _edit(chosen, begun, first.line, first.column)
    _say_how_to_see(begun)
    return ExitCode.FINE if first is None else ExitCode.PROBLEMS


def _edit(chosen: Chosen, begun: Begun, line: int, column: int) -> None:
    """Open the editor at a place of the card's file and wait."""
    setting = chosen.settings().editor
    words = editor_command(setting, os.environ, str(begun.path), line, column)
    try:
        subprocess.run(words, check=False)
    except OSError as error:
        raise FlashsafetyError(
            f"the editor could not be started: {error.strerror}",
            where=words[0],
            mend=f"{ANOTHER}; the card is in {begun.path}:{begun.line}",
        ) from None


def _taken_out(begun: Begun) -> bool:
    """Offer to take a card out again of which nothing was filled in; whether it was."""
    said = "nothing was filled in"
    if not can_ask():
        last = begun.line + len(begun.card.lines) - 1
        output.note(f"{said}; to take the card out again delete lines {begun.line} to {last}")
        return False
    if not agreed(f"{said}: take the card out again?"):
        return False
    if begun.before is not None:
        write_whole(str(begun.path), begun.before.encode(), mode=0o644)
    else:
        begun.path.unlink()
        with contextlib.suppress(OSError):  # a folder that holds others stays
            begun.path.parent.rmdir()
    output.note(f"{begun.id} was taken out again")
    return True


def _check(chosen: Chosen, path: Path) -> list[Problem]:
    """Say what is wrong with the file."""
    roots = chosen.roots()
    problems = in_files(lint(roots), roots, [str(path)])
    if problems:
        output.say(report.render(problems, "text", shown_from(roots, str(Path.cwd()))))
    output.note(report.summary(problems))
    return problems


def _say_how_to_see(begun: Begun) -> None:
    """Name the command that shows the new cards, as many as can be read."""
    text = read_file(str(begun.path), Faults("")) or ""
    ids = [draft.note.id for draft in read_cards(text, Faults("")).drafts]
    new = [id_ for id_ in ids if id_ not in begun.others]
    if new:
        one = f"{new[0]} " if len(new) == 1 else ""
        output.note(
            f"see what learners will: flashsafety show {one}--file {begun.path}",
        )
