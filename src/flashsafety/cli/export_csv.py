"""``export csv``: the cards as a text file for Anki."""

import click

from flashsafety.cli import output
from flashsafety.cli.choices import refuse_unknown, which_options
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.cli.target import force_option, writing_to
from flashsafety.study.today import Choice

_TOLD = """\
In Anki: import a deck first ('flashsafety export anki'), for the note types must be there: a row
whose note type is missing is left out. Then File > Import takes FILE and changes the notes' text by
their GUIDs. It carries neither progress nor
the pictures, which come with the deck."""


@click.command(
    "csv",
    epilog=examples(
        "flashsafety export csv ml-safety.csv",
        "flashsafety export csv trojans.txt --module trojans",
    ),
)
@click.argument("file", metavar="FILE")
@which_options
@force_option
@click.pass_obj
def csv(chosen: Chosen, *, file: str, choice: Choice, force: bool) -> None:
    """Write the cards as text for Anki, one note a row, tab separated.

    The columns are GUID, note type, deck, the fields as HTML, and tags, as Anki's own export of
    notes has them, with the header lines that tell Anki so. To look at the cards, or to edit them
    on their way, in a spreadsheet or with other tools for tables.
    """
    from flashsafety.anki.entries import entries
    from flashsafety.anki.text import write_text
    from flashsafety.study import words

    with chosen.open_current() as library:
        refuse_unknown(library, choice)
        with writing_to(file, force=force) as out:
            written = write_text(entries(library, choice), out)
    output.say(f"{file}: {words.count(written.notes, 'note')}")
    output.note(_TOLD)
    if written.formulas:
        output.note(
            f"{words.count(written.formulas, 'cell')} may look like formulas to a spreadsheet: have"
            " it take every column for text."
        )
