"""Ready on a date: what a plan to remember some modules by then comes to, or what could instead.

A plan spreads the new cards of its modules over the days that are left and lets their desired
retention rise. How far it must rise, and what comes of it, a rehearsal of those days tells: the
learner's own limits hold in it, first ratings are spread as theirs were, and all cards take part,
for they share the limits. Predicted recall is the mean chance over all cards of the modules; one
that is not begun by then counts as 0.
"""

from collections.abc import Callable, Mapping, Sequence
from math import floor
from typing import NamedTuple

from flashsafety.errors import UsageError
from flashsafety.scheduling.ready import quota
from flashsafety.scheduling.rehearsal import DayRules
from flashsafety.store import due, waiting
from flashsafety.store.plans import Plans, plans_on
from flashsafety.study.allowance import ALL, new_on
from flashsafety.study.library import Library
from flashsafety.study.pace import Pace, pace
from flashsafety.study.plans import decide
from flashsafety.study.rehearse import go_on, rehearsal
from flashsafety.study.today import refuse_unknown, start_modules
from flashsafety.terms import Moment, Ready, StudyDay

HIGHEST = 0.97
"""The desired retention beyond which reviews bring almost nothing more."""

LEAST, MOST = 0.5, HIGHEST
"""What may be a target."""

FARTHEST = 365
"""Days."""


class Prospect(NamedTuple):
    """What comes of a plan that is kept to from today on."""

    plan: Ready
    cards: int
    """Cards of its modules, suspended ones left out."""
    begun: int
    """Those that were ever rated."""
    left: int
    """Those that will not be begun by the date."""
    new: int
    """The most new cards that a day brings."""
    recall: float
    """Predicted on the date, 0 to 1."""
    seconds: float
    """What the cards of its modules take on a day, the mean."""
    most: float
    """The same of the day that takes most."""

    @property
    def met(self) -> bool:
        """Whether the target is."""
        return self.recall >= self.plan.target


class Instead(NamedTuple):
    """What could be met where a plan cannot; none where that could not be met either."""

    day: StudyDay | None
    """A later date, all else as it was."""
    target: float | None
    modules: tuple[str, ...]
    """Some of the modules; empty where not even one can be ready."""


def plan_for(library: Library, ends: StudyDay, modules: Sequence[str], target: float) -> Prospect:
    """The plan for a date that costs least and meets the target, or comes nearest to it.

    Nothing is stored.

    Raises:
        UsageError: A module is unknown or has no card, or the date is not within a year.
    """
    moment = library.clock.now()
    _refuse(library, moment, ends, modules)
    return _cheapest(library, moment, Ready(moment.day, ends, tuple(modules), target, 0.0))


def hold(library: Library, found: Prospect) -> tuple[str, ...]:
    """Take a plan; opens those of its modules that are not open, and returns them."""
    opened = start_modules(library, found.plan.modules)
    decide(library, library.clock.now(), "ready", found.plan)
    return opened


def prospect(library: Library, between: Callable[[], None] = go_on) -> Prospect | None:
    """What is to come of the plan that holds today; none when none does.

    Args:
        library: Where.
        between: Is called between the days of the rehearsal; what it raises ends it.
    """
    moment = library.clock.now()
    plan = plans_on(library.db, moment.day).ready
    return None if plan is None else _foreseen(library, moment, plan, between)


def instead(library: Library, found: Prospect) -> Instead:
    """What could be met in place of a plan that cannot."""
    moment, plan = library.clock.now(), found.plan._replace(peak=HIGHEST)
    lower = floor(found.recall * 100) / 100
    return Instead(
        _later(library, moment, plan),
        lower if lower >= LEAST else None,
        _fewer(library, moment, plan),
    )


def usual_retention(library: Library, plan: Ready) -> float:
    """The desired retention of a plan's cards without it; of several modules the least."""
    return min(library.usual_retention(module) for module in plan.modules)


def _refuse(library: Library, moment: Moment, ends: StudyDay, modules: Sequence[str]) -> None:
    if not moment.day < ends <= moment.day + FARTHEST:
        raise UsageError(
            "the date must be after today and within a year", mend="write it as 2027-01-20"
        )
    refuse_unknown(library, modules)
    if waiting.cards_of(library.db, modules)[0] == 0:
        raise UsageError("these modules have no card", mend="'flashsafety start' lists them all")


