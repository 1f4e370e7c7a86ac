"""What is said to a person when something cannot be done, and the exit code that goes with it."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What a command's exit status means; the same for every command."""

    FINE = 0
    PROBLEMS = 1
    """The command ran and found something that a person should mend."""
    USAGE = 2
    """The command line itself was wrong."""
    UNUSABLE = 3
    """The database or the bank cannot be used."""
    INTERRUPTED = 130


class FlashsafetyError(Exception):
    """A fault with its place and its mend. Shown as text, never as a traceback."""

    exit_code = ExitCode.PROBLEMS

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        """Keep the three parts of the message: what is wrong, where, and how to mend it."""
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        """The three parts as lines, those that are empty left out."""
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}\n  {self.mend}" if self.mend else head


class UsageError(FlashsafetyError):
    """The learner asked for something that does not exist or cannot be combined."""

    exit_code = ExitCode.USAGE


class UnusableDataError(FlashsafetyError):
    """A database or bank that must not or cannot be opened; it was left as it was."""

    exit_code = ExitCode.UNUSABLE


class StaleCardError(FlashsafetyError):
    """The card was changed elsewhere (another window) since it was shown."""
