"""``pause``: vacations."""

from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.forms import date_form, read_date
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import UsageError
from flashsafety.terms import StudyDay

if TYPE_CHECKING:
    from flashsafety.study.library import Library


@click.command(
    "pause",
    epilog=examples(
        "flashsafety pause until 2027-01-05", "flashsafety pause", "flashsafety pause --off"
    ),
)
@click.argument("when", nargs=-1, metavar="[until DATE]")
@click.option("--off", is_flag=True, help="End the pause: cards come again from today on.")
@json_option
@click.pass_obj
def command(chosen: Chosen, *, when: tuple[str, ...], off: bool, as_json: bool) -> None:
    """Take a vacation until DATE, the day on which cards come again.

    Nothing asks for you meanwhile and no new card comes; what falls due waits, and nothing is
    rescheduled. Days of a pause do not break the streak and do not count in it. You may review
    anyway: what waits comes then. Without DATE, say how it stands.

    JSON: "paused_until" (a date, or null), "since" (its first day), "waiting" (cards).
    """
    from flashsafety.study.plans import drop, pause_until

    if off and when:
        raise UsageError("--off ends a pause and takes no date")
    ends = _ends(when)
    with chosen.open_current() as library:
        if ends is not None:
            pause_until(library, ends)
        elif off and not drop(library, "pause"):
            output.note("nothing to end: it is not paused")
        _say(library, as_json=as_json)


def _ends(when: tuple[str, ...]) -> StudyDay | None:
    """The day on which cards are to come again, if one was named."""
    if not when:
        return None
    if len(when) != 2 or when[0] != "until":
        raise UsageError(
            f'a pause lasts until a date, and "{" ".join(when)}" is none',
            mend="write it as: flashsafety pause until 2027-01-05",
        )
    return read_date(when[1])


def _say(library: "Library", *, as_json: bool) -> None:
    from flashsafety.study import home_words, words
    from flashsafety.study.plans import pause_now
    from flashsafety.study.today import due_counts

    pause, counts = pause_now(library), due_counts(library)
    if as_json:
        output.json(
            {
                "paused_until": date_form(counts.paused_until),
                "since": date_form(pause.first if pause else None),
                "waiting": counts.waiting,
            }
        )
    elif pause is None:
        output.say("not paused")
    else:
        since = words.date(pause.first, counts.day)
        output.say(f"{home_words.paused(counts)}; it began on {since}")
