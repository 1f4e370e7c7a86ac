"""``flag``: say what is wrong with cards."""

from typing import get_args

import click

from flashsafety.cli.acts import act, dry_run_option, lift_option
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.queries import SETTINGS, query_argument
from flashsafety.errors import UsageError
from flashsafety.terms import FlagReason

_REASONS = get_args(FlagReason)


@click.command(
    "flag",
    epilog=examples(
        "flashsafety flag card:swiss-cheese-model/forward --reason unclear",
        'flashsafety flag note:swiss-cheese-model --reason wrong --words "it has four layers"',
        "flashsafety flag --lift flag:typo",
    ),
    context_settings=SETTINGS,
)
@query_argument(required=True)
@click.option("--reason", type=click.Choice(_REASONS), help="What is wrong with them.")
@click.option("--words", default="", help="A word on it.")
@lift_option("Take their flags away.")
@dry_run_option
@json_option
@click.pass_obj
def command(
    chosen: Chosen,
    *,
    query: tuple[str, ...],
    reason: str | None,
    words: str,
    lift: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Flag the cards that QUERY finds: say what is wrong with them.

    A flag changes nothing about when a card comes; "flashsafety report" makes issues of flags.
    "flashsafety cards --help" lists the words of a QUERY; '*' finds every card.
    """
    if lift == (reason is not None):
        raise UsageError("give --reason or --lift", mend=f"reasons: {', '.join(_REASONS)}")
    if lift:
        act(chosen, query, "unflag", dry_run=dry_run, as_json=as_json)
        return
    value = f"{reason}: {words.strip()}" if words.strip() else reason
    act(chosen, query, "flag", value=value, dry_run=dry_run, as_json=as_json)
