"""``export reviews``: the review log in the columns of fsrs-optimizer."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.cli.target import force_option, writing_to

_HELP = """\
Write the review log as CSV, for optimizers and statistics.

\b
One rating a line, each card's together and in order:
  card_id          the card: fgsm-step-direction/recall
  review_time      milliseconds since 1970-01-01 UTC
  review_rating    1 Again, 2 Hard, 3 Good, 4 Easy
  review_state     before: 0 new, 1 learning, 2 review, 3 relearning
  review_duration  milliseconds

These are the columns of fsrs-optimizer and fsrs-cli, which ask besides for your time zone and the
hour at which your day starts. 'flashsafety import reviews' reads the file back.

The columns cannot carry everything: what you undid and what you crammed is left out, and so are
study days, intervals, parameters, suspensions and flags. 'export json' leaves nothing out.
"""


@click.command("reviews", help=_HELP, epilog=examples("flashsafety export reviews log.csv"))
@click.argument("file", metavar="FILE.csv")
@force_option
@click.pass_obj
def reviews(chosen: Chosen, *, file: str, force: bool) -> None:
    """Write the log, and say what a reader of it asks for."""
    from flashsafety.store.incoming import exported
    from flashsafety.study import words
    from flashsafety.study.reviews_csv import write

    with chosen.open_current() as library, writing_to(file, force=force) as out:
        ratings = write(exported(library.db), out)
        zone, start = library.settings.zone, library.settings.day_start
    output.say(f"{file}: {words.count(ratings, 'rating')}")
    hour = f"{start // 3600:02}:{start % 3600 // 60:02}"
    output.note(f"Your day starts at {hour}, in {zone or 'the zone of this computer'}.")
