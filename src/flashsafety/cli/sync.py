"""``sync``: the bank's changes taken in, with the ledger of them."""

from pathlib import Path

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen, kinds
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode


@click.command("sync", epilog=examples("flashsafety sync", "flashsafety sync --json"))
@json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Take in what changed in the bank, and list it.

    Every command that reads cards does this by itself; this one shows the ledger. Progress is never
    lost: a reworded card keeps its memory, a retired one its log. Exit code 1 when the bank has
    problems.
    """
    from flashsafety.content.lint.report import problem_form, render
    from flashsafety.content.lint.run import shown_from
    from flashsafety.study import words
    from flashsafety.study.sync import sync

    chosen: Chosen = ctx.obj
    with chosen.open() as library:
        report = sync(library)
        show = shown_from(library.roots, str(Path.cwd()))
    if as_json:
        lists = {name.replace(" ", "_"): list(ids) for name, ids in kinds(report).items()}
        problems = [problem_form(problem, show) for problem in report.problems]
        output.json({**lists, "unchanged": report.unchanged, "problems": problems})
    else:
        for name, ids in kinds(report).items():
            for note in ids:
                output.say(f"{name}: {note}")
        output.say(f"unchanged: {words.count(report.unchanged, 'note')}")
    if report.problems:
        output.note(render(report.problems, "text", show))
        ctx.exit(ExitCode.PROBLEMS)
