"""``fmt``: card files in the canonical layout."""

import os
from pathlib import Path

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples
from flashsafety.errors import ExitCode, FlashsafetyError


@click.command(
    "fmt",
    epilog=examples(
        "flashsafety fmt",
        "flashsafety fmt questions/05-black-swans/04-extremistan.yaml",
        "flashsafety fmt --check",
    ),
)
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(exists=True))
@click.option("--check", is_flag=True, help="Change nothing; exit code 1 when a file would change.")
@click.pass_context
def command(ctx: click.Context, *, files: tuple[str, ...], check: bool) -> None:
    """Write card files in one layout: indents, blocks of prose, lists, empty lines.

    Without a FILE, all of the bank's. Words, order and comments stay as they are.
    """
    chosen: Chosen = ctx.obj
    named = [Path(file) for file in files] or _card_files(Path(chosen.roots()[0]))
    changed, failed = 0, False
    for path in named:
        try:
            if _format(path, check=check):
                changed += 1
                output.say(str(path))
        except FlashsafetyError as error:
            failed = True
            output.fault(error)
    verb = "to format" if check else "formatted"
    output.note(f"files {verb}: {changed} of {len(named)}")
    if failed or (check and changed):
        ctx.exit(ExitCode.PROBLEMS)


def _card_files(root: Path) -> list[Path]:
    from flashsafety.content.changed import COMMON_FILES, is_picture, stat_bank

    return [
        Path(os.path.relpath(root / path))
        for path in sorted(stat_bank([str(root)]))
        if path not in COMMON_FILES and not is_picture(path)
    ]


def _format(path: Path, *, check: bool) -> bool:
    """Write a file anew when its layout is another; whether it is."""
    from flashsafety.content.layout import formatted
    from flashsafety.files import write_whole

    text = path.read_bytes().decode("utf-8", "surrogateescape")
    schema = path.parent.parent / "schema.json"
    try:
        laid = formatted(text, "../schema.json" if schema.exists() else None)
    except ValueError as error:
        mend = "mend what 'flashsafety lint' says of it, then format it"
        raise FlashsafetyError(f"not formatted: {error}", where=str(path), mend=mend) from None
    if laid == text:
        return False
    if not check:
        write_whole(str(path.absolute()), laid.encode(), mode=path.stat().st_mode & 0o777)
    return True
