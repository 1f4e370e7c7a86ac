"""``suspend``: hide cards until that is lifted."""

import click

from flashsafety.cli.acts import act, dry_run_option, lift_option
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.queries import SETTINGS, query_argument


@click.command(
    "suspend",
    epilog=examples(
        "flashsafety suspend card:swiss-cheese-model/forward",
        "flashsafety suspend is:leech --dry-run",
        "flashsafety suspend --lift module:accident-models is:suspended",
    ),
    context_settings=SETTINGS,
)
@query_argument(required=True)
@lift_option("Let suspended cards come again.")
@dry_run_option
@json_option
@click.pass_obj
def command(
    chosen: Chosen, *, query: tuple[str, ...], lift: bool, dry_run: bool, as_json: bool
) -> None:
    """Suspend the cards that QUERY finds: they do not come until that is lifted.

    "flashsafety cards --help" lists the words of a QUERY; '*' finds every card.
    """
    act(chosen, query, "unsuspend" if lift else "suspend", dry_run=dry_run, as_json=as_json)
