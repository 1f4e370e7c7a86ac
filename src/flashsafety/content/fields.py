"""The kinds of value that keys of a bank file hold: strict, with limits, read from text."""

import os
from typing import Annotated, Literal

# Looking for plugins opens the metadata of every package there is, and we want none of them.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    StringConstraints,
    WithJsonSchema,
)

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
PROSE_LIMIT = 4000
"""Characters: several screens. More is an accident or an attack, never a card."""
LINE_LIMIT = 500
"""Characters of a short text: a term, an option, a locator."""
NUMBER = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?"


def _flag(value: object) -> object:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


_SCALAR = {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": LINE_LIMIT}

Prose = Annotated[str, StringConstraints(min_length=1, max_length=PROSE_LIMIT)]
"""Markdown with ``$maths$``."""
Line = Annotated[
    str, StringConstraints(min_length=1, max_length=LINE_LIMIT), WithJsonSchema(_SCALAR)
]
"""Markdown on one line; ``144`` and ``true`` are text here too."""
Number = Annotated[
    str,
    StringConstraints(min_length=1, max_length=60),
    WithJsonSchema({"type": ["string", "number"], "maxLength": 60}),
]
Flag = Annotated[bool, BeforeValidator(_flag)]
Id = Annotated[str, StringConstraints(min_length=3, max_length=60, pattern=SLUG)]
Slug = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=SLUG)]
Level = Literal["core", "further"]


class Model(BaseModel):
    """Strict, frozen, no key beyond those named."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        str_strip_whitespace=True,
        defer_build=True,
    )
