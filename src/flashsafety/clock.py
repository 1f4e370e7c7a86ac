"""The only module that reads the system's clock, and the learner's calendar on top of it.

A study day starts at ``day_start`` (04:00 by default) of the local wall clock, so a review after
midnight still belongs to the evening before. Nothing here imports zoneinfo: the quick commands come
through this module.
"""

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Protocol

from flashsafety.terms import Instant, Moment, StudyDay

DAY = 86_400
"""Seconds."""


def study_day(at: int, utc_offset: int, day_start: int) -> StudyDay:
    """Days since 1970-01-01 of the study day that holds an instant.

    Args:
        at: Instant, UTC, milliseconds.
        utc_offset: Seconds east of UTC at that instant.
        day_start: Seconds after local midnight at which a study day begins.
    """
    return StudyDay((at // 1000 + utc_offset - day_start) // DAY)


def day_to_date(day: int) -> date:
    """The calendar date of a study day."""
    return date(1970, 1, 1) + timedelta(days=day)


def date_to_day(when: date) -> StudyDay:
    """The study day that begins on a calendar date."""
    return StudyDay((when - date(1970, 1, 1)).days)


def instant_to_datetime(at: int) -> datetime:
    """An aware UTC datetime from milliseconds."""
    return datetime.fromtimestamp(at / 1000, UTC)


class Clock(Protocol):
    """Where the time comes from; handed to whatever needs it."""

    day_start: int
    """Seconds after local midnight at which a study day begins."""

    def now(self) -> Moment:
        """The present moment."""
        ...

    def offset_at(self, at: int) -> int:
        """Seconds east of UTC of the learner's zone at an instant in milliseconds."""
        ...

    def set_calendar(self, day_start: int, zone: tzinfo | None) -> None:
        """Take another start of the study day, in seconds, and another zone than the system's."""
        ...


def day_begins_at(day: int, clock: Clock) -> Instant:
    """The instant, UTC milliseconds, at which a study day begins on the learner's calendar.

    The offset is looked up twice since it may differ between the guess and the answer, as on the
    night when summer time ends.
    """
    local = day * DAY + clock.day_start
    guess = local - clock.offset_at(local * 1000)
    return Instant((local - clock.offset_at(guess * 1000)) * 1000)


class SystemClock:
    """The computer's clock in the computer's zone, or in a named one."""

    def __init__(self, day_start: int, zone: tzinfo | None = None) -> None:
        """Take the start of the study day in seconds, and a zone other than the system's."""
        self.set_calendar(day_start, zone)

    def set_calendar(self, day_start: int, zone: tzinfo | None) -> None:
        """Go on under another calendar."""
        self.day_start = day_start
        self.zone = zone

    def now(self) -> Moment:
        """The present moment."""
        at = time.time_ns() // 1_000_000
        offset = self.offset_at(at)
        return Moment(Instant(at), offset, study_day(at, offset, self.day_start))

    def offset_at(self, at: int) -> int:
        """Seconds east of UTC at an instant in milliseconds."""
        if self.zone is None:
            return time.localtime(at // 1000).tm_gmtoff
        delta = datetime.fromtimestamp(at // 1000, self.zone).utcoffset()
        return int(delta.total_seconds()) if delta else 0


class FixedClock:
    """A clock that stands still until it is told to move; for tests and replays."""

    def __init__(self, at: datetime, *, day_start: int = 4 * 3600, zone: tzinfo = UTC) -> None:
        """Stand at an aware datetime, in a zone."""
        self.day_start = day_start
        self.zone = zone
        self.at = int(at.timestamp() * 1000)

    def now(self) -> Moment:
        """The moment at which the clock stands."""
        offset = self.offset_at(self.at)
        return Moment(Instant(self.at), offset, study_day(self.at, offset, self.day_start))

    def offset_at(self, at: int) -> int:
        """Seconds east of UTC at an instant in milliseconds."""
        delta = datetime.fromtimestamp(at // 1000, self.zone).utcoffset()
        return int(delta.total_seconds()) if delta else 0

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> None:
        """Move on (or back, when negative)."""
        self.at += int((days * DAY + hours * 3600 + minutes * 60) * 1000)

    def set_calendar(self, day_start: int, zone: tzinfo | None) -> None:
        """Go on under another calendar; where no zone is named, in the one it was in."""
        self.day_start = day_start
        self.zone = zone or self.zone

    def travel(self, zone: tzinfo) -> None:
        """Carry the clock to another zone; the instant stays."""
        self.zone = zone
