"""Sections and modules as the learner stands in them."""

from collections.abc import Sequence
from typing import NamedTuple

from flashsafety.clock import day_begins_at
from flashsafety.scheduling.curve import shape
from flashsafety.store import due, logs, modules
from flashsafety.store.modules import ModuleLine
from flashsafety.study.library import Library


class Standing(NamedTuple):
    """What a module, or several together, hold for the learner."""

    due: int
    """Steps and reviews that come today or were due before; the day's limits are not taken off."""
    new: int
    """Cards never rated."""
    learned: int
    """Cards beyond their learning steps."""
    mature: int
    """Cards whose stability is 21 days or more."""
    cards: int
    recall: float | None
    """The mean chance of recall today, 0 to 1, of the cards ever rated; none without any."""
    mastery: float
    """The same over all cards, one without a memory being 0: the share that is known today."""


class Section(NamedTuple):
    """A section of the syllabus with those of its modules that have cards."""

    slug: str
    title: str
    modules: tuple[ModuleLine, ...]


def sections(library: Library) -> tuple[Section, ...]:
    """The whole syllabus in its order: one pass over the cards."""
    found: dict[str, list[ModuleLine]] = {}
    for line in lines(library):
        found.setdefault(line.section, []).append(line)
    return tuple(
        Section(slug, group[0].section_title, tuple(group)) for slug, group in found.items()
    )


def lines(library: Library) -> tuple[ModuleLine, ...]:
    """Every module that has cards, in the order of the syllabus."""
    # Before the first rating there is no parameter set, and no memory whose curve it would be.
    curve = (0.0, 0.0)
    if logs.in_force(library.db) is not None:
        curve = shape(logs.current_parameters(library.db)[1].weights)
    day = library.clock.now().day
    until = day_begins_at(day + 1, library.clock)
    return modules.module_lines(library.db, day, until, due.open_modules(library.db), curve)


def standing(lines: Sequence[ModuleLine]) -> Standing:
    """Modules together; a card counts as much in one as in another."""
    remembered = sum(line.remembered for line in lines)
    cards, known = sum(line.cards for line in lines), sum(line.known for line in lines)
    return Standing(
        due=sum(line.learning + line.review for line in lines),
        new=sum(line.new for line in lines),
        learned=sum(line.learned for line in lines),
        mature=sum(line.mature for line in lines),
        cards=cards,
        recall=known / remembered if remembered else None,
        mastery=known / cards if cards else 0.0,
    )
