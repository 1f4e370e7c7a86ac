"""Kinds of values: how each is read from text, written as text, and what it may be, in words.

A reader raises ValueError with a sentence that names what would do.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from flashsafety.config import zone_info
from flashsafety.terms import Ease

_UNITS = {"d": 86_400, "h": 3600, "m": 60, "s": 1}
_LONGEST = 99 * 86_400
"""Seconds; no wait that a learner may set is longer."""
_MOST_STEPS = 10


class Kind(NamedTuple):
    """The values that a setting may have."""

    read: Callable[[str], object]
    range: str
    """What may be written, as ``a whole number from 0 to 9999``."""
    write: Callable[[object], str] = str
    options: Mapping[str, str] = MappingProxyType({})
    """The only values there are, each with what it means; empty where there are many."""
    bare: bool = False
    """Stands in the file as it is, and not as a string: numbers, true and false."""


def number(low: float, high: float, of: type[int] | type[float] = int) -> Kind:
    """A number within bounds, both included."""
    words = f"a {'whole number' if of is int else 'number'} from {low:g} to {high:g}"

    def read(text: str) -> object:
        try:
            value = of(text)
        except ValueError:
            value = None
        if value is None or not low <= value <= high:
            raise ValueError(f'"{text}" will not do; write {words}')
        return value

    return Kind(read, words, bare=True)


def choice(**options: str) -> Kind:
    """One of a few words, an underscore standing for a hyphen; each with what it means."""
    named = {name.replace("_", "-"): meaning for name, meaning in options.items()}
    *but_last, last = named
    words = f"{', '.join(but_last)} or {last}"

    def read(text: str) -> object:
        if text not in named:
            raise ValueError(f'"{text}" will not do; write {words}')
        return text

    return Kind(read, words, options=named)


def switch(on: str, off: str) -> Kind:
    """True or false, with what each means."""
    said = {"true": True, "on": True, "yes": True, "false": False, "off": False, "no": False}

    def read(text: str) -> object:
        value = said.get(text.lower())
        if value is None:
            raise ValueError(f'"{text}" will not do; write true or false')
        return value

    def write(value: object) -> str:
        return "true" if value else "false"

    return Kind(read, "true or false", write, {"true": on, "false": off}, bare=True)


def words(range_: str, check: Callable[[str], object] | None = None) -> Kind:
    """Any text on one line that a check lets pass."""

    def read(text: str) -> object:
        if not text.isprintable():
            raise ValueError(f"{text!r} will not do; write one line of plain characters")
        if text and check is not None:
            check(text)
        return text

    return Kind(read, range_)


def one_of(names: tuple[str, ...], range_: str) -> Kind:
    """One of many names; the nearest is named when it is none of them."""

    def read(text: str) -> object:
        if text not in names:
            raise ValueError(f'there is no "{text}"{nearest(text, names)}')
        return text

    return Kind(read, range_, options=dict.fromkeys(names, ""))


def nearest(text: str, names: tuple[str, ...]) -> str:
    """``; did you mean X?``, or the names themselves when none is near and they are few."""
    from difflib import get_close_matches

    folded = {name.lower(): name for name in names}
    near = get_close_matches(text.lower(), folded, 1)
    if near:
        return f"; did you mean {folded[near[0]]}?"
    return f"; there are {', '.join(names)}" if len(names) < 40 else ""


def check_zone(text: str) -> None:
    """Raise ValueError, with the zone that was meant where one is near."""
    try:
        zone_info(text)
    except ValueError as error:
        from zoneinfo import available_timezones

        names = tuple(sorted(available_timezones()))
        place = text.replace(" ", "_").lower()
        same = [name for name in names if place and name.lower().rpartition("/")[2] == place]
        hint = f"; did you mean {same[0]}?" if same else nearest(text, names)
        if hint:
            raise ValueError(f'"{text}" is no time zone{hint}') from error
        raise


def check_command(text: str) -> None:
    """Raise ValueError when a command line cannot be taken apart into words."""
    import shlex

    try:
        shlex.split(text)
    except ValueError as error:
        raise ValueError(f'"{text}" is no command: {str(error).lower()}') from error


def read_keys(text: str) -> str:
    """Names of keys, separated by commas; which there are, the terminal app knows."""
    keys = [key.strip() for key in text.split(",")]
    if not all(keys) or not text.isprintable():
        raise ValueError(f'"{text}" will not do; write x, or ctrl+b,x, and a comma as comma')
    return ",".join(keys)


def read_day_start(text: str) -> int:
    """Seconds after midnight."""
    hour, colon, minute = text.partition(":")
    digits = hour.isdecimal() and minute.isdecimal() and len(hour) < 3 and len(minute) == 2
    if not (colon and digits and int(hour) < 24 and int(minute) < 60):
        raise ValueError(f'"{text}" is no time of day; write it as 04:00')
    return int(hour) * 3600 + int(minute) * 60


def write_day_start(value: object) -> str:
    """``04:00``."""
    assert isinstance(value, int)
    return f"{value // 3600:02}:{value % 3600 // 60:02}"


def read_wait(text: str) -> int:
    """Seconds of a length of time."""
    count, unit = text[:-1].strip(), text[-1:]
    if unit not in _UNITS or not count.isdecimal() or len(count) > 9:
        raise ValueError(f'"{text}" is no length of time; write it as 30s, 10m, 2h or 1d')
    seconds = int(count) * _UNITS[unit]
    if seconds > _LONGEST:
        raise ValueError(f'"{text}" is too long; write at most {write_wait(_LONGEST)}')
    return seconds


def write_wait(value: object) -> str:
    """``30s``, ``10m``, ``2h``, ``1d``: in the largest unit that it is a multiple of."""
    assert isinstance(value, int)
    unit = next(unit for unit, size in _UNITS.items() if value % size == 0 and (value or size == 1))
    return f"{value // _UNITS[unit]}{unit}"


def read_steps(text: str) -> tuple[int, ...]:
    """Seconds of each step."""
    steps = tuple(read_wait(part) for part in text.split())
    if 0 in steps:
        raise ValueError("a step must be longer than 0")
    if len(steps) > _MOST_STEPS:
        raise ValueError(f"{len(steps)} steps are too many; write at most {_MOST_STEPS}")
    return steps


def write_steps(value: object) -> str:
    """The steps, separated by spaces."""
    assert isinstance(value, tuple)
    return " ".join(write_wait(step) for step in value)


_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_easy_days(text: str) -> tuple[Ease, ...]:
    """How easy each day of the week is to be, Monday first."""
    found: list[Ease] = ["normal"] * 7
    named: list[int] = []
    for word in text.lower().replace(",", " ").replace(":", " ").split():
        ease = _EASES.get(word)
        meant = [day for day in _DAYS if len(word) > 2 and day.startswith(word)]
        if meant:
            named.append(_DAYS.index(meant[0]))
        elif ease is None or not named:
            raise ValueError(f'"{text}" will not do; write it as sat reduced, sun minimum')
        else:
            for day in named:
                found[day] = ease
            named = []
    if named:
        raise ValueError(f'"{text}" ends with a day; write reduced or minimum after it')
    return tuple(found)


_EASES: Mapping[str, Ease] = {"normal": "normal", "reduced": "reduced", "minimum": "minimum"}


def write_easy_days(value: object) -> str:
    """``sat reduced, sun minimum``: those that are not as others."""
    assert isinstance(value, tuple)
    days = zip(_DAYS, value, strict=True)
    return ", ".join(f"{day[:3]} {ease}" for day, ease in days if ease != "normal")
