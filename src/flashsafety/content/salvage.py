"""A file of cards that cannot be read as a whole, read card by card.

One slip in YAML loses the file to a parser. Here the text is cut at the lines on which cards begin,
and each piece is parsed by itself, so that one bad card never hides the good ones.
"""

import re
from dataclasses import dataclass

from flashsafety.content import advice
from flashsafety.content.faults import Faults
from flashsafety.content.notes import CardFile
from flashsafety.content.positions import Document, SyntaxFault, parse
from flashsafety.content.tree import Tree, Value

PIECE_LIMIT = 20_000
"""Cards tried one by one in a file; more cannot be told from an attack."""

_CARDS = re.compile(r"cards: *(#.*)?$")
_TOP_KEY = re.compile(rf"({'|'.join(CardFile.model_fields)}):( |$)")
_ITEM = re.compile(r"( *)- ")
_ID_ITEM = re.compile(r"( *)- +(id|type):( |$)")
_ID = re.compile(r"^ *(?:- +)?id: *[\"']?([a-z0-9][a-z0-9-]{1,80})[\"']? *(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One item of ``cards:``, as far as it could be read."""

    value: "Value | None"
    """None when it could not."""
    tree: "Tree | None"
    first: int
    """First line, from 1."""
    last: int
    """Last line."""
    id: str | None
    """The id as the text has it, when the piece could not be read."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What could be read of a broken file."""

    head: Document
    """All but the cards."""
    pieces: tuple[Piece, ...]


def salvage(text: str, fault: SyntaxFault, faults: Faults) -> Salvaged | None:
    """Read a file card by card; none when no cards can be told apart in it.

    Args:
        text: The file.
        fault: Why it could not be read as a whole; reported when no piece shows a reason.
        faults: Receives the problems of the pieces.
    """
    lines = text.split("\n")
    cards = next((n for n, line in enumerate(lines) if _CARDS.match(line)), None)
    if cards is None:
        advice.report(fault, lines, faults)
        return None
    end = next((n for n in range(cards + 1, len(lines)) if _TOP_KEY.match(lines[n])), len(lines))
    starts = _starts(lines, cards + 1, end)
    if not starts or len(starts) > PIECE_LIMIT:
        advice.report(fault, lines, faults)
        return None
    before = len(faults.problems)
    # The cards' lines are left blank, so that what stands below them keeps its place.
    head_lines = lines[:cards] + [""] * (end - cards) + lines[end:]
    head = parse("\n".join(head_lines), faults)
    if head.fault:
        advice.report(head.fault, lines, faults)
    above = (line.strip() for line in lines[cards + 1 : starts[0]])
    gap = [line for line in above if line and line[0] != "#"]
    pieces = tuple(
        _piece(lines, first, last, faults)
        for first, last in zip(starts, [*starts[1:], end], strict=True)
    )
    if gap or len(faults.problems) == before:
        column = len(lines[starts[0]]) - len(lines[starts[0]].lstrip(" -")) + 1
        advice.report(fault, lines, faults, column)
    return Salvaged(head, pieces)


def _starts(lines: list[str], first: int, end: int) -> list[int]:
    """Indexes of the lines on which a card begins.

    A dash in the column of the first card's begins one; so does a dash with an id or a type that
    stands a little to the left or right, since a dash out of line is a common slip.
    """
    indent = None
    starts = []
    for number in range(first, end):
        match = _ITEM.match(lines[number])
        if match is None:
            continue
        at = len(match[1])
        if indent is None:
            indent = at
        if at == indent or (at <= indent + 3 and _ID_ITEM.match(lines[number])):
            starts.append(number)
    return starts


def _piece(lines: list[str], first: int, last: int, faults: Faults) -> Piece:
    """Parse the lines from ``first`` up to, not including, ``last``; indexes from 0."""
    text = "\n".join(lines[first:last]) + "\n"
    found_here = Faults(faults.file)
    document = parse(text, found_here, first)
    if document.fault:
        column = len(lines[first]) - len(lines[first].lstrip(" -")) + 1
        advice.report(document.fault, lines, faults, column)
    # One slip, one message: what it led the parser to see on its line is not said again.
    said = {problem.line for problem in faults.problems} if document.fault else set()
    faults.problems += [p for p in found_here.problems if p.line not in said]
    value, tree = document.value, document.tree
    if isinstance(value, tuple) and len(value) == 1 and tree and isinstance(tree[1], list):
        return Piece(value[0], tree[1][0], first + 1, last, None)
    found = _ID.search(text)
    return Piece(None, None, first + 1, last, found[1] if found else None)