def _cheapest(library: Library, moment: Moment, plan: Ready) -> Prospect:
    """The plan with the least peak that meets its target; with the highest where none does."""
    usual = usual_retention(library, plan)
    peaks = [usual, *(n / 100 for n in range(floor(usual * 100 + 1e-9) + 1, 98))]
    found = {}

    def foreseen(place: int) -> Prospect:
        if place not in found:
            found[place] = _foreseen(library, moment, plan._replace(peak=peaks[place]))
        return found[place]

    low, high = 0, len(peaks) - 1
    while low < high:
        middle = (low + high) // 2
        if foreseen(middle).met:
            high = middle
        else:
            low = middle + 1
    return foreseen(low)


def _later(library: Library, moment: Moment, plan: Ready) -> StudyDay | None:
    """The first date on which the target can be met, to a few days; none within a year."""
    last = moment.day + FARTHEST

    def meets(day: int) -> bool:
        return _foreseen(library, moment, plan._replace(ends=StudyDay(day))).met

    low, step = int(plan.ends), 4
    while low < last:
        high = min(low + step, last)
        if meets(high):
            while high - low > max(1, (high - moment.day) // 20):
                middle = (low + high) // 2
                low, high = (low, middle) if meets(middle) else (middle, high)
            return StudyDay(high)
        low, step = high, step * 2
    return None


def _fewer(library: Library, moment: Moment, plan: Ready) -> tuple[str, ...]:
    """As many of the modules as can be ready, those with most to begin left out first."""
    left = {slug: waiting.new_cards(library.db, (slug,), plan.modules) for slug in plan.modules}
    modules = list(plan.modules)
    while len(modules) > 1:
        modules.remove(max(modules, key=lambda slug: left[slug]))
        if _foreseen(library, moment, plan._replace(modules=tuple(modules))).met:
            return tuple(modules)
    return ()


def _foreseen(
    library: Library, moment: Moment, plan: Ready, between: Callable[[], None] = go_on
) -> Prospect:
    """Rehearse the days up to the date."""
    held, own = plans_on(library.db, moment.day), pace(library)
    cards, begun = waiting.cards_of(library.db, plan.modules)
    days = rehearsal(library, moment, plan.ends - moment.day, plan)
    done = due.done_on(library.db, moment.day)
    done_of_plan = waiting.begun_on(library.db, moment.day, plan.modules)
    new_by_day, seconds = [], []
    for number in range(moment.day, plan.ends):
        between()
        day = StudyDay(number)
        rules = _rules(library, held, day, days.due(day), own)
        if day == moment.day:
            rules = rules._replace(
                reviews=max(0, rules.reviews - done.review), new=max(0, rules.new - done.new)
            )
        before = done_of_plan if day == moment.day else 0
        wanted = quota(plan, day, days.lead_left + before) - before
        came = days.study(day, rules._replace(lead=max(0, wanted)))
        new = _of(came.new, plan)
        new_by_day.append(new + before)
        seconds.append(own.seconds(new=new, learning=0, review=_of(came.reviews, plan)))
    recall = days.recall(plan.modules, plan.ends) / cards
    return Prospect(
        plan,
        cards,
        begun,
        cards - begun - sum(new_by_day) + done_of_plan,
        max(new_by_day),
        recall,
        sum(seconds) / len(seconds),
        max(seconds),
    )


def _rules(library: Library, held: Plans, day: StudyDay, reviews: int, own: Pace) -> DayRules:
    """What a day on which so many reviews are due takes, by the settings and the other plans."""
    settings = library.settings
    order, limit, new = settings.review_order, settings.review_limit, new_on(settings, day)
    if held.pause is not None and day < held.pause.ends:
        return DayRules(0, order)
    if held.back is not None and day < held.back.ends:
        back = held.back
        return DayRules(back.reviews or ALL, back.order or order, new if back.reviews else 0)
    if settings.day_minutes:
        left = settings.day_minutes * 60
        limit = min(limit, int(left / own.review))
        new = max(0, min(new, int((left - reviews * own.review) / own.new)))
    return DayRules(limit, order, new)


def _of(counts: Mapping[str, int], plan: Ready) -> int:
    return sum(count for module, count in counts.items() if module in plan.modules)
