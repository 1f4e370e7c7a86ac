"""The collection out of an ``.apkg`` or ``.colpkg``: one known member, copied within limits.

The other members (media, a stub for old versions) are never touched, and no name of a member is
ever used as a path.
"""

import sys
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, BinaryIO

from flashsafety.anki.wire import message
from flashsafety.errors import UnusableDataError

LARGEST = 2 << 30
"""Bytes of a collection; one with a million reviews has about 100 MB."""
DENSEST, ALWAYS_FINE = 200, 64 << 20
"""How many times its packed size a collection may have, and the bytes from which that is asked."""

_CHUNK = 1 << 20


@contextmanager
def unpacked(path: str) -> Iterator[str]:
    """The path of a copy of the package's collection, a SQLite file; gone afterwards.

    Args:
        path: The package, in the legacy or the current format; it is only read.

    Raises:
        UnusableDataError: It is no package, it is damaged, or it unpacks to more than is sane.
    """
    with TemporaryDirectory(prefix="flashsafety-") as folder:
        copy = Path(folder) / "collection"
        try:
            with zipfile.ZipFile(path) as package, copy.open("wb") as out:
                name = _member(package)
                with package.open(name) as packed:
                    size = package.getinfo(name).compress_size
                    read = _zstd if name.endswith("b") else _plain
                    _copy(read(packed), out, size, path)
        except OSError as error:
            raise _unusable(path, f"it cannot be read: {error.strerror or error}") from None
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as bad:
            raise _unusable(path, f"it is no deck that Anki wrote, or damaged: {bad}") from None
        yield str(copy)


def _member(package: zipfile.ZipFile) -> str:
    """The member that holds the collection; the others may be stubs that ask for an update."""
    names = set(package.namelist())
    version: int | None = None
    if "meta" in names:
        with package.open("meta") as file:
            said = dict(message(file.read(1000))).get(1)
            version = said if isinstance(said, int) else None
    by_version = {3: "collection.anki21b", 2: "collection.anki21", 1: "collection.anki2"}
    if version is None:
        wanted = "collection.anki21" if "collection.anki21" in names else "collection.anki2"
    elif version in by_version:
        wanted = by_version[version]
    else:
        raise _unusable(
            package.filename or "",
            f"it is in a format that is newer than this program (version {version})",
            'export it with "Support older Anki versions" ticked',
        )
    if wanted not in names:
        raise zipfile.BadZipFile(f"it has no {wanted}")
    return wanted


def _copy(chunks: Iterator[bytes], out: BinaryIO, packed: int, path: str) -> None:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > LARGEST or size > max(ALWAYS_FINE, packed * DENSEST):
            what = f"{packed} bytes of it unpack to more than {size - len(chunk)}"
            raise _unusable(path, f"{what}, which no collection does")
        out.write(chunk)


def _plain(packed: IO[bytes]) -> Iterator[bytes]:
    while chunk := packed.read(_CHUNK):
        yield chunk


def _zstd(packed: IO[bytes]) -> Iterator[bytes]:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd

    # It looks back 128 MB at most unless told otherwise, as Anki's own reader does.
    unpack = zstd.ZstdDecompressor()
    try:
        while not unpack.eof:
            data = packed.read(_CHUNK) if unpack.needs_input else b""
            if unpack.needs_input and not data:
                raise EOFError("it ends too early")
            yield unpack.decompress(data, _CHUNK)
    except zstd.ZstdError as error:
        raise zipfile.BadZipFile(str(error)) from None


def _unusable(path: str, what: str, mend: str = "export it from Anki again") -> UnusableDataError:
    return UnusableDataError(what, where=path, mend=mend)
