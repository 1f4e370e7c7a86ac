"""A copy of the database in the forms that ``backup`` and ``restore`` print."""

from flashsafety.cli import output
from flashsafety.cli.forms import instant_form
from flashsafety.errors import FlashsafetyError
from flashsafety.study import words
from flashsafety.study.backup import Copy, daily_copy, missed_copy, restoring
from flashsafety.study.library import Library


def copy_form(copy: Copy) -> dict[str, output.Json]:
    """A copy for other programs."""
    return {
        "file": copy.path,
        "made": copy.made or None,
        "size": copy.size,
        "cards": copy.cards,
        "reviews": copy.reviews,
        "last_review": instant_form(copy.last_review),
    }


def copy_words(copy: Copy) -> str:
    """What is in a copy, on one line."""
    last = instant_form(copy.last_review)
    since = f", the last on {last[:10]}" if last else ""
    made = f"; {copy.made.replace('-', ' ')}" if copy.made else ""
    return (
        f"{words.count(copy.reviews, 'rating')} of {words.count(copy.cards, 'card')}{since}{made}"
    )


def keep_daily_copy(library: Library) -> None:
    """Make the day's copy when it has none yet; one that fails is told and holds nothing up.

    Where there is no rating, but a copy with some, it is named.
    """
    if (missed := missed_copy(library)) is not None:
        output.note(f"no rating here, but in a copy: {missed.path}: {copy_words(missed)}")
        output.note(f"to go back to it: {restoring(missed.path)}")
    try:
        daily_copy(library)
    except FlashsafetyError as error:
        output.note(f"today's copy was not made: {error}")
