"""What one entry of the table of commands holds."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does on a screen."""

    id: str
    """``screen.name``; what ``[keys]`` in the settings file refers to."""
    keys: str
    """Default keys, separated by commas."""
    title: str
    """Verb first: the key bar and the palette show it."""
    tooltip: str
    """One sentence: the help shows it."""
    action: str
    """The method ``action_...`` of the screen (or the app) that does it."""
    footer: bool = False
    """Shown in the key bar while it applies."""
    palette: bool = True
    """Offered in the palette while it applies."""


KeyOf = Callable[[str], str]
"""Gives the first key of a command of a screen, as it is shown; of ``undo``, say. Empty where the
screen has none."""

TICK_KEYS = "acdgh"
"""Keys that tick the points of a rubric: the first letters that stand for nothing else."""
