"""The words by which a note is found: all that a learner is shown of it, and its id.

They are kept folded, and what a search asks for is folded the same way: capitals, compatibility
forms (``ﬁ``, ``²``), line breaks and the marks of emphasis and code do not count.
"""

import re
import unicodedata
from collections.abc import Iterator

from flashsafety.content.cloze import CLOZE
from flashsafety.content.notes import AnyNote
from flashsafety.content.pictures import worded

_NOT_TEXT = {
    "type", "topics", "source", "at", "tags", "level", "prerequisites", "exam", "replaces", "allow",
}  # fmt: skip
"""Keys that are no text of a card; most have a search word of their own."""

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
"""No bank's file may hold these, but a search may be asked for them; SQLite cannot take them."""


def storable(text: str) -> str:
    """A text that SQLite can take, with a sign for each character that it cannot."""
    return _NOT_STORABLE.sub("\ufffd", text)


def fold(text: str) -> str:
    """A text as it is compared: runs of white space are one space, those at the ends too."""
    if not text.isascii() or "\0" in text:
        text = unicodedata.normalize("NFKC", storable(text))
    bare = text.casefold().replace("**", "").replace("`", "")
    words = " ".join(bare.split())
    if not words:
        return bare[:1] and " "
    before, after = bare[0].isspace(), bare[-1].isspace()
    return f"{' ' * before}{words}{' ' * after}" if before or after else words


def searched_text(note: AnyNote) -> str:
    """The folded texts of a note, one a line, its id first."""
    shown = note.model_dump(exclude=_NOT_TEXT, exclude_defaults=True)
    texts = (note.id, *(text for key, value in shown.items() if key != "id" for text in _in(value)))
    return "\n".join(fold(_filled(text)).strip() for text in texts)


def _filled(text: str) -> str:
    """A text with its gaps filled, and words in the place of pictures."""
    return worded(CLOZE.sub(r"\2", text) if "{{c" in text else text)


def _in(value: object) -> Iterator[str]:
    """Every text inside a value of a note."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _in(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _in(part)
