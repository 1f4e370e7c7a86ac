"""How plans read: those that are offered, and how the one that holds stands."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from flashsafety.clock import day_to_date
from flashsafety.study import words
from flashsafety.study.today import Today
from flashsafety.terms import Ready, Return

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback, Offer
    from flashsafety.study.ready import Instead, Prospect


def welcome(found: "Comeback") -> str:
    """What a break has left."""
    waits = "waits" if found.backlog == 1 else "wait"
    return f"Welcome back: {words.count(found.backlog, 'review')} {waits}."


def offers(found: "Comeback") -> Iterator[str]:
    """Each plan that is offered, in words that follow its number."""
    return (_offer(found, offer) for offer in found.offers)


def _offer(found: "Comeback", offer: "Offer") -> str:
    plan = offer.plan
    if offer.about:
        return _roughly(found, offer)
    last = words.date(plan.ends - 1, plan.first)
    if plan.reviews is None:
        come = words.count(offer.reviews, "review")
        return f"all that may come today: {come}, about {_minutes(offer.seconds)}"
    if offer.more:
        more = words.count(offer.more, "review")
        return f"{more} a day more: done by {last}, {_minutes(offer.seconds)} a day"
    return f"only the most at risk in your usual {_minutes(found.usual)}: by {last}"


def _roughly(found: "Comeback", offer: "Offer") -> str:
    """The same of an offer whose figures come from a sample."""
    plan = offer.plan
    last = words.short_date(plan.ends - 1, plan.first)
    if plan.reviews is None:
        come = words.count(offer.reviews, "review")
        return f"all that may come today: about {come}, {_minutes(offer.seconds)}"
    if offer.more:
        return f"{offer.more:,} a day more: by about {last}, {_minutes(offer.seconds)} a day"
    return f"most at risk, in your usual {_minutes(found.usual)}: by about {last}"


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


def ready(picture: Today, predicted: float | None) -> str:
    """How the plan for a date stands, a line; empty when none holds.

    Args:
        picture: The day.
        predicted: Recall on the date, 0 to 1; none while it is not reckoned yet.
    """
    plan = picture.plans.ready
    if plan is None:
        return ""
    cards, begun = picture.of_plan
    recall = "" if predicted is None else f", predicted recall {predicted:.2f}"
    if predicted is not None and predicted < plan.target:
        recall = f"{recall} of {plan.target:.2f}"
    date = words.short_date(plan.ends, picture.counts.day)
    return f"Ready on {date}, {_day(picture, plan)}: {begun:,} of {cards:,} begun{recall}."


def ready_offer(found: "Prospect", usual: float, today: int) -> Iterator[str]:
    """What a plan for a date asks and brings, a line each.

    Args:
        found: What comes of it.
        usual: The desired retention of its cards without it.
        today: The present study day.
    """
    plan = found.plan
    new = found.cards - found.begun
    about = words.count(found.cards, "card")
    if new:
        about = f"{about}, {new:,} of them new, at most {found.new:,} a day"
    yield f"Ready on {words.date(plan.ends, today)}, in {_days(plan)}: {about}."
    yield (
        f"They take about {_minutes(found.seconds)} a day, {_minutes(found.most)} on the fullest;"
        f" predicted recall on the date {found.recall:.2f}, target {plan.target:.2f}."
    )
    if plan.peak > usual:
        yield f"Their desired retention rises from {usual:g} to {plan.peak:g} until then."
    if found.left:
        yield f"{words.count(found.left, 'card')} will not be begun by then."


def instead(found: "Prospect", other: "Instead", today: int) -> Iterator[str]:
    """That a target cannot be met, and what could be, a line each."""
    plan = found.plan
    yield (
        f"{plan.target:.2f} cannot be met by {words.date(plan.ends, today)}: predicted recall"
        f" {found.recall:.2f}" + (f", {found.left:,} cards not begun." if found.left else ".")
    )
    by, names = day_to_date(plan.ends).isoformat(), ",".join(plan.modules)
    if other.day is not None:
        yield f"later: --by {day_to_date(other.day).isoformat()} --modules {names}"
    if other.modules:
        yield f"fewer modules: --by {by} --modules {','.join(other.modules)}"
    if other.target is not None:
        yield f"a lower target: --by {by} --modules {names} --target {other.target:.2f}"


def _days(plan: Ready) -> str:
    return words.count(plan.ends - plan.first, "day")


def _day(picture: Today, plan: Return | Ready) -> str:
    """``day 3 of 10``."""
    return f"day {picture.counts.day - plan.first + 1} of {plan.ends - plan.first}"
