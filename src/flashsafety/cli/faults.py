"""What becomes of a fault: its text on standard error and its exit code, never a traceback."""

from collections.abc import Callable

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.errors import ExitCode, FlashsafetyError, UnusableDataError


def guarded(
    work: Callable[[], object],
    chosen: Chosen | None = None,
    passed: tuple[type[Exception], ...] = (),
) -> int:
    """Do the work and return the exit code that it earned.

    A bug still raises: hiding one would lose the only trace of it.

    Args:
        work: What is to be done.
        chosen: Knows which database was opened for it, if any was.
        passed: Exceptions that are no faults, but the parser's way to leave.
    """
    try:
        work()
    except passed:
        raise
    except FlashsafetyError as error:
        output.fault(error)
        return error.exit_code
    except KeyboardInterrupt:
        output.note("")
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # The reader has seen enough, as in "flashsafety cards | head".
        output.close_quietly()
    except OSError as error:
        fault = UnusableDataError(
            error.strerror or str(error),
            where=str(error.filename or ""),
            mend="mend that, or name another place; 'flashsafety where' lists the files in use",
        )
        output.fault(fault)
        return fault.exit_code
    except Exception as error:
        return _database_fault(error, chosen.opened if chosen else "")
    return ExitCode.FINE


def _database_fault(error: Exception, opened: str) -> int:
    """Put a fault of the database, or of what stands in it, into words; all else is a bug."""
    from flashsafety.store.faults import in_words

    fault = in_words(error)
    if fault is None and opened:
        from flashsafety.store.impossible import refusal

        fault = refusal(opened)
    if fault is None:
        raise error
    output.fault(fault)
    return fault.exit_code
