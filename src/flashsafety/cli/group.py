"""The commands: a table of verbs, each imported only when it is used."""

from importlib import import_module

import click

from flashsafety import __version__
from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.faults import guarded
from flashsafety.cli.options import examples

VERBS: dict[str, dict[str, str]] = {
    "Every day": {
        "review": "Review what is due, or a choice of it.",
        "home": "Say today's plan, and how the modules stand.",
        "due": "Count what is due today.",
        "next": "Show the next card, for another program.",
        "rate": "Rate a card, for another program.",
        "start": "Open modules, so that their new cards come.",
        "plan": "Say which plan holds, take one, or drop it.",
        "pause": "Take a vacation, or end it.",
        "quiz": "Take a practice exam; nothing falls due by it.",
        "serve": "Open the app as a page in a browser.",
    },
    "How it goes": {
        "stats": "Show the log and the cards in numbers.",
        "forecast": "Say what load the coming days bring.",
        "items": "Show how the cards fare with many learners.",
        "optimize": "Fit the scheduler's parameters to your reviews.",
        "simulate": "Show what desired retentions and new cards cost and bring.",
    },
    "The cards": {
        "cards": "Search the cards.",
        "show": "Show one card with its memory and its log.",
        "suspend": "Hide cards until that is lifted.",
        "bury": "Hide cards until tomorrow.",
        "flag": "Say what is wrong with cards.",
        "reset": "Learn cards anew.",
        "set-due": "Choose the day on which cards are due.",
        "undo": "Take back the last thing done today.",
        "sync": "Take in what changed in the bank.",
        "sync-dir": "Keep one log on several devices, by way of a shared folder.",
    },
    "Writing cards": {
        "new": "Add a card, in the editor.",
        "lint": "Check the bank's files.",
        "fmt": "Lay the bank's files out.",
        "schema": "Write the schema by which editors help.",
        "report": "Draft issues for the cards that you flagged.",
        "coverage": "Count the cards, and name what the syllabus asks beyond.",
    },
    "Other programs": {
        "export": "Write decks and data for other programs.",
        "import": "Take in reviews from other programs.",
        "pull": "Take in reviews from an Anki that is open.",
    },
    "Care of the data": {
        "backup": "Copy the database while it is in use.",
        "restore": "Go back to a copy of the database.",
        "doctor": "Check the database and the bank for faults.",
        "rebuild": "Compute all scheduling state again from the log.",
    },
    "Setting up": {
        "config": "Show and change settings.",
        "where": "Say where everything is kept.",
    },
}
"""Heading, then verb to its line in the list. Kept here so that ``--help`` imports no verb."""

NAMES = [name for verbs in VERBS.values() for name in verbs]


class Commands(click.Group):
    """A group that imports a verb's file when the verb is used, and puts faults into words."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every verb, in the order of the help page."""
        return NAMES

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a verb; none when there is no such verb."""
        if cmd_name not in NAMES:
            return None
        # A keyword is no name of a module, by Python's own custom for names.
        file = "import_" if cmd_name == "import" else cmd_name.replace("-", "_")
        command: click.Command = import_module(f"flashsafety.cli.{file}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb that was asked for; an unknown one is refused with the nearest named."""
        name = args[0]
        if name not in NAMES and not name.startswith("-") and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, NAMES, 1)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            ctx.fail(f'there is no command "{name}".{hint}')
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs under their headings, without importing any."""
        wide = max(map(len, NAMES))
        for heading, verbs in VERBS.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(wide), line) for name, line in verbs.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the global options; a reader who leaves in the middle of the help is no fault."""
        try:
            return super().parse_args(ctx, args)
        except BrokenPipeError:
            output.close_quietly()
            ctx.exit()

    def invoke(self, ctx: click.Context) -> object:
        """Run what was asked for and leave with its exit code."""
        chosen = Chosen(None, (), ctx.obj)  # to which the options are added
        ctx.obj = chosen
        passed = (click.exceptions.Exit, click.Abort, click.ClickException)
        return ctx.exit(guarded(lambda: super(Commands, self).invoke(ctx), chosen, passed))


def _print_version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        output.say(f"flashsafety {__version__}")
        ctx.exit()


def _log_to_stderr(verbosity: int) -> None:
    """Let the program's own log speak; silent unless asked."""
    import logging

    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logger = logging.getLogger("flashsafety")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO if verbosity == 1 else logging.DEBUG)


EPILOG = examples(
    "flashsafety",
    "flashsafety review --module accident-models --limit 20",
    "flashsafety due --json",
) + (
    "\n\n\b\n"
    "Shell completion of verbs, modules, topics and cards; add the line for your shell:\n"
    '  bash  ~/.bashrc   eval "$(_FLASHSAFETY_COMPLETE=bash_source flashsafety)"\n'
    '  zsh   ~/.zshrc    eval "$(_FLASHSAFETY_COMPLETE=zsh_source flashsafety)"\n'
    "  fish  ~/.config/fish/completions/flashsafety.fish\n"
    "                    _FLASHSAFETY_COMPLETE=fish_source flashsafety | source"
    "\n\n\b\n"
    "Exit codes: 0 fine, 1 problems found, 2 wrong use, 3 data unusable, 130 interrupted."
)


@click.group(
    cls=Commands,
    invoke_without_command=True,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 88},
)
@click.option(
    "--db", "database", metavar="FILE", help="The database to use.  [env: FLASHSAFETY_DB]"
)
@click.option(
    "--questions",
    multiple=True,
    metavar="FOLDER",
    help="The bank to use; repeat to add others.  [env: FLASHSAFETY_QUESTIONS]",
)
@click.option("-v", "--verbose", count=True, help="Say more on standard error; twice, still more.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Print the version and leave.",
)
@click.pass_context
def commands(
    ctx: click.Context, database: str | None, questions: tuple[str, ...], verbose: int
) -> None:
    """Review a course a little every day.

    Without a command it opens the terminal app on what is due today.
    """
    if verbose:
        _log_to_stderr(verbose)
    chosen: Chosen = ctx.obj
    chosen.database, chosen.questions = database, questions
    if ctx.invoked_subcommand is None:
        from flashsafety.cli.today import open_app

        open_app(ctx.obj)
