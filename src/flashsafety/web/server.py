"""The server: a page, the few files that it is made of, and a websocket with an app behind each.

The page's half of the terminal is textual-serve's; its server is not used, for it lets in whoever
asks, gives its command to a shell, waits without end for an app that hangs, and its page fetches a
font from elsewhere.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakSet

import textual_serve
from aiohttp import WSCloseCode, WSMsgType, web

from flashsafety.content.visible import visible
from flashsafety.errors import UsageError
from flashsafety.web.door import HOST, Door
from flashsafety.web.process import DATA, NEWS, AppProcess

_OURS = Path(__file__).with_name("page")
_THEIRS = Path(textual_serve.__file__).with_name("static")
FILES = {
    "page.css": _OURS / "page.css",
    "page.js": _OURS / "page.js",
    "textual.js": _THEIRS / "js" / "textual.js",
    "xterm.css": _THEIRS / "css" / "xterm.css",
    "RobotoMono.ttf": _THEIRS / "fonts" / "RobotoMono-VariableFont_wght.ttf",
    "RobotoMono-Italic.ttf": _THEIRS / "fonts" / "RobotoMono-Italic-VariableFont_wght.ttf",
}
"""All that the page fetches. Only a name that stands here is ever looked for on the disk."""

_HEADERS = {
    # Nothing from elsewhere is fetched, framed or run, and nobody elsewhere may use what is here.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; "
        "img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_COOKIE = "flashsafety"
_REFUSED = "This page opens only by the link that 'flashsafety serve' printed.\n"
_HEARTBEAT = 15.0
"""Seconds between looks at whether the page is still there."""
_LARGEST = 1 << 20
"""Bytes of a message from the page: room for a long paste."""
_MOST_CELLS = 1000
"""Columns or rows of a page, at most."""
_SHUTDOWN = 10.0
"""Seconds for the pages to close; longer than an app is given to leave."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def serve(
    command: Sequence[str],
    environ: Mapping[str, str],
    *,
    port: int,
    entropy: Callable[[int], bytes],
    announce: Callable[[str], None],
) -> None:
    """Serve an app until ctrl+c; then end every run of it.

    Args:
        command: What starts the app.
        environ: Its environment, which must choose Textual's web driver.
        port: Where to listen; any free port when 0.
        entropy: Gives that many random bytes, for secrets.
        announce: Told the link when the page can be opened.

    Raises:
        UsageError: The port cannot be had.
    """
    with _listen(port) as listener:
        door = Door(listener.getsockname()[1], entropy)
        server = Server(door, tuple(command), environ)
        asyncio.run(_run(server.application(), listener, lambda: announce(door.link)))


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server((HOST, port))
    except OSError as fault:
        raise UsageError(
            f"the port cannot be had: {os.strerror(fault.errno or 0)}",
            where=f"{HOST}:{port}",
            mend="name another with --port, or leave it out: then any free one is taken",
        ) from None


async def _run(app: web.Application, listener: socket.socket, ready: Callable[[], None]) -> None:
    asked = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Where a loop takes no signals (Windows), ctrl+c cancels this task.
        with contextlib.suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(number, asked.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_SHUTDOWN)
    try:
        await runner.setup()
        await web.SockSite(runner, listener).start()
        ready()
        await asked.wait()
    finally:
        await runner.cleanup()


