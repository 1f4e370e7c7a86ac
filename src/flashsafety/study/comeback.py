"""Back after a break: what piled up, and the plans for working it off.

A break is three whole study days without a rating, or a pause that ended and was followed by none.
Plans are offered when more reviews are due than the learner's usual minutes hold, and more than a
few: the usual minutes are the median of the newest thirty study days before, and hold as many
reviews as fit at the learner's own pace. They are offered until one is taken or declined, or until
the day after the learner goes on; another break brings them again.

A plan is nothing but another review limit, with an order of its own maybe, for some days: the queue
is the same, so are its rules, and nothing that is due gets out of reach. New cards wait while more
is due than it lets come. Its end is that of a rehearsal of those days, and when it has come the
usual limits hold again, whatever became of the plan.

Of very many cards a sample is rehearsed, so that the offers cost no more than a moment; then every
figure that comes of it is said to be about so much.
"""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from flashsafety.errors import UsageError
from flashsafety.scheduling.rehearsal import DayRules
from flashsafety.store import due, habits, waiting
from flashsafety.store.plans import Plans, plans_on
from flashsafety.study.allowance import ALL
from flashsafety.study.library import Library
from flashsafety.study.pace import pace
from flashsafety.study.plans import decide
from flashsafety.study.rehearse import Sample, go_on, sample
from flashsafety.terms import Moment, Return, ReviewOrder, StudyDay

BREAK = 3
"""Whole study days without a rating that make a break."""

USUAL = 30
"""The newest study days that say what a usual one is like."""

FEW = 20
"""So many reviews need no plan."""

GENTLE = 12
"""Days over which the second plan spreads what is beyond the usual, about."""

RISK: ReviewOrder = "most-at-risk"
"""The order of the plan that keeps to the usual minutes, and so leaves most for later."""

HORIZON = 365
"""Days; a plan that takes longer is not offered."""


class Offer(NamedTuple):
    """A plan that could be taken."""

    plan: Return
    reviews: int
    """Those of one of its days, while there are as many."""
    more: int
    """Reviews a day beyond those that the usual minutes hold; 0 of a plan that keeps to them."""
    seconds: float
    """About what those of one of its days take."""
    about: bool = False
    """Whether its end, or what comes today, is that of a sample."""


class Comeback(NamedTuple):
    """What a break has left, and what could be done."""

    since: StudyDay
    """The last study day before it."""
    backlog: int
    """Reviews that are due."""
    usual: float
    """Seconds that a usual day takes."""
    offers: tuple[Offer, ...]
    """Two or three, the quickest first."""


def comeback(library: Library, between: Callable[[], None] = go_on) -> Comeback | None:
    """What to offer today; none when there was no break, or it needs no plan.

    Without a break it costs two looks at indexes.

    Args:
        library: Where.
        between: Is called between the days of a rehearsal; what it raises ends it.
    """
    moment, db = library.clock.now(), library.db
    held = plans_on(db, moment.day)
    since = habits.last_studied(db, moment.day)
    if since is None or not _is_break(held, since, moment.day):
        return None
    backlog = waiting.due_reviews(db, moment.day)
    days = habits.studied_days(db, moment.day, USUAL)
    if backlog <= FEW or not days:
        return None
    each = pace(library).review
    usual = sorted(day.milliseconds / 1000 or day.reviews * each for day in days)[len(days) // 2]
    holds = max(1, int(usual / each))
    if backlog <= holds:
        return None
    offers = _offers(library, moment, backlog, holds, each, between)
    return Comeback(since, backlog, usual, tuple(offers))


def take(library: Library, number: int) -> Offer:
    """Take one of the plans that are offered, counted from 1.

    Raises:
        UsageError: There is none of that number; nothing was stored.
    """
    found = comeback(library)
    offers = found.offers if found else ()
    if not 0 < number <= len(offers):
        what = f"there is no return plan {number}" if offers else "no return plan is offered now"
        raise UsageError(what, mend="'flashsafety plan' lists those that there are")
    accept(library, offers[number - 1])
    return offers[number - 1]


def accept(library: Library, offer: Offer | None) -> None:
    """Take a plan just as it was offered; none: decline them all."""
    decide(library, library.clock.now(), "return", offer.plan if offer else None)


def _offers(
    library: Library,
    moment: Moment,
    backlog: int,
    holds: int,
    each: float,
    between: Callable[[], None],
) -> Iterator[Offer]:
    """The plans for so many reviews, when a usual day holds fewer and one takes so many seconds."""
    between()
    drawn = sample(library, moment, HORIZON, backlog)
    today = drawn.days.again().study(moment.day, DayRules(ALL, "due-day"))
    come = sum(today.reviews.values())  # a note's cards do not all come on a day
    if not drawn.whole:
        come = min(backlog, _two_digits(come / drawn.share))
    everything = Return(moment.day, StudyDay(moment.day + 1), None, None, backlog)
    yield Offer(everything, come, 0, come * each, not drawn.whole)
    more = 10 * max(1, -(-(backlog - holds) // (10 * GENTLE)))
    ways: list[tuple[int, ReviewOrder | None]] = [(more, None)] if holds + more < backlog else []
    for extra, order in (*ways, (0, RISK)):
        limit = holds + extra
        rules = DayRules(limit, order or library.settings.review_order)
        ends = _end(library, moment, drawn, rules, between)
        if ends is not None:
            plan = Return(moment.day, ends, limit, order, backlog)
            yield Offer(plan, limit, extra, limit * each, not drawn.whole)


def _is_break(held: Plans, last: StudyDay, today: StudyDay) -> bool:
    """Whether today is the first day after a break, or none has come since.

    Args:
        held: What was decided.
        last: The last study day before today.
        today: The present one.
    """
    if held.pause is not None:
        return False
    since = max(last, held.decided or last)
    return today - since > BREAK or any(since < pause.ends <= today for pause in held.pauses)


def _end(
    library: Library, moment: Moment, drawn: Sample, rules: DayRules, between: Callable[[], None]
) -> StudyDay | None:
    """The study day after the one on which all that is due would come; none within a year.

    A sample has its share of each day's room, and what is no whole card goes to the next day.
    """
    days, daily = drawn.days.again(), drawn.share * rules.reviews
    room = -min(rules.reviews, due.done_on(library.db, moment.day).review) * drawn.share
    for number in range(HORIZON):
        between()
        room += daily
        day, whole = StudyDay(moment.day + number), int(room)
        room -= whole
        left = days.study(day, rules._replace(reviews=whole)).left
        if left == 0:
            return StudyDay(day + 1)
        if left > room + daily * (HORIZON - 1 - number):  # the year has too few days for it
            return None
    return None


def _two_digits(number: float) -> int:
    """As exact as what a sample tells."""
    return int(float(f"{number:.2g}"))
