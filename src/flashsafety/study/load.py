"""What the coming days hold already, for the draw that gives a review its day."""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cached_property

from flashsafety.scheduling.balance import Balance
from flashsafety.store import loads
from flashsafety.study.library import Library
from flashsafety.study.pace import review_seconds
from flashsafety.terms import StudyDay


class Balancer:
    """Makes what the fuzz takes into account, as the settings ask. Make one anew each study day."""

    def __init__(self, library: Library) -> None:
        """Take the library; its log is read when it is first needed."""
        self._library = library

    def balance(self) -> Balance | None:
        """What one rating, and the preview of it, are to heed; none where chance alone decides.

        Hand the same to both: what is read of a day is kept in it, so that the interval on the key
        is the interval given, whatever another window stores in between.
        """
        settings = self._library.settings
        week = settings.easy_days
        most = settings.day_minutes * 60.0 or float("inf")
        if settings.load_balance:
            return Balance(_Ahead(self._library.db, self._seconds), week, most)
        return None if set(week) == {"normal"} else Balance(None, week, most)

    @cached_property
    def _seconds(self) -> Mapping[str, float]:
        return review_seconds(self._library)


class _Ahead:
    """The seconds that the reviews due on coming days take; each day is read once, when asked."""

    def __init__(self, db: sqlite3.Connection, seconds: Mapping[str, float]) -> None:
        self._db = db
        self._seconds = seconds
        self._known: dict[int, float] = {}

    def __call__(self, first: StudyDay, last: StudyDay) -> Sequence[float]:
        known = self._known
        missing = [day for day in range(first, last + 1) if day not in known]
        if missing:
            found = dict.fromkeys(missing, 0.0)
            rows = loads.reviews_by_day(self._db, missing[0], missing[-1])
            for day, kind, count in rows:
                if day in found:
                    found[day] += count * self._seconds.get(kind, self._seconds[""])
            known.update(found)
        return [known[day] for day in range(first, last + 1)]
