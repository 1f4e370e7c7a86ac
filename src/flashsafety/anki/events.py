"""Rows of Anki's review log -> what happened to a card, in our words. Pure.

Source of the meanings of types 3 to 5: Anki 26.09, rslib/src/revlog and rslib/src/scheduler/fsrs;
measured on what real Anki writes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from flashsafety.anki.theirs import Rated
from flashsafety.clock import DAY
from flashsafety.terms import Phase, Rating

_LEARN, _REVIEW, _RELEARN, _FILTERED, _MANUAL, _RESCHEDULED = range(6)
_EARLIEST = 1_136_073_600_000
"""2006-01-01: Anki's first year."""
_LONGEST = 36_500 * 10
"""Days."""
_AN_HOUR = 3_600_000
"""Milliseconds: an answer that took longer was left lying."""


class Kind(Enum):
    """What a row says."""

    RATING = auto()
    CRAM = auto()
    """An answer in a filtered deck that schedules nothing."""
    RESET = auto()
    DUE = auto()
    """A due date that was set: by hand, or by a change of the deck's options."""


class Skipped(Enum):
    """Why a row is left out, in words."""

    ODD = "with values that Anki does not write"
    FUTURE = "from the future"
    PROGRESS_SET = "that set a card without a review phase to a day"


@dataclass(frozen=True, slots=True)
class Happened:
    """A row that means something to us."""

    at: int
    """Instant, UTC, milliseconds: the row's id."""
    kind: Kind
    rating: Rating | None = None
    """Of a rating and a cram rating."""
    phase: Phase = Phase.NEW
    """Before the rating."""
    interval: int = 0
    """Seconds that were given."""
    duration_ms: int = 0


def happened(rows: Iterable[Rated], now: int) -> Iterator[Happened | Skipped]:
    """What a card's rows say, in their order.

    Args:
        rows: Oldest first.
        now: Instant, UTC, milliseconds; a row more than a day later is not believed.
    """
    met = False
    phase = Phase.NEW
    for row in rows:
        event = _event(row, now, met=met, phase=phase)
        yield event
        if isinstance(event, Happened):
            if event.kind == Kind.RESET:
                met = False
            elif event.kind == Kind.RATING:
                met, phase = True, _after(event)


def _event(row: Rated, now: int, *, met: bool, phase: Phase) -> Happened | Skipped:
    if not (row.id >= _EARLIEST and 0 <= row.ease <= 4 and abs(row.ivl) <= _LONGEST * DAY):
        return Skipped.ODD
    if row.id > now + DAY * 1000:
        return Skipped.FUTURE
    interval = row.ivl * DAY if row.ivl > 0 else -row.ivl
    if not (_LEARN <= row.type <= _RESCHEDULED and interval <= _LONGEST * DAY):
        return Skipped.ODD
    if row.ease == 0 or row.type >= _MANUAL:
        if row.type == _MANUAL and row.factor == 0:
            return Happened(row.id, Kind.RESET)
        # A new card that is given a day has no memory to be due with.
        if not met or row.ivl <= 0:
            return Skipped.PROGRESS_SET
        return Happened(row.id, Kind.DUE, interval=interval)
    took = min(max(row.time, 0), _AN_HOUR)
    if row.type == _FILTERED and row.factor == 0:
        return Happened(row.id, Kind.CRAM, Rating(row.ease), phase, 0, took)
    before = {
        _LEARN: Phase.LEARNING if met else Phase.NEW,
        _REVIEW: Phase.REVIEW,
        _RELEARN: Phase.RELEARNING,
        _FILTERED: phase if met else Phase.NEW,
    }[row.type]
    return Happened(row.id, Kind.RATING, Rating(row.ease), before, interval, took)


def _after(event: Happened) -> Phase:
    """The phase that a rating led to, by the interval it gave."""
    if event.interval >= DAY:
        return Phase.REVIEW
    return Phase.LEARNING if event.phase < Phase.REVIEW else Phase.RELEARNING
