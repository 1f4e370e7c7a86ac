"""``serve``: the terminal app as a page in a browser."""

import os
import secrets
import sys

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.cli.today import PAGE_DRIVER
from flashsafety.errors import UsageError


@click.command("serve", epilog=examples("flashsafety serve", "flashsafety serve --port 8123"))
@click.option(
    "--port",
    metavar="N",
    type=click.IntRange(1, 65535),
    help="Where to listen.  [default: any free port]",
)
@click.pass_obj
def command(chosen: Chosen, *, port: int | None) -> None:
    """Open the app as a page in a browser, for whoever has no good terminal.

    Prints a link, which works on this computer until ctrl+c ends the command. Nobody gets in
    without it, and it is a new one each time.
    """
    try:
        from flashsafety.web.server import serve
    except ModuleNotFoundError as missing:
        raise UsageError(
            f"'serve' needs a package that is not installed: {missing.name}",
            mend="pip install 'flashsafety[serve]'",
        ) from None
    # What is wrong with the database or the settings is told here, not on each page.
    chosen.open().close()
    environ = {
        **os.environ,
        "TEXTUAL_DRIVER": PAGE_DRIVER,
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM_PROGRAM": "textual",  # not that of the terminal which serves
    }
    serve(_app(chosen), environ, port=port or 0, entropy=secrets.token_bytes, announce=_announce)
    output.note("\nclosed")  # not behind the ^C of the terminal


def _app(chosen: Chosen) -> list[str]:
    """What starts the app on the same database and bank.

    With ``-P``, or Python would look for modules in the folder that one stands in first.
    """
    words = [sys.executable, "-P", "-m", "flashsafety"]
    if chosen.database is not None:
        words += ["--db", chosen.database]
    for root in chosen.questions:
        words += ["--questions", root]
    return words


def _announce(link: str) -> None:
    output.say(link)
    output.note("Open the link in a browser on this computer; ctrl+c here ends it.")
