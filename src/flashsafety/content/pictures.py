"""Pictures in a card's text: ``![what it shows](images/file.png)`` on a line of its own.

The file lies in the folder of the card file or below it, so that a bank can be moved, packed and
read by others whole. Nothing is ever fetched, and no path leads out of the bank.
"""

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from flashsafety.content.changed import PICTURE_ENDINGS, locate, root_of

if TYPE_CHECKING:
    from flashsafety.content.notes import AnyNote, Note

LINE = re.compile(r"!\[([^\[\]]*)\]\(([^()\s]*)\) *")
"""A picture, as all that stands on its line: its words and its path."""

MOST = 4
"""Pictures of a note: each is read and unpacked while a learner waits."""

_BLOCKS = ("prompt", "text", "definition", "answer", "why")
"""Keys whose values are shown as blocks of Markdown, so that a picture may stand in them."""
_PART = r"[a-z0-9][a-z0-9_-]*"
_PATH = re.compile(rf"(?:{_PART}/)*{_PART}\.(?:{'|'.join(x[1:] for x in PICTURE_ENDINGS)})")
_INSIDE = 'put it beside the cards, and name it from there: "images/file.png"'


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture on a card."""

    words: str
    """What it shows, for whoever cannot see it; plain text."""
    path: str
    """As the card has it: from the folder of the card's file, with forward slashes."""


def pictures(markdown: str) -> tuple[Picture, ...]:
    """The pictures in a text, in order."""
    if "![" not in markdown:
        return ()
    from flashsafety.content.markdown import parse

    found = (token for token in parse(markdown) if token.type == "picture")
    return tuple(Picture(token.content, str(token.attrs["src"])) for token in found)


def cut(markdown: str) -> tuple[str, ...]:
    """A text cut before each of its pictures; all pieces but the first begin with one."""
    if "![" not in markdown:
        return (markdown,)
    from flashsafety.content.markdown import parse
    from flashsafety.content.visible import visible

    lines = visible(markdown).split("\n")
    starts = [token.map[0] for token in parse(markdown) if token.type == "picture" and token.map]
    ends = [*starts, len(lines)]
    return tuple("\n".join(lines[start:end]) for start, end in zip([0, *starts], ends, strict=True))


def blocks(note: "AnyNote") -> Iterator[tuple[str, str]]:
    """Key and text of each value of a note that pictures may stand in."""
    for key in _blocks_of(type(note)):
        value = getattr(note, key)
        if value is not None and (key != "answer" or note.type == "question"):
            yield key, value


@cache
def _blocks_of(model: "type[Note]") -> tuple[str, ...]:
    """Those of the keys that notes of a type have; asking a note for another is slow."""
    return tuple(key for key in _BLOCKS if key in model.model_fields)


def note_pictures(note: "AnyNote") -> dict[str, Picture]:
    """The pictures of a note by their paths as written."""
    return {found.path: found for _, text in blocks(note) for found in pictures(text)}


def worded(text: str) -> str:
    """A text with each picture's words in its place."""
    return LINE.sub(r"\1", text) if "![" in text else text


def picture_file(roots: Sequence[str], card_file: str, path: str) -> str | None:
    """Where a picture is on this machine; none unless it is a plain file inside the bank.

    Args:
        roots: The bank's folders.
        card_file: The card's file, as ``changed.stat_bank`` names it.
        path: As the card has it.
    """
    if not _PATH.fullmatch(path):
        return None
    full = os.path.join(os.path.dirname(locate(roots, card_file)), path)
    root = os.path.join(os.path.realpath(root_of(roots, card_file)), "")
    inside = os.path.realpath(full).startswith(root)
    return full if inside and os.path.isfile(full) else None


def picture_hashes(roots: Sequence[str], card_file: str, note: "AnyNote") -> dict[str, str]:
    """The hash of each picture of a note, by its path as written; empty of one that is unusable.

    Args:
        roots: The bank's folders.
        card_file: The note's file, as ``changed.stat_bank`` names it.
        note: The note.
    """
    from flashsafety.content.image import read_image

    hashes = {}
    for path in note_pictures(note):
        full = picture_file(roots, card_file, path)
        data = read_image(full) if full else None
        hashes[path] = ""
        if isinstance(data, bytes):
            hashes[path] = blake2b(data, digest_size=16).hexdigest()
    return hashes


def wrong_path(path: str) -> tuple[str, str] | None:
    """Message and mend for a path that no picture may have; none for one that will do."""
    if _PATH.fullmatch(path):
        return None
    named = f'"{path[:80]}"'
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//", path):
        return f"{named} is an address, and pictures are never fetched", _INSIDE
    if re.match(r"[/\\~]|[A-Za-z]:", path) or ".." in path.split("/"):
        return f"{named} leads out of the folder of this file", _INSIDE
    ending = path.rpartition(".")[2].lower()
    if ending in ("svg", "svgz"):
        what = "is an SVG, a document that may hold scripts and that no terminal draws"
        return f"{named} {what}", "export it as PNG"
    if f".{ending}" not in PICTURE_ENDINGS:
        return f"{named} is no PNG or JPEG", "save it as one: every program shows those"
    parts = [re.sub(r"[^a-z0-9_]+", "-", part).strip("-_") for part in path[:-4].lower().split("/")]
    proposal = "/".join(part for part in parts if part) + f".{ending}"
    mend = "lower-case letters, digits and hyphens read the same on every system"
    fits = _PATH.fullmatch(proposal)
    return f"{named} will not do as a name", f'{mend}: "{proposal}"' if fits else mend
