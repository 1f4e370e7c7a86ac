"""Where ``flashsafety`` starts.

``due`` stands in shell prompts and status bars, where click would be most of its cost (click alone
takes four interpreter starts). So its two common forms go straight to work, and so does the app
when nothing is said; all else, ``due`` with other options included, is parsed by click.
"""

import os
import sys
from collections.abc import Sequence

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.faults import guarded

QUICK = (["due"], ["due", "--json"])
"""The command lines of ``due`` that need no parser."""
COMPLETES = "_FLASHSAFETY_COMPLETE"
"""What a shell that asks for completions has in the environment, for click to see."""


def main() -> None:
    """Run the command line and leave with its exit code."""
    try:
        sys.exit(run(sys.argv[1:]))
    finally:
        output.finish()


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code.

    Args:
        arguments: What follows the program's name.
    """
    output.prepare()
    if list(arguments) in QUICK:
        chosen = Chosen()
        return guarded(lambda: _due(chosen, as_json="--json" in arguments), chosen)
    if not arguments and COMPLETES not in os.environ:
        chosen = Chosen()
        return guarded(lambda: _app(chosen), chosen)
    return guarded(lambda: _parse(arguments))


def _due(chosen: Chosen, *, as_json: bool) -> None:
    from flashsafety.cli.counts import print_due

    print_due(chosen, as_json=as_json)


def _app(chosen: Chosen) -> None:
    from flashsafety.cli.today import open_app

    open_app(chosen)


def _parse(arguments: Sequence[str]) -> None:
    from flashsafety.cli.group import commands

    commands.main(list(arguments), prog_name="flashsafety")
