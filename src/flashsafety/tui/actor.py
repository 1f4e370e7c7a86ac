"""Doing things to many cards beside the screen, one after the other in the order of the keys."""

import asyncio
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from flashsafety.study.library import Library

Result = TypeVar("Result")


class Actor:
    """One act at a time, on a thread with a connection of its own."""

    def __init__(self, library: Library) -> None:
        """Open a connection beside the library's."""
        self._library = library.reopen()
        self._turn = asyncio.Lock()
        self._busy = Lock()

    async def do(self, act: Callable[[Library], Result]) -> Result:
        """Do something to the library when what was asked for before is done."""
        async with self._turn:
            return await asyncio.to_thread(self._do, act)

    def _do(self, act: Callable[[Library], Result]) -> Result:
        with self._busy:
            return act(self._library)

    def close(self) -> None:
        """Wait for what is under way, which is never lost, and close the connection."""
        with self._busy:
            self._library.close()
