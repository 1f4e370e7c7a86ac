"""A terminal that goes away: without this the app would ask it for keys for ever."""

import select
from collections.abc import Callable
from threading import Thread


def watch(handle: int, gone: Callable[[], object]) -> None:
    """Wait, on a thread of its own that costs nothing, until nobody holds a terminal's other end.

    Most often the system says so with a signal that ends the process; it does not where that is
    ignored, as under ``nohup``, or where the terminal is not the process's own.

    Args:
        handle: Of the terminal.
        gone: Called once, on that thread.
    """
    if hasattr(select, "poll"):
        Thread(target=_wait, args=(handle, gone), name="hangup", daemon=True).start()


def _wait(handle: int, gone: Callable[[], object]) -> None:
    waiting = select.poll()
    waiting.register(handle, 0)  # a hang-up is told without being asked for
    if any(found & select.POLLHUP for _, found in waiting.poll()):
        gone()
