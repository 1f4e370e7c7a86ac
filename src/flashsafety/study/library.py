"""The front ends' one handle: an open database, the bank it mirrors, a clock and settings."""

import os
import sqlite3
from collections.abc import Callable, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Self

from flashsafety.clock import Clock, SystemClock, instant_to_datetime
from flashsafety.config import Paths, Settings, zone_info
from flashsafety.errors import StaleCardError
from flashsafety.store.open import open_database

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from flashsafety.scheduling.fsrs_adapter import Scheduler
    from flashsafety.study.sync import SyncReport


class Library:
    """Everything a use-case needs, handed in; nothing is reached for.

    Light to make: the bank check, FSRS and pydantic come in with the first use of what needs them.
    """

    def __init__(
        self,
        paths: Paths,
        settings: Settings,
        clock: Clock,
        roots: tuple[str, ...],
        device_name: str,
        db: sqlite3.Connection,
        entropy: Callable[[int], bytes] = os.urandom,
    ) -> None:
        """Take what is open.

        Args:
            paths: Where the learner's files are.
            settings: What the learner chose.
            clock: Where the time comes from.
            roots: The bank's folders; the first carries the syllabus.
            device_name: What the log calls this machine; empty means its host name.
            db: The database.
            entropy: Gives that many random bytes, for ids.
        """
        self.paths = paths
        self.settings = settings
        self.clock = clock
        self.roots = roots
        self.device_name = device_name
        self.db = db
        self.entropy = entropy
        self._sets: dict[float, tuple[int, Scheduler]] = {}
        """Desired retention to the parameter set that has it, with its row id."""
        self._newest = 0
        """Row id of the newest set when those were found."""

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
        from flashsafety.store.lookalikes import any_uncompared

        found = stat_bank(self.roots)
        same = read_roots(self.db) == self.roots and found == known_files(self.db)
        if same and not any_uncompared(self.db):
            return None
        from flashsafety.study.sync import sync

        return sync(self, found)

    @property
    def shares(self) -> bool:
        """Whether the log is shared with other devices."""
        from flashsafety.store.folder import read_folder

        return read_folder(self.db) is not None

    @cached_property
    def device(self) -> int:
        """Row id of this device; written when it is new."""
        from platform import node

        from flashsafety.store.writes import device_id

        return device_id(self.db, self.device_name or node())

    def adopt(self, settings: Settings) -> None:
        """Go on under other settings; the clock follows its zone and start of day."""
        before, self.settings = self.settings, settings
        self._sets.clear()
        if (before.zone, before.day_start) != (settings.zone, settings.day_start):
            self.clock.set_calendar(settings.day_start, _zone(settings))

    @property
    def scheduling(self) -> "tuple[int, Scheduler]":
        """The row id and scheduler of the parameter set in force where no module has its own."""
        return self._set_for(self.settings.desired_retention)

    def scheduling_of(self, module: str) -> "tuple[int, Scheduler]":
        """The same for the cards of a module, whose desired retention may differ.

        All else is shared, the weights too: memory is the same under each of the sets in force, and
        a replay needs to know of none but those that the log names. While a plan for a date holds,
        that of its modules rises from day to day.
        """
        return self._set_for(self.retention_of(module))

    def retention_of(self, module: str) -> float:
        """The desired retention of a module's cards today, raised where a plan raises it."""
        from flashsafety.scheduling.ready import desired
        from flashsafety.store.plans import plans_on

        day = self.clock.now().day
        plan = plans_on(self.db, day).ready
        usual = self.usual_retention(module)
        wanted = plan is not None and module in plan.modules
        return desired(plan, usual, day) if plan and wanted else usual

    def usual_retention(self, module: str) -> float:
        """The desired retention of a module's cards as the settings have it."""
        settings = self.settings
        return settings.module_retention.get(module, settings.desired_retention)

    def refuse_other_weights(self, weights: tuple[float, ...]) -> None:
        """Make sure, inside a transaction, that memory is still reckoned by these.

        Raises:
            StaleCardError: Another window brought other parameters; nothing was written.
        """
        from flashsafety.store.logs import current_parameters, newest_parameters

        came = newest_parameters(self.db) != self._newest
        if came and current_parameters(self.db)[1].weights != weights:
            raise StaleCardError(
                "the parameters were changed in another window meanwhile; nothing was stored"
            )

    def _set_for(self, retention: float) -> "tuple[int, Scheduler]":
        from flashsafety.store.logs import newest_parameters

        if newest_parameters(self.db) != self._newest:
            self._sets.clear()
        if retention not in self._sets:
            self._sets[retention] = self._find_set(retention)
        return self._sets[retention]

    def _find_set(self, retention: float) -> "tuple[int, Scheduler]":
        """The newest set that is as the settings ask, with the weights in force.

        Stored when there is none, for sets are never edited. Several may be in force at once.
        """
        from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
        from flashsafety.store.logs import all_parameters, in_force
        from flashsafety.store.writes import add_parameters, writing
        from flashsafety.terms import Parameters

        with writing(self.db):
            stored, known = all_parameters(self.db), in_force(self.db)
            wanted = Parameters(
                stored[known].weights if known is not None else DEFAULT_WEIGHTS,
                retention,
                self.settings.learning_steps,
                self.settings.relearning_steps,
                self.settings.maximum_interval,
            )
            same = [number for number, one in stored.items() if one == wanted]
            if same:
                number = max(same)
            else:
                origin = "settings" if stored else "defaults"
                number = add_parameters(self.db, wanted, self.clock.now().at, origin)
            self._newest = max([number, *stored])
        return number, Scheduler(wanted)


def system_clock(settings: Settings) -> SystemClock:
    """The computer's clock with the learner's zone and start of day."""
    return SystemClock(settings.day_start, _zone(settings))


def _zone(settings: Settings) -> "ZoneInfo | None":
    return zone_info(settings.zone) if settings.zone else None
