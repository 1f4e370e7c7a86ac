"""``config``: settings, shown and changed."""

import os

import click
from click.shell_completion import CompletionItem

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import UsageError


def _complete_keys(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from flashsafety.config import KINDS

    return [
        CompletionItem(key, help=kind.help)
        for key, kind in KINDS.items()
        if key.startswith(incomplete)
    ]


@click.command(
    "config",
    epilog=examples(
        "flashsafety config",
        "flashsafety config new_limit 15",
        "flashsafety config learning_steps '1m 10m'",
    ),
)
@click.argument("key", required=False, shell_complete=_complete_keys)
@click.argument("value", required=False)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, key: str | None, value: str | None, as_json: bool) -> None:
    """Show every setting, or the one called KEY; with VALUE, change it.

    A setting comes from FLASHSAFETY_KEY in the environment, else from the settings file, else it
    has its default. A change is written to the file; its comments stay.
    """
    from flashsafety.config import describe, save_setting
    from flashsafety.content.nearest import suggest

    paths = chosen.paths()
    if key is not None and value is not None:
        save_setting(paths, key, value)
    settings = describe(paths, os.environ)
    shown = [s for s in settings if key is None or s.key == key]
    if not shown:
        known = [s.key for s in settings]
        mend = suggest(key or "", known, f"settings: {', '.join(known)}")
        raise UsageError(f'unknown setting "{key}"', mend=mend)
    if as_json:
        output.json(
            [{"key": s.key, "value": s.value, "origin": s.origin, "help": s.help} for s in shown]
        )
        return
    output.table((s.key, s.value or '""', s.origin, s.help) for s in shown)
    if value is not None and shown[0].origin == "environment":
        output.note(f"written to {paths.config}, but the environment says otherwise and wins")
