"""Which command opens a card's file at its line."""

import shlex
from collections.abc import Mapping
from pathlib import PurePath

from flashsafety.errors import UsageError

ANOTHER = "choose another with 'flashsafety config editor nano'"
"""How to mend it when an editor cannot be started."""

_GOTO = {"code", "code-insiders", "codium", "cursor"}
_COLON = {"hx", "helix", "subl", "zed"}
_COMMA = {"nano"}


def editor_command(
    editor: str, environ: Mapping[str, str], path: str, line: int, column: int = 1
) -> list[str]:
    """The words of a command, to be run without a shell, that returns when the editor is closed.

    Args:
        editor: The learner's setting; when empty ``$VISUAL``, then ``$EDITOR``, then ``vi``.
        environ: The environment.
        path: The file.
        line: The line to open it at, from 1.
        column: The column, for editors that go there when told so in the same breath.

    Raises:
        UsageError: A quotation mark of the chosen command has no partner.
    """
    named = (editor, environ.get("VISUAL", ""), environ.get("EDITOR", ""))
    chosen = next((words for words in named if words.strip()), "vi")
    try:
        words = shlex.split(chosen)
    except ValueError:
        raise UsageError(
            "the editor could not be started: a quotation mark is never closed",
            where=chosen,
            mend=ANOTHER,
        ) from None
    name = PurePath(words[0]).name
    behind = f":{column}" if column > 1 else ""
    if name in _GOTO:
        wait = [] if "--wait" in words or "-w" in words else ["--wait"]
        return [*words, *wait, "--goto", f"{path}:{line}{behind}"]
    if name in _COLON:
        return [*words, f"{path}:{line}{behind}"]
    comma = f",{column}" if column > 1 and name in _COMMA else ""
    return [*words, f"+{line}{comma}", path]
