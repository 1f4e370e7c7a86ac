"""What passes between a page and its app, with small programs in the app's place."""

import os
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

from flashsafety.web import process
from flashsafety.web.door import Door
from flashsafety.web.server import Server
from tests.loopback import PORTS
from tests.serving import runs

PRELUDE = r"""
import json, os, sys, time
def give(kind, payload):
    os.write(1, kind + len(payload).to_bytes(4, "big") + payload)
def take():
    head = sys.stdin.buffer.read(5)
    return head[:1], sys.stdin.buffer.read(int.from_bytes(head[1:], "big"))
def news(**told):
    give(b"M", json.dumps(told).encode())
print("a line before", flush=True)
os.write(1, b"__GANGLION__\n")
"""
ECHO = """
give(b"D", f"{os.environ['COLUMNS']}x{os.environ['ROWS']}".encode())
while (packet := take())[0]:
    if b"quit" in packet[1]:
        break
    give(b"D", packet[0] + packet[1])
"""
DEAF = """
import signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
give(b"D", str(os.getpid()).encode())
while True:
    give(b"D", b"x" * 4096)
    time.sleep(0.001)
"""
LINKS = """
for url in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", 7, None, "https://a"):
    news(type="open_url", url=url, new_tab=False)
news(type="deliver_file_start", key="k", path="/etc/passwd", open_method="browser")
give(b"P", b"l1:ae")
news(type="exit")
"""
FAILS = """
sys.stderr.write("the database is newer\\n\\x1b]52;c;YQ==\\x07")
sys.exit(3)
"""


@asynccontextmanager
async def page_of(program: str, query: str = "") -> AsyncIterator[ClientWebSocketResponse]:
    """A page's websocket, with a program as the app behind it."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    door = Door(port, os.urandom)
    command = (sys.executable, "-c", PRELUDE + program)
    runner = web.AppRunner(Server(door, command, os.environ).application())
    await runner.setup()
    await web.SockSite(runner, listener).start()
    PORTS.add(port)
    origin, _, _ = door.link.partition(door.room)
    headers = {"Origin": origin, "Cookie": f"flashsafety={door.cookie}"}
    try:
        async with (
            ClientSession(headers=headers) as session,
            session.ws_connect(f"{origin}{door.room}app{query}") as page,
        ):
            yield page
    finally:
        await runner.cleanup()
        PORTS.discard(port)


async def heard(page: ClientWebSocketResponse, count: int) -> str:
    """The next so many messages from an app, as one text."""
    return "".join([(await page.receive_bytes()).decode() for _ in range(count)])


async def test_the_app_is_as_large_as_the_page() -> None:
    async with page_of(ECHO, "?width=132&height=50") as page:
        assert await heard(page, 1) == "132x50"
    async with page_of(ECHO, "?width=99999999&height=-3") as page:
        assert await heard(page, 1) == "1000x24"
    async with page_of(ECHO, f"?width={'9' * 5000}") as page:
        assert await heard(page, 1) == "80x24"


async def test_what_the_page_says_reaches_the_app() -> None:
    async with page_of(ECHO) as page:
        await heard(page, 1)
        for said in (
            ["stdin", "ä\x1b[A"],
            ["stdin", "\ud800"],
            ["resize", {"width": 100, "height": 10**9}],
            ["focus"],
            ["blur"],
            ["ping", "1"],
            ["stdin", "."],
        ):
            await page.send_json(said)
        assert await heard(page, 6) == (
            "Dä\x1b[AD?"
            'M{"type": "resize", "width": 100, "height": 1000}M{"type": "focus"}M{"type": "blur"}D.'
        )


@pytest.mark.parametrize(
    "said",
    [
        "", "{", "[]", "7", '["stdin"]', '["stdin", 7]', '["resize", {"width": 1}]', '["quit"]',
        '["resize", {"width": 1.5, "height": "2"}]', '["focus", 1]', '{"stdin": "x"}',
        "[" * 100_000, '["resize", {"width": ' + "9" * 5000 + ', "height": 2}]',
    ],
)  # fmt: skip
async def test_a_page_that_says_something_else_is_closed(said: str) -> None:
    async with page_of(ECHO) as page:
        await heard(page, 1)
        await page.send_str(said)
        assert (await page.receive()).type is WSMsgType.CLOSE
        assert page.close_code == 1008


async def test_only_web_addresses_are_opened_and_nothing_is_downloaded() -> None:
    async with page_of(LINKS) as page:
        assert await page.receive_json() == ["open_url", {"url": "https://a", "new_tab": True}]
        assert (await page.receive()).type is WSMsgType.CLOSE


async def test_why_an_app_failed_is_seen_on_its_page() -> None:
    async with page_of(FAILS) as page:
        told = await heard(page, 1)
        assert told.startswith("\x1b[0m\x1b[2J\x1b[Hthe database is newer\r\n")
        assert "\x1b]" not in told
        assert "␛]52;c" in told
        assert (await page.receive()).type is WSMsgType.CLOSE


async def test_an_app_that_does_not_leave_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_PATIENCE", 0.1)
    async with page_of(DEAF) as page:
        pid = int(await heard(page, 1))
        assert runs(pid)
    assert not runs(pid)
