"""What plans come to, reckoned beside the screen: once for as long as nothing changes."""

import asyncio
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from flashsafety.study.library import Library

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback


class Told(NamedTuple):
    """What is to come of plans."""

    found: "Comeback | None"
    """Return plans that are offered."""
    predicted: float | None
    """Recall on the date of the plan that holds; none when none does."""


class _NotWantedError(Exception):
    """Nobody waits for it any more."""


class Planner:
    """One reckoning at a time, on a thread with a connection of its own; the newest result is kept.

    A reckoning takes the interpreter from the screen, so one that is not wanted ends at once.
    """

    def __init__(self, library: Library) -> None:
        """Reckon nothing yet."""
        self._library = library
        self._busy = Lock()
        self._number = 0
        self._kept: tuple[object, Told] | None = None

    async def tell(self) -> Told | None:
        """What is to come as things stand; none when it was asked again, or stopped, meanwhile.

        Raises:
            FlashsafetyError: The database cannot be used.
        """
        self._number += 1
        number, mark = self._number, self._mark()
        if self._kept and self._kept[0] == mark:
            return self._kept[1]
        told = await asyncio.to_thread(self._tell, number)
        if told is not None:
            self._kept = mark, told
        return told if number == self._number else None

    def stop(self) -> None:
        """End what is under way."""
        self._number += 1

    def _tell(self, number: int) -> Told | None:
        """On a thread."""
        from flashsafety.study.comeback import comeback
        from flashsafety.study.ready import prospect

        def between() -> None:
            if number != self._number:
                raise _NotWantedError

        try:
            with self._busy, self._library.reopen() as library:
                between()
                coming = prospect(library, between)
                return Told(comeback(library, between), coming.recall if coming else None)
        except _NotWantedError:
            return None

    def _mark(self) -> object:
        """Another one after anything that the result depends on has changed.

        Whatever was written since is taken for such a thing, by this connection or by any other.
        """
        from flashsafety.store.shown import data_version  # not before the first frame

        library, db = self._library, self._library.db
        return library.clock.now().day, library.settings, db.total_changes, data_version(db)
