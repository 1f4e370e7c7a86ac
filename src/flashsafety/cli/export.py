"""``export``: decks and data for other programs."""

import click

from flashsafety.cli.export_anki import anki
from flashsafety.cli.export_csv import csv
from flashsafety.cli.export_json import json
from flashsafety.cli.export_reviews import reviews
from flashsafety.cli.options import examples


@click.group(
    "export",
    epilog=examples(
        "flashsafety export anki ml-safety.apkg", "flashsafety export json everything.json"
    ),
)
def command() -> None:
    """Write what you have in the form of another program."""


for _kind in (anki, csv, json, reviews):
    command.add_command(_kind)
