"""Bytes like those of a corpus, but not the same: seeded, and without a library."""

from collections.abc import Iterator, Sequence
from random import Random

ODD = (
    b"\x00", b"\xff\xfe", b"\x1b[2J\x1b]0;x\x07", "\u202e".encode(), "\u0430".encode(),
    b"\xed\xa0\x80", b"%s%n", b"../../etc/passwd", b"<script>alert(1)</script>",
    b"[x](javascript:alert(1))", b"[x](ms-msdt:/id)", b"![x](file:///etc/passwd)", b"&a", b"*a",
    b"!!python/object/apply:os.system [id]", b"{{c1::", b"}}", b"$$", b"\\frac{", b"|\n",
    b"'; DROP TABLE review; --", b"=cmd|' /C calc'!A0", b"9" * 400, b"-1", b"1e999", b"NaN",
    b"[sound:a.mp3]", b"[latex]x[/latex]", b"\\href{javascript:alert(1)}{x}",
    b"9223372036854775807",
    b"-9223372036854775808", b"9e999", b"\xff", "\u2028".encode(), b"\\", b"\n",
    b"null", b"[" * 500, b"{" * 500, b"(" * 500, b"\t", b"\r", b"\n\n---\n",
    "\U0001f469\u200d".encode(), b'"',
)  # fmt: skip
"""What has broken readers before."""

LONGEST = 70_000
"""Bytes."""


def mutations(corpus: Sequence[bytes], chance: Random) -> Iterator[bytes]:
    """Without end."""
    while True:
        data = bytearray(chance.choice(corpus))
        for _ in range(chance.choice((1, 1, 2, 3, 8))):
            _change(data, corpus, chance)
        yield bytes(data[:LONGEST])


def _change(data: bytearray, corpus: Sequence[bytes], chance: Random) -> None:
    at = chance.randrange(len(data) + 1)
    end = min(len(data), at + chance.choice((1, 1, 2, 8, 64, 512)))
    match chance.randrange(7):
        case 0:
            del data[at:end]
        case 1:
            data[at:at] = chance.choice(ODD)
        case 2:
            data[at:end] = chance.choice(ODD)
        case 3:
            data[at:at] = data[at:end] * chance.choice((1, 2, 50))
        case 4:
            other = chance.choice(corpus)
            start = chance.randrange(len(other) + 1)
            data[at:end] = other[start : start + 200]
        case 5 if data:
            data[at % len(data)] ^= 1 << chance.randrange(8)
        case _:
            data[at:end] = chance.randbytes(end - at)
