"""``sync``: the bank's changes taken in, with the ledger of them."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode


@click.command("sync", epilog=examples("flashsafety sync", "flashsafety sync --json"))
@json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Take in what changed in the bank, and list it.

    Every command that reads cards does this by itself; this one shows the ledger. Progress is never
    lost: a reworded card keeps its memory, a retired one its log. Exit code 1 when the bank has
    problems.
    """
    from flashsafety.cli.chosen import ledger
    from flashsafety.content.lint.report import as_json as problems_as_json
    from flashsafety.study.sync import sync

    chosen: Chosen = ctx.obj
    with chosen.open() as library:
        report = sync(library)
