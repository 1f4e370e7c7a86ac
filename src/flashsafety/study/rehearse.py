"""The cards as they stand, ready for a rehearsal of the days to come."""

from collections.abc import Iterator
from itertools import chain, islice

from flashsafety.clock import study_day
from flashsafety.scheduling.ready import desired
from flashsafety.scheduling.rehearsal import Rehearsal, Rules
from flashsafety.store import due, habits, logs
from flashsafety.study.library import Library
from flashsafety.terms import Candidate, Moment, Parameters, Ready, StudyDay

FIRST = (0.2, 0.1, 0.6, 0.1)
"""How often a first rating is Again, Hard, Good, Easy, until there are ``ENOUGH`` of one's own."""

ENOUGH = 50
NEWEST = 500
"""First ratings that are looked at."""


def rehearsal(library: Library, moment: Moment, days: int, plan: Ready | None = None) -> Rehearsal:
    """Every card that can come within so many days, to be studied as the settings say.

    Args:
        library: Where.
        moment: Now.
        days: How many study days are to be rehearsed.
        plan: The plan for a date that holds: new cards take part, those of its modules first, and
            its modules count as open. Without one no new card does.
    """
    settings, modules = library.settings, plan.modules if plan else ()
    lead, others = _new(library, moment, modules, days) if plan else ((), ())

    def retention(module: str, day: int) -> float:
        usual = library.usual_retention(module)
        return desired(plan, usual, day) if plan and module in modules else usual

    own = habits.first_ratings(library.db, NEWEST)
    first = own if sum(own) >= ENOUGH else FIRST
    rules = Rules(_parameters(library), retention, settings.siblings, first)
    known = _known(library, StudyDay(moment.day + days), modules)
    return Rehearsal(known, lead, others, rules, moment.day)


def _known(
    library: Library, before: StudyDay, modules: tuple[str, ...]
) -> Iterator[tuple[Candidate, float]]:
    """Cards with a memory; those in their steps are due on the day of their next one."""
    clock = library.clock
    for card, difficulty in habits.known_cards(library.db, before, modules):
        if card.due_at is not None:
            at = card.due_at
            card = card._replace(due_day=study_day(at, clock.offset_at(at), clock.day_start))
        yield card, difficulty


def _new(
    library: Library, moment: Moment, modules: tuple[str, ...], days: int
) -> tuple[list[Candidate], list[Candidate]]:
    """New cards of the modules, and as many of the other open ones as can come."""
    opened = [*due.open_modules(library.db), *modules]
    others = [slug for slug in dict.fromkeys(opened) if slug not in modules]
    most = library.settings.new_limit * days
    lead = chain(*due.new_cards(library.db, moment, opened, due.scope(modules)))
    rest = chain(*due.new_cards(library.db, moment, opened, due.scope(others))) if others else ()
    return list(dict.fromkeys(lead)), list(islice(rest, most))


def _parameters(library: Library) -> Parameters:
    """The weights in force with the steps and the longest interval of the settings."""
    settings = library.settings
    if logs.in_force(library.db) is None:  # nothing was ever rated
        return library.scheduling[1].parameters
    known = logs.current_parameters(library.db)[1]
    return known._replace(
        learning_steps=settings.learning_steps,
        relearning_steps=settings.relearning_steps,
        maximum_interval=settings.maximum_interval,
    )
