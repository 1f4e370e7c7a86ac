"""A copy of the database in the forms that ``backup`` and ``restore`` print."""

from flashsafety.cli import output
from flashsafety.cli.forms import instant_form
from flashsafety.study import words
from flashsafety.study.backup import Copy


def copy_form(copy: Copy) -> dict[str, output.Json]:
    """A copy for other programs."""
    return {
        "file": copy.path,
        "size": copy.size,
        "cards": copy.cards,
        "reviews": copy.reviews,
        "last_review": instant_form(copy.last_review),
    }


def copy_words(copy: Copy) -> str:
    """What is in a copy, on one line."""
    last = instant_form(copy.last_review)
    since = f", the last on {last[:10]}" if last else ""
    return f"{words.count(copy.reviews, 'rating')} of {words.count(copy.cards, 'card')}{since}"
