"""Leaving the screen to the learner's editor, and coming back."""

import os
import shlex
import subprocess
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from flashsafety.content.changed import locate
from flashsafety.errors import FlashsafetyError, UsageError
from flashsafety.study.editing import ANOTHER, editor_command
from flashsafety.study.showing import Showing

if TYPE_CHECKING:
    from flashsafety.tui.app import FlashsafetyApp


def edit(app: "FlashsafetyApp", showing: Showing) -> str | None:
    """Open the card's file at its line, wait, and take in what was changed.

    Nothing goes through a shell.

    Returns:
        One line on what came of it; none when the editor could not be opened, which has been said.
    """
    library = app.library
    path = locate(library.roots, showing.file)
    try:
        words = editor_command(library.settings.editor, os.environ, path, showing.line)
        with app.suspend():
            code = subprocess.run(words, check=False).returncode
    except SuspendNotSupported:
        app.complain(
            "No editor here", f"This terminal cannot be handed over. {path}:{showing.line}"
        )
        return None
    except UsageError as error:
        app.complain("The editor could not be started", str(error))
        return None
    except OSError as error:
        why = f"{error.strerror}; {ANOTHER}. {shlex.quote(path)}"
        app.complain("The editor could not be started", why)
        return None
    try:
        report = library.take_in_changes()
    except FlashsafetyError as error:
        app.show_error("The bank cannot be read", error)
        return None
    if report is None:
        return "Nothing changed." if code == 0 else f"The editor ended with code {code}."
    app.drop_file_complaint()
    here = [
        problem
        for problem in report.problems
        if problem.level == "error" and problem.file.endswith(showing.file)
    ]
    if here:
        place = f"{here[0].file}:{here[0].line}"
        app.complain_of_file(place, f"{here[0].message}\n{here[0].mend}")
        return "The card stays as it was."
    return "The card was read again."
