"""Anonymous logs that were handed in: which files are any, and which of their lines are ratings.

What a cell may hold is said once, for lines of text as they are read here and for the engines that
read millions of them. Those only say in which files something was left out; what it was is found
here, by reading that one file once more.
"""

import re
from collections.abc import Iterator, Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import NamedTuple

from flashsafety.store.plausible import CARD_KEY
from flashsafety.study.anonymous import COLUMNS, HEADER, VERSION
from flashsafety.study.csv_lines import LONGEST, lines, short

SHAPES = {
    "version": VERSION,
    "learner": "[0-9a-f]{16}",
    "bank": "[a-z0-9][a-z0-9-]{0,59}",
    "card": CARD_KEY,
    "number": "[1-9][0-9]{0,4}",
    "day": "[0-9]{1,5}",
    "rating": "[1-4]",
    "phase": "[0-3]",
    "elapsed": "([0-9]{1,5})?",
    "interval": "[0-9]{1,10}",
    "seconds": "[0-9]{1,8}",
    "origin": "review|cram|anki|import",
    "picked": "([1-9]( [1-9])*)?",
    "wrong": "([1-9]( [1-9])*)?",
    "wording": "([0-9a-f]{8})?",
}
"""Column to a regular expression of all of a cell, in words that every engine knows."""
NUMBERS = ("number", "day", "elapsed", "interval", "seconds")
"""Columns that are read as whole numbers."""
MOST = {"number": 10**5, "day": 10**5, "elapsed": 10**5, "interval": 10**10, "seconds": 10**8}
"""Numbers stay below; so says their shape too."""
LINE = re.compile(",".join(f"(?:{SHAPES[column]})" for column in COLUMNS))
NAMED = 5
"""Lines of one file that are named; the rest are counted."""
_END = re.compile(rb"\n")
_LONE = re.compile(rb"\r(?!\n)")
_PATTERN = re.compile(r"[*?\[\]{}\\]")
"""What an engine would take for a pattern of names."""
_PACKED = (".gz", ".zst", ".bz2", ".xz", ".lz4", ".snappy", ".deflate")
"""Endings by which an engine unpacks a file; one that is not packed would end the whole work."""


class Fault(NamedTuple):
    """Something that was left out."""

    file: str
    line: int | None
    """None where it is the whole file, or more lines than are named."""
    why: str

    def __str__(self) -> str:
        """Place and reason, as a line."""
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.why}"


def usable(paths: Sequence[str]) -> tuple[dict[str, str], list[Fault]]:
    """The files that begin as an anonymous log does, and what is wrong with the others.

    Returns:
        Real path to the name that was given; the faults in the order of the names.
    """
    good: dict[str, str] = {}
    faults = []
    for name in paths:
        path = Path(name).resolve()
        if str(path) in good:
            faults.append(Fault(name, None, "named twice; it is read once"))
        elif fault := _fault(name, path):
            faults.append(fault)
        else:
            good[str(path)] = name
    return good, faults


def _fault(name: str, path: Path) -> Fault | None:
    if _PATTERN.search(str(path)):
        return Fault(
            name, None, f"{path} reads as a pattern; rename it without * ? [ ] {{ }} or \\"
        )
    if path.suffix.lower() in _PACKED:
        return Fault(name, None, "called as if it were packed; unpack it, or let it end in .csv")
    if path.exists() and not path.is_file():
        return Fault(name, None, "no ordinary file")
    try:
        with path.open("rb") as file:
            rows = lines(file)
            head = next(rows, (1, ""))[1] or ""
            first = next(rows, (2, ""))[1] or ""
    except OSError as error:
        return Fault(name, None, f"cannot be read: {error.strerror}")
    version = first.partition(",")[0]
    if head.startswith("version,learner,") and version.isdecimal() and version != VERSION:
        why = f"version {short(version)} of the format, and this program reads {VERSION}"
        return Fault(name, 2, f"{why}; update flashsafety")
    if head != HEADER:
        return Fault(name, 1, "no anonymous log, which begins with version,learner,bank,card ...")
    odd = _lone_return(path)
    return None if odd is None else Fault(name, odd, "a carriage return that ends no line")


def _lone_return(path: Path) -> int | None:
    """The line with a carriage return that no line feed follows: DuckDB gives up a file for it."""
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        if content.find(b"\r") < 0:  # as a rule, and found out ten times faster
            return None
        odd = _LONE.search(content)
        if odd is None:
            return None
        return 1 + sum(1 for _ in _END.finditer(content, 0, odd.start()))


def bad_lines(name: str) -> Iterator[Fault]:
    """The lines of a file that are no ratings: the first few by number, the rest counted."""
    found = 0
    with Path(name).open("rb") as file:
        for number, line in lines(file):
            if number == 1 or line == "" or (line is not None and LINE.fullmatch(line)):
                continue
            found += 1
            if found <= NAMED:
                yield Fault(name, number, _why(line))
    if found > NAMED:
        yield Fault(name, None, f"and {found - NAMED:,} more lines that are no ratings")


def _why(line: str | None) -> str:
    if line is None:
        return f"longer than {LONGEST} bytes"
    cells = line.split(",")
    if len(cells) != len(SHAPES):
        return f"cut short or too long: {len(cells)} columns, not {len(SHAPES)}"
    return next(
        f'{column} is "{short(cell)}"'
        for (column, shape), cell in zip(SHAPES.items(), cells, strict=True)
        if not re.fullmatch(shape, cell)
    )
