"""A new card: a proposed id, the keys to fill in, and how it is put into a file's text."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from flashsafety.content.faults import Faults
from flashsafety.content.layout import MODELINE
from flashsafety.content.notes import CardFile
from flashsafety.content.positions import parse

_EMPTY = {
    "concept": ("term", ("definition: |", "  ", "why: |", "  ")),
    "question": (
        "prompt",
        ("answer: |", "  ", "rubric:", "  - ", "  - ", "why: |", "  "),
    ),
    "choice": (
        "prompt",
        (
            "options:",
            *("  - text: ", "    answer: true", "    why: |", "      "),
            *("  - text: ", "    why: |", "      ") * 2,
        ),
    ),
    "cloze": ("text", ("why: |", "  ")),
    "numeric": ("prompt", ("answer: ", "tolerance: ", "why: |", "  ")),
    "typed": ("prompt", ("answer: ", "accept: []", "why: |", "  ")),
    "ordering": ("prompt", ("items:", "  - ", "  - ", "  - ", "why: |", "  ")),
}
"""Type to the key that opens the card, and the keys that are left to fill in."""
_SMALL = frozenset(
    """
    a an and are as at by does do for from how in is it its of on or that the to what when which
    why with
    """.split()  # noqa: SIM905, a wall of quotes reads worse
)
_TOP_KEY = re.compile(rf"({'|'.join(CardFile.model_fields)}):")


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A card that is begun."""

    lines: tuple[str, ...]
    """As they stand in a file."""
    first: int
    """Index of the first line that is left to fill in, at its end."""


def types() -> tuple[str, ...]:
    """The types of cards, in the order in which to offer them."""
    return tuple(_EMPTY)


def opening(kind: str) -> str:
    """The key that opens a card of a type: what it asks about."""
    return _EMPTY[kind][0]


def proposed_id(text: str) -> str:
    """An id made of the telling words of a term or a prompt."""
    text = re.sub(r"\{\{c\d+::(.*?)(?:::.*?)?\}\}", r"\1", text)
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'s", ""))
    telling = [word for word in words if word not in _SMALL] or words or ["card"]
    slug = telling[0][:40]
    for word in telling[1:6]:
        if len(slug) + len(word) < 50:
            slug += f"-{word}"
    return slug if len(slug) >= 3 else f"{slug}-card"


def free_id(id_: str, taken: Collection[str]) -> str:
    """The id, or the first with a number behind it that is not taken."""
    number, free = 2, id_
    while free in taken:
        free, number = f"{id_}-{number}", number + 1
    return free


def head(module: str, topic: str, source: str, *, schema: bool) -> str:
    """The top of a new file."""
    line = f"{MODELINE}../schema.json\n" if schema else ""
    return f"{line}module: {module}\ntopics: [{topic}]\nsource: {scalar(source)}\n\ncards:\n"


def skeleton(
    kind: str, id_: str, text: str, *, topic: str | None, source: str | None, at: str | None
) -> Skeleton:
    """A new card, what is yet to be written left empty.

    Args:
        kind: Its type.
        id_: Its id.
        text: The value of its opening key, without blanks at its ends.
        topic: None when the top of the file gives it.
        source: None when the top of the file gives it.
        at: Where in the source, if one knows already.
    """
    key, rest = _EMPTY[kind]
    lines = [f"id: {id_}", f"type: {kind}"]
    lines += [f"topics: [{topic}]"] if topic else []
    lines += [f"source: {scalar(source)}"] if source else []
    lines += [f"at: {_quoted(at)}"] if at else []
    if key == "term":
        lines.append(f"term: {scalar(text)}")
    else:
        lines += [f"{key}: |", *(f"  {line}".rstrip() for line in text.split("\n"))]
    written = len(lines)
    lines = [("  - " if n == 0 else "    ") + line for n, line in enumerate([*lines, *rest])]
    empty = (n for n in range(written, len(lines)) if lines[n].endswith(" "))
    return Skeleton(tuple(lines), next(empty))


def scalar(text: str) -> str:
    """A text as a value on one line that reads back as given: bare where YAML lets it be."""
    faults = Faults("")
    document = parse(f"key: {text}\n", faults)
    # Other readers of YAML, editors among them, take these two for no value at all.
    bare = document.value == {"key": text} and text.lower() not in ("null", "~")
    return text if bare and not faults.problems else _quoted(text)


def _quoted(text: str) -> str:
    """A text in quotes: double ones, unless a sign in it would mean something there."""
    return "'" + text.replace("'", "''") + "'" if set(text) & {'"', "\\"} else f'"{text}"'


def inserted(text: str, card: Sequence[str], line: int | None) -> tuple[str, int]:
    """A file's text with a card put in, and the line on which the card begins.

    What was there stays as it was, comments too: those above a card belong to it.

    Args:
        text: The file.
        card: The lines of the card.
        line: First line of the card that the new one follows, from 1; none for the file's end.
    """
    lines = text.rstrip("\n").split("\n")
    end, dash = len(lines), 2
    if line is not None:
        dash = lines[line - 1].find("-")
        begins = (
            number for number in range(line, len(lines))
            if lines[number].startswith(" " * dash + "- ") or _TOP_KEY.match(lines[number])
        )  # fmt: skip
        end = next(begins, len(lines))
    # What is indented further, blanks too, is text of the card above or waits to become it.
    while end > 0 and re.fullmatch(rf" {{0,{dash}}}(#.*)?", lines[end - 1]):
        end -= 1
    first = [] if lines[end - 1] == "cards:" else [""]
    rest = lines[end:] if not lines[end:] or not lines[end].strip() else ["", *lines[end:]]
    return "\n".join([*lines[:end], *first, *card, *rest]) + "\n", end + len(first) + 1
