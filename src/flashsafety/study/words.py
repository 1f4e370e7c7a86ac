"""How numbers read: intervals, waits, days and counts, the same in every front end."""

from datetime import timedelta

from flashsafety.clock import DAY, Clock, day_to_date, instant_to_datetime
from flashsafety.terms import CardState

MINUTE, HOUR = 60, 3600
YEAR = 365 * DAY
MONTH = YEAR // 12
"""Seconds; Anki's month."""


def interval(seconds: int) -> str:
    """A length of time as rating keys show it: ``<1m``, ``10m``, ``1.5h``, ``3d``, ``2.1mo``.

    Anki's units and rounding, but a wait under a minute is no number that anyone plans by.
    Source: Anki 26.09, rslib/src/scheduler/timespan.rs; a test compares the two.
    """
    if seconds < MINUTE:
        return "<1m"
    for limit, unit, name, places in (
        (HOUR, MINUTE, "m", 0),
        (DAY, HOUR, "h", 1),
        (MONTH, DAY, "d", 0),
        (YEAR, MONTH, "mo", 1),
    ):
        if seconds < limit:
            return f"{_round(seconds / unit, places)}{name}"
    return f"{_round(seconds / YEAR, 1)}y"


def wait(milliseconds: int) -> str:
    """How long until something comes: ``now``, ``in 1 minute``, ``in 3 hours``, ``in 2 days``.

    Minutes and hours are rounded up, so that a card is there when it was promised.
    """
    if milliseconds <= 0:
        return "now"
    minutes, hours = -(-milliseconds // 60_000), -(-milliseconds // 3_600_000)
    if minutes < 60:
        return f"in {count(minutes, 'minute')}"
    if hours < 24:
        return f"in {count(hours, 'hour')}"
    return f"in {count(round(milliseconds / (DAY * 1000)), 'day')}"


def when(at: int, clock: Clock) -> str:
    """An instant on the learner's calendar: ``now``, ``today 14:05``, ``tomorrow 04:00``, a date.

    Args:
        at: Instant, UTC, milliseconds.
        clock: The learner's clock.
    """
    now = clock.now()
    if at <= now.at:
        return "now"
    local = instant_to_datetime(at) + timedelta(seconds=clock.offset_at(at))
    today = (instant_to_datetime(now.at) + timedelta(seconds=now.utc_offset)).date()
    days = (local.date() - today).days
    name = {0: "today", 1: "tomorrow"}.get(days, f"on {local.date().isoformat()}")
    return f"{name} {local:%H:%M}"


def day(due: int, today: int) -> str:
    """A study day seen from another: ``today``, ``tomorrow``, ``in 5 days``, ``3 days ago``.

    From two months away on it is a date.
    """
    days = due - today
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    if days in near:
        return near[days]
    if abs(days) > 60:
        return f"on {day_to_date(due).isoformat()}"
    return f"in {days} days" if days > 0 else f"{-days} days ago"


def date(day: int, today: int) -> str:
    """A study day by its date and weekday: ``Tue 5 Jan 2027``."""
    return f"{day_to_date(day):%a} {short_date(day, today)}"


def short_date(day: int, today: int) -> str:
    """A study day by its date, with the year where that is another: ``5 Jan 2027``."""
    found = day_to_date(day)
    year = "" if found.year == day_to_date(today).year else f" {found.year}"
    return f"{found.day} {found:%b}{year}"


def spent(seconds: int) -> str:
    """Time spent: ``less than a minute``, ``1 minute``, ``2 hours 5 minutes``."""
    minutes = round(seconds / MINUTE)
    if minutes < 1:
        return "less than a minute"
    hours, rest = divmod(minutes, 60)
    parts = [count(hours, "hour")] if hours else []
    if rest:
        parts.append(count(rest, "minute"))
    return " ".join(parts)


def plan(*, new: int, learning: int, review: int, seconds: float) -> str:
    """What is left of a day: ``2 learning, 14 reviews, 10 new: about 9 minutes``.

    Empty when nothing is.
    """
    kinds = [f"{learning:,} learning"] if learning else []
    kinds += [count(review, "review")] if review else []
    kinds += [f"{new:,} new"] if new else []
    if not kinds:
        return ""
    return f"{', '.join(kinds)}: {about(seconds)}"


def about(seconds: float) -> str:
    """What something will take: ``less than a minute``, ``about 9 minutes``."""
    took = spent(round(seconds))
    return took if seconds < MINUTE / 2 else f"about {took}"


def count(number: int, name: str) -> str:
    """A number with its noun: ``1 card``, ``2 cards``."""
    return f"{number:,} {name}" if number == 1 else f"{number:,} {name}s"


def sentence(text: str) -> str:
    """Words that stood in the middle of others, as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def percent(share: float | None) -> str:
    """A share of 0..1 as a whole percentage, or a dash when there is none."""
    return "-" if share is None else f"{share:.0%}"


def state_words(state: CardState, today: int) -> str:
    """When a card is due, in a word or two: ``-`` when new, ``today``, ``in 5 days``, ``now``."""
    if state.suspended:
        return "suspended"
    if (state.buried_until or 0) > today:
        return "buried"
    if state.due_at is not None:
        return "in steps"
    return "-" if state.due_day is None else day(state.due_day, today)


def _round(value: float, places: int) -> str:
    """Half away from zero, as Anki's; no ``.0``."""
    scale = 10**places
    rounded = int(value * scale + 0.5) / scale
    return f"{rounded:g}" if rounded < 1e5 else f"{rounded:.0f}"
