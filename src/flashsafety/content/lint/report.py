"""Problems as people, programs and GitHub read them."""

import json
from collections.abc import Callable, Sequence
from typing import Literal

from flashsafety.content.problem import Problem
from flashsafety.content.visible import one_line

Format = Literal["text", "json", "github"]
Show = Callable[[str], str]
"""A path within the bank to the path to show."""


def render(problems: Sequence[Problem], form: Format, show: Show = str) -> str:
    """Problems as text without a line break at its end.

    Args:
        problems: In the order to show them.
        form: ``text`` for people, ``json`` for programs, ``github`` for a pull request.
        show: What to call a file of the bank; its path within the bank by default.
    """
    match form:
        case "json":
            rows = [problem_form(problem, show) for problem in problems]
            return json.dumps(rows, ensure_ascii=False, indent=2)
        case "github":
            return "\n".join(_as_command(problem, show) for problem in problems)
        case "text":
            return "\n".join(_as_text(problem, show) for problem in problems)


def problem_form(problem: Problem, show: Show = str) -> dict[str, str | int]:
    """A problem as other programs rely on it; keys may be added, none renamed."""
    return {
        "file": show(problem.file),
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "level": problem.level,
        "message": problem.message,
        "mend": problem.mend,
    }


def summary(problems: Sequence[Problem]) -> str:
    """One line that counts errors and warnings."""
    levels = [problem.level for problem in problems]
    if not levels:
        return "no problems"
    counts = ((levels.count("error"), "error"), (levels.count("warning"), "warning"))
    return ", ".join(f"{count} {name}{'s' * (count != 1)}" for count, name in counts if count)


def _as_text(problem: Problem, show: Show) -> str:
    """Two lines: the place and what is wrong, then how to mend it."""
    place = f"{one_line(show(problem.file))}:{problem.line}:{problem.column}"
    message = one_line(problem.message)
    return f"{place}: {problem.level}: {message} ({problem.rule})\n  {one_line(problem.mend)}"


def _as_command(problem: Problem, show: Show) -> str:
    """A workflow command.

    Source: docs.github.com, "Workflow commands for GitHub Actions", setting an error message.
    """
    place = f"file={_property(show(problem.file))},line={problem.line},col={problem.column}"
    words = f"{_data(problem.message)}%0A{_data(problem.mend)}"
    return f"::{problem.level} {place},title={_property(problem.rule)}::{words}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
