"""The log as a file that names nobody: what a learner may hand to a course.

CSV: a header line, then one rating a line, each card's together and in order. Every line says the
version of the format, the learner and the bank, so files may be put behind each other. All cells
are numbers or made of small letters, digits, hyphens and a slash: nothing needs quotes, and nothing
is a formula to a spreadsheet.

What identifies stays out: words that were typed, names, dates, times of day, time zones, computers,
and cards of the learner's own. A learner is known by a hash of the bank's name under the secret of
the database, so that a later export takes the place of an earlier one, and exports of two banks
cannot be told to come from one person.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import TextIO

from flashsafety.content.load import load_bank
from flashsafety.content.wrongs import slug
from flashsafety.store import anonymous as store
from flashsafety.store.everything import snapshot
from flashsafety.study.library import Library

VERSION = "1"
COLUMNS: Mapping[str, str] = {
    "version": f"of these columns: {VERSION}",
    "learner": "16 hex digits, the same in each of your exports of this bank",
    "bank": "the bank's slug",
    "card": "its public id: fgsm-step-direction/recall",
    "number": "1 for your first rating of the card, 2 for the next ...",
    "day": "study days since your first rating",
    "rating": "1 Again, 2 Hard, 3 Good, 4 Easy",
    "phase": "before: 0 new, 1 learning, 2 review, 3 relearning",
    "elapsed": "study days since the card's last rating; empty when it was new",
    "interval": "seconds until the card was to come again",
    "seconds": "that you took, rounded",
    "origin": "review, anki or import; cram schedules nothing and counts for nothing",
    "picked": "numbers of the options picked, the file's first is 1; empty of other cards",
    "wrong": "those of them that were wrong",
    "wording": "8 hex digits of the card's text, where an option was picked",
}
"""Column to what it holds, in order."""
HEADER = ",".join(COLUMNS)


@dataclass(frozen=True, slots=True)
class Written:
    """What went into a file."""

    ratings: int
    learner: str
    bank: str
    left_out: int
    """Ratings of cards that the bank itself does not hold."""


def write(library: Library, out: TextIO) -> Written:
    """Write the log of a library, as of this moment."""
    syllabus = load_bank(library.roots, only=()).bank.syllabus
    bank = syllabus.slug or slug(syllabus.title) or "bank"
    learner = learner_id(store.salt(library.db, library.entropy), bank)
    written = 0
    out.write(f"{HEADER}\n")
    with snapshot(library.db):
        picks = _Picks(store.choice_notes(library.db))
        first = store.first_day(library.db)
        for cells in _cells(store.lines(library.db), first, picks):
            out.write(f"{VERSION},{learner},{bank},{cells}\n")
            written += 1
        left_out = store.left_out(library.db)
    return Written(written, learner, bank, left_out)


def learner_id(salt: bytes, bank: str) -> str:
    """What a learner is called in exports of a bank; nobody without the salt can tell who it is."""
    return blake2b(bank.encode(), key=salt, digest_size=8).hexdigest()


class _Picks:
    """The choice notes as they are worded now: an option's number means nothing under another."""

    def __init__(self, notes: Iterable[tuple[str, str, str]]) -> None:
        self._notes = {note: (wording, _right(content)) for note, wording, content in notes}

    def cells(self, line: store.Line) -> str:
        """``picked``, ``wrong`` and ``wording`` of a line; words that were typed never get here."""
        wording, right = self._notes.get(line.note, ("", frozenset()))
        if line.answer is None or line.wording != wording:
            return ",,"
        picked = [int(index) for index in json.loads(line.answer)]
        wrong = [index for index in picked if index not in right]
        return f"{_numbers(picked)},{_numbers(wrong)},{wording[:8]}"


def _cells(lines: Iterable[store.Line], first: int, picks: _Picks) -> Iterator[str]:
    """All but the first three columns, line by line."""
    card, number = "", 0
    last: int | None = None
    for line in lines:
        if line.key != card:
            card, number, last = line.key, 0, None
        number += 1
        elapsed = "" if line.phase == 0 or last is None else str(max(0, line.day - last))
        seconds = (line.duration_ms + 500) // 1000
        yield (
            f"{line.key},{number},{line.day - first},{line.rating},{line.phase},{elapsed},"
            f"{line.interval},{seconds},{line.origin},{picks.cells(line)}"
        )
        if line.origin != "cram":
            last = line.day


def _right(content: str) -> frozenset[int]:
    """Indexes of a choice note's right options."""
    options = json.loads(content)["options"]
    return frozenset(index for index, option in enumerate(options) if option.get("answer"))


def _numbers(indexes: Iterable[int]) -> str:
    return " ".join(str(index + 1) for index in indexes)
