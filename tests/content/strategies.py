"""Hypothesis strategies for notes of every type."""

import re
from typing import cast

from hypothesis import strategies as st

from flashsafety.content.notes import NOTE_CLASSES, AnyNote

CHARACTERS = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp"),
    exclude_characters="\ufeff\ufffe\uffff",
) | st.sampled_from("\n :#'\"{}[]|>-*&!%@`$\\")


def trimmed(text: str) -> str:
    """As a block of YAML gives it: no blanks at its ends, nor at the ends of its lines."""
    return re.sub(r"\s+\n|\n\s+", "\n", text).strip()


prose = st.text(CHARACTERS, max_size=60).map(trimmed).filter(bool)
line = prose.map(lambda text: " ".join(text.split())).filter(bool)
slugs = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}", fullmatch=True)
ids = slugs.filter(lambda text: 3 <= len(text) <= 60)
numbers = st.integers(-(10**9), 10**9).map(str) | st.decimals(
    allow_nan=False, allow_infinity=False, places=3
).map(str).filter(lambda text: len(text) < 60)
plain = prose.filter(lambda text: "{{" not in text and "}}" not in text and "::" not in text)
gap = plain.filter(lambda text: not set(text) & set("{}\\:"))


@st.composite
def cloze_text(draw: st.DrawFn) -> str:
    count = draw(st.integers(1, 3))
    parts = [f"{{{{c{n}::{draw(gap)}}}}} {draw(gap)}" for n in range(1, count + 1)]
    return " ".join(parts)


@st.composite
def options(draw: st.DrawFn) -> tuple[dict[str, object], ...]:
    texts = draw(st.lists(line, min_size=3, max_size=5, unique=True))
    right = draw(st.integers(0, len(texts) - 1))
    return tuple(
        {"text": text, "why": draw(prose), "answer": index == right}
        for index, text in enumerate(texts)
    )


def some(
    strategy: st.SearchStrategy[str], least: int = 0, most: int = 4
) -> st.SearchStrategy[object]:
    return st.lists(strategy, min_size=least, max_size=most, unique=True).map(tuple)


COMMON = {
    "at": line,
    "why": prose,
    "tags": some(slugs),
    "level": st.sampled_from(["core", "further"]),
    "prerequisites": some(ids),
    "exam": st.booleans(),
    "replaces": ids,
    "allow": st.dictionaries(slugs, line, max_size=2),
}
OWN: dict[
    str, tuple[dict[str, st.SearchStrategy[object]], dict[str, st.SearchStrategy[object]]]
] = {
    "concept": (
        {"term": line, "definition": prose},
        {"also": some(line), "directions": st.sampled_from(["both", "forward", "reverse"])},
    ),
    "question": ({"prompt": prose, "answer": prose}, {"rubric": some(line, 2, 5)}),
    "choice": ({"prompt": prose, "options": options()}, {"fixed": st.booleans()}),
    "cloze": ({"text": cloze_text()}, {}),
    "numeric": (
        {"prompt": prose, "answer": numbers},
        {"tolerance": st.sampled_from(["0.01", "5%", "0"]), "unit": line},
    ),
    "typed": ({"prompt": prose, "answer": line}, {"accept": some(line)}),
    "ordering": ({"prompt": prose, "items": some(line, 3, 7)}, {"partial": st.booleans()}),
}


def notes_of(kind: str) -> st.SearchStrategy[AnyNote]:
    own, optional = OWN[kind]
    keys = st.fixed_dictionaries(
        {"id": ids, "type": st.just(kind), "topics": some(slugs, 1), "source": slugs, **own},
        optional={**COMMON, **optional},
    )
    return keys.map(lambda value: cast("AnyNote", NOTE_CLASSES[kind].model_validate(value)))


notes: st.SearchStrategy[AnyNote] = st.sampled_from(sorted(OWN)).flatmap(notes_of)
