"""``due``: what one would see today."""

import click

from flashsafety.cli.chosen import Chosen
from flashsafety.cli.counts import print_due
from flashsafety.cli.options import examples, json_option


@click.command("due", epilog=examples("flashsafety due", "flashsafety due --json"))
@json_option
@click.pass_obj
def command(chosen: Chosen, *, as_json: bool) -> None:
    """Count what one would see today.

    What was done today is taken off the daily limits. Quick enough for a prompt or a status bar.
    """
    print_due(chosen, as_json=as_json)
