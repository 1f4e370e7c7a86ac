"""The forms in which times are given to other programs: ISO 8601, and dates for study days."""

from flashsafety.clock import date_to_day, day_to_date, instant_to_datetime
from flashsafety.errors import UsageError
from flashsafety.terms import CardState, StudyDay


def instant_form(at: int | None) -> str | None:
    """An instant as ``2026-11-23T14:05:00.000Z``; UTC, to the millisecond."""
    if at is None:
        return None
    return instant_to_datetime(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def date_form(day: int | None) -> str | None:
    """A study day as the calendar date on which it begins: ``2026-11-23``."""
    return None if day is None else day_to_date(day).isoformat()


def read_date(text: str) -> StudyDay:
    """The study day that begins on a date written as ``2026-11-23``.

    Raises:
        UsageError: It is no such date.
    """
    from datetime import date

    try:
        return date_to_day(date.fromisoformat(text))
    except ValueError:
        raise UsageError(f'"{text}" is no date', mend="write it as 2027-01-05") from None


def due_form(state: CardState) -> str | None:
    """When a card is due: an instant in learning, a date in review, none when it is new."""
    return instant_form(state.due_at) if state.due_at is not None else date_form(state.due_day)
