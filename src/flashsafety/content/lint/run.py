"""All checks of a bank in one run."""

import os
from collections.abc import Sequence
from functools import cache

from flashsafety.collector import collector_off
from flashsafety.content.changed import locate
from flashsafety.content.faults import Faults
from flashsafety.content.lint.report import Show
from flashsafety.content.lint.wording import wording
from flashsafety.content.load import check_bank, load_bank
from flashsafety.content.problem import Problem
from flashsafety.content.text import read_file


@collector_off()
def lint(roots: Sequence[str], *, since: str | None = None) -> tuple[Problem, ...]:
    """All that is wrong with a bank, sorted by place.

    Args:
        roots: The bank's folders, the main one first.
        since: A commit to compare the main one with: what became of its ids is checked too.

    Raises:
        UnusableDataError: There is no syllabus.
        UsageError: Git knows no such commit.
    """
    loaded, drafts = check_bank(roots)

    @cache
    def lines(path: str) -> list[str]:
        return (read_file(locate(roots, path), Faults(path)) or "").split("\n")

    problems = {*loaded.problems, *wording(drafts, lines)}
    if since is not None:
        from flashsafety.content.lint.history import bank_at
        from flashsafety.content.lint.identity import identity

        with bank_at(roots[0], since) as before:
            problems.update(identity(load_bank([before]), loaded, drafts))
    return tuple(sorted(problems))


def in_files(
    problems: Sequence[Problem], roots: Sequence[str], paths: Sequence[str]
) -> list[Problem]:
    """The problems of some files, or of all files in a folder, named by paths on this machine."""
    wanted = [os.path.realpath(path) for path in paths]

    @cache
    def is_wanted(file: str) -> bool:
        real = os.path.realpath(locate(roots, file))
        return any(real == path or real.startswith(f"{path}{os.sep}") for path in wanted)

    return [problem for problem in problems if is_wanted(problem.file)]


def shown_from(roots: Sequence[str], cwd: str) -> Show:
    """How to show a bank's files to one who stands in ``cwd``: a path that leads there."""

    def show(path: str) -> str:
        full = locate(roots, path)
        near = os.path.relpath(full, cwd)
        return full if near.startswith(os.pardir) else near

    return show
