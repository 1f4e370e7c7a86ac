"""``import``: reviews that were done in other programs."""

import click

from flashsafety.cli.import_anki import anki
from flashsafety.cli.import_reviews import reviews
from flashsafety.cli.options import examples


@click.group(
    "import",
    epilog=examples("flashsafety import anki phone.apkg", "flashsafety import reviews log.csv"),
)
def command() -> None:
    """Take in reviews from the files of other programs.

    A backup copy of the database is made before anything is written.
    """


command.add_command(anki)
command.add_command(reviews)
