"""Chromium without a window, driven by its DevTools protocol over two pipes."""

import base64
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
"""Debian's or Fedora's; none where it is not installed."""
LONGEST = 60
"""Seconds that anything may take on a busy machine."""
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--window-size=1000,640", "--remote-debugging-pipe",
]  # fmt: skip
_KEYS = {"Enter": ("Enter", 13, "\r"), "Space": ("Space", 32, " ")}
"""Names of keys: its place on the board, its number, what it types."""


class Page:
    """A page that is open."""

    def __init__(self, send: Callable[[dict[str, Any]], None], said: "Queue[dict[str, Any]]"):
        self._send, self._said = send, said
        self._last = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        """What the browser told, in its order."""

    def call(self, method: str, **params: object) -> Any:
        """Ask the browser for something, and wait for the answer."""
        self._last += 1
        asked: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self._session is not None:
            asked["sessionId"] = self._session
        self._send(asked)
        while (answer := self._said.get(timeout=LONGEST)).get("id") != asked["id"]:
            self.events.append(answer)
        assert "error" not in answer, (method, answer["error"])
        return answer["result"]

    def open(self, url: str) -> None:
        """Open an address in a new tab, and listen to what it does."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        answer = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.call("Target.setDiscoverTargets", discover=True)
        self._session = answer["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)
        self.call("Page.navigate", url=url)

    def wait(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; not for ever."""
        end = time.monotonic() + LONGEST
        while not condition():
            assert time.monotonic() < end, "the page does not come to that"
            with suppress(Empty):
                self.events.append(self._said.get(timeout=0.05))

    def run(self, script: str) -> Any:
        """The value of an expression in the page; no act of a user."""
        return self.call("Runtime.evaluate", expression=script)["result"].get("value")

    def press(self, key: str) -> None:
        """Press a key: a name of the table, or a character."""
        code, number, text = _KEYS[key] if key in _KEYS else (key, ord(key.upper()), key)
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent", type=kind, key=key if len(key) > 1 else text, code=code,
                windowsVirtualKeyCode=number, **({"text": text} if kind == "keyDown" else {}),
            )  # fmt: skip

    def params(self, method: str) -> list[dict[str, Any]]:
        """What the browser told of one kind."""
        return [event["params"] for event in self.events if event.get("method") == method]

    def picture(self, file: Path) -> None:
        """Write what is seen as a PNG."""
        shot = self.call("Page.captureScreenshot", format="png")
        file.write_bytes(base64.b64decode(shot["data"]))


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A browser of its own, with an empty profile; it ends with the block."""
    assert CHROMIUM is not None
    # The protocol's pipes have fixed numbers: 3 to read from, 4 to write to.
    line = 'exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1'
    process = subprocess.Popen(
        ["sh", "-c", line, CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "about:blank"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    given, taken = process.stdin, process.stdout
    assert given is not None
    assert taken is not None
    said: Queue[dict[str, Any]] = Queue()

    def listen() -> None:
        rest = b""
        while chunk := os.read(taken.fileno(), 1 << 16):
            *whole, rest = (rest + chunk).split(b"\0")
            for message in whole:
                said.put(json.loads(message))

    listener = threading.Thread(target=listen)
    listener.start()

    def send(message: dict[str, Any]) -> None:
        given.write(json.dumps(message).encode() + b"\0")
        given.flush()

    try:
        yield Page(send, said)
    finally:
        given.close()  # at which it leaves
        process.wait(LONGEST)
        listener.join()
        taken.close()
