"""The search words: what a term asks for."""

import re
from collections.abc import Callable
from typing import NoReturn, cast, get_args

from flashsafety.content.nearest import suggest
from flashsafety.store import tree
from flashsafety.store.tree import Tree, Wild
from flashsafety.study.query_tokens import Character, QueryError, Token
from flashsafety.terms import FlagReason

STATES = get_args(tree.State)
PROPERTIES = get_args(tree.Property)
REASONS = get_args(FlagReason)

_ALIKE = {"learning": "learn"}
_ELSEWHERE = {
    "deck": "a deck of Anki is a module here: module:accident-models",
    "nid": "notes have names here: note:swiss-cheese-model",
    "cid": "cards have names here: card:swiss-cheese-model/forward",
    "added": "when a card was written is in the history of the bank",
    "edited": "when a card was written is in the history of the bank",
    "re": "there are no regular expressions; * stands for any text and _ for one character",
}
"""Anki's words that are other words here."""


def read(token: Token) -> Tree:
    """What a term asks for: its search word decides, and a term without one is words to find."""
    colon = next((i for i, c in enumerate(token.term) if c == (":", True)), None)
    if colon is None:
        return tree.Words(_pattern(token.term))
    word = "".join(character.text for character in token.term[:colon]).casefold()
    if not word.isalpha():
        return tree.Words(_pattern(token.term))
    reader = WORDS.get(word)
    if reader is not None:
        return reader(word, token.term[colon + 1 :], token.column)
    if token.quoted:
        return tree.Words(_pattern(token.term))
    known = f"search words: {', '.join(WORDS)}; to find the colon itself, put the term in quotes"
    raise QueryError(
        f'there is no search word "{word}"',
        token.column,
        _ELSEWHERE.get(word) or suggest(word, WORDS, known),
    )


def _pattern(term: tuple[Character, ...]) -> tree.Pattern:
    parts: list[str | Wild] = []
    for text, plain in term:
        if plain and text in "*_":
            parts.append(Wild(text))
        elif parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)
    return tuple(parts)


def _text(term: tuple[Character, ...]) -> str:
    return "".join(character.text for character in term).casefold()


def _named(word: str, value: tuple[Character, ...], column: int) -> Tree:
    if not value:
        mend = "tag:none finds cards without one" if word == "tag" else f"{word}:a* finds several"
        raise QueryError(f"{word}: needs a name after it", column, mend)
    if word == "tag" and _text(value) == "none":
        return tree.Untagged()
    return tree.Named(cast(tree.Name, word), _pattern(value))


def _is(_: str, value: tuple[Character, ...], column: int) -> Tree:
    state = _ALIKE.get(_text(value), _text(value))
    if state not in STATES:
        _unknown("state", state, STATES, column, "is: takes")
    return tree.Is(cast(tree.State, state))


def _flag(_: str, value: tuple[Character, ...], column: int) -> Tree:
    reason = _text(value)
    if reason and reason not in REASONS:
        _unknown("reason to flag", reason, REASONS, column, "flag: stands alone, or takes")
    return tree.Flagged(cast(FlagReason, reason) if reason else None)


_COMPARED = re.compile(r"([a-z]*)(!=|<=|>=|=|<|>)?(.*)", re.DOTALL)


def _prop(_: str, value: tuple[Character, ...], column: int) -> Tree:
    match = _COMPARED.fullmatch(_text(value))
    name, operator, number = match.groups() if match else ("", None, "")
    if name == "ease":
        raise QueryError("FSRS knows no ease", column, "difficulty is prop:d, from 1 to 10")
    if name not in PROPERTIES:
        _unknown("property", name, PROPERTIES, column, "prop: takes")
    if operator is None:
        raise QueryError(
            f"prop:{name} compares with nothing",
            column,
            f"write prop:{name}>1, or another of = != < <= > >=",
        )
    return tree.Has(
        cast(tree.Property, name), cast(tree.Operator, operator), _number(name, number, column)
    )


_FORMS = {
    "due": (r"-?[0-9]{1,5}", "a whole number of days, below 0 for the past"),
    "ivl": (r"[0-9]{1,5}", "a whole number of days"),
    "lapses": (r"[0-9]{1,5}", "a whole number"),
    "reps": (r"[0-9]{1,5}", "a whole number"),
    "s": (r"[0-9]{1,5}(\.[0-9]{1,9})?", "a number of days"),
    "d": (r"[0-9]{1,2}(\.[0-9]{1,9})?", "a number from 1 to 10"),
    "r": (r"0?\.[0-9]{1,9}|[01](\.0{1,9})?", "a chance from 0 to 1, as 0.9"),
}


def _number(name: str, text: str, column: int) -> float:
    form, says = _FORMS[name]
    if not re.fullmatch(form, text):
        raise QueryError(f'prop:{name} cannot be compared with "{text}"', column, f"write {says}")
    return float(text)


def _rated(word: str, value: tuple[Character, ...], column: int) -> Tree:
    match = re.fullmatch(r"([0-9]{1,5})(?::([1-4]))?", _text(value))
    if match is None or (match[2] and word == "introduced"):
        mend = {
            "rated": "rated:7 finds cards rated in the last 7 days, rated:7:1 those rated Again",
            "introduced": "introduced:7 finds cards first rated in the last 7 days",
        }[word]
        raise QueryError(f'{word}: cannot be "{_text(value)}"', column, mend)
    days = max(1, int(match[1]))
    if word == "introduced":
        return tree.Introduced(days)
    return tree.Rated(days, int(match[2]) if match[2] else None)


def _unknown(what: str, word: str, known: tuple[str, ...], column: int, before: str) -> NoReturn:
    takes = f"{before} {', '.join(known)}"
    raise QueryError(
        f'there is no {what} "{word}"' if word else f"a {what} is missing",
        column,
        suggest(word, known, takes) if word else takes,
    )


_Reader = Callable[[str, tuple[Character, ...], int], Tree]
WORDS: dict[str, _Reader] = {
    "is": _is,
    "module": _named,
    "topic": _named,
    "tag": _named,
    "type": _named,
    "flag": _flag,
    "prop": _prop,
    "rated": _rated,
    "introduced": _rated,
    "source": _named,
    "note": _named,
    "card": _named,
}
"""The search words, those used most first."""
