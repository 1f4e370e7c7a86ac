"""Modules and sections by the names that people type, and choices of them in words. Pure."""

from collections.abc import Sequence

from flashsafety.content.nearest import suggest
from flashsafety.errors import UsageError
from flashsafety.store.quiz import Unit

NAMED = 2
"""As many modules are named one by one; of more, how many they are."""


def modules_named(names: Sequence[str], units: Sequence[Unit]) -> tuple[str, ...]:
    """Slugs of the modules that names stand for, in the order of the syllabus, each once.

    A name is the slug of a module or of a section, the beginning of one that no other begins with,
    or the number of a module.

    Raises:
        UsageError: A name stands for nothing, or for several things; the nearest are named.
    """
    chosen = {slug for name in names for slug in _modules_of(name.strip().lower(), units)}
    return tuple(unit.slug for unit in units if unit.slug in chosen)


def words_for(modules: Sequence[str], units: Sequence[Unit]) -> str:
    """What a choice of modules is called: a section's title, the modules' own, or their number.

    Modules in which an exam has nothing to ask do not count.
    """
    asking = [unit for unit in units if unit.notes]
    chosen = [unit for unit in asking if unit.slug in modules]
    if len(chosen) > 1 and chosen == asking:
        return "the whole course"
    sections = {unit.section for unit in chosen}
    if len(sections) == 1 and len(chosen) > 1:
        section = chosen[0].section
        if chosen == [unit for unit in asking if unit.section == section]:
            return chosen[0].section_title
    if 0 < len(chosen) <= NAMED:
        return ", ".join(unit.title for unit in chosen)
    return f"{len(chosen) or len(modules)} modules"


def _modules_of(name: str, units: Sequence[Unit]) -> list[str]:
    sections = dict.fromkeys(unit.section for unit in units)
    slugs = [unit.slug for unit in units]
    if name in sections:
        return [unit.slug for unit in units if unit.section == name]
    if name in slugs:
        return [name]
    if name.isdecimal():
        found = [unit.slug for unit in units if unit.number == int(name)]
        if not found:
            raise UsageError(f"there is no module {int(name)}", mend=_numbers(units))
        return found
    begun = [known for known in (*sections, *slugs) if name and known.startswith(name)]
    if len(begun) == 1:
        return _modules_of(begun[0], units)
    if begun:
        raise UsageError(
            f'"{name}" begins more than one name', mend=f"write one of: {', '.join(begun)}"
        )
    listed = f"sections: {', '.join(sections)}; 'flashsafety start' lists the modules"
    raise UsageError(
        f'there is no module or section "{name}"',
        mend=suggest(name, [*sections, *slugs], listed),
    )


def _numbers(units: Sequence[Unit]) -> str:
    numbers = [unit.number for unit in units]
    return f"they go from {min(numbers)} to {max(numbers)}" if numbers else "the bank has none"
