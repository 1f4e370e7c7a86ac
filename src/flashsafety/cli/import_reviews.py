"""``import reviews``: a review log in the columns of fsrs-optimizer."""

from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode

if TYPE_CHECKING:
    from flashsafety.study.import_reviews import ImportReport

_HELP = """\
Add the ratings of a review log to yours, each once.

\b
The first line names the columns, each other line is a rating:
  card_id          as 'flashsafety cards' prints it: fgsm-step-direction/recall
  review_time      milliseconds since 1970-01-01 UTC
  review_rating    1 Again, 2 Hard, 3 Good, 4 Easy
  review_state     before: 0 new, 1 learning, 2 review, 3 relearning; may be left out
  review_duration  milliseconds; may be left out

A rating is known by card, time and rating, so a file may come any number of times, and what you
undid stays undone. What the columns cannot say is reckoned: the study day from your zone and start
of day as they are set now, the interval and the due date by your parameters in force. A new card
that was not new before tells of a reset.

Lines that are no rating, and ratings of cards that are not in your bank, are left out and named;
the exit code is then 1.
"""


@click.command(
    "reviews",
    help=_HELP,
    epilog=examples(
        "flashsafety import reviews log.csv --dry-run", "flashsafety import reviews log.csv"
    ),
)
@click.argument("file", metavar="FILE.csv")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and keep nothing.")
@json_option
@click.pass_context
def reviews(ctx: click.Context, *, file: str, dry_run: bool, as_json: bool) -> None:
    """Add what a file holds, and say what became of each line."""
    from flashsafety.study.import_reviews import import_reviews

    chosen: Chosen = ctx.obj
    with chosen.open_current() as library:
        report = import_reviews(library, file, dry_run=dry_run)
    if as_json:
        output.json(_form(report))
    else:
        _say(report, file, "would add" if dry_run else "added")
    if report.refused or report.unknown:
        ctx.exit(ExitCode.PROBLEMS)


def _say(report: "ImportReport", file: str, done: str) -> None:
    from flashsafety.study import words

    ratings, cards = words.count(report.added, "rating"), words.count(report.cards, "card")
    output.say(f"{done}: {ratings} of {cards}" if report.added else f"{done}: nothing")
    if report.known:
        output.say(f"in the log already: {report.known:,}")
    if report.repeated:
        output.say(f"said twice in the file: {report.repeated:,}")
    if report.unknown:
        some = ", ".join(report.unknown_cards[:3])
        more = ", ..." if len(report.unknown_cards) > 3 else ""
        output.say(f"left out: {report.unknown:,} of cards that are not in the bank ({some}{more})")
    if report.refused:
        output.say(f"left out: {words.count(report.refused, 'line')} that cannot be read")
    for refused in report.refusals:
        output.note(f"{file}:{refused.line}: {refused.why}")
    if report.refused > len(report.refusals):
        output.note(f"and {report.refused - len(report.refusals):,} more")
    if report.copy is not None:
        output.note(f"The database before is kept in {report.copy.path}")


def _form(report: "ImportReport") -> dict[str, output.Json]:
    return {
        "ratings": report.added,
        "cards": report.cards,
        "known": report.known,
        "repeated": report.repeated,
        "unknown": report.unknown,
        "unknown_cards": list(report.unknown_cards),
        "refused": report.refused,
        "refusals": [{"line": refused.line, "why": refused.why} for refused in report.refusals],
        "backup": report.copy.path if report.copy else None,
    }
