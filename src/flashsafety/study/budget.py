"""A session of so many minutes: which of the day's cards are worth the time most.

The worth of a review is what is lost by leaving it for tomorrow: the chance of recall today less
that of tomorrow, which is the number of cards, of one, that would be forgotten in between. Cards
are taken by worth per second that they are expected to take, most first::

    worth = (R(t) - R(t + 1)) / seconds        R: forgetting curve, t: days since the last rating

It is not how little is left of a memory that counts: the curve is steep just after the interval of
a young card, and flat where most is forgotten already, so such a card loses least by waiting. A new
card is remembered neither today nor tomorrow. It loses nothing, and comes when reviews leave time.
"""

from collections.abc import Iterable
from typing import NamedTuple

from flashsafety.scheduling.curve import Curve, forgetting_curve
from flashsafety.scheduling.queue import Plan
from flashsafety.study import words
from flashsafety.study.kinds import Budget
from flashsafety.study.library import Library
from flashsafety.study.pace import Pace, pace
from flashsafety.terms import Candidate, Moment, Phase


class Picked(NamedTuple):
    """The cards of a session with a budget."""

    cards: tuple[int, ...]
    """Row ids; most worth first, then new ones in study order."""
    seconds: float
    """What they are expected to take, the steps that follow included."""
    left: int
    """Cards of the day that are not among them."""


def pick_from(queue: Plan, library: Library, budget: Budget, moment: Moment) -> Picked:
    """What fits into a budget of a day's cards, at the learner's own pace."""
    return pick(
        queue,
        pace(library),
        forgetting_curve(library.scheduling[1].parameters.weights),
        moment,
        budget.minutes * 60,
        learn_ahead=library.settings.learn_ahead,
    )


def pick(
    queue: Plan, pace: Pace, curve: Curve, moment: Moment, seconds: int, *, learn_ahead: int
) -> Picked:
    """The cards most worth their time, as many as fit; one at least where there is one.

    Args:
        queue: The day's cards.
        pace: How long they take.
        curve: Stability and days to the chance of recall.
        moment: Now.
        seconds: The budget.
        learn_ahead: Seconds by which a learning card may come early; one that would still not come
            within the budget is left.
    """
    until = moment.at + max(seconds, learn_ahead) * 1000
    steps = [card for card in queue.learning if (card.due_at or 0) <= until]
    cost = {
        Phase.NEW: pace.new,
        Phase.LEARNING: pace.step,
        Phase.REVIEW: pace.review,
        Phase.RELEARNING: pace.step,
    }
    met = [*steps, *queue.review]
    met.sort(key=lambda card: -loss(curve, card, moment.day) / cost[card.phase])
    taken: list[int] = []
    used = 0.0
    for card in [*met, *queue.new]:
        if not taken or used + cost[card.phase] <= seconds:
            taken.append(card.id)
            used += cost[card.phase]
    everything = len(queue.learning) + len(queue.review) + len(queue.new)
    return Picked(tuple(taken), used, everything - len(taken))


def loss(curve: Curve, card: Candidate, day: int) -> float:
    """By how much the chance of recalling a card falls from a study day to the next, 0 to 1."""
    if card.last_day is None or not card.stability:
        return 0.0
    since = max(0, day - card.last_day)
    return curve(card.stability, since) - curve(card.stability, since + 1)


def only(queue: Plan, picked: Picked) -> Plan:
    """A day's cards without those that were not picked, the reviews in the order of picking."""
    place = {card: number for number, card in enumerate(picked.cards)}

    def kept(cards: Iterable[Candidate]) -> list[Candidate]:
        return [card for card in cards if card.id in place]

    return queue._replace(
        learning=kept(queue.learning),
        review=sorted(kept(queue.review), key=lambda card: place[card.id]),
        new=kept(queue.new),
    )


def in_words(picked: Picked) -> str:
    """``18 cards, about 5 minutes; leaves 34 for tomorrow.``."""
    if not picked.cards:
        return ""
    rest = f"leaves {picked.left:,} for tomorrow" if picked.left else "leaves none for tomorrow"
    cards = words.count(len(picked.cards), "card")
    return f"{cards}, {words.about(picked.seconds)}; {rest}."
