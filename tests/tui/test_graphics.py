"""The app at real terminals: what each is asked, when, and what it is sent of a picture."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import flashsafety
from tests.banks import QUESTION, tiny_bank, write_cards
from tests.images import put, shows

LONGEST = 20
"""Seconds that the app may be silent."""
ATTRIBUTES, GRAPHICS, CELL, SCREEN = b"\x1b[c", b"a=q", b"\x1b[16t", b"\x1b[?1049h"
SIXEL, KITTY, BLOCK = b"\x1bP", "\U0010eeee".encode(), "▀".encode()
CELL_SIZE = b"\x1b[6;20;10t"

TERMINALS: dict[str, tuple[Mapping[bytes, bytes], bytes]] = {
    "with sixels": ({ATTRIBUTES: b"\x1b[?62;4c", CELL: CELL_SIZE}, SIXEL),
    "as kitty is": (
        {ATTRIBUTES: b"\x1b[?62c", GRAPHICS: b"\x1b_Gi=1;OK\x1b\\", CELL: CELL_SIZE}, KITTY,
    ),
    "that says nothing": ({}, BLOCK),
    "that talks nonsense": ({ATTRIBUTES: b"\x1b[?c", CELL: b"\x1b[6;many;few9t"}, b"[picture: "),
}  # fmt: skip
"""What a terminal answers, and what a picture then is."""


@dataclass
class Shown:
    """What a terminal was sent."""

    seen: bytes
    code: int

    def before_the_app(self, *queries: bytes) -> list[bool]:
        """Whether each was asked before the app took the screen."""
        before = self.seen.partition(SCREEN)[0]
        return [query in before for query in queries]


def reviewed(
    folder: Path, bank: Path, answers: Mapping[bytes, bytes], until: bytes, *, sized: bool = True
) -> Shown:
    """Run a review at a terminal that answers so, until it was sent something; then leave."""
    ours, theirs = pty.openpty()
    if sized:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    environ = {
        **os.environ,
        "PYTHONPATH": str(Path(flashsafety.__file__).parents[1]),
        "FLASHSAFETY_DB": str(folder / "reviews.db"),
        "FLASHSAFETY_QUESTIONS": str(bank),
        "TERM": "xterm-256color",
        "COLUMNS": "80",
        "LINES": "24",
    }
    command = [sys.executable, "-m", "flashsafety", "review", "--query", "note:seen-shape"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, start_new_session=True
    )
    os.close(theirs)
    seen, left, leaving = b"", dict(answers), False
    while chunk := _read(ours):
        seen += chunk
        assert len(seen) < 10_000_000, "what was waited for does not come"
        for query in [query for query in left if query in seen]:
            os.write(ours, left.pop(query))
        if not leaving and until in seen and b"(o opens it)" in seen:
            leaving = True
            os.write(ours, b"q")
    code = process.wait(LONGEST)
    os.close(ours)
    return Shown(seen, code)


def _read(handle: int) -> bytes:
    ready, _, _ = select.select([handle], [], [], LONGEST)
    assert ready, "the app does not go on"
    try:
        return os.read(handle, 65536)
    except OSError:  # how Linux says that nobody holds the other end any more
        return b""


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", shows(), QUESTION.replace("[circle]", "[]"))
    put(bank, "01-shapes/images/circle.png")
    return bank


@pytest.mark.parametrize(("answers", "drawn"), TERMINALS.values(), ids=TERMINALS.keys())
def test_a_terminal_is_asked_before_the_app_and_sent_what_it_can_draw(
    tmp_path: Path, bank: Path, answers: Mapping[bytes, bytes], drawn: bytes
) -> None:
    shown = reviewed(tmp_path, bank, answers, drawn)
    assert shown.code == 0
    assert shown.before_the_app(ATTRIBUTES) == [True]
    app = shown.seen.partition(SCREEN)[2]
    assert not [query for query in (ATTRIBUTES, GRAPHICS, CELL) if query in app]
    assert [sign for sign in (SIXEL, KITTY, BLOCK) if sign in app] == (
        [drawn] if drawn in (SIXEL, KITTY, BLOCK) else []
    )
    assert b"Traceback" not in shown.seen


def test_a_terminal_of_no_size_has_pictures_in_words(tmp_path: Path, bank: Path) -> None:
    shown = reviewed(tmp_path, bank, {}, b"[picture: ", sized=False)
    assert shown.code == 0
    assert BLOCK not in shown.seen
    assert b"Traceback" not in shown.seen


def test_a_bank_without_pictures_asks_nothing(tmp_path: Path, bank: Path) -> None:
    (bank / "01-shapes/images/circle.png").unlink()
    shown = reviewed(tmp_path, bank, {}, b"[picture: ")
    assert shown.code == 0
    assert shown.before_the_app(ATTRIBUTES, GRAPHICS, CELL) == [False, False, False]
