"""All checks of a bank in one run."""

import os
from collections.abc import Sequence

from flashsafety.content.changed import locate
from flashsafety.content.lint.report import Show
from flashsafety.content.load import check_bank
from flashsafety.content.problem import Problem


def lint(roots: Sequence[str]) -> tuple[Problem, ...]:
    """All that is wrong with a bank, sorted by place.

    Raises:
        UnusableDataError: There is no syllabus.
    """
    return check_bank(roots)


def shown_from(roots: Sequence[str], cwd: str) -> Show:
    """How to show a bank's files to one who stands in ``cwd``: a path that leads there."""

    def show(path: str) -> str:
        full = locate(roots, path)
        near = os.path.relpath(full, cwd)
        return full if near.startswith(os.pardir) else near

    return show
