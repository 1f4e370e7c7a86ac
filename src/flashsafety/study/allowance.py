"""What a study day still takes: its limits and minutes, or a plan's, less what was done on it."""

from typing import NamedTuple

from flashsafety.clock import day_begins_at
from flashsafety.config import Settings
from flashsafety.scheduling.week import share_of
from flashsafety.store import due
from flashsafety.store.due import Done
from flashsafety.store.plans import Plans
from flashsafety.study.library import Library
from flashsafety.terms import Moment, ReviewOrder, StudyDay

ALL = 1_000_000
"""More reviews than any bank has."""


class Allowance(NamedTuple):
    """The rest of a study day in cards."""

    new: int
    review: int
    backlog: bool
    """More reviews are due than may come, so new cards wait."""
    timed: bool
    """The minutes of the day leave fewer reviews than its limit does."""
    order: ReviewOrder
    """Which reviews come first."""


def allowance(
    library: Library, moment: Moment, plans: Plans, done: Done, reviews: int
) -> Allowance:
    """How many cards may come yet, cards in their steps aside, which always may.

    The minutes go to steps first, then to reviews, and to new cards what these leave. A return plan
    has a limit of its own in place of limit and minutes, and maybe an order; all else is as on any
    day, so new cards wait while more is due than it lets come.

    Args:
        library: Where.
        moment: Now.
        plans: What the learner decided about the study day.
        done: What was done on it.
        reviews: Reviews that are due.
    """
    settings, back = library.settings, plans.back
    limit, order = settings.review_limit, settings.review_order
    if back is not None:
        limit, order = back.reviews or ALL, back.order or order
    new = new_on(settings, moment.day) - done.new
    review = limit - done.review
    timed, backlog = False, _is_backlog(library, moment, reviews, done, limit)
    if back is not None:
        backlog = backlog or back.reviews is None
    elif settings.day_minutes:
        left, per_review, per_new = _time(library, moment, done)
        by_time = max(0, int(left / per_review))
        new_by_time = max(0, int((left - reviews * per_review) / per_new))
        timed = by_time < review
        review, new = min(review, by_time), min(new, new_by_time)
        backlog = backlog or reviews > by_time
    return Allowance(0 if backlog else max(0, new), max(0, review), backlog, timed, order)


def _is_backlog(library: Library, moment: Moment, waiting: int, done: Done, limit: int) -> bool:
    """Whether more reviews are due on a day than it brings.

    Args:
        library: Where.
        moment: On the day.
        waiting: Reviews that are due and not done.
        done: What was done on the day; of its reviews those count that were due.
        limit: Reviews that it brings.
    """
    if waiting + done.review <= limit:
        return False
    return waiting + done.review - due.done_early_on(library.db, moment.day) > limit


def new_on(settings: Settings, day: StudyDay) -> int:
    """The most new cards that a study day brings: all, or on an easy day half of them, or none."""
    share = share_of(day, settings.easy_days)
    return settings.new_limit if share == 1 else int(settings.new_limit * share + 0.5)


def next_with_new(settings: Settings, day: StudyDay) -> StudyDay | None:
    """The first study day after one that brings new cards; none when none of a week does."""
    week = (StudyDay(day + later) for later in range(1, 8))
    return next((later for later in week if new_on(settings, later) > 0), None)


def _time(library: Library, moment: Moment, done: Done) -> tuple[float, float, float]:
    """Seconds that the day has left, and those of a review and of a new card."""
    from flashsafety.study.pace import pace  # not for the quick commands, unless it is wanted

    own = pace(library)
    day_end = day_begins_at(moment.day + 1, library.clock)
    steps = sum(1 for _ in due.learning(library.db, moment, day_end, due.scope()))
    left = library.settings.day_minutes * 60 - done.milliseconds / 1000 - steps * own.step
    return left, own.review, own.new
