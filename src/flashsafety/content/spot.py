"""Where a new card goes: which file of its module, and after which card."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flashsafety.content.bank import Bank, Module
from flashsafety.content.cardfile import ReadFile, read_cards
from flashsafety.content.faults import Faults
from flashsafety.content.text import read_file

FULL = 40
"""Cards, from which on a file is long enough and a new one is begun."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a card goes."""

    file: str
    """Path within the bank's main folder."""
    after: int | None
    """First line of the card that it follows; none in a file without cards, or yet to be made."""


def spot(root: Path, bank: Bank, module: Module, topic: str, source: str) -> Spot:
    """After the last card of the topic, in the file that is most about it; else in a new file.

    A file is about a topic when its top gives it to the cards, else by the number of its cards that
    serve it; of two, the one with more cards of the source is taken.

    Args:
        root: The bank's main folder.
        bank: What was read of that folder.
        module: The card's module.
        topic: Its topic.
        source: Its source.
    """
    files = [_File(root, name) for name in _names(root, bank, module)]
    own = [file for file in files if file.module in (None, module.slug)]
    about = [file for file in own if any(file.about(topic, source)[:2])]
    best = max(about, key=lambda file: file.about(topic, source), default=None)
    if best is not None and best.full:
        meant = [file for file in about if topic in file.topics and not file.full]
        best = max(meant, key=lambda file: file.about(topic, source), default=None)
    if best is not None:
        return Spot(best.name, best.last(topic, source))
    numbers = [int(found[1]) for file in own if (found := re.search(r"/(\d+)-[^/]*$", file.name))]
    folder = _folder(module)
    return Spot(f"{folder}/{max(numbers, default=0) + 1:02}-{topic}.yaml", None)


def _folder(module: Module) -> str:
    return f"{module.number:02}-{module.slug}"


def _names(root: Path, bank: Bank, module: Module) -> Sequence[str]:
    """The files of a module, those too of which no card can be used yet."""
    held = {placed.file for placed in bank.notes if placed.module == module.slug}
    there = (path.relative_to(root).as_posix() for path in (root / _folder(module)).glob("*.yaml"))
    return sorted({*held, *there})


class _File:
    """A card file of the module."""

    def __init__(self, root: Path, name: str) -> None:
        faults = Faults(name)
        text = read_file(str(root / name), faults)
        self.name = name
        self.read = read_cards(text, faults) if text is not None else ReadFile()
        drafts = self.read.drafts
        self.module = drafts[0].module if drafts else None
        given = self.read.defaults.get("topics", ())
        self.topics = given if isinstance(given, tuple) else ()
        self.full = len(drafts) + len(self.read.unsound) >= FULL

    def about(self, topic: str, source: str) -> tuple[bool, int, int]:
        """Sorts by how much the file is about a topic, and then by the share of a source in it."""
        notes = [draft.note for draft in self.read.drafts]
        serving = sum(topic in note.topics for note in notes)
        return topic in self.topics, serving, sum(note.source == source for note in notes)

    def last(self, topic: str, source: str) -> int | None:
        """Line of the last card of the topic and, if there is one, of the source.

        Cards below it that cannot be used yet are passed over, so that new cards stand in the order
        in which they were begun.
        """
        drafts = self.read.drafts
        serving = [draft for draft in drafts if topic in draft.note.topics]
        nearer = [draft for draft in serving if draft.note.source == source]
        lines = sorted([*(draft.line for draft in drafts), *self.read.unsound])
        if not lines:
            return None
        chosen = nearer or serving
        place = lines.index(chosen[-1].line) if chosen else len(lines) - 1
        while place + 1 < len(lines) and lines[place + 1] in self.read.unsound:
            place += 1
        return lines[place]
