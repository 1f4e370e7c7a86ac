"""One setting of ``config.toml`` changed or taken out; the rest of the file stays as it is.

The file is written whole or not at all, and never when it could not be read.
"""

import os
from collections.abc import MutableMapping
from copy import deepcopy
from typing import Any

from flashsafety.config import Paths
from flashsafety.errors import UsageError
from flashsafety.settings.file import no_table, parse, place, read_text
from flashsafety.settings.table import find, read

HEAD = "# Settings of flashsafety. 'flashsafety config' lists and explains them all.\n\n"
"""The beginning of a file that was not there."""

Node = MutableMapping[str, Any]


def set_setting(paths: Paths, name: str, text: str) -> object:
    """Write one setting; returns its value.

    Args:
        paths: Where the file is.
        name: The setting, or ``table.entry``.
        text: The value as text.

    Raises:
        UsageError: The name is unknown, the value will not do, or the file is broken; the file was
            left as it was.
    """
    setting = find(name)
    value = read(setting, text)
    _rewrite(paths.config, name, value if setting.kind.bare else setting.kind.write(value))
    return value


def unset_setting(paths: Paths, name: str) -> bool:
    """Take one setting out of the file, so that it has its default again.

    Returns:
        Whether the file had it.

    Raises:
        UsageError: The name is unknown or the file is broken; the file was left as it was.
    """
    find(name)
    return _rewrite(paths.config, name, None)


def _rewrite(path: str, name: str, value: object) -> bool:
    """Give a setting a value, or none to take it out; returns whether the file changed."""
    from flashsafety.files import write_whole

    path = os.path.realpath(path)  # a link, as into a folder of dotfiles, stays one
    text = read_text(path)
    before = parse(text or "", path)
    table, dot, _ = name.partition(".")
    if dot and not isinstance(before.get(table, {}), dict):
        raise no_table(table, place(text or "", path, table))
    wanted = deepcopy(before)
    _edit(wanted, name, value)
    if wanted == before:
        return False
    ends = "\r\n" if text and "\r\n" in text else "\n"
    old = (HEAD if text is None else text).replace("\r\n", "\n")
    fresh = wanted.keys() - before.keys()
    attempts = (_on_a_new_line, _in_place) if name in fresh else (_in_place,)
    for attempt in attempts:
        new = attempt(old, name, value)
        if _says(new, wanted):
            mode = 0o600 if text is None else os.stat(path).st_mode & 0o777
            write_whole(path, new.replace("\n", ends).encode(), mode=mode)
            return True
    what = f"{name} cannot be changed here without harm to the rest of the file"
    mend = "change it in your editor; the file was left as it is"
    raise UsageError(what, where=path, mend=mend)


def _says(text: str, wanted: Node) -> bool:
    try:
        return _without_empty(parse(text, "")) == _without_empty(wanted)
    except UsageError:
        return False


def _without_empty(value: object) -> object:
    """Without tables that hold nothing: where the last dotted name goes, its table goes too."""
    if not isinstance(value, dict):
        return value
    kept = {name: _without_empty(held) for name, held in value.items()}
    return {name: held for name, held in kept.items() if held != {}}


def _on_a_new_line(text: str, name: str, value: object) -> str:
    """The text with one setting more, before the first table and the comment above that.

    tomlkit would put it between the two.
    """
    import tomlkit

    line = f"{name} = {tomlkit.item(value).as_string()}\n"
    lines = [f"{said}\n" for said in text.removesuffix("\n").split("\n")]
    place = next((n for n, said in enumerate(lines) if said.lstrip().startswith("[")), None)
    if place is None:
        joint = "" if not text or text.endswith("\n") else "\n"
        return f"{text}{joint}{line}"
    while place and lines[place - 1].lstrip().startswith("#"):
        place -= 1
    above = place
    while above and not lines[above - 1].strip():
        above -= 1
    if above and lines[above - 1].lstrip().startswith("#"):
        above = min(above + 1, place)  # what is said of the file stands apart
    place, rest = above, lines[above:]
    blank = "" if rest and not rest[0].strip() else "\n"
    return "".join([*lines[:place], line, blank, *rest])


def _in_place(text: str, name: str, value: object) -> str:
    """The text with one value changed, added to a table or taken out."""
    import tomlkit

    document = tomlkit.parse(text)
    _edit(document, name, value)
    return tomlkit.dumps(document)


def _edit(document: Node, name: str, value: object) -> None:
    """Change a document, be it tomlkit's or plain.

    An entry whose name has a dot may stand as ``"study.bury"`` or, without quotes, as a table.
    """
    table, _, entry = name.partition(".")
    node, key = document, table
    if entry:
        if value is None and table not in document:
            return
        node, key = document.setdefault(table, {}), entry
        outer, _, inner = entry.partition(".")
        if entry not in node and inner and isinstance(node.get(outer), MutableMapping):
            node, key = node[outer], inner
    if value is not None:
        node[key] = value
    elif key in node:
        _take_out(node, key)


def _take_out(node: Node, key: str) -> None:
    """Remove a key; a comment behind its value stays, on the line where it was."""
    from tomlkit.container import Container
    from tomlkit.items import Comment, Table

    container = node.value if isinstance(node, Table) else node
    if not isinstance(container, Container):
        del node[key]
        return
    names = [None if name is None else name.key for name, _ in container.body]
    place = names.index(key)
    trivia = container.body[place][1].trivia
    del node[key]
    if trivia.comment:
        trivia.comment_ws = ""
        container.body[place] = (None, Comment(trivia))
