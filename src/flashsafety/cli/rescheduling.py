"""Moving the due days: what would change, shown first, and whether it is wanted."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from flashsafety.cli import output
from flashsafety.cli.asking import agreed, can_ask
from flashsafety.cli.forms import date_form
from flashsafety.study import words
from flashsafety.study.backup import backup
from flashsafety.study.reschedule import DAYS, Rescheduling, rescheduling
from flashsafety.study.reschedule import reschedule as move

if TYPE_CHECKING:
    from flashsafety.study.library import Library

KEYS: Mapping[str, Mapping[str, str]] = {
    "rescheduled": {
        "earlier": "cards that would come earlier",
        "later": "cards that would come later",
        "days": f"the next {DAYS} study days, overdue reviews on the first",
        "moved": "cards that were moved; 0 without --yes",
        "backup": "copy of the database before, or null",
    },
    "days of rescheduled": {
        "study_day": "a date",
        "before": "reviews due on it as things stood",
        "after": "the same with every due day moved",
    },
}


def reschedule(
    library: "Library", *, yes: bool, quiet: bool
) -> tuple[dict[str, output.Json], bool]:
    """Show what would move, and move it when that is wanted.

    Args:
        library: Where.
        yes: Move without asking.
        quiet: Print no words, and ask nobody.

    Returns:
        What was shown and done for other programs, and whether nothing was moved for want of
        anybody to ask.
    """
    about = rescheduling(library)
    moving = about.earlier + about.later
    if not quiet:
        output.say(_head(about))
        if moving:
            output.table(_rows(about))
    if not moving:
        return _form(about, 0, None), False
    if not yes:
        if quiet or not can_ask():
            return _form(about, 0, None), True
        if not agreed("Move the due days?"):
            output.note("no due day was moved")
            return _form(about, 0, None), False
    copy = backup(library, reason="before-reschedule")
    moved = move(library)
    if not quiet:
        output.say(f"moved: {words.count(moved, 'due day')}; u in the app takes it back today")
    output.note(f"The database before is kept in {copy.path}")
    return _form(about, moved, copy.path), False


def _head(about: Rescheduling) -> str:
    if not about.earlier and not about.later:
        return "Due days: every card is due when memory and settings say; none would move."
    cards = words.count(about.earlier + about.later, "card")
    return (
        f"Due days: {cards} would move, {about.earlier:,} to earlier and {about.later:,} to later."
        f"\nReviews due in the next {DAYS} days, overdue ones today:"
    )


def _rows(about: Rescheduling) -> Iterator[tuple[str, ...]]:
    yield "", "before", "after"
    for place, (before, after) in enumerate(zip(about.before, about.after, strict=True)):
        yield f"{date_form(about.today + place)}", f"{before:,}", f"{after:,}"
    yield "together", f"{sum(about.before):,}", f"{sum(about.after):,}"


def _form(about: Rescheduling, moved: int, copy: str | None) -> dict[str, output.Json]:
    days = zip(about.before, about.after, strict=True)
    return {
        "earlier": about.earlier,
        "later": about.later,
        "days": [
            {"study_day": date_form(about.today + place), "before": before, "after": after}
            for place, (before, after) in enumerate(days)
        ],
        "moved": moved,
        "backup": copy,
    }
