"""Ids of log rows: UUIDv7 (RFC 9562), each greater than all before, whatever the clock does."""

import os
import sqlite3
from collections.abc import Callable

_VERSION = 0x7 << 76
_VARIANT = 0b10 << 62


def next_id(db: sqlite3.Connection, at: int, entropy: Callable[[int], bytes] = os.urandom) -> bytes:
    """A new id, 16 bytes, greater than every id in the log.

    When the clock has gone back (or two rows fall into one millisecond) the last id is counted up
    instead, as section 6.2 of the RFC allows: the order of ids stays the order of what happened. By
    a random step, for another device that shares the log may count up from the same one.

    Args:
        db: Inside a write transaction, so that no other window can take the same id.
        at: Instant, UTC, milliseconds.
        entropy: Gives that many random bytes.
    """
    last = db.execute(
        "SELECT max((SELECT coalesce(max(id), x'') FROM review),"
        " (SELECT coalesce(max(id), x'') FROM action),"
        " (SELECT coalesce(max(id), x'') FROM attempt),"
        " (SELECT coalesce(max(id), x'') FROM plan))"
    ).fetchone()[0]
    fresh = uuid7(at, entropy)
    if fresh > last:
        return fresh
    step = 1 + int.from_bytes(entropy(6), "big")
    return (int.from_bytes(last, "big") + step).to_bytes(16, "big")


def uuid7(at: int, entropy: Callable[[int], bytes]) -> bytes:
    """48 bits of milliseconds, then random bits but for the version and variant."""
    noise = int.from_bytes(entropy(10), "big")
    low = (noise & (0xFFF << 64)) | (noise & ((1 << 62) - 1)) | _VERSION | _VARIANT
    return ((at & ((1 << 48) - 1)) << 80 | low).to_bytes(16, "big")


def as_text(value: bytes) -> str:
    """The usual form, with hyphens."""
    text = value.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
