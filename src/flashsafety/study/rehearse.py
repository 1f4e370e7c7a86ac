"""The cards as they stand, ready for a rehearsal of the days to come."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple
from zlib import crc32

from flashsafety.clock import study_day
from flashsafety.scheduling.ready import desired
from flashsafety.scheduling.rehearsal import Rehearsal, Rules
from flashsafety.store import due, habits, logs
from flashsafety.study.library import Library
from flashsafety.terms import Candidate, Moment, Parameters, Phase, Ready, StudyDay

FIRST = (0.2, 0.1, 0.6, 0.1)
"""How often a first rating is Again, Hard, Good, Easy, until there are ``ENOUGH`` of one's own."""

ENOUGH = 50
NEWEST = 500
"""First ratings that are looked at."""

DUE = 1_500
"""Reviews due that are rehearsed; a sample of about as many stands for more."""

KNOWN = 20_000
"""The same of all cards, for those that are due later have to be read as well."""

LEAST = 100
"""Reviews due, about, that a sample always has: with fewer its figures would say nothing."""


def go_on() -> None:
    """Called between the days of a rehearsal that is wanted whatever happens."""


class Sample(NamedTuple):
    """Cards that stand for all, and what share of all they are."""

    days: Rehearsal
    share: float
    """Those that take part, of the reviews due; 1 when all do."""
    whole: bool
    """Whether all cards take part, so that figures are exact."""


def sample(library: Library, moment: Moment, days: int, backlog: int) -> Sample:
    """As many of the cards that can come within so many days as can be rehearsed in no time.

    Notes are drawn whole, by a hash of their ids: always the same ones, and siblings get into each
    other's way as often as they do.

    Args:
        library: Where.
        moment: Now.
        days: How many study days are to be rehearsed.
        backlog: Reviews that are due.
    """
    known = habits.reviews_before(library.db, StudyDay(moment.day + days))
    aim = max(LEAST / backlog, min(DUE / backlog, KNOWN / max(known, 1)))
    if aim >= 1.0:
        return Sample(rehearsal(library, moment, days), 1.0, whole=True)
    below = int(aim * 2**32)
    cards = list(_known(library, moment, days, (), lambda note: crc32(note.encode()) < below))
    come = sum(
        card.phase == Phase.REVIEW and (card.due_day or 0) <= moment.day for card, _ in cards
    )
    # Those that were drawn are some few more or less than were aimed at.
    return Sample(
        rehearsal(library, moment, days, known=cards), max(1, come) / backlog, whole=False
    )


def rehearsal(
    library: Library,
    moment: Moment,
    days: int,
    plan: Ready | None = None,
    known: Iterable[tuple[Candidate, float]] | None = None,
) -> Rehearsal:
    """Every card that can come within so many days, to be studied as the settings say.

    Args:
        library: Where.
        moment: Now.
        days: How many study days are to be rehearsed.
        plan: The plan for a date that holds: new cards take part, those of its modules first, and
            its modules count as open. Without one no new card does.
        known: Those of the cards with a memory that take part; none: all do.
    """
    settings, modules = library.settings, plan.modules if plan else ()
    lead, others = _new(library, moment, modules, days) if plan else ((), ())

    def retention(module: str, day: int) -> float:
        usual = library.usual_retention(module)
        return desired(plan, usual, day) if plan and module in modules else usual

    # Who begins no new card any more would have the whole log read for them.
    own = habits.first_ratings(library.db, NEWEST) if plan else ()
    first = own if sum(own) >= ENOUGH else FIRST
    rules = Rules(_parameters(library), retention, settings.siblings, first)
    if known is None:
        known = _known(library, moment, days, modules)
    return Rehearsal(known, lead, others, rules, moment.day)


def _known(
    library: Library,
    moment: Moment,
    days: int,
    modules: tuple[str, ...] = (),
    drawn: Callable[[str], bool] | None = None,
) -> Iterator[tuple[Candidate, float]]:
    """Cards with a memory; those in their steps are due on the day of their next one."""
    clock, before = library.clock, StudyDay(moment.day + days)
    for card, difficulty in habits.known_cards(library.db, before, modules, drawn):
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
