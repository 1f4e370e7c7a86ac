"""``report``: flags as issues, changes as a patch."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.forms import date_form
from flashsafety.cli.options import complete_cards, examples, json_option
from flashsafety.errors import FlashsafetyError, UsageError

if TYPE_CHECKING:
    from flashsafety.content.lint.report import Show
    from flashsafety.study.library import Library
    from flashsafety.study.report import Flagged


@click.command(
    "report",
    epilog=examples(
        "flashsafety report > issue.md",
        "flashsafety report swiss-cheese-model/forward",
        "flashsafety report --patch > change.patch",
    ),
)
@click.argument("cards", nargs=-1, metavar="[CARD]...", shell_complete=complete_cards)
@click.option("--patch", is_flag=True, help="What you changed in the files of these cards.")
@json_option
@click.pass_obj
def command(chosen: Chosen, *, cards: tuple[str, ...], patch: bool, as_json: bool) -> None:
    """Draft an issue for every card that you flagged, or for each CARD, in Markdown.

    What you changed in a card's file (e in a review opens it) goes into its issue. With --patch,
    print that alone, as a diff that "git apply" takes; CARD need not be flagged. Nothing is sent
    anywhere.
    """
    from flashsafety.content.lint.run import shown_from
    from flashsafety.study.report import flagged_cards, issue_text

    if patch and as_json:
        raise UsageError("a patch has no JSON", mend="leave --json out")
    with chosen.open_current() as library:
        show = shown_from(library.roots, str(Path.cwd()))
        if patch:
            _print_patch(library, cards, show)
            return
        found = flagged_cards(library, cards)
        places = [f"{show(x.info.file)}:{x.info.line}" for x in found]
        if as_json:
            output.json([_form(x, place) for x, place in zip(found, places, strict=True)])
            return
        for flagged, place in zip(found, places, strict=True):
            output.say(issue_text(flagged, place, _changed(library, flagged)))
        if not found:
            output.note("no card is flagged: f in a review flags the one that is shown")


def _changed(library: "Library", flagged: "Flagged") -> str:
    """What was changed in the card's file; nothing where no git can tell."""
    from flashsafety.cli.patch import changes
    from flashsafety.content.changed import locate

    try:
        return changes(Path(locate(library.roots, flagged.info.file)))
    except FlashsafetyError:
        return ""


def _print_patch(library: "Library", cards: tuple[str, ...], show: "Show") -> None:
    """Print the changes to the files of some cards, flagged or not, or of all flagged ones."""
    from flashsafety.cli.patch import changes, why_unchanged
    from flashsafety.content.changed import locate
    from flashsafety.study.report import reported_cards

    files = list(dict.fromkeys(info.file for info in reported_cards(library, cards)))
    if not files:
        output.note("no card is flagged: name the CARD whose file you changed")
    for file in files:
        path = Path(locate(library.roots, file))
        diff = changes(path)
        if diff:
            output.say(diff.rstrip("\n"))
        else:
            output.note(f"{show(file)}: {why_unchanged(path)}")


def _form(flagged: "Flagged", place: str) -> dict[str, output.Json]:
    return {
        "card": flagged.info.card,
        "reason": flagged.reason,
        "words": flagged.words,
        "day": date_form(flagged.day),
        "place": place,
        "source": flagged.info.source,
        "at": flagged.info.at,
    }
