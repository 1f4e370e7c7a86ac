"""The ratings of many learners, from the anonymous logs that they handed in."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from flashsafety.store.training import TrainingRow
from flashsafety.study.anonymous import COLUMNS
from flashsafety.study.anonymous_files import LINE, Fault, bad_lines, usable
from flashsafety.study.csv_lines import lines

MOST = 1_000_000
"""Ratings that are read: about as many as fit into a gigabyte. Further files are left unread."""
_BANK, _LEARNER, _CARD, _NUMBER, _DAY, _RATING, _PHASE, _ORIGIN = (
    list(COLUMNS).index(name)
    for name in ("bank", "learner", "card", "number", "day", "rating", "phase", "origin")
)
_IN_A_DAY = 10**5
"""More ratings than a card has in all; they order what happened on one day."""

Learner = tuple[str, str]
"""Bank, and the learner's id in it."""


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What was handed in, each learner once."""

    logs: dict[Learner, list[TrainingRow]]
    """By learner, in the order of ids; card by card in the order of the log, days from 0 on, and
    instants that only order the ratings of a day. A start anew comes as a reset."""
    files: int
    """That were read."""
    unread: int
    """Files that were left unread, for there were ``MOST`` ratings already."""
    faults: tuple[Fault, ...]
    """What was left out of those that were read."""


def handed_in(paths: Sequence[str]) -> HandedIn:
    """Read anonymous logs; a learner's file with the most ratings counts."""
    good, faults = usable(paths)
    logs: dict[Learner, list[TrainingRow]] = {}
    files = ratings = 0
    for name in good.values():
        if ratings >= MOST:
            break
        files += 1
        found, damaged = _read(name)
        if damaged:
            faults += bad_lines(name)
        for learner, rows in found.items():
            ratings += max(0, len(rows) - len(logs.get(learner, ())))
            logs[learner] = max(logs.get(learner, []), rows, key=len)
    faults.sort(key=lambda fault: paths.index(fault.file))
    return HandedIn(dict(sorted(logs.items())), files, len(good) - files, tuple(faults))


def _read(name: str) -> tuple[dict[Learner, list[TrainingRow]], bool]:
    """The ratings in a file that count, by learner, and whether there are lines that are none."""
    found: dict[Learner, list[TrainingRow]] = defaultdict(list)
    cards: dict[tuple[Learner, str], int] = {}
    damaged = False
    with Path(name).open("rb") as file:
        rows = lines(file)
        next(rows)
        for _, line in rows:
            if line is None or not LINE.fullmatch(line):
                damaged = damaged or line != ""
                continue
            cells = line.split(",")
            if cells[_ORIGIN] == "cram":
                continue
            learner = cells[_BANK], cells[_LEARNER]
            card = cards.setdefault((learner, cells[_CARD]), len(cards))
            day, phase = int(cells[_DAY]), int(cells[_PHASE])
            at = day * _IN_A_DAY + int(cells[_NUMBER])
            if phase == 0:
                found[learner].append((card, 0, day, 0, at))
            found[learner].append((card, int(cells[_RATING]), day, phase, at))
    return {learner: sorted(rows, key=_in_order) for learner, rows in found.items()}, damaged


def _in_order(row: TrainingRow) -> tuple[int, int]:
    card, _, _, _, at = row
    return card, at % _IN_A_DAY
