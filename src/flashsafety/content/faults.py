"""Collects what is wrong with one file, and speaks of it in the author's words."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from flashsafety.content.problem import Level, Problem

LIMIT = 200
"""Problems kept of one file: more tell an author nothing, and a hostile file may have millions."""


@dataclass(slots=True)
class Faults:
    """The problems of one file, gathered while it is read."""

    file: str
    problems: list[Problem] = field(default_factory=list)
    lines: Sequence[str] = ()
    """The file's text, for advice that depends on how a thing was written."""

    @property
    def full(self) -> bool:
        """True when further problems are not kept, and need not be looked for."""
        return len(self.problems) > LIMIT

    def add(
        self,
        place: tuple[int, int],
        rule: str,
        message: str,
        mend: str,
        level: Level = "error",
    ) -> None:
        """Keep a problem.

        Args:
            place: Line and column, from 1.
            rule: Name of the rule.
            message: What is wrong.
            mend: How to mend it.
            level: How grave it is.
        """
        if len(self.problems) < LIMIT:
            self.problems.append(Problem(self.file, *place, rule, level, message, mend))
        elif len(self.problems) == LIMIT:
            self.problems.append(
                Problem(
                    self.file,
                    *place,
                    "more-problems",
                    "error",
                    f"more than {LIMIT} problems in this file",
                    "mend those above first",
                )
            )

    def line(self, number: int) -> str:
        """The text of a line, counted from 1; empty when there is none."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""


def quoted(text: str, width: int = 60) -> str:
    """Text in quotes, on one line, shortened, without control characters."""
    flat = " ".join(text[: 4 * width].split())
    flat = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in flat)
    return f'"{flat[: width - 1]}…"' if len(flat) > width or len(text) > 4 * width else f'"{flat}"'


def listed(names: Collection[str], limit: int = 20) -> str:
    """Names separated by commas, the first ``limit`` of them."""
    shown = list(names)[:limit]
    return ", ".join(shown) + (", ..." if len(names) > limit else "")
