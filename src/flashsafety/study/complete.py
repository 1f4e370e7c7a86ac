"""Completing the term that is being typed into a search. Pure."""

import re
from collections.abc import Callable, Sequence

from flashsafety.study.search_words import PROPERTIES, REASONS, STATES, WORDS

_LAST = re.compile(r"(?:^|[\s(])-?([^\s(\"]+)$")
"""The term at the end, without what stands before it."""


def complete(text: str, names: Callable[[str], Sequence[str]]) -> str | None:
    """The text with its last term completed; none when there is nothing to add.

    Args:
        text: What was typed so far.
        names: Gives what a search word such as ``tag`` may be followed by.
    """
    last = _LAST.search(text)
    if last is None or len(last[1]) < 2:
        return None
    word, colon, begun = last[1].partition(":")
    if not colon:
        known: Sequence[str] = [f"{name}:" for name in WORDS]
        begun = word
    elif word == "is":
        known = [state for state in STATES if state != "learn"] + ["learning"]
    elif word == "prop":
        known = PROPERTIES
    elif word == "flag":
        known = REASONS
    else:
        known = names(word)
    for name in known:
        if name.startswith(begun.casefold()) and len(name) > len(begun):
            return text + name[len(begun) :]
    return None
