"""How plans read: those that are offered, and how the one that holds stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flashsafety.study import words
from flashsafety.study.today import Today
from flashsafety.terms import Return

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback, Offer


def welcome(found: "Comeback") -> str:
    """What a break has left."""
    waits = "waits" if found.backlog == 1 else "wait"
    return f"Welcome back: {words.count(found.backlog, 'review')} {waits}."


def offers(found: "Comeback") -> Iterator[str]:
    """Each plan that is offered, in words that follow its number."""
    return (_offer(found, offer) for offer in found.offers)


def _offer(found: "Comeback", offer: "Offer") -> str:
    plan = offer.plan
    last = words.date(plan.ends - 1, plan.first)
    if plan.reviews is None:
        come = words.count(offer.reviews, "review")
        return f"all that may come today: {come}, about {_minutes(offer.seconds)}"
    if offer.more:
        more = words.count(offer.more, "review")
        return f"{more} a day more: done by {last}, {_minutes(offer.seconds)} a day"
    return f"only the most at risk in your usual {_minutes(found.usual)}: by {last}"


def _minutes(seconds: float) -> str:
    """Short enough for a line of 60 cells."""
    return f"{max(1, round(seconds / words.MINUTE)):,} min"


def progress(picture: Today) -> str:
    """How the return plan that holds stands, a line; empty when none does."""
    plan = picture.plans.back
    if plan is None:
        return ""
    waits = f"{words.count(picture.reviews, 'review')} due, {plan.backlog:,} at first"
    if not picture.reviews:
        waits = "caught up"
    day = "all today" if plan.reviews is None else _day(picture, plan)
    return f"Return plan, {day}: {waits}{'; new cards wait' if picture.backlog else ''}."


def _day(picture: Today, plan: Return) -> str:
    """``day 3 of 10``."""
    return f"day {picture.counts.day - plan.first + 1} of {plan.ends - plan.first}"
