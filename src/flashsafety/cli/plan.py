"""``plan``: which plan holds and which are offered; takes one, and drops it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.forms import read_date
from flashsafety.cli.options import by_number, complete_modules, examples, json_option
from flashsafety.cli.ready import TARGET, be_ready
from flashsafety.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from flashsafety.study.library import Library
    from flashsafety.study.today import Today


class _Plan(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document."""
        from flashsafety.cli.plan_forms import KEYS

        return KEYS


@click.command(
    "plan",
    cls=_Plan,
    epilog=examples(
        "flashsafety plan",
        "flashsafety plan --return 2",
        "flashsafety plan --by 2027-01-20 --modules transparency,trojans --target 0.92",
        "flashsafety plan --off",
    ),
)
@click.option(
    "--return",
    "number",
    type=click.IntRange(1),
    metavar="N",
    help="After a break: take the plan of that number.",
)
@click.option("--by", metavar="DATE", help="Be ready on a date within a year.")
@click.option(
    "--modules",
    metavar="MODULE,...",
    shell_complete=complete_modules,
    help="With --by: the modules to be ready in, by name or number.",
)
@click.option(
    "--target",
    type=click.FloatRange(0.5, 0.97),
    metavar="SHARE",
    help="With --by: mean chance of recall on the date.  [default: 0.9]",
)
@click.option("--off", is_flag=True, help="Drop the plans that hold, or decline those offered.")
@json_option
@click.pass_context
def command(
    ctx: click.Context,
    *,
    number: int | None,
    by: str | None,
    modules: str | None,
    target: float | None,
    off: bool,
    as_json: bool,
) -> None:
    """Say which plans hold, and which are offered after a break.

    A break is three study days without a rating, or a pause that has ended. When it left more
    reviews than your usual minutes hold, there are plans for working them off. Such a plan sets the
    reviews of a day and keeps new cards away while more is due; it ends by itself on its last day,
    and nothing that is due gets out of reach.

    With --by, be ready on a date: the new cards of the modules are spread over the days that are
    left, and the desired retention rises as far as the target needs. Your limits hold; what cannot
    be met within them is not stored, and what can be is named (exit code 1).
    """
    if sum((number is not None, by is not None, off)) > 1:
        raise UsageError("--return, --by and --off do three things", mend="give one of them")
    if by is None and (modules is not None or target is not None):
        raise UsageError("--modules and --target belong to a date", mend="give it with --by")
    ends = None if by is None else read_date(by)
    if ends is not None and not modules:
        raise UsageError(
            "a plan for a date needs modules", mend="name them: --modules transparency,trojans"
        )
    chosen: Chosen = ctx.obj
    with chosen.open_current() as library:
        code = ExitCode.FINE
        if ends is not None:
            slugs = by_number(ctx, ctx.command.params[0], _names(modules or ""))
            code = be_ready(library, ends, slugs, target or TARGET, as_json=as_json)
        elif number is not None:
            from flashsafety.study.comeback import take

            take(library, number)
        elif off:
            _drop(library)
        if code == ExitCode.FINE:
            _say(library, as_json=as_json)
    ctx.exit(code)


def _names(modules: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in modules.split(",") if name.strip()))


def _say(library: "Library", *, as_json: bool) -> None:
    if as_json:
        from flashsafety.cli.plan_forms import plan_form

        output.json(plan_form(library))
        return
    from flashsafety.study.today import today

    said = list(lines(library, today(library))) or ["no plan holds, and none is offered"]
    output.say("\n".join(said))


def lines(library: "Library", picture: "Today") -> Iterator[str]:
    """The plan that holds, and those that are offered with the command that takes one."""
    from flashsafety.study.comeback import comeback
    from flashsafety.study.plan_words import offers, progress, ready, welcome
    from flashsafety.study.ready import prospect

    if picture.plans.back is not None:
        yield progress(picture)
    coming = prospect(library)
    if coming is not None:
        yield ready(picture, coming.recall)
    found = comeback(library)
    if found is not None:
        yield welcome(found)
        for number, offer in enumerate(offers(found), 1):
            yield f"{number} {offer}"
        yield "'flashsafety plan --return N' takes one of these, 'flashsafety plan --off' none."


def _drop(library: "Library") -> None:
    from flashsafety.study.comeback import accept, comeback
    from flashsafety.study.plans import drop

    if drop(library, "return", "ready"):
        return
    if comeback(library) is not None:
        accept(library, None)
    else:
        output.note("nothing to drop: no plan holds, and none is offered")
