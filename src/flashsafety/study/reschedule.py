"""Due days by the memory of now: what would move, and moving it as one step.

A card goes where an answer would send it: the interval of its memory under the desired retention of
today, and of the days about it the one that the draw of its last rating picks. Where the load of
the days has a say in the draw, a card whose day that rating might have been given stays, or every
new load would move every card; unless it is a day on which the learner wants less.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flashsafety.scheduling.balance import Balance, balanced
from flashsafety.scheduling.fuzz import draw, fuzz_range
from flashsafety.scheduling.reckon import Spacing, spacing
from flashsafety.scheduling.week import share_of
from flashsafety.store import loads, writes
from flashsafety.store.loads import ReviewCard
from flashsafety.study.bulk import log_acts
from flashsafety.study.library import Library
from flashsafety.study.load import Balancer
from flashsafety.study.pace import review_seconds
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

    Cards in their steps stay. Days that the learner set by hand move as others do. On the disk when
    this returns.

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
    cards: Sequence[ReviewCard], library: Library, parameters: Parameters
) -> Iterator[tuple[ReviewCard, StudyDay]]:
    """The study day on which each card is due, had its last rating been given now's memory."""
    spacings: dict[str, Spacing] = {}
    load = _Load(review_seconds(library))
    balance = Balancer(library).balance()
    if balance is not None and balance.expected is not None:
        balance = balance._replace(expected=load.between)
    to_draw: list[tuple[ReviewCard, int]] = []
    for card in cards:
        space = spacings.get(card.module)
        if space is None:
            desired = library.retention_of(card.module)
            space = spacings[card.module] = spacing(parameters._replace(desired_retention=desired))
        given, fuzz = space(card.key, card.reps - 1, card.stability)
        if balance is None:
            yield card, StudyDay(card.last_day + given)
        elif _may_stay(card, given - fuzz, parameters.maximum_interval, balance):
            load.add(card, card.due_day)
            yield card, StudyDay(card.due_day)
        else:
            to_draw.append((card, given - fuzz))
    # In the order in which they were rated, for each is drawn by the load that it then finds.
    for card, interval in sorted(to_draw, key=lambda drawn: (drawn[0].last_day, drawn[0].key)):
        assert balance is not None
        drawn, last = draw(card.key, card.reps - 1), StudyDay(card.last_day)
        day = last + balanced(interval, parameters.maximum_interval, drawn, last, balance)
        load.add(card, day)
        yield card, StudyDay(day)


def _may_stay(card: ReviewCard, interval: int, maximum: int, balance: Balance) -> bool:
    """Whether a draw by the load of days might give a card the day that it has."""
    low, high = fuzz_range(interval, maximum)
    in_range = low <= card.due_day - card.last_day <= high
    return balance.expected is not None and in_range and share_of(card.due_day, balance.week) == 1


class _Load:
    """The seconds that the cards placed so far take on each study day."""

    def __init__(self, seconds: Mapping[str, float]) -> None:
        self._seconds = seconds
        self._days: defaultdict[int, float] = defaultdict(float)

    def add(self, card: ReviewCard, day: int) -> None:
        """Place a card; a suspended one takes no time."""
        if not card.suspended:
            self._days[day] += self._seconds.get(card.type, self._seconds[""])

    def between(self, first: StudyDay, last: StudyDay) -> Sequence[float]:
        """What each day from one to another holds."""
        return [self._days[day] for day in range(first, last + 1)]


def _by_day(due: Iterable[tuple[ReviewCard, int]], today: int) -> tuple[int, ...]:
    counts = [0] * DAYS
    for card, day in due:
        place = max(0, max(day, card.buried_until) - today)
        if place < DAYS and not card.suspended:
            counts[place] += 1
    return tuple(counts)
