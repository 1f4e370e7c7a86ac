"""What the global options chose, and the library that follows from it."""

import os
from typing import TYPE_CHECKING

from flashsafety.cli import output

if TYPE_CHECKING:
    from flashsafety.clock import Clock
    from flashsafety.config import Paths, Settings
    from flashsafety.study.library import Library
    from flashsafety.study.sync import SyncReport


class Chosen:
    """The global options of one run. A plain class: the quick path imports it."""

    def __init__(
        self,
        database: str | None = None,
        questions: tuple[str, ...] = (),
        clock: "Clock | None" = None,
    ) -> None:
        """Take ``--db``, ``--questions``, and a clock when it is not to be the system's."""
        self.database = database
        self.questions = questions
        self.clock = clock
        self.opened = ""
        """The database that was opened; empty before that."""

    def paths(self) -> "Paths":
        """Where this learner's files are."""
        from flashsafety.config import find_paths

        return find_paths(os.environ, database=self.database)

    def settings(self) -> "Settings":
        """The settings in force.

        Raises:
            UsageError: One of them will not do.
        """
        from flashsafety.settings.load import load_settings

        return load_settings(self.paths(), os.environ)

    def roots(self) -> tuple[str, ...]:
        """The bank's folders.

        Raises:
            FlashsafetyError: A folder that was asked for is no bank.
        """
        from flashsafety.content.roots import find_roots

        return find_roots(self.questions, os.environ, os.getcwd(), self.paths().data)  # noqa: PTH109, on the quick path

    def open(self, *, check: bool = True) -> "Library":
        """The library as it stands in the database, whatever the bank says now.

        Args:
            check: Look for damage first; the quick commands leave it out.
        """
        from flashsafety.study.library import Library

        paths, settings, roots = self.paths(), self.settings(), self.roots()
        self.opened = paths.database
        return Library.open(paths, settings, roots, clock=self.clock, check=check)

    def open_current(self, *, check: bool = True) -> "Library":
        """The library with the bank's changes taken in; what was taken in is narrated."""
        library = self.open(check=check)
        try:
            report = library.take_in_changes()
        except BaseException:
            library.close()
            raise
        if report is not None:
            narrate(report)
        return library


def narrate(report: "SyncReport") -> None:
    """Say on standard error what was taken in from the bank, unless it was nothing."""
    words = [f"{len(ids)} {name}" for name, ids in kinds(report).items() if ids]
    if words:
        output.note(f"bank read: {', '.join(words)}")
    if report.problems:
        output.note(f"bank read: problems: {len(report.problems)}; 'flashsafety lint' lists them")


def kinds(report: "SyncReport") -> dict[str, tuple[str, ...]]:
    """The lists of a report by name."""
    return {
        "new": report.new,
        "reworded": report.reworded,
        "meaning changed": report.meaning_changed,
        "moved": report.moved,
        "retired": report.retired,
        "restored": report.restored,
    }
