"""The log in sums as of one moment: those that are kept, and the newest days summed on the spot."""

import importlib.util
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

from flashsafety.collector import collector_off
from flashsafety.scheduling.steps import DAY
from flashsafety.stats.tally import MATURE_DAYS, Stage, Tally, tally
from flashsafety.store import logs, packed, rollups, writes
from flashsafety.store.everything import snapshot
from flashsafety.study.library import Library
from flashsafety.terms import StudyDay

MANY = 20_000
"""Ratings whose sums take longer than numpy takes to be there."""

Key = TypeVar("Key", bound=Hashable)
Number = TypeVar("Number", int, float)


class Figures:
    """Sums over the log, asked for by what they are of."""

    def __init__(self, library: Library, today: StudyDay, newest: Tally, newest_from: int) -> None:
        """Take what is kept, and the sums of the days from ``newest_from`` on."""
        self.library = library
        self.today = today
        """The present study day."""
        self._newest = newest
        self._from = newest_from

    def stages(self, since: int = 0) -> dict[Stage, list[int]]:
        """Stage to Again, Hard, Good, Easy, milliseconds, and the sum of their squares.

        Args:
            since: The first study day that counts.
        """
        rows = ((row[1], row[2:]) for row in self._newest.stages if row[0] >= since)
        sums = _merged(rollups.stage_sums(self.library.db, since, self._from), rows)
        return {Stage(stage): values for stage, values in sums.items()}

    def days(self, since: int) -> dict[int, list[int]]:
        """Study day to ratings and milliseconds, of days that have ratings."""
        rows = ((r[0], (sum(r[2:6]), r[6])) for r in self._newest.stages if r[0] >= since)
        return _merged(rollups.day_sums(self.library.db, since, self._from), rows)

    def studied(self) -> tuple[int, int | None]:
        """How many study days have ratings, and the first of them."""
        count, first = rollups.days_studied(self.library.db, self._from)
        newest = {row[0] for row in self._newest.stages}
        return count + len(newest), min(newest, default=None) if first is None else first

    def hours(self) -> dict[int, list[int]]:
        """Hour of the day to reviews and recalled."""
        rows = ((row[0], row[2:]) for row in self._newest.hours)
        return _merged(rollups.hour_sums(self.library.db, self._from), rows)

    def modules(self) -> dict[str, list[int]]:
        """Module to reviews and recalled."""
        rows = ((row[0], row[2:]) for row in self._newest.modules)
        return _merged(rollups.module_sums(self.library.db, self._from), rows)

    def recalls(self) -> dict[int, list[float]]:
        """Cell to reviews, recalled, and sums of predicted recall, log loss and squared error."""
        rows = ((row[0], row[2:]) for row in self._newest.recalls)
        return _merged(rollups.recall_sums(self.library.db, self._from), rows)


@contextmanager
def figures(library: Library) -> Iterator[Figures]:
    """The log in sums; what is read inside is of one moment.

    The days before the present one are summed once and kept. The present day is summed each time,
    for undo still reaches it. No other window waits meanwhile: the sums are made from a snapshot.
    """
    db, today = library.db, library.clock.now().day
    weights = weights_in_force(library)
    if weights is None:  # and so the log is empty
        yield Figures(library, today, Tally([], [], [], []), 0)
        return
    as_kept = json.dumps(weights)
    claimed = None
    if rollups.first_missing(db, as_kept) < today:
        with writes.writing(db):
            claimed = rollups.claim(db, as_kept, today - 1)
    with snapshot(db):
        first = rollups.first_missing(db, as_kept)
        with collector_off():
            newest = _summed(library, weights, first)
        yield Figures(library, today, newest, first)
    if claimed is not None and claimed.first == first:
        with writes.writing(db):
            rollups.settle(
                db,
                claimed,
                today - 1,
                *newest.until(today - 1),
            )


def _summed(library: Library, weights: tuple[float, ...], since: int) -> Tally:
    """The sums of every study day from one on; of many rows in arrays, where there is numpy."""
    db = library.db
    modules = rollups.card_modules(db, since)
    if packed.is_long(db, since, MANY) and importlib.util.find_spec("numpy") is not None:
        from flashsafety.stats.whole import tally_whole

        blocks = packed.packed_log(db, modules, MATURE_DAYS * DAY)
        return tally_whole(blocks, modules, weights, since)
    return tally(rollups.log_rows(db, since), modules, weights, since)


def weights_in_force(library: Library) -> tuple[float, ...] | None:
    """The 21 numbers by which memory is reckoned now; none before the first rating."""
    number = logs.in_force(library.db)
    return None if number is None else logs.all_parameters(library.db)[number].weights


def _merged(
    kept: Mapping[Key, Sequence[Number]], newest: Iterable[tuple[Key, Sequence[Number]]]
) -> dict[Key, list[Number]]:
    """Both added up, key by key."""
    sums = {key: list(values) for key, values in kept.items()}
    for key, values in newest:
        before = sums.get(key)
        sums[key] = (
            list(values)
            if before is None
            else [one + other for one, other in zip(before, values, strict=True)]
        )
    return sums
