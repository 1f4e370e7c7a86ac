"""One stat per file of the bank: how a no-change start finds that nothing has changed.

On the quick path, so it imports nothing but os: no pathlib, no YAML, no models.
"""

import os
from collections.abc import Iterator, Sequence
from stat import S_ISREG

COMMON_FILES = ("syllabus.yaml", "sources.yaml", "retired.yaml")
"""Files at the top of a bank that are about all its cards."""
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg")
"""What the names of pictures end with; files of other kinds are no part of a bank."""

Stat = tuple[int, int, int]
"""Index of the root, size in bytes, modification time in nanoseconds."""


def stat_bank(roots: Sequence[str]) -> dict[str, Stat]:
    """Every YAML file and picture of the bank, by its path within the bank.

    Paths have forward slashes; those of the second root begin with ``own/``, of the third with
    ``own2/`` and so on. Hidden files and folders are left out, and whatever is no plain file inside
    its root: links to folders, links that lead out, pipes. So is a name that is no UTF-8, for
    neither the database nor any output could hold it.
    """
    return {
        prefix(index) + path: (index, info.st_size, info.st_mtime_ns)
        for index, root in enumerate(roots)
        for path, info in _walk(root)
        if info is not None
    }


def odd_entries(roots: Sequence[str]) -> list[str]:
    """What is named like a file of the bank but is none that is read, by path, sorted."""
    return sorted(
        prefix(index) + path
        for index, root in enumerate(roots)
        for path, info in _walk(root)
        if info is None
    )


def prefix(root: int) -> str:
    """What paths in the root of that index begin with."""
    return "" if root == 0 else "own/" if root == 1 else f"own{root}/"


def locate(roots: Sequence[str], path: str) -> str:
    """Where a file of the bank is on this machine."""
    index = _root(roots, path)
    return os.path.join(roots[index], path[len(prefix(index)) :])


def root_of(roots: Sequence[str], path: str) -> str:
    """The folder of the bank that a file is in."""
    return roots[_root(roots, path)]


def is_picture(path: str) -> bool:
    """True for a file of the bank that is a picture by its name."""
    return path.endswith(PICTURE_ENDINGS)


def _root(roots: Sequence[str], path: str) -> int:
    return next((n for n in range(len(roots) - 1, 0, -1) if path.startswith(prefix(n))), 0)


def _walk(root: str) -> Iterator[tuple[str, os.stat_result | None]]:
    """Path within the root and stat of each file of it; no stat for what is not to be read."""
    folders = [""]
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(os.path.join(root, folder)))
        except OSError:
            if folder:
                yield folder, None
            continue
        for entry in entries:
            name = entry.name
            path = folder + name
            if name[0] == ".":
                continue
            if entry.is_dir(follow_symlinks=False):
                refused = not is_text(name) or (not folder and is_reserved(name))
                if not refused:
                    folders.append(path + "/")
                if refused or name.endswith(".yaml"):
                    yield path + "/", None
                continue
            if name.endswith((".yaml", ".yml", *PICTURE_ENDINGS)):
                yield path, _stat(entry, root)


def _stat(entry: "os.DirEntry[str]", root: str) -> os.stat_result | None:
    """Stat of a plain file, or of the one in the same root that a link leads to; else none."""
    if entry.name.endswith(".yml") or not is_text(entry.name):
        return None
    try:
        info = entry.stat()
        if entry.is_symlink():
            real_root = os.path.join(os.path.realpath(root), "")
            if not os.path.realpath(entry.path).startswith(real_root):
                return None
    except OSError:
        return None
    return info if S_ISREG(info.st_mode) else None


def is_text(name: str) -> bool:
    """False for a name of bytes that are no UTF-8."""
    # Python holds such bytes as halves of pairs of UTF-16.
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def is_reserved(name: str) -> bool:
    """True for a folder name that stands for another root."""
    return name.startswith("own") and (name == "own" or name[3:].isdigit())
