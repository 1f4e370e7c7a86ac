"""A card that was forgotten may be so because what it builds on has faded: that comes first.

After a lapse the weakest of the card's prerequisites is reviewed before its due day, when it is
weak: when its chance of recall has gone half of the way from certain to the desired retention, 0.95
for one of 0.9. At the desired retention itself it would be due, and come anyway; half of the way
there a review still gains about half of what it gains on the due day. A prerequisite is met once a
day at most, and counts as one of the day's reviews.
"""

from collections.abc import Mapping

from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.store.due import Scope
from flashsafety.store.foundations import Base, under_lapses
from flashsafety.study.library import Library
from flashsafety.terms import CardKey, Moment


def foundations(library: Library, moment: Moment, chosen: Scope) -> Mapping[int, CardKey]:
    """The cards to review before all others, by row id, each with the one that was forgotten.

    In the order in which they come: the foundation of the newest lapse first. One for each card of
    the choice that was forgotten today.
    """
    found = under_lapses(library.db, moment.day, chosen)
    if not found:
        return {}
    from flashsafety.store import logs  # not for the quick commands, which mostly end here

    curve = forgetting_curve(logs.current_parameters(library.db)[1].weights)
    weakest: dict[CardKey, tuple[float, Base]] = {}
    for base in found:
        recall = curve(base.stability, moment.day - base.last_day)
        known = weakest.get(base.lapsed)
        if is_weak(recall, _retention(library, base.module)) and (
            known is None or recall < known[0]
        ):
            weakest[base.lapsed] = (recall, base)
    first: dict[int, CardKey] = {}
    for lapsed, (_, base) in weakest.items():
        first.setdefault(base.card, lapsed)
    return first


def is_weak(recall: float, retention: float) -> bool:
    """Whether a chance of recall is too low for what builds on it.

    Args:
        recall: Today, 0 to 1.
        retention: That at which the card falls due, 0 to 1.
    """
    return recall < (1 + retention) / 2


def _retention(library: Library, module: str) -> float:
    settings = library.settings
    return settings.module_retention.get(module, settings.desired_retention)
