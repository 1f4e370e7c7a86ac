"""``set-due``: choose the day on which cards are due."""

import click

from flashsafety.cli.acts import act, dry_run_option
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.queries import SETTINGS, query_argument

_LONGEST = 36_500
"""Days."""


@click.command(
    "set-due",
    epilog=examples(
        "flashsafety set-due 0 module:accident-models is:review",
        "flashsafety set-due 7 is:due --dry-run",
    ),
    context_settings=SETTINGS,
)
@click.argument("days", type=click.IntRange(0, _LONGEST))
@query_argument(required=True)
@dry_run_option
@json_option
@click.pass_obj
def command(
    chosen: Chosen, *, days: int, query: tuple[str, ...], dry_run: bool, as_json: bool
) -> None:
    """Make the cards that QUERY finds due in so many DAYS; 0 is today.

    Only cards in review have a due day; the others stay as they are.
    "flashsafety cards --help" lists the words of a QUERY; '*' finds every card.
    """
    act(chosen, query, "set-due", days=days, dry_run=dry_run, as_json=as_json)
