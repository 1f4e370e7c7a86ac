"""Who gets in, asked of a real server on this computer."""

import re
import sys
from base64 import b64encode
from collections.abc import Iterator

import pytest

from tests.serving import Served, question_bank, serving

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": b64encode(b"sixteen bytes ok").decode(),
}
FILES = (
    "page.css",
    "page.js",
    "textual.js",
    "xterm.css",
    "RobotoMono.ttf",
    "RobotoMono-Italic.ttf",
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("served")
    with serving(folder, question_bank(folder / "bank")) as served:
        yield served


def test_the_link_gives_the_page_and_a_cookie_for_it_alone(served: Served) -> None:
    status, headers, body = served.get(f"{served.link.path}?{served.link.query}", {})
    assert status == 200
    assert "<title>flashsafety</title>" in body
    cookie, *limits = headers["Set-Cookie"].split("; ")
    assert cookie == served.cookie
    assert set(limits) == {"HttpOnly", "SameSite=Strict", f"Path={served.link.path}"}
    assert served.cookie.partition("=")[2] not in body


def test_with_the_cookie_the_page_has_all_that_it_asks_for(served: Served) -> None:
    shown = {"Cookie": served.cookie}
    status, _, page = served.get(served.link.path, shown)
    assert status == 200
    named = set(re.findall(r'(?:href|src)="([^":]+)"', page))
    assert named < set(FILES)
    for name in FILES:
        status, headers, body = served.get(served.link.path + name, shown)
        assert (status, bool(body)) == (200, True), name
        # Nothing but scripts and styles of its own, and nobody else's frame or window.
        assert "default-src 'none'; script-src 'self'; " in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert headers["Referrer-Policy"] == "no-referrer"
    used = {"Cookie": served.cookie, "Origin": served.origin, **UPGRADE}
    assert served.get(f"{served.link.path}app", used)[0] == 101


OURS = "http://{host}"
TOKENS = {
    "none": ("{room}", {}),
    "another": ("{room}?token=another", {}),
    "not ASCII": ("{room}?token=%E2%9C%93%00", {}),
    "an empty one": ("{room}?token=", {"Cookie": "{cookie}"}),
    "another than the cookie's": ("{room}?token=another", {"Cookie": "{cookie}"}),
    "another cookie": ("{room}", {"Cookie": "flashsafety=another"}),
    "on a file": ("{room}page.js?{query}", {}),
    "none, on a file": ("{room}textual.js", {}),
    "none, on what is not there": ("{room}nothing", {}),
    "none, outside": ("/", {}),
    "on another room": ("/another/?{query}", {}),
    "none, on a websocket": ("{room}app", {"Origin": OURS, **UPGRADE}),
    "in the query of a websocket": ("{room}app?{query}", {"Origin": OURS, **UPGRADE}),
}
HOSTS = {
    "another name": {"Host": "evil.example"},
    "another name with the port": {"Host": "evil.example:{port}"},
    "the name without the port": {"Host": "127.0.0.1"},
    "another port": {"Host": "127.0.0.1:1"},
    "a name of this computer": {"Host": "localhost:{port}"},
    "none": {"Host": ""},
}
ORIGINS = {
    "another": {"Origin": "http://evil.example"},
    "a file's": {"Origin": "null"},
    "another port's": {"Origin": "http://127.0.0.1:1"},
    "https": {"Origin": "https://{host}"},
    "ours within another": {"Origin": "http://{host}.evil.example"},
}


def status_of(served: Served, path: str, headers: dict[str, str]) -> int:
    """The status of a request whose parts name those of the link."""
    parts = {
        "host": served.link.netloc,
        "port": str(served.link.port),
        "room": served.link.path,
        "query": served.link.query,
        "cookie": served.cookie,
    }
    filled = {name: value.format(**parts) for name, value in headers.items()}
    return served.get(path.format(**parts), filled)[0]


@pytest.mark.parametrize(("path", "headers"), TOKENS.values(), ids=TOKENS.keys())
def test_without_the_token_everything_is_refused(served: Served, path, headers) -> None:
    assert status_of(served, path, headers) == 403


@pytest.mark.parametrize("path", ["{room}?{query}", "{room}", "{room}page.js", "{room}app"])
@pytest.mark.parametrize("headers", HOSTS.values(), ids=HOSTS.keys())
def test_another_host_is_refused(served: Served, path, headers) -> None:
    upgrade = {"Origin": OURS, **UPGRADE} if path.endswith("app") else {}
    assert status_of(served, path, {"Cookie": "{cookie}", **upgrade, **headers}) == 403


@pytest.mark.parametrize("path", ["{room}?{query}", "{room}page.js", "{room}app"])
@pytest.mark.parametrize("headers", ORIGINS.values(), ids=ORIGINS.keys())
def test_another_origin_is_refused(served: Served, path, headers) -> None:
    upgrade = UPGRADE if path.endswith("app") else {}
    assert status_of(served, path, {"Cookie": "{cookie}", **upgrade, **headers}) == 403


def test_a_websocket_without_an_origin_is_refused(served: Served) -> None:
    # Also by another spelling of its path.
    for path in ("{room}app", "{room}%61pp"):
        assert status_of(served, path, {"Cookie": "{cookie}", **UPGRADE}) == 403


@pytest.mark.parametrize(
    "way",
    [
        "..", "../", "../server.py", "%2e%2e/server.py", "..%2fserver.py", "..%5cserver.py",
        "page.html", "page/page.js", "%2fetc%2fpasswd", "/etc/passwd", "page.js%00", "static/",
        "static/js/textual.js", "download/key", "../../../../../../../../../../etc/passwd",
    ],
)  # fmt: skip
def test_no_other_file_is_within_reach(served: Served, way: str) -> None:
    status, _, body = served.get(served.link.path + way, {"Cookie": served.cookie})
    assert status == 404
    assert body == "404: Not Found"
    status, _, body = served.get(f"/{way}", {"Cookie": served.cookie})
    assert status == 404
    assert body == "404: Not Found"


@pytest.mark.skipif(sys.platform != "linux", reason="reads Linux's table of ports")
def test_it_listens_to_this_computer_alone(served: Served) -> None:
    assert served.link.port is not None
    pid, port = served.process.pid, f"{served.link.port:04X}"
    with open(f"/proc/{pid}/net/tcp", encoding="ascii") as table:
        bound = [row.split()[1] for row in table if f":{port} " in row and " 0A " in row]
    assert bound == [f"0100007F:{port}"]
    with open(f"/proc/{pid}/net/tcp6", encoding="ascii") as table:
        assert not [row for row in table if f":{port} " in row and " 0A " in row]
