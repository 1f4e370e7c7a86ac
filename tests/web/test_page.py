"""The page in a real browser: three cards by its keys, and what it may fetch and open."""

import base64
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.banks import SOURCES
from tests.browser import CHROMIUM, Page, browser
from tests.serving import Served, question_bank, serving

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs chromium, which Debian packages"),
]

ESCAPE = re.compile(r"\x1b\[[^a-zA-Z]*[a-zA-Z]")


def drawn(page: Page, since: int = 0) -> str:
    """What the app has drawn, as text, but for that many messages."""
    received = page.params("Network.webSocketFrameReceived")[since:]
    frames = [event["response"] for event in received]
    sent = b"".join(base64.b64decode(one["payloadData"]) for one in frames if one["opcode"] == 2)
    return ESCAPE.sub("", sent.decode(errors="replace"))


def press(page: Page, key: str, shows: str) -> None:
    """Press a key and wait for what it brings to the screen."""
    before = len(page.params("Network.webSocketFrameReceived"))
    page.press(key)
    page.wait(lambda: shows in drawn(page, before))


@contextmanager
def paper() -> Iterator[str]:
    """The address of a source, on this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"A paper.")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/elements"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def tabs(page: Page) -> list[str]:
    """Addresses of the tabs that are open."""
    found = page.call("Target.getTargets")["targetInfos"]
    return [target["url"] for target in found if target["type"] == "page"]


@dataclass(frozen=True)
class Opened:
    """The app's first screen in a browser, the server behind it, and where its source is."""

    page: Page
    served: Served
    source: str


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    with paper() as source:
        bank = question_bank(
            tmp_path / "bank", sources=SOURCES.replace("https://example.org/elements", source)
        )
        with serving(tmp_path, bank) as served, browser(tmp_path / "profile") as page:
            page.open(served.link.geturl())
            page.wait(lambda: "enter" in drawn(page))
            yield Opened(page, served, source)


def test_three_cards_are_reviewed_by_keys(opened: Opened, tmp_path: Path) -> None:
    page, served = opened.page, opened.served
    press(page, "Enter", "What is asked by")
    for rating in "343":
        press(page, "Space", "Again")
        press(page, rating, "What is asked by")
    assert served.ratings() == [3, 4, 3]
    page.picture(tmp_path / "page.png")

    # The token has left the address, and no script has the cookie.
    assert page.run("location.href") == served.origin + served.link.path
    assert page.run("document.cookie") == ""
    # All that was fetched is the page's own, the fonts of both styles too.
    fetched = [event["request"]["url"] for event in page.params("Network.requestWillBeSent")]
    assert len(fetched) >= 7
    assert not [url for url in fetched if not url.startswith((served.origin, "data:"))]
    assert page.run("[...document.fonts].every((font) => font.status === 'loaded')")
    told = [event["entry"]["text"] for event in page.params("Log.entryAdded")]
    assert not [text for text in told if "Security Policy" in text]
    assert not page.params("Runtime.exceptionThrown")


def test_a_link_opens_on_the_users_act_alone(opened: Opened) -> None:
    page, source = opened.page, opened.source
    press(page, "Enter", "What is asked by")
    press(page, "o", "Opened")
    page.wait(lambda: source in tabs(page))
    # The act is used up: the next address is only shown, to be clicked or not.
    page.run(f"window.open('{source}?unasked')")
    assert page.run("document.querySelector('#link a').href") == f"{source}?unasked"
    assert page.run("document.getElementById('link').hidden") is False
    page.run("document.querySelector('#link button').click()")
    assert page.run("document.getElementById('link').hidden") is True
    assert f"{source}?unasked" not in tabs(page)
    press(page, "Space", "Again")  # the terminal has the keys again


def test_a_page_whose_app_has_closed_opens_it_again(opened: Opened) -> None:
    page, served = opened.page, opened.served
    page.press("q")
    page.wait(lambda: page.run("document.activeElement.textContent") == "Open it again")
    before = len(page.params("Network.webSocketFrameReceived"))
    page.press("Enter")
    page.wait(lambda: "enter" in drawn(page, before))
    assert served.stop() == 0
    page.wait(lambda: page.run("document.activeElement.textContent") == "Open it again")
    page.press("Enter")
    page.wait(lambda: "has ended" in page.run("document.getElementById('closed').textContent"))
