"""``pull``: reviews from a program that runs on this computer."""

import click

from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples


@click.group("pull", epilog=examples("flashsafety pull anki"))
def command() -> None:
    """Take in reviews from a program that runs on this computer."""


@command.command("anki", epilog=examples("flashsafety pull anki --dry-run"))
@click.option("--port", default=8765, show_default=True, help="Where AnkiConnect listens.")
@click.option("--key", metavar="KEY", help="The add-on's apiKey, where it wants one.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.pass_obj
def anki(chosen: Chosen, *, port: int, key: str | None, dry_run: bool, as_json: bool) -> None:
    """Add the reviews of an Anki that is open, through its add-on AnkiConnect.

    Anki is only asked, never changed. It is asked on this computer alone.
    """
    from flashsafety.anki.connect import AnkiConnect
    from flashsafety.anki.pulling import pull
    from flashsafety.cli.import_anki import report

    with chosen.open_current() as library:
        taken = pull(library, AnkiConnect(port, key), dry_run=dry_run)
        report(taken, dry_run=dry_run, as_json=as_json)
