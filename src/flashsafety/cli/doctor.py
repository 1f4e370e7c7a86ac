"""``doctor``: what may be wrong with the data."""

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import ExitCode


@click.command("doctor", epilog=examples("flashsafety doctor", "flashsafety doctor --json"))
@json_option
@click.pass_context
def command(ctx: click.Context, *, as_json: bool) -> None:
    """Check the database and the bank for faults, and say how to mend each.

    Only reads. Exit code 1 when something is wrong.
    """
    from flashsafety.study.doctor import doctor

    chosen: Chosen = ctx.obj
    with chosen.open() as library:
        findings = doctor(library)
    if as_json:
        output.json(
            [{"check": f.check, "ok": f.ok, "what": f.what, "mend": f.mend} for f in findings]
        )
    for finding in () if as_json else findings:
        output.say(f"{'ok   ' if finding.ok else 'FAULT'}  {finding.check}: {finding.what}")
        if finding.mend:
            output.say(f"       mend: {finding.mend}")
    if not all(finding.ok for finding in findings):
        ctx.exit(ExitCode.PROBLEMS)
