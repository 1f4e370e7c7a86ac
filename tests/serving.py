"""``flashsafety serve`` as a process of its own, over a bank of plain questions."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import flashsafety
from tests.banks import SOURCES, SYLLABUS, question, write_cards
from tests.loopback import PORTS

LONGEST = 30
"""Seconds that an end may take on a busy machine."""


@dataclass(frozen=True)
class Served:
    """A server that runs, and what its link says."""

    process: subprocess.Popen[str]
    link: SplitResult
    database: Path

    @property
    def origin(self) -> str:
        return f"http://{self.link.netloc}"

    @property
    def cookie(self) -> str:
        return f"flashsafety={self.link.query.removeprefix('token=')}"

    def get(self, path: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], str]:
        """Status, headers and body of one request, which says just what it is told to."""
        assert self.link.hostname is not None
        connection = HTTPConnection(self.link.hostname, self.link.port, timeout=LONGEST)
        with closing(connection):
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            upgraded = answer.status == 101
            body = "" if upgraded else answer.read().decode(errors="replace")
            return answer.status, dict(answer.getheaders()), body

    def apps(self) -> list[int]:
        """Ids of the apps that run for its pages."""
        listed = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(self.process.pid)], capture_output=True, text=True
        )
        return [int(pid) for pid in listed.stdout.split()]

    def ratings(self) -> list[int]:
        """Every rating in the database, in its order."""
        with closing(sqlite3.connect(self.database)) as db:
            return [row[0] for row in db.execute("SELECT rating FROM review ORDER BY id")]

    def press_ctrl_c(self) -> None:
        """What a terminal does at ctrl+c: all in the foreground are told, not the server alone."""
        os.killpg(self.process.pid, signal.SIGINT)

    def stop(self) -> int:
        """Press ctrl+c, and wait; returns the exit code."""
        self.press_ctrl_c()
        return self.process.wait(LONGEST)


def runs(pid: int) -> bool:
    """Whether a process runs: there, and not only waiting to be buried."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(state.stdout.strip()) and not state.stdout.startswith("Z")


def question_bank(folder: Path, *, sources: str = SOURCES) -> Path:
    """A bank of six plain questions; returns its folder."""
    folder.mkdir(parents=True)
    (folder / "syllabus.yaml").write_text(SYLLABUS, encoding="utf-8")
    (folder / "sources.yaml").write_text(sources, encoding="utf-8")
    write_cards(folder, "01-shapes/all.yaml", *(question(f"card-{place}") for place in range(6)))
    return folder


@contextmanager
def serving(folder: Path, bank: Path) -> Iterator[Served]:
    """Serve a bank, with a home in the folder; it ends with the block, in whatever way."""
    database = folder / "reviews.db"
    environ = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    environ |= {
        "HOME": str(folder),
        "PYTHONPATH": str(Path(flashsafety.__file__).parents[1]),
        "FLASHSAFETY_QUESTIONS": str(bank),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "flashsafety", "--db", str(database), "serve"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environ, cwd=folder,
        process_group=0,
    )  # fmt: skip
    with process:
        assert process.stdout is not None
        link = urlsplit(process.stdout.readline().strip())
        assert link.port is not None, process.communicate()[1]
        PORTS.add(link.port)
        try:
            yield Served(process, link, database)
        finally:
            PORTS.discard(link.port)
            process.kill()
