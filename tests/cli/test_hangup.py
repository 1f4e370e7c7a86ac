"""The terminal goes away and no signal says so."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import flashsafety
from tests.cli.terminal import LONGEST, read, set_size


def until(handle: int, words: bytes) -> None:
    """Read what a command draws until it has drawn some words."""
    seen = b""
    while words not in seen:
        chunk = read(handle)
        assert chunk, seen
        seen += chunk


def test_the_app_ends_with_its_terminal_and_everything_is_saved(
    bank: Path, database: Path, run
) -> None:
    ours, theirs = pty.openpty()
    set_size(theirs, 80)
    source = str(Path(flashsafety.__file__).parents[1])
    settings = {"FLASHSAFETY_DB": str(database), "FLASHSAFETY_QUESTIONS": str(bank)}
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    process = subprocess.Popen(
        [sys.executable, "-m", "flashsafety", "review"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**environ, **settings, "PYTHONPATH": source, "TERM": "xterm-256color"},
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )
    try:
        os.close(theirs)
        until(ours, b"shows the answer")
        os.write(ours, b" ")
        until(ours, b"Easy")
        os.write(ours, b"4")
        until(ours, b"undoes")
        os.close(ours)
        assert process.wait(LONGEST) == 0
    finally:
        process.kill()
    assert run("rebuild", "--verify", "--json").data["reviews"] == 1
