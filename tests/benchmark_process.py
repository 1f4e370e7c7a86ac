"""Each measurement in a process that no earlier one has left its memory."""

import contextlib
import gc
from collections.abc import Callable, Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import TypeVar

from tests.benchmark_parts import shelf

T = TypeVar("T")
_Measure = Callable[[str, int], Iterator[T]]


def from_a_process(make: _Measure[T], name: str, size: int) -> Iterator[T]:
    """What a function yields, as it comes.

    Raises:
        ChildProcessError: It failed, and has said why.
    """
    shelf()  # before they part, so that all share it
    context = get_context("fork")
    ours, its = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(its, make, name, size))
    process.start()
    its.close()
    with contextlib.suppress(EOFError):
        while True:
            yield ours.recv()
    process.join()
    if process.exitcode:
        raise ChildProcessError(f"{name} {size:,} ended with {process.exitcode}")


def _send(to: Connection, make: _Measure[T], name: str, size: int) -> None:
    gc.freeze()  # what all measurements import is more than any one has, and is gone through often
    for each in make(name, size):
        to.send(each)
