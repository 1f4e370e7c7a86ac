"""``stats``: the log and the cards in numbers."""

from collections.abc import Mapping

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.target import refuse_taken, writing_to
from flashsafety.errors import UsageError


class _Stats(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document."""
        from flashsafety.cli.stats_forms import KEYS

        return KEYS


@click.command(
    "stats",
    cls=_Stats,
    epilog=examples(
        "flashsafety stats",
        "flashsafety stats --html stats.html",
        "flashsafety stats --json | jq .calibration",
    ),
)
@click.option("--html", "page", metavar="FILE", help="Write a page with plots, for a browser.")
@click.option("--force", is_flag=True, help="Replace FILE when there is one.")
@json_option
@click.pass_obj
def command(chosen: Chosen, *, page: str | None, force: bool, as_json: bool) -> None:
    """Show the log and the cards in numbers.

    Ratings and time, true retention by phase, module and hour, answer buttons, the load to come,
    how well the cards are remembered, and calibration: whether recall comes as often as predicted.
    Cramming and what was undone never count; ratings that came from Anki or a file do.
    """
    if page is not None and as_json:
        raise UsageError("--html and --json say the same in two forms", mend="give one of them")
    if page is not None:
        refuse_taken(page, force=force)
    elif force:
        raise UsageError("--force replaces a file", mend="name it with --html FILE")
    from flashsafety.stats.report import statistics

    with chosen.open_current() as library:
        about = statistics(library)
    if page is not None:
        from flashsafety.cli.stats_page import page as pieces

        with writing_to(page, force=force) as out:
            out.writelines(pieces(about))
        output.say(page)
    elif as_json:
        from flashsafety.cli.stats_forms import statistics_form

        output.json(statistics_form(about))
    else:
        from flashsafety.cli.stats_lines import lines

        output.say("\n".join(lines(about)))
