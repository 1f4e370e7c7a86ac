"""``restore``: back to a copy of the database."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option


@click.command(
    "restore",
    epilog=examples("flashsafety restore", "flashsafety restore /media/stick/reviews.db"),
)
@click.argument("path", required=False, metavar="[FILE]", type=click.Path(dir_okay=False))
@json_option
@click.pass_obj
def command(chosen: Chosen, *, path: str | None, as_json: bool) -> None:
    """Go back to the copy in FILE; what was in force is kept beside it.

    Without FILE, list the copies that are at hand, newest first.
    """
    from flashsafety.cli.copies import copy_form, copy_words
    from flashsafety.study.backup import copies, restore, shared_by
    from flashsafety.study.library import system_clock

    paths = chosen.paths()
    if path is None:
        at_hand = copies(paths)
        if as_json:
            output.json([copy_form(copy) for copy in at_hand.found])
        else:
            output.table((copy.path, copy_words(copy)) for copy in at_hand.found)
        for unreadable, why in at_hand.unreadable.items():
            output.note(f"{unreadable}: {why}")
        if not at_hand.found and not at_hand.unreadable:
            output.note("no copy yet; 'flashsafety backup' makes one")
        return
    clock = chosen.clock or system_clock(chosen.settings())
    copy, kept = restore(paths, clock, path)
    if folder := shared_by(paths):  # the copy brings it, whoever made that
        output.note(f"it shares its log by way of {folder}; 'flashsafety sync-dir --off' ends that")
    if as_json:
        output.json({**copy_form(copy), "kept": kept or None})
        return
    output.say(f"restored {copy.path}: {copy_words(copy)}")
    if kept:
        output.say(f"what was in force is kept as {kept}")
