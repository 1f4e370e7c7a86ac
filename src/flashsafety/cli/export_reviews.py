"""``export reviews``: the log in the columns of fsrs-optimizer, or as a file that names nobody."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.options import examples
from flashsafety.cli.target import force_option, writing_to

if TYPE_CHECKING:
    from flashsafety.study.library import Library

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

With --anonymous the file is one to hand to a course, for 'flashsafety items'. It holds no words
that you typed, no name, date, time of day, time zone or computer, and no card of your own; its
columns are listed below. You are a number that is made from a secret in your database: the same in
each export, so that a new one takes the place of an older one. Whoever has your whole log as well
could still tell that the two belong together.
"""


class _Reviews(Documented):
    form = "CSV"

    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the lines that ``--anonymous`` writes."""
        from flashsafety.study.anonymous import COLUMNS

        return {"Columns of --anonymous": COLUMNS}


@click.command(
    "reviews",
    cls=_Reviews,
    help=_HELP,
    epilog=examples(
        "flashsafety export reviews log.csv",
        "flashsafety export reviews --anonymous for-the-course.csv",
    ),
)
@click.argument("file", metavar="FILE.csv")
@click.option("--anonymous", is_flag=True, help="Leave out all that says who you are.")
@force_option
@click.pass_obj
def reviews(chosen: Chosen, *, file: str, anonymous: bool, force: bool) -> None:
    """Write the log, and say what a reader of it asks for."""
    with chosen.open_current() as library:
        (_anonymous if anonymous else _whole)(library, file, force=force)


def _whole(library: "Library", file: str, *, force: bool) -> None:
    from flashsafety.store.incoming import exported
    from flashsafety.study import words
    from flashsafety.study.reviews_csv import write

    with writing_to(file, force=force) as out:
        ratings = write(exported(library.db), out)
    zone, start = library.settings.zone, library.settings.day_start
    output.say(f"{file}: {words.count(ratings, 'rating')}")
    hour = f"{start // 3600:02}:{start % 3600 // 60:02}"
    output.note(f"Your day starts at {hour}, in {zone or 'the zone of this computer'}.")


def _anonymous(library: "Library", file: str, *, force: bool) -> None:
    from flashsafety.study import words
    from flashsafety.study.anonymous import write

    with writing_to(file, force=force) as out:
        written = write(library, out)
    output.say(f"{file}: {words.count(written.ratings, 'rating')}")
    output.note(
        f"You are {written.learner} in it, as in each export of {written.bank} from this database."
    )
    if written.left_out:
        ratings = words.count(written.left_out, "rating")
        output.note(f"left out: {ratings} of cards that are not in {written.bank}")
