"""The table of commands as Textual's bindings, and as keys that a learner may change."""

import difflib
from collections.abc import Mapping

from textual.binding import Binding, BindingType

from flashsafety.tui.commands import COMMANDS, PLACES, of


def bindings(place: str) -> list[BindingType]:
    """A screen's ``BINDINGS``."""
    return [
        Binding(
            command.keys,
            command.action,
            command.title,
            show=command.footer,
            tooltip=command.tooltip,
            id=command.id,
        )
        for command in of(place)
    ]


def key_name(key: str) -> str:
    """A key as help and key bar show it: ``?``, ``esc``, ``ctrl+p``."""
    names = {"question_mark": "?", "escape": "esc", "pageup": "pgup", "pagedown": "pgdn"}
    return names.get(key, key)


def check_keys(keys: Mapping[str, str]) -> list[str]:
    """What is wrong with the ``[keys]`` of a settings file, in words; empty when all is well.

    Args:
        keys: Command id to keys.
    """
    known = {command.id: command for command in COMMANDS}
    problems = []
    for name in keys:
        if name not in known:
            near = difflib.get_close_matches(name, list(known), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            problems.append(f"there is no command {name}{hint}")
    for place in PLACES:
        taken: dict[str, str] = {}
        for command in of(place):
            if command.id.startswith(("study.accept", "study.pick")):
                continue  # these share their keys with what comes before the answer is shown
            for key in keys.get(command.id, command.keys).split(","):
                other = taken.setdefault(key.strip(), command.id)
                if other != command.id:
                    problems.append(f"{key.strip()} is both {other} and {command.id}")
    return problems
