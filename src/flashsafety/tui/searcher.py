"""Searching beside the screen: the newest search only, its first page before the rest."""

import asyncio
from collections.abc import Callable, Sequence
from threading import Lock

from flashsafety.store.search import Order, SearchStoppedError, stop
from flashsafety.study.find import find
from flashsafety.study.library import Library

PAGE = 200
"""Cards that are found first: more than any screen holds."""


class Searcher:
    """One search at a time, on a thread with a connection of its own."""

    def __init__(self, library: Library) -> None:
        """Open a connection beside the library's."""
        self._library = library.reopen()
        self._busy = Lock()
        self._number = 0

    async def search(
        self, query: str, order: Order, show: Callable[[Sequence[int], bool], None]
    ) -> None:
        """Find cards; a search that is under way is broken off and shows nothing more.

        Args:
            query: A search that can be understood.
            order: How the cards are sorted.
            show: Is given row ids, and whether they are all; once or twice.

        Raises:
            UnusableDataError: The database cannot be used.
        """
        self._number += 1
        number = self._number
        stop(self._library.db)
        for limit in (PAGE, None):
            found = await asyncio.to_thread(self._find, number, query, order, limit)
            if found is None or number != self._number:
                return
            whole = limit is None or len(found) < limit
            show(found, whole)
            if whole:
                return

    def _find(self, number: int, query: str, order: Order, limit: int | None) -> list[int] | None:
        """On a thread; none when it is not wanted any more."""
        with self._busy:
            if number != self._number:
                return None
            try:
                return find(self._library, query, order=order, limit=limit)
            except SearchStoppedError:
                return None

    def close(self) -> None:
        """Break off what is under way and close the connection."""
        self._number += 1
        stop(self._library.db)
        with self._busy:
            self._library.close()
