"""The name that an author most likely meant, quickly even among many."""

from collections import Counter
from collections.abc import Iterable
from difflib import get_close_matches

FEW = 64
"""Up to so many names, comparing with each is quick enough."""
SHORTLIST = 16
CUTOFF = 0.6
"""Least likeness, 0..1, as difflib measures it; its own default."""
PART = 3
"""Fewest characters by which a name is known that has them in it."""
WIDTH = 80
"""Characters compared: a longer word is no slip of the finger."""


class Names:
    """A set of valid names that wrong ones are compared with."""

    def __init__(self, names: Iterable[str]) -> None:
        """Keep the names; the index over them is built when it is first needed."""
        self._names = list(names)
        self._grams: dict[str, list[int]] | None = None

    def nearest(self, word: str) -> str | None:
        """The name most like a word; none when none is like it."""
        word = word[:WIDTH]
        found = get_close_matches(word, self._shortlist(word), 1, CUTOFF)
        return found[0] if found else None

    def having(self, part: str) -> str | None:
        """The only name that has these characters in it; none when several have, or none has."""
        if len(part) < PART:
            return None
        found = [name for name in self._names if part in name]
        return found[0] if len(found) == 1 else None

    def _shortlist(self, word: str) -> list[str]:
        """The names that share most letter pairs with the word."""
        if len(self._names) <= FEW:
            return self._names
        if self._grams is None:
            self._grams = {}
            for index, name in enumerate(self._names):
                for gram in _pairs(name[:WIDTH]):
                    self._grams.setdefault(gram, []).append(index)
        # Pairs that most names share tell little and cost most: the rarest twelve decide.
        rarest = sorted((self._grams.get(gram, []) for gram in _pairs(word)), key=len)
        shared = Counter[int]()
        for indexes in [names for names in rarest if names][:12]:
            shared.update(indexes)
        scores = [
            (count / (len(self._names[index]) + len(word)), self._names[index])
            for index, count in shared.items()
        ]
        return [name for _, name in sorted(scores, reverse=True)[:SHORTLIST]]


def suggest(word: str, names: Iterable[str] | Names, otherwise: str) -> str:
    """``did you mean "..."?``, or something else to say when nothing is near.

    Near is a name like the word, or the only one that the word is a part of.
    """
    known = names if isinstance(names, Names) else Names(names)
    found = known.nearest(word) or known.having(word)
    return f'did you mean "{found}"?' if found else otherwise


def _pairs(text: str) -> set[str]:
    text = f"^{text}$"
    return {text[index : index + 2] for index in range(len(text) - 1)}
