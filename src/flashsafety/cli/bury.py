"""``bury``: hide cards until tomorrow."""

import click

from flashsafety.cli.acts import act, dry_run_option, lift_option
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.queries import SETTINGS, query_argument


@click.command(
    "bury",
    epilog=examples(
        "flashsafety bury module:accident-models is:due", "flashsafety bury --lift is:buried"
    ),
    context_settings=SETTINGS,
)
@query_argument(required=True)
@lift_option("Let buried cards come today.")
@dry_run_option
@json_option
@click.pass_obj
def command(
    chosen: Chosen, *, query: tuple[str, ...], lift: bool, dry_run: bool, as_json: bool
) -> None:
    """Hide the cards that QUERY finds until tomorrow.

    "flashsafety cards --help" lists the words of a QUERY; '*' finds every card.
    """
    if lift:
        act(chosen, query, "unbury", dry_run=dry_run, as_json=as_json)
    else:
        act(chosen, query, "bury", days=1, dry_run=dry_run, as_json=as_json)
