"""The canonical layout of a card file: same words, same order, same comments, one form."""

import io
import re
from typing import TYPE_CHECKING, Any

from flashsafety.content.faults import Faults
from flashsafety.content.positions import parse

if TYPE_CHECKING:
    from ruamel.yaml import YAML

WIDTH = 100
"""Columns; a list that is longer is written one item a line. Prose is never wrapped anew."""
MODELINE = "# yaml-language-server: $schema="

_PROSE = ("prompt", "definition", "why")
_PROSE_OF = {"question": "answer", "cloze": "text"}
"""Type to a further key whose value is prose."""
_IN_ONE_LINE = ("topics", "tags", "prerequisites", "also", "accept")


def formatted(text: str, schema: str | None = None) -> str:
    """A card file in the canonical layout.

    Prose in ``|`` blocks, short lists in one line, two blanks of indent, one empty line between
    cards. Nothing is sorted, and every comment stays.

    Args:
        text: A file that lint finds no error in.
        schema: Path of the schema from the file, for the line by which editors find it; none to
            leave that line as it is.

    Raises:
        ValueError: The file cannot be read, or would not read the same afterwards, or not look so
            when it is laid out again.
    """
    laid = _laid(text, schema)
    if laid != text and _laid(laid, None) != laid:
        raise ValueError("laid out again it would not look the same; write its texts in | blocks")
    return laid


def _laid(text: str, schema: str | None) -> str:
    before = _values(text)
    yaml = _round_trip()
    data = _loaded(yaml, text)
    _arrange(data, "")
    for card in data["cards"]:
        _arrange(card, card["type"])
        for option in card.get("options", ()):
            _arrange(option, "")
    out = io.StringIO()
    yaml.dump(data, out)
    laid = _spaced(out.getvalue())
    if schema is not None and not laid.startswith(MODELINE):
        laid = f"{MODELINE}{schema}\n{laid}"
    if _values(laid) != before:
        raise ValueError("it would not read the same afterwards")
    return laid


def _loaded(yaml: "YAML", text: str) -> Any:
    from ruamel.yaml.error import YAMLError

    try:
        return yaml.load(text)
    except YAMLError as error:  # it refuses some of what our own reader takes, a tab in a key say
        raise ValueError(f"it cannot be read as it stands: {str(error).splitlines()[0]}") from None


def _arrange(entry: Any, kind: str) -> None:
    """Give the values of a card, an option or a file's top the style that they should have."""
    from ruamel.yaml.comments import CommentedSeq
    from ruamel.yaml.scalarstring import LiteralScalarString

    for key, value in entry.items():
        if isinstance(value, str) and (key in _PROSE or key == _PROSE_OF.get(kind)):
            lines = (line.rstrip() for line in value.strip().split("\n"))
            entry[key] = LiteralScalarString("\n".join(lines) + "\n")
        elif key in _IN_ONE_LINE and isinstance(value, CommentedSeq):
            indent = 4 if kind else 0
            wide = indent + len(f"{key}: [{', '.join(map(_written, value))}]") > WIDTH
            if wide or value.ca.items or value.ca.comment:
                value.fa.set_block_style()
            else:
                value.fa.set_flow_style()


def _written(value: str) -> str:
    """A list's item with the quotes it has in the file, as far as its length goes."""
    return f'"{value}"' if type(value) is not str else value


def _spaced(text: str) -> str:
    """One empty line before ``cards:`` and before each card but the first; none at the end."""
    top, cards, below = re.sub(r" +\n", "\n", text).partition("\ncards:\n")
    below = re.sub(r"\n+((?: *#[^\n]*\n)*  - )", r"\n\n\1", "\n" + below)
    return f"{top.strip(chr(10))}\n{cards}{below.strip(chr(10))}\n"


def _values(text: str) -> object:
    """What a file says, white space at the ends of lines aside."""
    faults = Faults("")
    document = parse(text, faults)
    value = document.value
    if document.fault is not None or faults.problems or not isinstance(value, dict):
        raise ValueError("it cannot be read as it stands")
    cards = value.get("cards")
    if not isinstance(cards, tuple) or not all(map(_is_card, cards)):
        raise ValueError("it is no file of cards")
    return _trimmed(value)


def _is_card(entry: object) -> bool:
    """Whether an entry has what ``_arrange`` looks at."""
    if not isinstance(entry, dict) or not isinstance(entry.get("type"), str):
        return False
    options = entry.get("options", ())
    return isinstance(options, tuple) and all(isinstance(option, dict) for option in options)


def _trimmed(value: object) -> object:
    match value:
        case dict():
            return [(key, _trimmed(below)) for key, below in value.items()]
        case tuple():
            return [_trimmed(item) for item in value]
        case _:
            return [line.rstrip() for line in str(value).strip().split("\n")]


def _round_trip() -> "YAML":
    """A reader and writer that keeps comments and takes every scalar for text, as the bank does."""
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class Text(VersionedResolver):
        versioned_resolver: Any = {}  # noqa: RUF012, the library's own way of having no resolvers

    yaml = YAML(typ="rt")
    yaml.Resolver = Text
    yaml.preserve_quotes = True
    yaml.width = 4096
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml
