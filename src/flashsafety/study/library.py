"""The front ends' one handle: an open database, the bank it mirrors, a clock and settings."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from flashsafety.clock import Clock, SystemClock, instant_to_datetime
from flashsafety.config import Paths, Settings, zone_info
from flashsafety.store.open import open_database

if TYPE_CHECKING:
    from flashsafety.scheduling.fsrs_adapter import Scheduler
    from flashsafety.study.sync import SyncReport


@dataclass
class Library:
    """Everything a use-case needs, handed in; nothing is reached for.

    Light to make: the bank check, FSRS and pydantic come in with the first use of what needs them.
    """

    paths: Paths
    settings: Settings
    clock: Clock
    roots: tuple[str, ...]
    """The bank's folders; the first carries the syllabus."""
    device_name: str
    """What the log calls this machine; empty means its host name."""
    db: sqlite3.Connection
    entropy: Callable[[int], bytes] = field(default=os.urandom)
    """Gives that many random bytes, for ids."""

    @classmethod
    def open(
        cls,
        paths: Paths,
        settings: Settings,
        roots: Sequence[str],
        *,
        clock: Clock | None = None,
        device_name: str | None = None,
        check: bool = True,
    ) -> Self:
        """Open the learner's database, made when there was none.

        Args:
            paths: Where it is.
            settings: What the learner chose.
            roots: The bank's folders.
            clock: Where the time comes from; the system's in the configured zone when left out.
            device_name: What the log calls this machine; its host name when left out.
            check: Look for damage first.

        Raises:
            UnusableDataError: The file must not or cannot be used; it was left as it was.
        """
        clock = clock or system_clock(settings)

        def stamp() -> str:
            return instant_to_datetime(clock.now().at).strftime("%Y%m%dT%H%M%SZ")

        db = open_database(paths.database, stamp=stamp, check=check)
        return cls(paths, settings, clock, tuple(roots), device_name or "", db)

    def reopen(self) -> "Library":
        """The same library over a connection of its own, for another thread."""
        from flashsafety.store.open import connect

        return Library(
            self.paths,
            self.settings,
            self.clock,
            self.roots,
            self.device_name,
            connect(self.paths.database),
            self.entropy,
        )

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def take_in_changes(self) -> "SyncReport | None":
        """Bring the database up to date with the bank: one stat a file when nothing changed.

        Returns:
            What changed; none when nothing did.
        """
        from flashsafety.content.changed import stat_bank
        from flashsafety.store.files import known_files, read_roots

        found = stat_bank(self.roots)
        if read_roots(self.db) == self.roots and found == known_files(self.db):
            return None
        from flashsafety.study.sync import sync

        return sync(self)

    @cached_property
    def device(self) -> int:
        """Row id of this device; written when it is new."""
        from platform import node

        from flashsafety.store.writes import device_id

        return device_id(self.db, self.device_name or node())

    @cached_property
    def scheduling(self) -> "tuple[int, Scheduler]":
        """The parameter set in force, its row id and its scheduler.

        A new set is stored when the settings ask for another retention, steps or longest interval
        than the newest one has; its weights stay.
        """
        from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
        from flashsafety.store.logs import current_parameters
        from flashsafety.store.writes import add_parameters, writing
        from flashsafety.terms import Parameters

        with writing(self.db):
            stored = current_parameters(self.db)
            wanted = Parameters(
                stored[1].weights if stored else DEFAULT_WEIGHTS,
                self.settings.desired_retention,
                self.settings.learning_steps,
                self.settings.relearning_steps,
                self.settings.maximum_interval,
            )
            if stored and stored[1] == wanted:
                number = stored[0]
            else:
                origin = "settings" if stored else "defaults"
                number = add_parameters(self.db, wanted, self.clock.now(), origin)
        return number, Scheduler(wanted)


def system_clock(settings: Settings) -> SystemClock:
    """The computer's clock with the learner's zone and start of day."""
    zone = zone_info(settings.zone) if settings.zone else None
    return SystemClock(settings.day_start, zone)
