"""Bytes of a picture -> what is wrong with them, from their headers: nothing is decoded.

PNG and JPEG, since a terminal, a browser and Anki show both. What a header claims is checked before
any decoder sees the file: a few bytes can claim pixels for gigabytes.

Source: PNG specification (third edition), sections 5.2 to 5.3 and 11.2.1; ITU-T T.81, annex B.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from zlib import crc32

SIZE_LIMIT = 512 * 1024
"""Bytes. A drawing of a card's size has some ten thousand, a photograph a hundred thousand."""
SIDE_LIMIT = 2000
"""Pixels, of either side: more than a card's column has on any screen."""

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_FRAMES = {0xC0, 0xC1, 0xC2}
"""JPEG markers before the size of a picture that every program shows: baseline and progressive."""
_OTHER_FRAMES = set(range(0xC3, 0xD0)) - {0xC4, 0xC8, 0xCC}
_OTHERS = {
    b"GIF8": "a GIF", b"RIFF": "a WebP", b"BM": "a BMP", b"II*\0": "a TIFF", b"MM\0*": "a TIFF",
    b"<svg": "an SVG", b"<?xml": "an SVG", b"%PDF": "a PDF",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file cannot be shown as a picture."""

    what: str
    """To be read after the file's name."""
    mend: str


def read_image(path: str) -> bytes | Flaw:
    """The bytes of a sound picture, or what is wrong with the file.

    Args:
        path: A plain file on this machine.
    """
    try:
        if not S_ISREG(Path(path).stat().st_mode):
            return Flaw("is no plain file", "put the picture itself there")
        with Path(path).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "no reason given"
        return Flaw(f"cannot be read: {reason}", "check that it is there, and its permissions")
    return flaw(data, path) or data


def flaw(data: bytes, name: str) -> Flaw | None:
    """What is wrong with the bytes of a file of that name; none when they are a sound picture."""
    if len(data) > SIZE_LIMIT:
        what = f"is larger than {SIZE_LIMIT // 1024} KiB"
        return Flaw(what, "scale it down, or save it as JPEG")
    kind, endings = _kind(data)
    if not endings:
        other = next((called for start, called in _OTHERS.items() if data.startswith(start)), "")
        return Flaw(f"is {other or 'no picture that is known here'}", "save it anew as PNG or JPEG")
    if not name.endswith(endings):
        right = name.rpartition("/")[2].rpartition(".")[0] + endings[0]
        return Flaw(f"is a {kind} by another name", f'rename it to "{right}"')
    try:
        width, height = _png_size(data) if kind == "PNG" else _jpeg_size(data)
    except ValueError as error:
        return Flaw(f"is damaged: {error}", "save it anew from the program that made it")
    if not width or not height:
        return Flaw("has no pixels", "save it anew from the program that made it")
    if max(width, height) > SIDE_LIMIT:
        return Flaw(
            f"has {width:,} x {height:,} pixels", f"scale it down to {SIDE_LIMIT:,} on a side"
        )
    return None


def _kind(data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith(_PNG):
        return "PNG", (".png",)
    if data.startswith(_JPEG):
        return "JPEG", (".jpg", ".jpeg")
    return "", ()


def _png_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        ValueError: The file is cut short or changed.
    """
    names: set[bytes] = set()
    size = 0, 0
    for name, content in _png_parts(data):
        if not names:
            if name != b"IHDR" or len(content) != 13:
                raise ValueError("it does not begin as a PNG does")
            size = int.from_bytes(content[:4]), int.from_bytes(content[4:8])
        names.add(name)
        if name == b"IEND":
            break
    if not {b"IDAT", b"IEND"} <= names:
        raise ValueError("its end is missing")
    return size


def _png_parts(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(_PNG)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4])
        name, end = data[at + 4 : at + 8], at + 8 + length
        content, told = data[at + 8 : end], data[end : end + 4]
        if len(told) < 4:
            raise ValueError("its end is missing")
        if crc32(content, crc32(name)) != int.from_bytes(told):
            raise ValueError("a part of it was changed")
        yield name, content
        at = end + 4


def _jpeg_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        ValueError: The file is cut short, or of a kind that few programs show.
    """
    at = 2
    while at + 4 <= len(data):
        if data[at] != 0xFF:
            raise ValueError("a part of it was changed")
        marker = data[at + 1]
        if marker == 0xFF:  # padding
            at += 1
            continue
        if marker in _OTHER_FRAMES:
            raise ValueError("it is a JPEG of a rare kind")
        if marker in _FRAMES:
            if data.rfind(b"\xff\xd9") < at or at + 9 > len(data):
                break
            height, width = (int.from_bytes(data[n : n + 2]) for n in (at + 5, at + 7))
            return width, height
        at += 2 + int.from_bytes(data[at + 2 : at + 4])
    raise ValueError("its end is missing")
