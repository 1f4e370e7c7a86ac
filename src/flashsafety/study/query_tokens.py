"""The search language's tokens: terms with what stood before them, brackets, ``or`` and ``and``."""

from collections.abc import Iterator
from typing import NamedTuple

from flashsafety.errors import UsageError

ESCAPED = '"*_\\:()-'
"""What a backslash takes the meaning of; before anything else it is itself."""


class QueryError(UsageError):
    """A search that cannot be understood."""

    def __init__(self, what: str, column: int, mend: str) -> None:
        """Keep where it is, counted from 1."""
        super().__init__(what, where=f"column {column} of the search", mend=mend)
        self.column = column


class Character(NamedTuple):
    """One character of a term."""

    text: str
    plain: bool
    """No backslash stood before it, so it may be more than itself."""


class Token(NamedTuple):
    """A bracket, a word that joins, or a term."""

    kind: str
    """``(``, ``)``, ``or``, ``and`` or ``term``."""
    column: int
    turned: bool = False
    """A minus stood before it."""
    term: tuple[Character, ...] = ()
    quoted: bool = False
    """The whole term stood in quotes."""


def tokens(text: str) -> Iterator[Token]:
    """The tokens of a search.

    Raises:
        QueryError: A quote is not closed, or holds nothing.
    """
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        start = at
        after = text[at + 1 : at + 2]
        turned = text[at] == "-" and after != "" and after != ")" and not after.isspace()
        at += turned
        if text[at] in "()":
            yield Token(text[at], start + 1, turned)
            at += 1
            continue
        quoted = text[at] == '"'
        at, term = _term(text, at)
        word = "".join(character.text for character in term).casefold()
        if word in ("or", "and") and not (quoted or turned) and all(c.plain for c in term):
            yield Token(word, start + 1)
        else:
            yield Token("term", start + 1, turned, term, quoted)


def _term(text: str, at: int) -> tuple[int, tuple[Character, ...]]:
    """The term that begins at an index, and the index after it."""
    found: list[Character] = []
    while at < len(text):
        if text[at] == '"':
            # Quotes open a term, or what follows its colon; elsewhere they begin another term.
            if found and (found[-1] != (":", True) or found.count(found[-1]) > 1):
                break
            end, inside = _quoted(text, at)
            return end, (*found, *inside)
        if text[at].isspace() or text[at] in "()":
            break
        at, character = _character(text, at)
        found.append(character)
    return at, tuple(found)


def _quoted(text: str, at: int) -> tuple[int, list[Character]]:
    """What stands between quotes, and the index after the second."""
    start = at
    at += 1
    found: list[Character] = []
    while at < len(text):
        if text[at] == '"':
            if not found:
                raise QueryError(
                    "there is nothing between the quotes", start + 1, r"to find a quote, write \""
                )
            return at + 1, found
        at, character = _character(text, at)
        found.append(character)
    raise QueryError("this quote is not closed", start + 1, r"close it, or write \" for the sign")


def _character(text: str, at: int) -> tuple[int, Character]:
    if text[at] == "\\" and text[at + 1 : at + 2] and text[at + 1] in ESCAPED:
        return at + 2, Character(text[at + 1], False)
    return at + 1, Character(text[at], True)
