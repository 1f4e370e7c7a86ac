"""Which cards a study day holds, and in what order. Pure; free of py-fsrs for the quick commands.

Learning cards come first, then reviews, then new cards. Two cards of one note never meet on a day,
unless the learner allows it, and look-alikes are kept apart as ``apart`` says.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple
from zlib import crc32

from flashsafety.scheduling.apart import waits
from flashsafety.terms import Candidate, Met, Moment, ReviewOrder, SiblingRule, StudyDay

_DAY = 86_400
"""Seconds."""


_STEEPNESS = 1.15
"""One more than the decay of the default weights; the factor of the curve is nearly 1."""


class Plan(NamedTuple):
    """What is left to do on a study day, each list in the order of showing."""

    learning: list[Candidate]
    """By due instant; some may lie later in the day."""
    review: list[Candidate]
    new: list[Candidate]
    held_siblings: int
    """Cards that wait for another day since a sibling, or a look-alike, is met on this one."""
    held_limit: int
    """Reviews due beyond the limit; of very many, also siblings that would wait without one."""


def plan(
    learning: Iterable[Candidate],
    reviews: Iterable[Candidate],
    new: Iterable[Candidate],
    *,
    moment: Moment,
    new_left: int,
    review_left: int | None,
    seen_notes: Mapping[str, Met],
    backlog: bool,
    order: ReviewOrder = "overdueness",
    siblings: SiblingRule = "never",
    early: Iterable[Candidate] = (),
    first: Iterable[Candidate] = (),
    unread: int = 0,
) -> Plan:
    """The rest of a study day.

    A note belongs to the card through which it was, or will be, met that day; its other cards wait
    until the next, those in their steps too.

    Args:
        learning: Cards in learning or relearning that are due before the study day ends.
        reviews: Cards in review that are due on the study day or were before it.
        new: New cards in study order; read only as far as needed.
        moment: Now.
        new_left: New cards that the day's limit still allows.
        review_left: Reviews that the day's limit still allows; none where it does not count.
        seen_notes: Note id to the card through which it was met on this study day, or on a later
            one if the clock or the learner went back.
        backlog: Whether reviews have piled up; then new cards wait.
        order: Which reviews come first.
        siblings: Whether a note may be met through several cards after all.
        early: Cards in review that are due on a later day and come all the same, the soonest first:
            after those that are due, and only of notes that have none of those. No limit counts.
        first: Reviews that come before all others, due or not; they count like them. Not one with a
            due sibling that was not seen for longer, which then comes itself.
        unread: Reviews that are due besides and are not handed in, for the limit leaves none of
            them anyway.
    """
    met = _Notes(seen_notes, moment.day, siblings)
    steps, held = _apart(sorted(learning, key=_learning_order), met)
    ordered, waiting = _elected(
        order_reviews(reviews, moment.day, backlog=backlog, order=order), siblings
    )
    longest = {} if siblings == "allowed" else {card.note: card.last_day or 0 for card in ordered}
    first = (card for card in first if (card.last_day or 0) <= longest.get(card.note, moment.day))
    brought = {card.id: card for card in islice(first, review_left)}
    ordered = [*brought.values(), *(card for card in ordered if card.id not in brought)]
    due, held_reviews = _apart(ordered, met, review_left)
    held_limit = len(ordered) - len(due) - held_reviews + unread
    early = (card for card in early if card.id not in brought)
    sooner, waiting_early = _elected(
        order_reviews(early, moment.day, backlog=False, order="due-day"), siblings
    )
    drawn, held_early = _apart(sooner, met)
    fresh, held_new = _apart(new, met, 0 if backlog else new_left)
    apart = held + waiting + held_reviews + waiting_early + held_early + held_new
    return Plan(steps, due + drawn, fresh, apart, held_limit)


def order_reviews(
    cards: Iterable[Candidate],
    day: StudyDay,
    *,
    backlog: bool,
    order: ReviewOrder = "overdueness",
) -> list[Candidate]:
    """Reviews in the order of showing.

    Unless the learner chose otherwise, on an ordinary day by relative overdueness: days overdue
    over days of interval, most first; in a backlog by retrievability, most first, so that what can
    still be saved is saved. One forgetting curve serves all cards, so its order is that of elapsed
    days over stability, least first, and needs no weights. Cards that tie are shuffled, the same
    way all day.
    """
    urgency = _URGENCY[order_on(order, backlog=backlog)]
    return sorted(cards, key=lambda card: (urgency(card, day), _shuffle(card, day), card.key))


def order_on(order: ReviewOrder, *, backlog: bool) -> ReviewOrder:
    """What an order comes to on a day: in a backlog overdueness gives way to what can be saved."""
    return "best-remembered" if backlog and order == "overdueness" else order


def take_turns(streams: Sequence[Iterator[Candidate]], start: int) -> Iterator[Candidate]:
    """One card of each stream in turn, until all are at their ends; read only as far as asked.

    Args:
        streams: New cards of a module each, in study order.
        start: Whose turn it is, counted round: grows by one with each card of a day and from day to
            day, so that no module always comes first.
    """
    begin = start % len(streams) if streams else 0
    waiting = [*streams[begin:], *streams[:begin]]
    while waiting:
        for stream in tuple(waiting):
            card = next(stream, None)
            if card is None:
                waiting.remove(stream)
            else:
                yield card


class _Notes:
    """The notes of a study day: those that were met, and those that will be."""

    def __init__(self, seen: Mapping[str, Met], day: StudyDay, siblings: SiblingRule) -> None:
        self._met = dict(seen)
        self._day = day
        self._siblings = siblings

    def take(self, card: Candidate) -> bool:
        """Whether a card may come on the day as well; its note is met through it then."""
        own = self._met.get(card.note)
        if own is not None:
            return own.key == card.key or self._siblings == "allowed"
        for alike in (card.alike or "").split():
            other = self._met.get(alike)
            if other is not None and waits(card, other, self._day):
                return False
        self._met[card.note] = Met(card.key, card.stability, card.lapses)
        return True


def _apart(
    cards: Iterable[Candidate], met: _Notes, limit: int | None = None
) -> tuple[list[Candidate], int]:
    """Cards that may come beside those of the day, up to a limit; and how many were passed over.

    Reads no card beyond the limit.
    """
    taken: list[Candidate] = []
    held = 0
    if limit is not None and limit < 1:
        return taken, held
    for card in cards:
        if not met.take(card):
            held += 1
            continue
        taken.append(card)
        if len(taken) == limit:
            break
    return taken, held


def _elected(cards: list[Candidate], siblings: SiblingRule) -> tuple[list[Candidate], int]:
    """One review a note, the one not seen for longest, and how many siblings wait for it.

    Were it the most overdue, a card with long intervals could wait for ever behind a sibling that
    the learner forgets each time. All of them, where siblings may come together.
    """
    if siblings == "allowed":
        return cards, 0
    elected: dict[str, Candidate] = {}
    for card in cards:
        rival = elected.get(card.note)
        if rival is None or (card.last_day or 0) < (rival.last_day or 0):
            elected[card.note] = card
    return [card for card in cards if elected[card.note] is card], len(cards) - len(elected)


def _learning_order(card: Candidate) -> tuple[int, int]:
    return card.due_at or 0, card.id


def _overdue_share(card: Candidate, day: int) -> float:
    """Minus the share of its interval by which a card is overdue: the most urgent sorts first."""
    if card.due_day is None:
        return 0.0
    return (card.due_day - day) / max(1.0, card.interval / _DAY)


def _elapsed_share(card: Candidate, day: int) -> float:
    """Days since the last rating over stability: the best remembered sorts first."""
    if card.last_day is None or not card.stability:
        return float("inf")
    return max(0, day - card.last_day) / card.stability


def _safety(card: Candidate, day: int) -> float:
    """How little is lost when a review waits until tomorrow: the most at risk sorts first.

    What is lost is the slope of the forgetting curve, here that of the default weights of FSRS-6:
    under others the order is nearly the same, and needs none.
    """
    if card.last_day is None or not card.stability:
        return float("inf")
    elapsed = max(0, day - card.last_day) / card.stability
    return float(card.stability * (1 + elapsed) ** _STEEPNESS)


def _shuffle(card: Candidate, day: int) -> int:
    """A number that is the same in every process, unlike ``hash``, and another each day."""
    return crc32(f"{day}:{card.key}".encode())


_URGENCY: Mapping[ReviewOrder, Callable[[Candidate, int], float]] = {
    "overdueness": _overdue_share,
    "least-remembered": lambda card, day: -_elapsed_share(card, day),
    "best-remembered": _elapsed_share,
    "most-at-risk": _safety,
    "due-day": lambda card, day: card.due_day or 0,
    "random": lambda card, day: 0,
}
"""What the reviews are sorted by, least first."""
