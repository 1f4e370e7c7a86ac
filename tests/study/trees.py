"""Random searches as trees, and as the texts that ask for them."""

from typing import get_args

from hypothesis import strategies as st

from flashsafety.store.tree import (
    All,
    Any,
    Flagged,
    Has,
    Introduced,
    Is,
    Name,
    Named,
    Not,
    Operator,
    Pattern,
    Property,
    Rated,
    State,
    Tree,
    Untagged,
    Wild,
    Words,
)
from flashsafety.terms import FlagReason

LETTERS = "abcé ßε日 *_[]?%\"\\:()-'`\n\u0301"
"""Few, so that a search often finds something; each sign that means something to somebody."""


def _joined(parts: list[str | Wild]) -> Pattern:
    """Texts side by side are one text, and an empty one is none."""
    found: list[str | Wild] = []
    for part in parts:
        if isinstance(part, str) and found and isinstance(found[-1], str):
            found[-1] += part
        elif part != "":
            found.append(part)
    return tuple(found) or ("a",)


def patterns(letters: str) -> st.SearchStrategy[Pattern]:
    piece = st.one_of(st.text(letters, max_size=5), st.sampled_from(Wild))
    return st.lists(piece, min_size=1, max_size=4).map(_joined)


NAMES = {
    "card": ("recall", "forward", "no0/recall", "no1/forward", "no2/reverse"),
    "module": ("shapes", "numbers"),
    "note": ("no0", "no1", "no2"),
    "source": ("euclid", "euler"),
    "tag": ("area", "angles"),
    "topic": ("circles", "squares"),
    "type": ("question", "concept"),
}
"""Names that the worlds of these tests have."""


@st.composite
def _named(draw: st.DrawFn) -> Named:
    name = draw(st.sampled_from(get_args(Name)))
    whole = draw(st.sampled_from(NAMES[name]))
    start, end = sorted(draw(st.tuples(st.integers(0, len(whole)), st.integers(0, len(whole)))))
    wild = draw(st.one_of(st.none(), st.sampled_from(Wild)))
    if wild is None:
        return Named(name, (whole,))
    return Named(name, _joined([whole[:start], wild, whole[end:]]))


_numbers: dict[Property, st.SearchStrategy[float]] = {
    "d": st.integers(0, 99).map(lambda tenths: tenths / 10),
    "due": st.integers(-40, 40).map(float),
    "ivl": st.integers(0, 40).map(float),
    "lapses": st.integers(0, 9).map(float),
    "r": st.integers(0, 100).map(lambda percent: percent / 100),
    "reps": st.integers(0, 9).map(float),
    "s": st.integers(0, 400).map(lambda tenths: tenths / 10),
}
_has = st.sampled_from(get_args(Property)).flatmap(
    lambda name: st.builds(Has, st.just(name), st.sampled_from(get_args(Operator)), _numbers[name])
)
_days = st.integers(1, 60)
terms: st.SearchStrategy[Tree] = st.one_of(
    st.builds(Words, patterns(LETTERS)),
    _named(),
    st.just(Untagged()),
    st.builds(Flagged, st.sampled_from([None, *get_args(FlagReason)])),
    st.builds(Is, st.sampled_from(get_args(State))),
    _has,
    st.builds(Rated, _days, st.sampled_from([None, 1, 2, 3, 4])),
    st.builds(Introduced, _days),
)
trees: st.SearchStrategy[Tree] = st.recursive(
    terms,
    lambda parts: st.one_of(
        st.builds(Not, parts),
        st.builds(All, st.lists(parts, min_size=2, max_size=3).map(tuple)),
        st.builds(Any, st.lists(parts, min_size=2, max_size=3).map(tuple)),
    ),
    max_leaves=8,
)


def as_text(asked: Tree) -> str:
    """A search that asks for a tree, in more brackets and quotes than a person would write."""
    match asked:
        case Not(part):
            inner = as_text(part)
            return f"-({inner})" if isinstance(part, All | Any | Not) else f"-{inner}"
        case All(parts):
            return " ".join(_inside(part, All | Any) for part in parts)
        case Any(parts):
            return " or ".join(_inside(part, Any) for part in parts)
        case _:
            return _term(asked)


def _term(
    asked: Words | Named | Untagged | Flagged | Is | Has | Rated | Introduced,
) -> str:
    match asked:
        case Words(pattern):
            return f'"{_written(pattern)}"'
        case Named(name, pattern):
            return f'{name}:"{_written(pattern)}"'
        case Untagged():
            return "tag:none"
        case Flagged(reason):
            return f"flag:{reason or ''}"
        case Is(state):
            return f"is:{state}"
        case Has(name, operator, value):
            return f"prop:{name}{operator}{value:g}"
        case Rated(days, rating):
            return f"rated:{days}" + (f":{rating}" if rating else "")
        case Introduced(days):
            return f"introduced:{days}"


def _inside(part: Tree, bracketed: type | object) -> str:
    text = as_text(part)
    return f"({text})" if isinstance(part, bracketed) else text  # type: ignore[arg-type]


def _written(pattern: Pattern) -> str:
    return "".join(
        part.value
        if isinstance(part, Wild)
        else "".join(f"\\{c}" if c in '"*_\\:()-' else c for c in part)
        for part in pattern
    )
