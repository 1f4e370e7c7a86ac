"""``start``: open modules as one hears them."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import by_number, complete_modules, examples
from flashsafety.errors import UsageError


@click.command(
    "start",
    epilog=examples(
        "flashsafety start", "flashsafety start accident-models", "flashsafety start --all"
    ),
)
@click.argument(
    "modules",
    nargs=-1,
    metavar="[MODULE]...",
    shell_complete=complete_modules,
    callback=by_number,
)
@click.option("--all", "everything", is_flag=True, help="Open every module, the optional ones too.")
@click.pass_obj
def command(chosen: Chosen, modules: tuple[str, ...], *, everything: bool) -> None:
    """Open modules, so that their new cards come.

    The first module is open from the start. Without a MODULE, list the modules and say which are
    open.
    """
    from flashsafety.study.standing import lines
    from flashsafety.study.today import start_all, start_modules

    if modules and everything:
        raise UsageError("name modules or give --all, not both")
    with chosen.open_current() as library:
        if modules or everything:
            opened = start_all(library) if everything else start_modules(library, modules)
            for slug in opened:
                output.say(f"started {slug}")
            if not opened:
                output.note("nothing to start: open already")
            return
        output.table(
            (
                f"{line.number:2}",
                line.slug,
                "open" if line.started else "optional" if line.optional else "not open",
                f"{line.new} new",
                line.title,
            )
            for line in lines(library)
        )
