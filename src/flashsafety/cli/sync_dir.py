"""``sync-dir``: several devices by way of a shared folder."""

from dataclasses import asdict

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.exchanged import tell
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode, UsageError


@click.command(
    "sync-dir",
    epilog=examples(
        "flashsafety sync-dir ~/Sync/flashsafety",
        "flashsafety sync-dir",
        "flashsafety sync-dir --off",
    ),
)
@click.argument("path", required=False, metavar="[FOLDER]", type=click.Path(file_okay=False))
@click.option("--off", is_flag=True, help="Share no folder any more; its files stay.")
@json_option
@click.pass_context
def command(ctx: click.Context, *, path: str | None, off: bool, as_json: bool) -> None:
    """Keep one log on several devices, by way of FOLDER.

    FOLDER is one that git, Syncthing, Dropbox or a stick carries between them, and one learner's;
    name it once on each device. The database is copied before another log is joined to it. From
    then on the app and the plain review exchange with it when they begin and end, and this command
    does at any time. Each device appends to files of its own there and reads those of the others,
    in any order and any number of times: ratings of all devices count, what is undone on one is
    undone on all, and of two choices of a setting the later one holds. The files hold card ids,
    ratings and settings, and no texts of cards. Exit code 1 when lines there cannot be read.
    """
    from flashsafety.study.devices import exchange, leave

    if off and path:
        raise UsageError("give a folder or --off, not both")
    chosen: Chosen = ctx.obj
    with chosen.open() as library:
        if off:
            output.note("no longer shared" if leave(library) else "no folder was shared")
            return
        done = exchange(library, path)
    if as_json:
        output.json(asdict(done))
    else:
        output.say(
            f"{done.folder} ({done.device}): {done.received:,} new here, {done.sent:,} written,"
            f" other devices: {done.devices}"
        )
    tell(done)
    if done.faults:
        ctx.exit(ExitCode.PROBLEMS)
