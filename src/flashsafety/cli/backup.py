"""``backup``: a copy of the database."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option


@click.command(
    "backup", epilog=examples("flashsafety backup", "flashsafety backup /media/stick/reviews.db")
)
@click.argument("path", required=False, metavar="[FILE]", type=click.Path(dir_okay=False))
@json_option
@click.pass_obj
def command(chosen: Chosen, *, path: str | None, as_json: bool) -> None:
    """Copy the database, in one step and while it is in use, and read the copy back.

    The copy goes to FILE, or under a new name beside the database.
    """
    from flashsafety.cli.copies import copy_form, copy_words
    from flashsafety.study.backup import backup

    with chosen.open() as library:
        copy = backup(library, path)
    if as_json:
        output.json(copy_form(copy))
    else:
        output.say(f"{copy.path}: {copy_words(copy)}")
