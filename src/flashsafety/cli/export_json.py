"""``export json``: everything, for programs that are yet to be written."""

from itertools import islice
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.cli.target import force_option, writing_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flashsafety.store.everything import Column

_AT_ONCE = 1000
"""Lines handed to standard output at a time."""


class _Documented(click.Command):
    """A command whose help describes the document, from the very table it is written by."""

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The text, then each key."""
        from flashsafety.store.everything import TABLES
        from flashsafety.study.everything import HEAD

        super().format_help_text(ctx, formatter)
        _keys(formatter, "The document", HEAD)
        for table in TABLES:
            _keys(formatter, f"{table.key}, a list: {table.says}", table.columns)


def _keys(formatter: click.HelpFormatter, heading: str, columns: "Sequence[Column]") -> None:
    with formatter.section(heading):
        formatter.write_dl([(column.key, column.says) for column in columns])


@click.command(
    "json",
    cls=_Documented,
    epilog=examples(
        "flashsafety export json everything.json",
        "flashsafety export json - | jq '.reviews | length'",
    ),
)
@click.argument("file", metavar="FILE|-")
@force_option
@click.pass_obj
def json(chosen: Chosen, *, file: str, force: bool) -> None:
    """Write the bank, your cards and the whole log as one JSON document; - is standard output.

    Nothing is left out of the log, so that another program can reckon every state again. An instant
    is in milliseconds since 1970-01-01 UTC. A study day is in days since 1970-01-01 on your own
    calendar, and begins at day_start. Each object of a list is on a line of its own.
    """
    from flashsafety.study.everything import lines

    with chosen.open_current() as library:
        document = lines(library)
        if file == "-":
            while some := list(islice(document, _AT_ONCE)):
                output.say("\n".join(some))
            return
        with writing_to(file, force=force) as out:
            out.writelines(f"{line}\n" for line in document)
    output.say(file)
