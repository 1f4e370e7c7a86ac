"""What an author did, from where and why the YAML parser gave up.

The parser names its own difficulty, often far from the slip. Four slips are behind nearly all of
them (a colon in one-line text, text that begins with a sign of YAML's, a comment by accident, a
line out of its column), and each is told apart by the line it happened on.
"""

import re
from collections.abc import Sequence

from flashsafety.content.faults import Faults, quoted
from flashsafety.content.notes import NOTE_CLASSES, CardFile, Option
from flashsafety.content.positions import SyntaxFault
from flashsafety.content.tree import Place

RULE = "yaml-syntax"
_KEY = re.compile(r"(?P<indent> *)(?P<dash>(?:- +)*)(?P<key>[A-Za-z_][\w-]*):(?=\s|$)")
_VALUE = re.compile(r" *(?:- +)*(?:[A-Za-z_][\w-]*:(?: +|$))?(?P<sign>[`\[\]{}*@%&!>|\"'?,#-])")
_TOO_TIGHT = re.compile(r" *(?:- +)*(?P<key>[A-Za-z_][\w-]*):\S")
_KEYS = {*CardFile.model_fields, *Option.model_fields}.union(
    *(model.model_fields for model in NOTE_CLASSES.values())
)
_BLOCK_BEGINS = re.compile(r" *[|>][-+0-9]* *(#.*)?$")
_BLOCK = "put the text in a | block: the key and | on one line, the text indented below"

Advice = tuple[Place, str, str]
"""Place, message and mend."""


def report(fault: SyntaxFault, lines: Sequence[str], faults: Faults, column: int = 0) -> None:
    """Add the problem behind a syntax fault, unless it has been reported.

    Args:
        fault: Where the parser gave up.
        lines: The lines of the file.
        faults: Receives the problem.
        column: Column, from 1, at which the keys of the card begin; 0 when there is no card.
    """
    if fault.final:
        return
    place, message, mend = _unindented(fault, lines) or _advise(fault, lines, column)
    faults.add(place, RULE, message, mend)


def _advise(fault: SyntaxFault, lines: Sequence[str], column: int) -> Advice:
    line = _line(lines, fault.place)
    if "mapping values are not allowed" in fault.problem:
        return _colon(fault, line, column)
    if "expected ':'" in fault.problem and fault.context_place:
        return _no_colon(fault.context_place, _line(lines, fault.context_place))
    opened = fault.context_place
    opening = fault.context.startswith("while parsing a flow") or "a quoted" in fault.context
    if opened and opening and opened[0] != fault.place[0]:
        return opened, *_unclosed(fault.context)
    if opening and fault.place[1] == 1:  # the text ended before anything stood in the bracket
        return _opened(fault, lines), *_unclosed(fault.context)
    found = _sign(fault, line)
    if found is not None:
        return found
    return _column(fault, line, column)


def _colon(fault: SyntaxFault, line: str, column: int) -> Advice:
    """``mapping values are not allowed``: a colon amid text, or a key out of its column."""
    before = line[: fault.place[1] - 1]
    if re.fullmatch(r" *(- +)*[\w-]+", before):
        return _column(fault, line, column)
    return fault.place, "a colon and a blank inside one-line text", _BLOCK


def _no_colon(place: Place, line: str) -> Advice:
    """``could not find expected ':'``: a line that is neither a key nor part of a text."""
    tight = _TOO_TIGHT.match(line)
    if tight:
        return (
            place,
            f"no blank after the colon of {quoted(tight['key'])}",
            "write a blank after the colon",
        )
    return (
        place,
        "this line is neither a key nor part of the text above it",
        "indent it as far as the text above; a key ends in a colon",
    )


def _opened(fault: SyntaxFault, lines: Sequence[str]) -> Place:
    """Where the bracket stands that the last line above a fault leaves open."""
    number = fault.place[0] - 1
    while number > 1 and not _line(lines, (number, 1)).strip():
        number -= 1
    line = _line(lines, (number, 1))
    return number, max(line.rfind("["), line.rfind("{")) + 1 or len(line)


def _unclosed(context: str) -> tuple[str, str]:
    if "quoted" in context:
        return "the quotation mark is never closed", _BLOCK
    return (
        "the bracket is never closed, or a comma is missing",
        "close it on the same line, with commas between its items; text that begins with a bracket"
        " goes in a | block",
    )


def _unindented(fault: SyntaxFault, lines: Sequence[str]) -> Advice | None:
    """A line of a block's text that an editor began further left; none when it is another slip."""
    number = fault.place[0]
    if "expected ':'" in fault.problem and fault.context_place:
        number = fault.context_place[0]
    line = _line(lines, (number, 1))
    match = _KEY.match(line)
    if not line.strip() or (match and (match["dash"] or match["key"] in _KEYS)):
        return None
    for above in range(number - 2, -1, -1):
        opening = _KEY.match(lines[above])
        if opening is not None and opening["key"] in _KEYS:
            break
    else:
        return None
    start, column = len(line) - len(line.lstrip()) + 1, opening.start("key") + 1
    if start > column or not _BLOCK_BEGINS.match(lines[above], opening.end()):
        return None
    text = next((x for x in lines[above + 1 : number - 1] if x.strip()), "")
    below = next((x for x in lines[number:] if x.strip()), "")
    wanted = _indent(text) or max(_indent(below), column + 1)
    return (
        (number, start),
        f"this line is not indented as the text of {quoted(opening['key'])} is",
        f"indent it by {wanted} blanks{', as the text above it' if text else ''}",
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _sign(fault: SyntaxFault, line: str) -> Advice | None:
    """Text that begins with a sign that means something to YAML; none when it does not."""
    if fault.problem.endswith("expected '-' indicator"):
        return None
    match = _VALUE.match(line)
    if match is None or match.start("sign") + 1 > fault.place[1]:
        return None
    sign = match["sign"]
    if sign == "#" or (sign == "-" and not line[: match.start("sign")].strip()):
        return None
    place = (fault.place[0], match.start("sign") + 1)
    if sign in "\"'":
        return place, "text goes on after the closing quotation mark", _BLOCK
    if sign in ">|" and "comment or line break" in fault.problem:
        return place, f"text on the same line as {sign}", "begin the text on the line below"
    return place, f"text may not begin with {sign}", _BLOCK


def _column(fault: SyntaxFault, line: str, column: int) -> Advice:
    """A line that starts in the wrong column."""
    match = _KEY.match(line)
    if match is None:
        return _stray(fault, line)
    start = match.start("key") + 1
    place = (fault.place[0], start)
    if match["dash"]:
        dash = match.end("indent") + 1
        return (
            (fault.place[0], dash),
            f"this item starts at column {dash}, which is not that of the others",
            "line its dash up with the dashes of the other items",
        )
    wanted = f", its card's keys at column {column}" if column else ""
    return (
        place,
        f"the key {quoted(match['key'])} starts at column {start}{wanted}",
        f"indent it by {column - 1} blanks" if column else "line it up with the keys above it",
    )


def _stray(fault: SyntaxFault, line: str) -> Advice:
    if line.strip():
        start = len(line) - len(line.lstrip()) + 1
        return (
            (fault.place[0], start),
            "this line is neither a key nor part of the text above it",
            "indent it as far as the text above; a key ends in a colon",
        )
    words = f": {fault.problem}" if fault.problem else ""
    return fault.place, f"this cannot be read as YAML{words}", _BLOCK


def _line(lines: Sequence[str], place: Place) -> str:
    return lines[place[0] - 1] if 0 < place[0] <= len(lines) else ""
