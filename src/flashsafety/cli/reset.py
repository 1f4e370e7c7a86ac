"""``reset``: learn cards anew."""

import click

from flashsafety.cli.acts import act, dry_run_option
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.queries import SETTINGS, query_argument


@click.command(
    "reset",
    epilog=examples(
        "flashsafety reset note:swiss-cheese-model", "flashsafety reset is:leech --dry-run"
    ),
    context_settings=SETTINGS,
)
@query_argument(required=True)
@dry_run_option
@json_option
@click.pass_obj
def command(chosen: Chosen, *, query: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Learn the cards that QUERY finds anew: what is known of them is forgotten.

    Their log stays, so "flashsafety undo" brings all of it back.
    "flashsafety cards --help" lists the words of a QUERY; '*' finds every card.
    """
    act(chosen, query, "reset", dry_run=dry_run, as_json=as_json)
