"""``rebuild``: all scheduling state from the log."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode


@click.command("rebuild", epilog=examples("flashsafety rebuild --verify", "flashsafety rebuild"))
@click.option("--verify", is_flag=True, help="Only compare; write nothing.")
@json_option
@click.pass_context
def command(ctx: click.Context, *, verify: bool, as_json: bool) -> None:
    """Compute all scheduling state again from the review log.

    The log is the truth and the state is a copy of what follows from it. With --verify the two are
    compared, and the exit code is 1 when they differ. Without it, the index by which cards are
    found is made again, too, and which notes look alike.
    """
    from flashsafety.study import words
    from flashsafety.study.find import rebuild_index
    from flashsafety.study.lookalikes import rebuild_lookalikes
    from flashsafety.study.rebuild import rebuild

    chosen: Chosen = ctx.obj
    with chosen.open() as library:
        report = rebuild(library, verify=verify)
        if not verify:
            rebuild_index(library)
            rebuild_lookalikes(library)
    differing = list(report.differing)
    if as_json:
        output.json({"cards": report.cards, "reviews": report.reviews, "differing": differing})
    else:
        ratings = words.count(report.reviews, "rating")
        read = f"{words.count(report.cards, 'card')}, {ratings} in the log"
        if not differing:
            output.say(f"{read}: all state equals the log")
        else:
            done = "differ from the log" if verify else "were put right"
            output.say(f"{read}: {words.count(len(differing), 'card')} {done}")
            for key in differing:
                output.say(f"  {key}")
        if differing and verify:
            output.note("'flashsafety rebuild' puts them right")
    if differing and verify:
        ctx.exit(ExitCode.PROBLEMS)
