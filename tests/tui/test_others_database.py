"""A database that somebody made over: the app leaves with words, and shows no trace."""

import asyncio
import subprocess
import sys

import pytest

from flashsafety.errors import UnusableDataError
from flashsafety.study.today import Choice
from flashsafety.tui.app import FlashsafetyApp


@pytest.mark.parametrize(
    ("script", "start"),
    [
        ("UPDATE note SET content = '[]'", Choice()),
        ("UPDATE note SET content = hex(zeroblob(15000000))", Choice()),
        ("UPDATE module SET title = CAST(x'ff00fe' AS TEXT)", None),
        ("UPDATE meta SET value = '[1' WHERE key = 'roots'", None),
    ],
)
async def test_what_cannot_be_in_a_database_is_said_in_words(
    library_of, script: str, start: Choice | None
) -> None:
    library = library_of()
    library.take_in_changes()
    library.db.execute(script)
    app = FlashsafetyApp(library, start_review=start)
    async with app.run_test():
        for _ in range(1000):  # no pilot: it waits for screens that are gone
            if app.failure is not None:
                break
            await asyncio.sleep(0.02)
    assert isinstance(app.failure, UnusableDataError)
    assert "doctor" in app.failure.mend
    assert not app._exit_renderables


def test_before_the_log_is_open_nothing_of_it_is_written_on_the_terminal() -> None:
    code = "from flashsafety.tui import logfile; logfile.note_failure(ValueError())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")
