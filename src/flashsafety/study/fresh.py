"""In which order new cards come: as the settings say, those of a plan for a date before others."""

from collections.abc import Iterator, Sequence
from itertools import chain

from flashsafety.scheduling.queue import take_turns
from flashsafety.store import due
from flashsafety.study.library import Library
from flashsafety.terms import Candidate, Moment, Ready


def new_cards(
    library: Library, moment: Moment, plan: Ready | None, opened: Sequence[str], chosen: due.Scope
) -> Iterator[Candidate]:
    """New cards in the order in which they come; read only as far as asked.

    Args:
        library: Where.
        moment: Now.
        plan: The plan for a date that holds; of its modules no more come than it has for the day.
        opened: The modules whose cards may come, in the order of the syllabus.
        chosen: Only these cards.
    """
    db, settings = library.db, library.settings
    streams = due.new_cards(db, moment, opened, chosen)

    def in_order(some: Sequence[Iterator[Candidate]]) -> Iterator[Candidate]:
        if settings.new_order != "mixed":
            return chain(*some)
        return take_turns(some, moment.day + due.done_on(db, moment.day).new)

    if plan is None:
        return in_order(streams)
    from flashsafety.scheduling.ready import few  # the quick commands need it only for a plan

    by_module = list(zip(opened, streams, strict=True))
    lead = [cards for slug, cards in by_module if slug in plan.modules]
    others = [cards for slug, cards in by_module if slug not in plan.modules]
    met = due.met_on(db, moment.day) if settings.siblings == "never" else None
    most = left_today(library, moment, plan, opened)
    return chain(few(in_order(lead), most, met), in_order(others))


def left_today(library: Library, moment: Moment, plan: Ready, opened: Sequence[str]) -> int:
    """New cards that a plan for a date still has for the day."""
    from flashsafety.scheduling.ready import quota
    from flashsafety.store import waiting

    modules = [slug for slug in plan.modules if slug in opened]
    begun = waiting.begun_on(library.db, moment.day, modules)
    left = waiting.new_cards(library.db, modules, opened)
    return max(0, quota(plan, moment.day, left + begun) - begun)
