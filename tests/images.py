"""Small pictures made for a test, sound ones and such as no honest program writes."""

import io
import struct
import zlib
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def part(name: bytes, content: bytes) -> bytes:
    """A part of a PNG with its length and its checksum."""
    check = zlib.crc32(content, zlib.crc32(name))
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", check)


def header(width: int, height: int) -> bytes:
    """What a PNG of eight bits a colour begins with."""
    return SIGNATURE + part(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))


def png(width: int = 40, height: int = 20, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """A PNG of one colour."""
    rows = (b"\0" + bytes(colour) * width) * height
    return header(width, height) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def jpeg(width: int = 40, height: int = 20) -> bytes:
    """A JPEG of one colour."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (width, height), (30, 200, 30)).save(out, "JPEG")
    return out.getvalue()


def put(bank: Path, path: str, data: bytes | None = None) -> Path:
    """Write a picture into a bank; returns where."""
    file = bank / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(png() if data is None else data)
    return file


def shows(path: str = "images/circle.png", words: str = "A red disc on white ground") -> str:
    """A card that shows a picture in its prompt."""
    return (
        "id: seen-shape\ntype: question\n"
        f"prompt: |\n  Which shape is drawn here?\n\n  ![{words}]({path})\n"
        "answer: |\n  A disc.\n"
    )
