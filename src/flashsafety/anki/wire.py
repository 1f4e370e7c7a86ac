"""Protocol Buffers as far as Anki's files use them: one message's fields, without a schema.

Source: https://protobuf.dev/programming-guides/encoding/
"""

from collections.abc import Iterator

from flashsafety.errors import UnusableDataError

_VARINT, _EIGHT, _BYTES, _FOUR = 0, 1, 2, 5


def message(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Number and value of each field: an ``int`` for a varint, else the bytes as they stand.

    Raises:
        UnusableDataError: The bytes are no message.
    """
    at = 0
    while at < len(data):
        tag, at = _varint(data, at)
        kind = tag & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield tag >> 3, value
            continue
        if kind == _BYTES:
            size, at = _varint(data, at)
        elif kind in (_EIGHT, _FOUR):
            size = 8 if kind == _EIGHT else 4
        else:
            raise _broken()
        if at + size > len(data):
            raise _broken()
        yield tag >> 3, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of 7 bits a byte, the lowest first, and the place behind it."""
    value = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            break
        byte = data[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
    raise _broken()


def _broken() -> UnusableDataError:
    return UnusableDataError(
        "a part of the file that Anki writes as a message is broken",
        mend="export it from Anki again",
    )
