"""The settings file as text: read, taken apart, and its lines named."""

import re
import tomllib
from collections.abc import Iterator, Mapping

from flashsafety.errors import UsageError


def read_text(path: str) -> str | None:
    """The file's text with its line ends as they are; none where there is no file.

    Raises:
        UsageError: It cannot be read, or is no text.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        what = f"the settings file cannot be read: {error.strerror}"
        raise UsageError(what, where=path, mend="mend that, or move it away") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        mend = "save the file as UTF-8; it was left as it is"
        raise UsageError("this is no UTF-8 text", where=f"{path}:{line}", mend=mend) from error


def parse(text: str, path: str) -> dict[str, object]:
    """What the text says.

    Raises:
        UsageError: It is no TOML; the line is named.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words, _, at = str(error).partition(" (at ")
        found = re.match(r"line (\d+), column (\d+)", at)
        last = text.rstrip().count("\n") + 1
        where = f"{path}:{found[1]}:{found[2]}" if found else f"{path}:{last}"
        what = f"this line is no TOML: {words[:1].lower()}{words[1:]}"
        mend = 'write it as new_limit = 10 or zone = "Europe/Berlin"; the file was left as it is'
        raise UsageError(what, where=where, mend=mend) from error
    except RecursionError as error:
        what = "this file holds lists within lists without end"
        raise UsageError(what, where=path, mend="take them out; it was left as it is") from error


def as_text(value: object, between: str = " ") -> str:
    """A value of the file as the text that a setting is read from; what lists is put together."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return between.join(as_text(part) for part in value)
    return str(value)


def flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, object]]:
    """The entries of a table by name; ``study.bury = "x"`` without quotes is a table in it."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def place(text: str, path: str, table: str, entry: str = "") -> str:
    """``file:line`` of a setting; the file alone where its line cannot be told.

    Args:
        text: The file's text.
        path: The file.
        table: The setting's name.
        entry: The name within it, where the setting is a table.
    """
    header: tuple[str, ...] = ()
    wanted = (table, *entry.split(".")) if entry else (table,)
    for number, line in enumerate(text.split("\n"), 1):
        if head := re.match(r"\s*\[([^\]]*)\]", line):
            header = _parts(head[1])
        found = re.match(r"\s*([^=#]+?)\s*=", line)
        if found and (*header, *_parts(found[1])) == wanted:
            return f"{path}:{number}"
    return path


def no_table(name: str, where: str = "") -> UsageError:
    """What is said of a single value where a table is wanted."""
    mend = f"write [{name}] on a line of its own, and below it a line for each"
    return UsageError(f"{name}: this is one value and no table", where=where, mend=mend)


def _parts(name: str) -> tuple[str, ...]:
    """The parts of a name, dots within quotes counted too."""
    return tuple(part.strip(" \t\"'") for part in name.split("."))
