"""The search language of ``cards``: Anki's words where they exist.

Terms are separated by spaces and all must hold; ``-`` before a term turns it round; quotes keep
words together. ``module: topic: tag: type: flag: is:`` name a field, all else is looked for in the
card's id and text, case ignored.
"""

import difflib
import shlex
from dataclasses import dataclass
from typing import cast

from flashsafety.errors import UsageError
from flashsafety.store.queries import FIELDS, STATES, Field, Term


@dataclass(frozen=True, slots=True)
class Search:
    """A query as its terms."""

    terms: tuple[Term, ...]


def parse(query: str) -> Search:
    """The terms of a query.

    Raises:
        UsageError: An unknown field or state, or a quote that is not closed.
    """
    try:
        words = shlex.split(query, posix=True)
    except ValueError as error:
        raise UsageError(f"in the query {query!r} a quote is not closed") from error
    return Search(tuple(_term(word) for word in words if word not in ("-", "")))


def _term(word: str) -> Term:
    negated = word.startswith("-")
    field, colon, value = word.removeprefix("-").partition(":")
    if not colon or not field.isalpha():
        return Term("text", word.removeprefix("-"), negated)
    if field not in FIELDS or field == "text":
        raise _unknown("field", field, [name for name in FIELDS if name != "text"])
    if field == "is" and value not in STATES:
        raise _unknown("state", value, list(STATES))
    return Term(cast(Field, field), value, negated)


def _unknown(what: str, word: str, known: list[str]) -> UsageError:
    near = difflib.get_close_matches(word, known, 1)
    hint = f'did you mean "{near[0]}"? ' if near else ""
    return UsageError(
        f'unknown {what} "{word}" in the query',
        mend=f"{hint}a query takes: {', '.join(known)}; to find a colon itself, quote the words",
    )
