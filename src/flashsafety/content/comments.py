"""Text on one line that loses its end to a comment: to YAML a blank and ``#`` begin one."""

import re

from flashsafety.content.faults import quoted
from flashsafety.content.fields import NUMBER

_PROSE = frozenset(
    "term also definition prompt text answer accept rubric items why at title".split()  # noqa: SIM905
)
"""Keys whose text may well hold a ``#``. After a slug, a number or a flag it begins a comment."""
_NO_PROSE = re.compile(rf"{NUMBER}%?|true|false")
_TAIL = re.compile(r"[ ]+(#[^\n]*)")

Lost = tuple[int, str, str]
"""Offset of the ``#``, message and mend."""


def lost_tail(text: str, end: int, key: str, value: str) -> Lost | None:
    """What a value without quotes lost to a comment; none where a comment is meant, or none is.

    Args:
        text: The file.
        end: Offset behind the value.
        key: Key of the value, or of the list that it is in.
        value: The value as YAML gives it.
    """
    found = _TAIL.match(text, end) if key in _PROSE and value else None
    if found is None or _NO_PROSE.fullmatch(value):
        return None
    return (
        found.start(1),
        f"everything after a blank and # is a comment: {quoted(found[1])} is lost to {quoted(key)}",
        "put the text in quotes or in a | block; a comment goes on a line of its own",
    )
