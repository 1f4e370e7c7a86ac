"""Bytes of a bank file to text: size and encoding checked before anything is parsed."""

import re
from pathlib import Path
from stat import S_ISREG

from flashsafety.content.faults import Faults

SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes: ten thousand cards. A file of cards as they should be has some twenty thousand bytes."""
BAD_LINES = 50
"""A file with more lines of unreadable characters is no text file with slips in it."""

_UNUSABLE = re.compile(
    "[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
"""What YAML or a terminal cannot take: control characters, tabs, line ends that editors do not
count as such, byte order marks amid text, and bytes that are no UTF-8 (as lone surrogates)."""


def read_file(path: str, faults: Faults) -> str | None:
    """The text of a file with its slips reported and blanked out; none when it is no text file.

    Lines end in one newline, and each bad character is replaced by one other, so that lines and
    columns are those of the file.
    """
    try:
        # A pipe or a device would be waited for, or never end: only plain files are opened.
        if not S_ISREG(Path(path).stat().st_mode):
            faults.add((1, 1), "file-odd", "this is no plain file", "take it out of the bank")
            return None
        with Path(path).open("rb") as file:
            data = file.read(SIZE_LIMIT + 1)
    except OSError as error:
        reason = error.strerror or "no reason given"
        faults.add((1, 1), "file-unreadable", f"cannot be read: {reason}", "check its permissions")
        return None
    if len(data) > SIZE_LIMIT:
        faults.add(
            (1, 1),
            "too-large",
            f"the file is larger than {SIZE_LIMIT // 1024 // 1024} MiB",
            "split it: a file holds about 40 cards",
        )
        return None
    return clean(data, faults)


def clean(data: bytes, faults: Faults) -> str | None:
    """The text in bytes, as ``read_file`` gives it."""
    nul = data.find(b"\0")
    if nul >= 0:
        line = data.count(b"\n", 0, nul) + 1
        column = nul - data.rfind(b"\n", 0, nul)
        faults.add(
            (line, column), "not-text", "this is not a text file", "save it as plain text in UTF-8"
        )
        return None
    text = data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").replace("\r\n", "\n")
    if not _UNUSABLE.search(text):
        return text
    if not _report_bad_lines(text, faults):
        return None
    return _UNUSABLE.sub(lambda found: " " if found[0] == "\t" else "\ufffd", text)


def unusable(text: str) -> tuple[str, str] | None:
    """Message and mend for the first character that no file of the bank may hold; none if fine."""
    found = _UNUSABLE.search(text)
    return _advice(found[0])[1:] if found else None


def _report_bad_lines(text: str, faults: Faults) -> bool:
    """Report the first bad character of each line; false when there are too many of them."""
    line, start = 1, 0
    for _ in range(BAD_LINES):
        found = _UNUSABLE.search(text, start)
        if found is None:
            return True
        line += text.count("\n", start, found.start())
        column = found.start() - text.rfind("\n", 0, found.start())
        faults.add((line, column), *_advice(found[0]))
        start = text.find("\n", found.start())
        if start < 0:
            return True
    return False


def _advice(char: str) -> tuple[str, str, str]:
    """Rule, message and mend for a character that cannot be used."""
    if char == "\t":
        return "tab", "a tab", "write spaces: tabs look different in each editor"
    if "\udc80" <= char <= "\udcff":
        byte = ord(char) - 0xDC00
        return "not-text", f"the byte {byte:02x} is not UTF-8", "save the file as UTF-8"
    return (
        "not-text",
        f"the invisible character U+{ord(char):04X}",
        "take it out; it often comes along when text is pasted",
    )
