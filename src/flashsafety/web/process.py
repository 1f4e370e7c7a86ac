"""One run of the app, and the pipes that stand for its terminal.

The other end is ``textual.drivers.web_driver``: packets of a letter, four bytes of size, and that
many bytes. ``D`` is what a terminal would be sent or would send, ``M`` is news as JSON.
"""

import asyncio
import contextlib
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Mapping, Sequence

DATA, NEWS = b"D", b"M"
_PRELUDE = b"__GANGLION__\n"
"""The line before the first packet."""
_PATIENCE = 5.0
"""Seconds that an app may take to leave before it is killed. Every rating is stored by then."""
_KEPT = 1 << 16
"""Bytes kept of what the app writes to standard error: the last."""


class AppProcess:
    """An app that runs for one page."""

    def __init__(self, process: Process) -> None:
        """Take a process with three pipes; ``start`` makes one."""
        self._process = process
        self._errors = b""
        self._listener = asyncio.create_task(self._listen())

    @classmethod
    async def start(
        cls, command: Sequence[str], environ: Mapping[str, str], columns: int, rows: int
    ) -> "AppProcess":
        """Start the app for a page of that many cells.

        It is in a session of its own: ctrl+c in the server's terminal is the server's to act on.
        """
        size = {"COLUMNS": str(columns), "ROWS": str(rows)}
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=PIPE,
            env={**environ, **size}, start_new_session=True,
        )  # fmt: skip
        return cls(process)

    async def press(self, keys: str) -> None:
        """Send what a terminal sends for keys and mouse."""
        await self._send(DATA, keys.encode(errors="replace"))

    async def tell(self, news: str, **more: int) -> None:
        """Send news of the page: ``resize``, ``focus``, ``blur``, ``quit``."""
        await self._send(NEWS, json.dumps({"type": news, **more}).encode())

    async def packets(self) -> AsyncIterator[tuple[bytes, bytes]]:
        """Every packet of the app, until it has ended."""
        pipe = self._process.stdout
        assert pipe is not None
        while (line := await pipe.readline()) != _PRELUDE:
            if not line:
                return
        with contextlib.suppress(asyncio.IncompleteReadError):
            while True:
                head = await pipe.readexactly(5)
                yield head[:1], await pipe.readexactly(int.from_bytes(head[1:], "big"))

    async def complaint(self) -> str:
        """What the app said on standard error, once it has ended; empty when it ended well."""
        await self._listener
        return self._errors.decode(errors="replace") if await self._process.wait() else ""

    async def end(self) -> None:
        """Ask the app to leave, and see to it that it does."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self.tell("quit")
                await self._process.wait()
        except TimeoutError:
            pass
        finally:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
        await self._process.wait()
        await self._listener

    async def _send(self, kind: bytes, payload: bytes) -> None:
        pipe = self._process.stdin
        assert pipe is not None
        # An app that has just left takes no more; whoever reads its packets will see.
        with contextlib.suppress(ConnectionError):
            pipe.write(kind + len(payload).to_bytes(4, "big") + payload)
            await pipe.drain()

    async def _listen(self) -> None:
        pipe = self._process.stderr
        assert pipe is not None
        while heard := await pipe.read(_KEPT):
            self._errors = (self._errors + heard)[-_KEPT:]
