"""``import anki``: what was done in Anki, from a deck that it exported."""

from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples

if TYPE_CHECKING:
    from flashsafety.anki.take import Taken


@click.command(
    "anki",
    epilog=examples(
        "flashsafety import anki phone.apkg --dry-run", "flashsafety import anki x.colpkg"
    ),
)
@click.argument("file", metavar="FILE.apkg|FILE.colpkg")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and keep nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for other programs.")
@click.pass_obj
def anki(chosen: Chosen, *, file: str, dry_run: bool, as_json: bool) -> None:
    """Add the reviews of a deck that Anki exported to your log, each once.

    In Anki: File > Export, with "Include scheduling information". Resets, due dates and suspensions
    come too. FILE is only read.
    """
    from flashsafety.anki.importing import import_package

    with chosen.open_current() as library:
        report(import_package(library, file, dry_run=dry_run), dry_run=dry_run, as_json=as_json)


def report(taken: "Taken", *, dry_run: bool, as_json: bool) -> None:
    """Say what was added, what was not and why, and how far memory is from Anki's figures."""
    if as_json:
        output.json(_form(taken))
        return
    would = "would add" if dry_run else "added"
    counts = {
        "ratings": taken.ratings,
        "crammed ratings": taken.crammed,
        "resets": taken.resets,
        "due dates": taken.due_dates,
        "suspensions": taken.suspended,
        "suspensions lifted": taken.unsuspended,
    }
    listed = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
    output.say(f"{would}: {listed or 'nothing'}")
    output.say(f"in the log already: {taken.known}")
    for why, count in taken.skipped.items():
        output.say(f"left out: {count} rows {why}")
    if taken.unmatched:
        some = ", ".join(taken.unmatched[:3]) + (", ..." if len(taken.unmatched) > 3 else "")
        output.say(f"without a card in the bank: {len(taken.unmatched)} ({some})")
    if taken.strangers:
        output.say(f"notes of other decks: {taken.strangers}")
    if taken.compared:
        output.say(
            f"memory: {taken.compared} cards as Anki has them; stability differs by"
            f" {taken.median:.2%} in the middle, {taken.worst:.2%} at worst"
        )
    for line in _remarks(taken):
        output.note(line)


def _remarks(taken: "Taken") -> list[str]:
    remarks = []
    if not taken.compared and not taken.known and not taken.added:
        remarks.append(
            'The file has no reviews of this bank. Tick "Include scheduling information" when'
            " exporting from Anki, and use the bank that the deck came from."
        )
    if taken.truncated:
        remarks.append(
            f"The log of {taken.truncated} cards begins amid reviews in Anki: their memory is"
            " reckoned from the first row there is."
        )
    if taken.vanished:
        remarks.append(
            f"{taken.vanished} ratings that came from Anki are not in this file (undone there, or"
            " the file is a part). They are kept."
        )
    if taken.worst > 0.01:
        remarks.append(
            "Memory differs by more than 1%: Anki reckons with other parameters, another start of"
            " the day, or without some of these ratings. The log decides here."
        )
    if taken.backup:
        remarks.append(f"The database before is kept in {taken.backup}")
    return remarks


def _form(taken: "Taken") -> dict[str, output.Json]:
    return {
        "ratings": taken.ratings,
        "crammed": taken.crammed,
        "resets": taken.resets,
        "due_dates": taken.due_dates,
        "suspended": taken.suspended,
        "unsuspended": taken.unsuspended,
        "known": taken.known,
        "skipped": dict(taken.skipped),
        "unmatched": list(taken.unmatched),
        "strangers": taken.strangers,
        "vanished": taken.vanished,
        "truncated": taken.truncated,
        "compared": taken.compared,
        "stability_worst": taken.worst,
        "stability_median": taken.median,
        "backup": taken.backup or None,
    }
