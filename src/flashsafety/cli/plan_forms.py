"""Plans in the form that other programs rely on, and what each key of it means."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from flashsafety.cli.forms import date_form
from flashsafety.cli.output import Json

if TYPE_CHECKING:
    from flashsafety.study.comeback import Comeback, Offer
    from flashsafety.study.library import Library
    from flashsafety.study.ready import Instead, Prospect
    from flashsafety.terms import Return

RETURN = {
    "from": "its first day, a date",
    "to": "its last day, a date",
    "reviews": "the most a day; null: as many as are due",
    "order": "of reviews, as the setting review_order; null: as that says",
    "backlog": "reviews that were due when it was chosen",
}
READY = {
    "from": "its first day, a date",
    "by": "the date",
    "modules": "slugs",
    "target": "mean chance of recall on the date, 0 to 1",
    "peak": "desired retention that theirs rises to",
    "cards": "of its modules, suspended ones left out",
    "begun": "those that were ever rated",
    "new": "the most new cards that a day is to bring from now on",
    "not_begun": "cards that will not be begun by the date",
    "predicted": "recall on the date when the plan is kept to, 0 to 1",
    "minutes": "what its cards take on a day from now on, the mean",
    "minutes_most": "the same of the fullest day",
}
KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "return": "the return plan that holds; null when none does",
        "ready": "the plan for a date that holds; null when none does",
        "offers": "the return plans that are offered now, in the order of their numbers",
    },
    "return": RETURN,
    "offers": {
        **RETURN,
        "about": "whether 'to' and the minutes of today are those of a sample of very many cards",
        "minutes": "about what the reviews of a day take",
        "words": "as shown",
    },
    "ready": READY,
    "The document where a target cannot be met": {
        "cannot": "what was asked, with the best that comes of it; keys as of ready",
        "instead": "what could be met: by (a later date), target (a lower one), modules (fewer);"
        " null, and an empty list, where that could not be met either",
    },
}
"""Heading, then key to what it means."""


def plan_form(library: "Library") -> dict[str, Json]:
    """What holds today, and what is offered."""
    from flashsafety.store.plans import plans_on
    from flashsafety.study.comeback import comeback
    from flashsafety.study.ready import prospect

    coming = prospect(library)
    held, found = plans_on(library.db, library.clock.now().day), comeback(library)
    return {
        "return": None if held.back is None else return_form(held.back),
        "ready": None if coming is None else ready_form(coming),
        "offers": [] if found is None else offer_forms(found),
    }


def ready_form(found: "Prospect") -> dict[str, Json]:
    """A plan for a date, and what is to come of it."""
    plan = found.plan
    return {
        "from": date_form(plan.first),
        "by": date_form(plan.ends),
        "modules": list(plan.modules),
        "target": plan.target,
        "peak": plan.peak,
        "cards": found.cards,
        "begun": found.begun,
        "new": found.new,
        "not_begun": found.left,
        "predicted": round(found.recall, 4),
        "minutes": round(found.seconds / 60, 1),
        "minutes_most": round(found.most / 60, 1),
    }


def instead_form(found: "Prospect", other: "Instead") -> dict[str, Json]:
    """A plan that cannot be met, and what can."""
    return {
        "cannot": ready_form(found),
        "instead": {
            "by": date_form(other.day),
            "target": other.target,
            "modules": list(other.modules),
        },
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
    return {
        **return_form(offer.plan),
        "about": offer.about,
        "minutes": round(offer.seconds / 60, 1),
        "words": said,
    }
