"""Plans in the form that other programs rely on, and what each key of it means."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flashsafety.cli.forms import date_form
from flashsafety.cli.output import Json

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback, Offer
    from flashsafety.study.library import Library
    from flashsafety.terms import Return

RETURN = {
    "from": "its first day, a date",
    "to": "its last day, a date",
    "reviews": "the most a day; null: as many as are due",
    "order": "of reviews, as the setting review_order; null: as that says",
    "backlog": "reviews that were due when it was chosen",
}
KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "return": "the return plan that holds; null when none does",
        "offers": "the return plans that are offered now, in the order of their numbers",
    },
    "return": RETURN,
    "offers": {**RETURN, "minutes": "about what the reviews of a day take", "words": "as shown"},
}
"""Heading, then key to what it means."""


def plan_form(library: "Library") -> dict[str, Json]:
    """What holds today, and what is offered."""
    from flashsafety.store.plans import plans_on
    from flashsafety.study.comeback import comeback

    held, found = plans_on(library.db, library.clock.now().day), comeback(library)
    return {
        "return": None if held.back is None else return_form(held.back),
        "offers": [] if found is None else offer_forms(found),
    }


def return_form(plan: "Return") -> dict[str, Json]:
    """A return plan."""
    return {
        "from": date_form(plan.first),
        "to": date_form(plan.ends - 1),
        "reviews": plan.reviews,
        "order": plan.order,
        "backlog": plan.backlog,
    }


def offer_forms(found: "Comeback") -> list[Json]:
    """Those that are offered, in the order of their numbers."""
    from flashsafety.study.plan_words import offers

    return [_offer(offer, said) for offer, said in zip(found.offers, offers(found), strict=True)]


def _offer(offer: "Offer", said: str) -> dict[str, Json]:
    return {**return_form(offer.plan), "minutes": round(offer.seconds / 60, 1), "words": said}
