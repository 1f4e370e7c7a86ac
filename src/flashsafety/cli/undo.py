"""``undo``: take back the last thing done today."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option


@click.command("undo", epilog=examples("flashsafety undo", "flashsafety undo --json"))
@json_option
@click.pass_obj
def command(chosen: Chosen, *, as_json: bool) -> None:
    """Take back the last thing done today: a rating, an opened module, an act on any cards.

    Given again it takes back the one before, as u does in the app; it says what it took back.
    """
    from flashsafety.study.answer import undo_newest

    with chosen.open_current(check=False) as library:
        undone = undo_newest(library)
    if as_json:
        output.json(None if undone is None else {"undone": undone.kind, "card": undone.key})
    elif undone is None:
        output.note("there is nothing left to undo today")
    else:
        output.say(undone.words)
