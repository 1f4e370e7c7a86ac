"""``lint``: the bank's files checked."""

from pathlib import Path
from typing import Literal

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.errors import ExitCode, UsageError


@click.command(
    "lint",
    epilog=examples(
        "flashsafety lint",
        "flashsafety lint questions/05-black-swans/04-extremistan.yaml",
        "flashsafety --questions path/to/questions lint",
        "flashsafety lint --format github --since origin/main",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for the checks of a pull request.",
)
@click.option(
    "--since",
    metavar="COMMIT",
    help="Compare with a commit too: ids that vanished, answers and gaps that changed.",
)
@click.option("--strict", is_flag=True, help="Exit code 1 for warnings too.")
@click.pass_context
def command(
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    form: Literal["text", "json", "github"],
    strict: bool,
    since: str | None,
) -> None:
    """Check every file of the bank; each problem with its place and how to mend it.

    With FILE, a folder too, only what is wrong there is told; all of the bank is read, so that ids
    and likenesses count.

    Exit code 1 when there are errors; warnings alone are fine, but for --strict.
    """
    from flashsafety.content.lint import report
    from flashsafety.content.lint.run import in_files, lint, shown_from

    chosen: Chosen = ctx.obj
    roots = chosen.roots()
    problems = lint(roots, since=since)
    if files:
        _refuse_others(roots, files)
        problems = tuple(in_files(problems, roots, files))
    show = shown_from(roots, str(Path.cwd()))
    if form == "json":
        output.json([report.problem_form(problem, show) for problem in problems])
    elif problems:
        output.say(report.render(problems, form, show))
    output.note(report.summary(problems))
    if any(strict or problem.level == "error" for problem in problems):
        ctx.exit(ExitCode.PROBLEMS)


def _refuse_others(roots: tuple[str, ...], files: tuple[str, ...]) -> None:
    """Refuse files of no folder of the bank: nothing could ever be found in them."""
    inside = [Path(root).resolve() for root in roots]
    for file in files:
        if not any(Path(file).resolve().is_relative_to(root) for root in inside):
            raise UsageError(
                "this is no file of the bank",
                where=file,
                mend=f"the bank is {roots[0]}; 'flashsafety show --file' checks a file anywhere",
            )
