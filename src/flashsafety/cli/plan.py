"""``plan``: which plan holds and which are offered; takes one, and drops it."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.options import examples, json_option
from flashsafety.errors import UsageError

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
    epilog=examples("flashsafety plan", "flashsafety plan --return 2", "flashsafety plan --off"),
)
@click.option(
    "--return",
    "number",
    type=click.IntRange(1),
    metavar="N",
    help="After a break: take the plan of that number.",
)
@click.option("--off", is_flag=True, help="Drop the plan that holds, or decline those offered.")
@json_option
@click.pass_obj
def command(chosen: Chosen, *, number: int | None, off: bool, as_json: bool) -> None:
    """Say which plan holds, and which are offered after a break.

    A break is three study days without a rating, or a pause that has ended. When it left more
    reviews than your usual minutes hold, there are plans for working them off. A plan sets the
    reviews of a day and keeps new cards away while more is due; it ends by itself on its last day,
    and nothing that is due gets out of reach.
    """
    if off and number is not None:
        raise UsageError("--off drops a plan and --return takes one", mend="give one of them")
    with chosen.open_current() as library:
        if number is not None:
            from flashsafety.study.comeback import take

            take(library, number)
        elif off:
            _drop(library)
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
    from flashsafety.study.plan_words import offers, progress, welcome

    holds = progress(picture)
    if holds:
        yield holds
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
