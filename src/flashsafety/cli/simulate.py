"""``simulate``: what a desired retention and a limit of new cards cost, and what they bring."""

from collections.abc import Mapping

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.optimize_extra import needed_by
from flashsafety.cli.options import days_option, examples, json_option


class _Simulate(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document."""
        from flashsafety.cli.simulate_forms import KEYS

        return KEYS


@click.command(
    "simulate",
    cls=_Simulate,
    epilog=examples("flashsafety simulate", "flashsafety simulate --days 90 --new 20 --json"),
)
@days_option(365)
@click.option(
    "--new",
    "new_limit",
    type=click.IntRange(0, 9999),
    metavar="N",
    help="New cards a day.  [default: the setting new_limit]",
)
@click.option("--plain", is_flag=True, help="Say it in words, without bars.")
@json_option
@click.pass_obj
def command(
    chosen: Chosen, *, days: int, new_limit: int | None, plain: bool, as_json: bool
) -> None:
    """Show workload against knowledge for desired retentions from 70% to 97%.

    Learners with your cards, memory, answer times, buttons and settings live the coming days, study
    on each of them, and open the modules in order. For each desired retention: reviews and minutes
    a day, and how many cards would be recalled at the end. Then the same for limits of new cards.
    Nothing is changed by it. Needs pip install 'flashsafety[optimize]'.
    """
    from flashsafety.cli.progress import progress
    from flashsafety.stats.figures import figures

    with needed_by("simulate"):
        from flashsafety.stats.workload import workloads
    with (
        chosen.open_current() as library,
        figures(library) as log,
        progress("simulating", days) as tell,
    ):
        today = log.today
        about = workloads(log, days, new_limit, tell)
    if as_json:
        from flashsafety.cli.simulate_forms import workloads_form

        output.json(workloads_form(about, today))
        return
    from flashsafety.cli.simulate_lines import lines, plain_lines

    for line in plain_lines(about) if plain else lines(about, output.width()):
        output.say(line)
