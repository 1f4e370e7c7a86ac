"""The table of commands as Textual's bindings, and as keys that a learner may change."""

import re
import string
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from textual.binding import Binding, BindingType
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from flashsafety.tui.command import Command
from flashsafety.tui.commands import COMMANDS, PLACES, of

_SHORT = {"escape": "esc", "pageup": "pgup", "pagedown": "pgdn"}
_LONG = {short: name for name, short in _SHORT.items()} | {"del": "delete", "return": "enter"}
_MODIFIERS = {"ctrl", "shift", "alt", "super", "meta", "hyper"}
_NAMED = {key.value.rpartition("+")[2] for key in Keys if not key.value.startswith("<")}
_BY_ID = {command.id: command for command in COMMANDS}
_COMMAND = re.compile(r"\{([a-z-]+\.[a-z0-9-]+)\}")
_BEFORE = ("study.reveal", "study.pick")
_AFTER = ("study.accept", "study.again", "study.hard", "study.good", "study.easy", "study.tick")
"""What is done before the answer is shown, and after it: these two may share keys."""


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
    return _CHARACTERS.get(key) or _SHORT.get(key, key)


def keys_of(command: Command, keys: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that do a command, by Textual's names: those of the settings, else its own."""
    return tuple(_normal(key) for key in keys.get(command.id, command.keys).split(","))


def spelled(text: str, keys: Mapping[str, str]) -> str:
    """A text of ours with the first key of a command in place of each ``{screen.name}``.

    Never for a text that holds words of a bank.
    """
    return _COMMAND.sub(lambda match: key_name(keys_of(_BY_ID[match[1]], keys)[0]), text)


def keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """What ``App.set_keymap`` is given for the ``[keys]`` of the settings.

    Textual takes the old keys of a changed command away from every other command that has them too,
    and the new ones from those that had them before. So the commands of a place that share a key
    with a changed one are named as well, with the keys that they have.
    """
    named: dict[str, str] = {}
    for place in PLACES:
        known = list(of(place))
        found = [command for command in known if command.id in keys]
        for command in found:  # grows
            own = {*keys_of(command, {}), *keys_of(command, keys)}
            found += [c for c in known if c not in found and own & {*keys_of(c, {})}]
        named |= {command.id: ",".join(keys_of(command, keys)) for command in found}
    return named


def check_keys(keys: Mapping[str, str]) -> list[str]:
    """What is wrong with the ``[keys]`` of a settings file, in words; empty when all is well.

    Args:
        keys: Command id to keys.
    """
    problems = []
    for name in keys:
        if name not in _BY_ID:
            from difflib import get_close_matches

            near = get_close_matches(name, list(_BY_ID), 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            problems.append(f"there is no command {name}{hint}")
            continue
        for key in keys_of(_BY_ID[name], keys):
            if not _is_key(key):
                problems.append(f"there is no key {key}, which {name} asks for")
    for place in PLACES:
        problems += _clashes(of(place), keys)
    return problems


def _clashes(commands: Iterable[Command], keys: Mapping[str, str]) -> Iterator[str]:
    """Keys that would do two things on a screen, those that work everywhere included."""
    taken: dict[str, list[str]] = {}
    everywhere = {key: c.id for c in of("app") for key in keys_of(c, keys)}
    for command in commands:
        for key in dict.fromkeys(keys_of(command, keys)):
            others = taken.setdefault(key, [])
            if everywhere.get(key, command.id) != command.id:
                others = [*others, everywhere[key]]
            for other in others:
                if not _at_other_times(other, command.id):
                    yield f"{key_name(key)} is both {other} and {command.id}"
            taken[key].append(command.id)


def _at_other_times(one: str, other: str) -> bool:
    """Whether one of two commands of a card never applies while the other does."""
    return (one.startswith(_BEFORE) and other.startswith(_AFTER)) or (
        one.startswith(_AFTER) and other.startswith(_BEFORE)
    )


def _normal(key: str) -> str:
    """A key by Textual's name for it: ``?`` and ``esc`` as ``question_mark`` and ``escape``."""
    start, _, last = key.replace(" ", "").rpartition("+")
    if not last:  # the plus itself, as in ctrl++
        start, last = start.rstrip("+"), "+"
    modifiers = [modifier.strip().lower() for modifier in start.split("+") if modifier]
    if len(last) > 1:
        last = _LONG.get(last.lower(), last.lower())
    elif last.isalnum() and modifiers == ["shift"]:
        return last.upper()
    elif last.isalnum():
        last = last.lower() if modifiers else last
    else:
        last = _named(last)
    return "+".join([*modifiers, last])


def _named(character: str) -> str:
    """Textual's name for a character that is no letter and no digit."""
    name = unicodedata.name(character, character).lower().replace("-", "_").replace(" ", "_")
    return KEY_NAME_REPLACEMENTS.get(name, name)


_CHARACTERS = {_named(character): character for character in string.punctuation}


def _is_key(key: str) -> bool:
    *modifiers, last = key.split("+")
    known = len(last) == 1 or last in _NAMED or last in _CHARACTERS
    symbol = "_" in last and key_to_character(last) is not None  # as the euro sign
    return (known or symbol) and _MODIFIERS.issuperset(modifiers)
