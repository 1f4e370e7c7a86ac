"""Due days by the memory of now: what would move, and moving it as one step."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from flashsafety.scheduling.reckon import Spacing, spacing
from flashsafety.store import loads, writes
from flashsafety.store.loads import ReviewCard
from flashsafety.study.bulk import log_acts
from flashsafety.study.library import Library
from flashsafety.terms import Parameters, StudyDay

DAYS = 30
"""Study days, from the present one on, of which the load is told."""


@dataclass(frozen=True, slots=True)
class Rescheduling:
    """What moving every due day to where memory and settings put it would change."""

    today: StudyDay
    earlier: int
    """Cards that would come earlier."""
    later: int
    before: tuple[int, ...]
    """Reviews due by study day as things stand, overdue ones on the first; suspended ones never."""
    after: tuple[int, ...]
    """The same when all is moved."""


def rescheduling(library: Library) -> Rescheduling:
    """What ``reschedule`` would do; nothing is written."""
    today = library.clock.now().day
    cards = loads.review_cards(library.db)
    moved = list(_due_days(cards, library, library.scheduling[1].parameters))
    return Rescheduling(
        today,
        sum(day < card.due_day for card, day in moved),
        sum(day > card.due_day for card, day in moved),
        _by_day(((card, card.due_day) for card in cards), today),
        _by_day(moved, today),
    )


def reschedule(library: Library) -> int:
    """Move every due day to where memory and settings put it: one step for undo.

    Cards in their steps stay; so does the fuzz, whose draw is that of the last rating. Days that
    the learner set by hand move too. On the disk when this returns.

    Returns:
        How many cards moved.

    Raises:
        StaleCardError: Another window brought other parameters meanwhile; nothing was moved.
    """
    assert library.device
    parameters = library.scheduling[1].parameters
    with writes.writing(library.db):
        library.refuse_other_weights(parameters.weights)
        cards = loads.review_cards(library.db)
        days = {card.id: str(day) for card, day in _due_days(cards, library, parameters)}
        return log_acts(library, "set-due", days)


def _due_days(
    cards: Iterable[ReviewCard], library: Library, parameters: Parameters
) -> Iterator[tuple[ReviewCard, StudyDay]]:
    """The study day on which each card is due, had its last rating been given now's memory."""
    settings = library.settings
    spacings: dict[float, Spacing] = {}
    for card in cards:
        desired = settings.module_retention.get(card.module, settings.desired_retention)
        space = spacings.get(desired)
        if space is None:
            space = spacing(replace(parameters, desired_retention=desired))
            spacings[desired] = space
        days, _ = space(card.key, card.reps - 1, card.stability)
        yield card, StudyDay(card.last_day + days)


def _by_day(due: Iterable[tuple[ReviewCard, int]], today: int) -> tuple[int, ...]:
    counts = [0] * DAYS
    for card, day in due:
        place = max(0, max(day, card.buried_until) - today)
        if place < DAYS and not card.suspended:
            counts[place] += 1
    return tuple(counts)