@dataclass
class Server:
    """What one run of the server answers."""

    door: Door
    command: tuple[str, ...]
    environ: Mapping[str, str]
    _open: WeakSet[web.WebSocketResponse] = field(default_factory=WeakSet)

    def application(self) -> web.Application:
        """The routes, with the door before all of them."""
        room = self.door.room
        app = web.Application(middlewares=[self._at_the_door])
        app.router.add_get(room, self._page)
        app.router.add_get(f"{room}app", self._app)
        app.router.add_get(f"{room}{{name}}", self._file)
        app.on_response_prepare.append(_add_headers)
        app.on_shutdown.append(self._close_pages)
        return app

    @web.middleware
    async def _at_the_door(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        shown = request.cookies.get(_COOKIE, "")
        if request.path == self.door.room:
            shown = request.query.get("token", shown)
        if not self.door.admits(
            shown,
            hosts=request.headers.getall("Host", []),
            origins=request.headers.getall("Origin", []),
            websocket="Upgrade" in request.headers,
        ):
            return web.Response(status=403, text=_REFUSED)
        return await handler(request)

    async def _page(self, _: web.Request) -> web.StreamResponse:
        text = (_OURS / "page.html").read_text(encoding="utf-8")
        page = web.Response(text=text, content_type="text/html")
        page.set_cookie(
            _COOKIE, self.door.cookie, path=self.door.room, httponly=True, samesite="Strict"
        )
        return page

    async def _file(self, request: web.Request) -> web.StreamResponse:
        file = FILES.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.FileResponse(file)

    async def _app(self, request: web.Request) -> web.StreamResponse:
        """Run an app for as long as the page is open, and close the page when the app leaves."""
        page = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=_LARGEST)
        await page.prepare(request)
        self._open.add(page)
        columns = _cells(request.query.get("width", ""), 80)
        rows = _cells(request.query.get("height", ""), 24)
        app = await AppProcess.start(self.command, self.environ, columns, rows)
        shown = asyncio.create_task(_show(app, page))
        try:
            async for message in page:
                if message.type is not WSMsgType.TEXT or not await _pass_on(message.data, app):
                    await page.close(code=WSCloseCode.POLICY_VIOLATION)
        finally:
            await app.end()
            await shown
        return page

    async def _close_pages(self, _: web.Application) -> None:
        for page in list(self._open):
            await page.close(code=WSCloseCode.GOING_AWAY)


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


async def _show(app: AppProcess, page: web.WebSocketResponse) -> None:
    """Give the page what the app draws.

    To the app's end, also when the page is gone: an app whose pipe is full could not leave.
    """
    async for kind, payload in app.packets():
        # A page may close between the look and the sending.
        with contextlib.suppress(ConnectionError):
            if page.closed:
                continue
            if kind == DATA:
                await page.send_bytes(payload)
            elif kind == NEWS and (link := _link(payload)):
                await page.send_str(json.dumps(["open_url", {"url": link, "new_tab": True}]))
    complaint = visible(await app.complaint())
    with contextlib.suppress(ConnectionError):
        if complaint and not page.closed:
            # On an empty screen, its end above the bar that says that the app has closed.
            lines = "\r\n".join([*complaint.split("\n"), *[""] * 3])
            await page.send_bytes(f"\x1b[0m\x1b[2J\x1b[H{lines}".encode())
        await page.close()


def _link(news: bytes) -> str:
    """The web address that an app wants to have opened; empty for all else.

    Other schemes are refused: ``javascript:`` would run in the page, with its keys to the app.
    """
    told = json.loads(news)
    url = told.get("url") if told.get("type") == "open_url" else None
    return url if isinstance(url, str) and url.startswith(("https://", "http://")) else ""


async def _pass_on(text: str, app: AppProcess) -> bool:
    """Pass a message of the page on to the app; false when it is none that the page sends."""
    try:
        match json.loads(text):
            case ["stdin", str(keys)]:
                await app.press(keys)
            case ["resize", {"width": int(columns), "height": int(rows)}]:
                await app.tell("resize", width=_bounded(columns), height=_bounded(rows))
            case [("focus" | "blur") as news]:
                await app.tell(news)
            case ["ping", str()]:
                pass
            case _:
                return False
    except (ValueError, RecursionError):
        return False
    return True


def _cells(asked: str, default: int) -> int:
    return _bounded(int(asked)) if asked.isdecimal() and len(asked) < 9 else default


def _bounded(count: int) -> int:
    return min(max(1, count), _MOST_CELLS)
