"""Nothing is sent anywhere, files are their owner's alone, and the log holds no card."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import flashsafety
from flashsafety.terms import Rating
from flashsafety.tui.app import FlashsafetyApp
from tests.banks import tiny_bank
from tests.libraries import open_library
from tests.tui.conftest import settled

REFUSE = """
import sys
def refuse(event, values):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto",
                 "socket.gethostbyname", "urllib.Request"):
        sys.stderr.write(f"REACHED FOR THE NETWORK: {event} {values}\\n")
        sys.stderr.flush()
        import os
        os._exit(77)
sys.addaudithook(refuse)
from flashsafety.cli.app import run
sys.exit(run(sys.argv[1:]))
"""

PATHS = (
    ("due",), ("home",), ("sync",), ("next", "--json"), ("rate", "circle/forward", "3"),
    ("cards", "circle"), ("show", "circle/forward"), ("review", "--plain"), ("stats",),
    ("stats", "--html", "stats.html"), ("forecast",), ("quiz", "--plain"), ("lint",),
    ("fmt", "--check"), ("coverage",), ("export", "anki", "deck.apkg"), ("export", "csv", "c.csv"),
    ("export", "json", "all.json"), ("export", "reviews", "log.csv"),
    ("export", "reviews", "--anonymous", "mine.csv"), ("items", "mine.csv"),
    ("import", "reviews", "log.csv"), ("import", "anki", "deck.apkg"), ("backup",), ("restore",),
    ("doctor",), ("doctor", "--mend"), ("rebuild", "--verify"), ("config", "new_limit", "5"),
    ("where",), ("report",), ("sync-dir", "shared"),
)  # fmt: skip


@pytest.mark.slow
def test_no_command_reaches_for_the_network_and_every_file_is_private(tmp_path: Path) -> None:
    bank = tiny_bank(tmp_path / "bank")
    home, work = tmp_path / "person", tmp_path / "work"
    home.mkdir(mode=0o755)
    (work / "shared").mkdir(parents=True)
    environ = {
        **os.environ,
        "HOME": str(home),
        "FLASHSAFETY_QUESTIONS": str(bank),
        "PYTHONPATH": str(Path(flashsafety.__file__).parents[1]),
    }
    for arguments in PATHS:
        done = subprocess.run(
            [sys.executable, "-c", REFUSE, *arguments],
            input="\n3\nq\n", env=environ, cwd=work, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode in (0, 1), (arguments, done.stderr)
        assert "NETWORK" not in done.stderr
    assert_private(home)
    shared = work / "shared"
    written = [path for path in work.rglob("*") if path != shared]
    assert {path.suffix for path in written} >= {".apkg", ".csv", ".html", ".json", ".jsonl"}
    for path in written:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))


def test_the_refusal_refuses() -> None:
    code = (
        REFUSE.partition("from flashsafety")[0]
        + "import socket\nsocket.create_connection(('x', 1))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 77


def assert_private(home: Path) -> None:
    """Every file and folder below a home is its owner's alone."""
    found = [path for path in home.rglob("*") if "flashsafety" in str(path.relative_to(home))]
    assert len(found) > 3
    for path in found:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), (path, oct(mode))


async def test_the_log_of_the_app_names_no_card_and_no_rating(tmp_path: Path, clock) -> None:
    bank = tiny_bank(tmp_path / "bank")
    with open_library(tmp_path, bank, clock) as library:
        app = FlashsafetyApp(library)
        with pytest.raises(ZeroDivisionError):
            async with app.run_test(size=(80, 24), notifications=True) as pilot:
                await settled(pilot)
                await pilot.press("enter", "space", str(int(Rating.GOOD)))
                await settled(pilot)
                app.complain("The bank cannot be read", "circle: all points of a plane")
                app.call_later(lambda: 1 / len("") if app.size else None)
                await settled(pilot)
        log = Path(library.paths.log)
        text = log.read_text()
        assert "said: The bank cannot be read" in text
        assert "ZeroDivisionError" in text
        assert "tests/test_privacy.py" in text
        keys = [row[0] for row in library.db.execute("SELECT key FROM card")]
        notes = {key.partition("/")[0] for key in keys}
        assert not any(note in text for note in notes)
        assert "points of a plane" not in text
        assert stat.S_IMODE(log.stat().st_mode) == 0o600
