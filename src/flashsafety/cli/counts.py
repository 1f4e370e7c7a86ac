"""What is due today, in words or as JSON. On the quick path: no click, no pydantic, no YAML."""

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.forms import date_form, instant_form
from flashsafety.clock import Clock
from flashsafety.study import words
from flashsafety.study.today import DueCounts, due_counts


def print_due(chosen: Chosen, *, as_json: bool) -> None:
    """Print the counts of the rest of the study day."""
    with chosen.open_current(check=False) as library:
        counts = due_counts(library)
        if as_json:
            output.json(
                {
                    "study_day": date_form(counts.day),
                    "new": counts.new,
                    "learning": counts.learning,
                    "review": counts.review,
                    "total": counts.total,
                    "next_due": instant_form(counts.next_due),
                    "paused_until": date_form(counts.paused_until),
                    "waiting": counts.waiting,
                }
            )
        else:
            output.say(due_words(counts, library.clock))


def due_words(counts: DueCounts, clock: Clock) -> str:
    """One line: ``16 due today: 1 learning, 12 reviews, 3 new``, or until when it is paused."""
    if counts.paused_until is not None:
        from flashsafety.study import home_words

        return home_words.paused(counts)
    if counts.total:
        reviews = words.count(counts.review, "review")
        return f"{counts.total} due today: {counts.learning} learning, {reviews}, {counts.new} new"
    if counts.next_due is None:
        return "nothing due"
    return f"nothing due; the next card comes {words.when(counts.next_due, clock)}"
