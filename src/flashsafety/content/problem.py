"""One thing wrong with the bank, with its place and its mend."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """What is wrong, where, and how to mend it. Sorts by place."""

    file: str
    """Path within the bank, as ``changed.stat_bank`` names it."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    rule: str
    """The rule that was broken, as ``unknown-key``."""
    level: Level
    message: str
    """What is wrong, in the author's words."""
    mend: str
    """How to mend it."""
