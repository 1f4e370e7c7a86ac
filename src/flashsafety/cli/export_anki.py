"""``export anki``: the cards with their progress as a deck."""

import click

from flashsafety.cli import output
from flashsafety.cli.choices import refuse_unknown, which_options
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.cli.target import force_option, refuse_taken
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.study.today import Choice

_TOLD = """\
In Anki: File > Import, and tick "Import any learning progress" and "Import any deck presets".
Then switch FSRS on in the deck's options. A phone can import the file too, or sync.
Importing a later export updates the cards' text; it never changes the progress that Anki has."""
_TOLD_CONTENT = """\
In Anki: File > Import. Importing a later export updates the cards' text and adds new cards."""


@click.command(
    "anki",
    epilog=examples(
        "flashsafety export anki ml-safety.apkg",
        "flashsafety export anki trojans.apkg --module trojans --content-only",
    ),
)
@click.argument("file", metavar="FILE.apkg")
@which_options
@click.option("--content-only", is_flag=True, help="The cards as new ones, without your progress.")
@force_option
@click.pass_obj
def anki(chosen: Chosen, *, file: str, choice: Choice, content_only: bool, force: bool) -> None:
    """Write the cards with your progress as a deck for Anki.

    The file introduces progress to Anki, it does not sync it: of cards that Anki has already, a
    later file changes the text alone.
    """
    from flashsafety.anki.export import export_deck

    if not file.endswith(".apkg"):
        raise UsageError(f'"{file}" is no name of an Anki deck', mend="end it with .apkg")
    refuse_taken(file, force=force)
    with chosen.open_current() as library:
        refuse_unknown(library, choice)
        try:
            done = export_deck(library, file, choice, with_scheduling=not content_only)
        except OSError as error:
            what = f"the deck cannot be written: {error.strerror}"
            raise UnusableDataError(what, where=file, mend="name another place") from None
    ratings = f", {done.reviews} ratings" if not content_only else ""
    output.say(f"{file}: {done.notes} notes, {done.cards} cards{ratings}")
    output.note(_TOLD_CONTENT if content_only else _TOLD)
