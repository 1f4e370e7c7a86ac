r"""The search language: text to a tree, with Anki's own words where they exist. Pure.

Terms are separated by spaces and all must hold; ``or`` lets one of two hold and binds less; ``-``
before a term or a bracket turns it round. Quotes keep words together, ``*`` stands for any text and
``_`` for one character, and a backslash before ``" * _ \ : ( ) -`` takes their meaning away.
Source: Anki's manual, "Searching"; a test compares the two. Unlike there, a backslash before
anything else is itself, as in ``\alpha``.
"""

from collections.abc import Sequence

from flashsafety.store import tree
from flashsafety.store.tree import Tree
from flashsafety.study.query_tokens import QueryError, Token, tokens
from flashsafety.study.search_words import read

LONGEST = 1000
"""Characters. SQLite refuses the condition of a search several times as long."""

DEEPEST = 6
"""Brackets inside each other. SQLite refuses the condition of 9 at the worst."""


def parse(text: str) -> Tree:
    """What a search asks for; nothing asks for every card.

    Raises:
        QueryError: It cannot be understood.
    """
    if len(text) > LONGEST:
        raise QueryError(f"it is longer than {LONGEST} characters", LONGEST + 1, "ask for less")
    return _Parser(list(tokens(text)), len(text) + 1).whole()


def joined(words: Sequence[str]) -> str:
    """Arguments of a command line as one search: what was one argument stays one term."""
    return " ".join(map(_as_term, words))


def _as_term(word: str) -> str:
    if '"' in word or not any(letter.isspace() for letter in word):
        return word
    minus = "-" if word.startswith("-") else ""
    return f'{minus}"{word.removeprefix("-")}"'


class _Parser:
    def __init__(self, tokens: list[Token], end: int) -> None:
        self._tokens = tokens
        self._end = end
        self._at = 0
        self._depth = 0

    def whole(self) -> Tree:
        if not self._tokens:
            return tree.All(())
        found = self._any()
        if self._kind() == ")":
            raise QueryError(
                "this bracket closes nothing", self._column(), r"take it out, or write \)"
            )
        return found

    def _any(self) -> Tree:
        parts = [self._all()]
        while self._kind() == "or":
            self._at += 1
            parts.append(self._all())
        return parts[0] if len(parts) == 1 else tree.Any(tuple(parts))

    def _all(self) -> Tree:
        parts = [self._one()]
        while self._kind() in ("term", "(", "and"):
            self._at += self._kind() == "and"
            parts.append(self._one())
        return parts[0] if len(parts) == 1 else tree.All(tuple(parts))

    def _one(self) -> Tree:
        kind, column = self._kind(), self._column()
        if kind in ("or", "and"):
            raise QueryError(
                f'"{kind}" does not stand between two terms',
                column,
                f'take it out, or write "{kind}" in quotes to find the word',
            )
        if kind in ("", ")"):
            if self._at and self._tokens[self._at - 1].kind == "(":
                raise QueryError("there is nothing in these brackets", column, "take them out")
            raise QueryError(
                "a term is missing here", column, "go on, or take out what leads to it"
            )
        token = self._tokens[self._at]
        self._at += 1
        part = self._group(column) if kind == "(" else read(token)
        return tree.Not(part) if token.turned else part

    def _group(self, column: int) -> Tree:
        self._depth += 1
        if self._depth > DEEPEST:
            raise QueryError(
                f"more than {DEEPEST} brackets stand inside each other", column, "ask for less"
            )
        part = self._any()
        if self._kind() != ")":
            raise QueryError("this bracket is not closed", column, r"close it, or write \(")
        self._at += 1
        self._depth -= 1
        return part

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _column(self) -> int:
        return self._tokens[self._at].column if self._at < len(self._tokens) else self._end
