"""The app on a page, without a browser: what the page would send is sent to the real server."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType

from tests.serving import Served, question_bank, runs, serving

ESCAPE = re.compile(r"\x1b\[[^a-zA-Z]*[a-zA-Z]")


class Screen:
    """What an app draws, as text."""

    def __init__(self, page: ClientWebSocketResponse) -> None:
        self._page = page
        self._drawn = ""

    async def press(self, keys: str) -> None:
        self._drawn = ""
        await self._page.send_json(["stdin", keys])

    async def shows(self, words: str) -> None:
        """Wait until it has drawn some words since the last key."""
        while words not in ESCAPE.sub("", self._drawn):
            self._drawn += (await self._page.receive_bytes()).decode()

    async def closes(self) -> None:
        """Wait until the page is told that there is no more."""
        while (await self._page.receive()).type is not WSMsgType.CLOSE:
            pass


@asynccontextmanager
async def opened(served: Served) -> AsyncIterator[Screen]:
    headers = {"Origin": served.origin, "Cookie": served.cookie}
    url = f"{served.origin}{served.link.path}app?width=100&height=30"
    async with ClientSession(headers=headers) as session, session.ws_connect(url) as page:
        yield Screen(page)


async def until(condition: Callable[[], object]) -> None:
    """Wait for what another process does."""
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.02)


@pytest.fixture
def served(tmp_path: Path):
    with serving(tmp_path, question_bank(tmp_path / "bank")) as served:
        yield served


async def review(served: Served, screen: Screen, ratings: str) -> None:
    await screen.shows("enter")
    await screen.press("\r")
    before = served.ratings()
    for rating in ratings:
        await screen.shows("What is asked by")
        await screen.press(" ")
        await screen.shows("Again")
        await screen.press(rating)
    await until(lambda: served.ratings() == [*before, *map(int, ratings)])


async def test_cards_are_reviewed_in_the_given_database(served: Served) -> None:
    async with opened(served) as screen:
        await review(served, screen, "343")
        [app] = served.apps()
    await until(lambda: not runs(app))
    assert served.process.poll() is None
    async with opened(served) as screen:
        await review(served, screen, "2")
    assert served.ratings() == [3, 4, 3, 2]


async def test_an_app_that_is_left_closes_its_page(served: Served) -> None:
    async with opened(served) as screen:
        await screen.shows("enter")
        await screen.press("q")
        await screen.closes()
        await until(lambda: not served.apps())


def terminate(served: Served) -> None:
    served.process.terminate()


@pytest.mark.parametrize("end", [Served.press_ctrl_c, terminate])
async def test_ctrl_c_ends_the_server_and_every_app(served: Served, end) -> None:
    async with opened(served) as one, opened(served) as other:
        await one.shows("enter")
        await other.shows("enter")
        apps = served.apps()
        assert len(apps) == 2
        end(served)
        out, err = await asyncio.to_thread(served.process.communicate)
        assert (served.process.returncode, out) == (0, "")
        assert err.splitlines()[-1] == "closed"
        assert "Traceback" not in err
        assert not any(map(runs, apps))


async def test_apps_leave_with_a_server_that_is_killed(served: Served) -> None:
    async with opened(served) as screen:
        await review(served, screen, "3")
        apps = served.apps()
        served.process.kill()
        await until(lambda: not any(map(runs, apps)))
    assert served.ratings() == [3]


def test_a_port_in_use_is_told_with_the_mend(run, database) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", "--port", str(port), expect=2)
    assert ran.out == ""
    assert f"127.0.0.1:{port}: the port cannot be had: Address already in use" in ran.err
    assert "--port" in ran.err


def test_a_port_must_be_one(run) -> None:
    assert "65536 is not in the range" in run("serve", "--port", "65536", expect=2).err


def test_a_database_that_cannot_be_used_is_told_at_once(run, database) -> None:
    database.write_bytes(b"no database at all, but a letter to a friend\n" * 50)
    ran = run("serve", expect=3)
    assert str(database) in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("missing", ["aiohttp", "textual_serve"])
def test_without_the_extra_its_install_line_is_named(process, missing: str) -> None:
    ran = process(
        code=f"""
import sys
from flashsafety.cli.app import run
sys.modules[{missing!r}] = None
sys.exit(run(["serve"]))
""",
        expect=2,
    )
    assert ran.err.splitlines() == [
        f"error: 'serve' needs a package that is not installed: {missing}",
        "  pip install 'flashsafety[serve]'",
    ]


def test_no_other_command_needs_the_extra(process) -> None:
    ran = process(
        code="""
import sys
from flashsafety.cli.app import run
run(["due"])
import flashsafety.tui.app
print([name for name in ("aiohttp", "textual_serve") if name in sys.modules])
"""
    )
    assert ran.lines[-1] == "[]"
