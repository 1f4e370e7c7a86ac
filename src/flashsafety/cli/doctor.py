"""``doctor``: what may be wrong with the data, and putting it right."""

from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from flashsafety.study.doctor import Finding


@click.command(
    "doctor",
    epilog=examples(
        "flashsafety doctor", "flashsafety doctor --mend", "flashsafety doctor --salvage saved.db"
    ),
)
@click.option("--mend", is_flag=True, help="Put right what can be, after a copy, and look again.")
@click.option(
    "--salvage",
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Write what can be read of a damaged database into the new FILE.",
)
@json_option
@click.pass_context
def command(ctx: click.Context, *, mend: bool, salvage: str | None, as_json: bool) -> None:
    """Check the database and the bank for faults, and say how to mend each.

    Only reads, unless told to mend: then indexes, references, cards and states are made anew from
    what they follow from, and no rating is changed. Exit code 1 when something is wrong, or nothing
    could be saved.
    """
    chosen: Chosen = ctx.obj
    if mend and salvage:
        raise UsageError("give --mend or --salvage, not both")
    if salvage:
        if not _salvage(chosen, salvage, as_json=as_json):
            ctx.exit(ExitCode.PROBLEMS)
        return
    from flashsafety.cli.copies import copy_words
    from flashsafety.study import doctor

    with chosen.open() as library:
        if mend:
            copy, done = doctor.mend(library)
            output.note(f"a copy first: {copy.path}: {copy_words(copy)}")
            for words in done or ("nothing to mend",):
                output.note(words)
        findings = doctor.doctor(library)
    _show(findings, as_json=as_json)
    if not all(finding.ok for finding in findings):
        ctx.exit(ExitCode.PROBLEMS)


def _show(findings: "list[Finding]", *, as_json: bool) -> None:
    if as_json:
        output.json(
            [{"check": f.check, "ok": f.ok, "what": f.what, "mend": f.mend} for f in findings]
        )
        return
    for finding in findings:
        output.say(f"{'ok   ' if finding.ok else 'FAULT'}  {finding.check}: {finding.what}")
        if finding.mend:
            output.say(f"       mend: {finding.mend}")


def _salvage(chosen: Chosen, target: str, *, as_json: bool) -> bool:
    """Save what can be read; returns whether that is anything."""
    from flashsafety.cli.copies import copy_form, copy_words
    from flashsafety.study.backup import copies, restoring
    from flashsafety.study.library import Library
    from flashsafety.study.salvage import salvage

    paths = chosen.paths()

    def open_at(database: str) -> Library:
        return Library.open(
            paths._replace(database=database), chosen.settings(), chosen.roots(), clock=chosen.clock
        )

    saved = salvage(paths.database, target, open_at)
    for words in saved.lost:
        output.note(words)
    if as_json:
        output.json({**copy_form(saved.copy), "lost": list(saved.lost)})
    else:
        output.say(f"{saved.copy.path}: {copy_words(saved.copy)}")
    if newest := next(iter(copies(paths).found), None):
        output.note(f"to compare, the newest copy: {newest.path}: {copy_words(newest)}")
    if saved.copy.reviews:
        output.note(f"to put it in force: {restoring(saved.copy.path)}")
    else:
        output.note(f"no rating could be read of {paths.database}")
    return saved.copy.reviews > 0
