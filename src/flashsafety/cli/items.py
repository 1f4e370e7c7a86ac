"""``items``: what the logs of many learners tell about the cards."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.documented import Documented
from flashsafety.cli.options import examples, json_option
from flashsafety.cli.target import refuse_taken
from flashsafety.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from flashsafety.items.engines import EngineName
    from flashsafety.items.report import Report

_HELP = """\
Show how the cards fare with many learners, worst first.

Reads what learners wrote with 'flashsafety export reviews --anonymous', as many files as there are.
Each learner counts once, however many files hold them: the one with the most ratings is taken. No
database is opened, and none of yours is read.

\b
difficulty      0 to 1: who did not recall the card at its first review,
                corrected for the days before it: 0.10 more than others is
                10 in 100 more who failed than do after as many days
discrimination  -1 to 1: do those who recall this card recall others?
                (corrected point-biserial correlation) Near 0 it tells
                nobody apart; below 0 it misleads those who know: look
                for an error. With N learners, up to 2 over the root of
                N is chance.
Again           share of learners who rated it Again at first sight
leech           share for whom it lapsed 8 times, of those who reviewed it
wrong options   number of the option in the file, and share of the answers

Where fewer than 10 learners stand behind a figure, there is none. Lines that are no ratings and
files that are no such logs are left out and named; the exit code is then 1.

It needs packages more: pip install 'flashsafety[items]'. The work is DuckDB's, in this process;
'--engine spark' gives the same figures from Spark, on this computer or on the cluster that Spark's
own settings name ('flashsafety[spark]', and Java).
"""


class _Items(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document; the cards are the rows of ``--parquet`` too."""
        from flashsafety.cli.items_forms import KEYS

        return KEYS


@click.command(
    "items",
    cls=_Items,
    help=_HELP,
    epilog=examples(
        "flashsafety items exports/*.csv",
        "flashsafety items exports/*.csv --parquet items.parquet",
        "flashsafety items exports/*.csv --json | jq '.cards[:10]'",
    ),
)
@click.argument("files", metavar="FILE.csv...", nargs=-1, required=True)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", "spark"]),
    default="duckdb",
    show_default=True,
    help="What computes it.",
)
@click.option("--parquet", metavar="FILE", help="Write the cards to a Parquet file.")
@click.option("--force", is_flag=True, help="Replace the Parquet file when there is one.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    engine: "EngineName",
    parquet: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Analyse, and say what was left out."""
    if parquet is not None:
        refuse_taken(parquet, force=force)
    elif force:
        raise UsageError("--force replaces a file", mend="name it with --parquet FILE")
    report = _analysed(engine, files)
    if parquet is not None:
        _write(report, parquet)
    if as_json:
        from flashsafety.cli.items_forms import form

        output.json(form(report))
    elif parquet is None:
        from flashsafety.cli.items_table import show

        show(report)
    for fault in (*report.faults, *report.doubled):
        output.note(str(fault))
    if report.faults:
        ctx.exit(ExitCode.PROBLEMS)


def _analysed(engine: "EngineName", files: tuple[str, ...]) -> "Report":
    try:
        from flashsafety.items.engines import opened
        from flashsafety.items.report import item_analysis

        with opened(engine, os.environ) as running:
            return item_analysis(running, files)
    except ModuleNotFoundError as missing:
        extra = "spark" if engine == "spark" else "items"
        raise UsageError(
            f"'items' needs a package that is not installed: {missing.name}",
            mend=f"pip install 'flashsafety[{extra}]'",
        ) from None


def _write(report: "Report", file: str) -> None:
    from flashsafety.files import write_whole
    from flashsafety.items.parquet import encoded
    from flashsafety.study import words

    write_whole(file, encoded(report.items), mode=0o666)
    output.note(f"{file}: {words.count(len(report.items), 'card')}")
