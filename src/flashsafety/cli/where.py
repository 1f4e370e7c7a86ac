"""``where``: every path."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option


@click.command("where", epilog=examples("flashsafety where", "flashsafety where --json"))
@json_option
@click.pass_obj
def command(chosen: Chosen, *, as_json: bool) -> None:
    """Say where everything is kept. Creates nothing."""
    paths, roots = chosen.paths(), chosen.roots()
    if as_json:
        output.json(
            {
                "config": paths.config,
                "data": paths.data,
                "database": paths.database,
                "log": paths.log,
                "questions": list(roots),
            }
        )
        return
    output.table(
        (
            ("settings", paths.config),
            ("data", paths.data),
            ("database", paths.database),
            ("log", paths.log),
            *(("questions", root) for root in roots),
        )
    )
