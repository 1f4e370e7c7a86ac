"""``forecast``: the load of the coming days."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.forms import date_form
from flashsafety.cli.optimize_extra import MEND
from flashsafety.cli.options import days_option, examples, json_option

if TYPE_CHECKING:
    from flashsafety.scheduling.simulation import Progress
    from flashsafety.stats.expected import Expectations
    from flashsafety.stats.figures import Figures


class _Forecast(Documented):
    def keys(self) -> Mapping[str, Mapping[str, str]]:
        """Of the whole document."""
        from flashsafety.cli.stats_forms import FORECAST_KEYS

        return FORECAST_KEYS


@click.command(
    "forecast",
    cls=_Forecast,
    epilog=examples("flashsafety forecast", "flashsafety forecast --days 7 --json"),
)
@days_option(28)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, days: int, as_json: bool) -> None:
    """Say what load the coming days bring.

    What is due as the dates stand, and what is to be expected: ratings and minutes with what lapses
    and new cards add, under your limits and easy days, as many simulated copies of you meet them
    who study every day. Four in five of them lie within each interval. That part needs
    pip install 'flashsafety[optimize]'. Without it, and in JSON beside it, stands what the reviews
    due are expected to cost by themselves, with 95% intervals.
    """
    from flashsafety.cli.progress import progress
    from flashsafety.stats.figures import figures
    from flashsafety.stats.forecast import forecast

    with (
        chosen.open_current() as library,
        figures(library) as log,
        progress("simulating", days) as tell,
    ):
        about = forecast(log, days)
        # Simulated lives know of no pause.
        expected = None if about.paused_until is not None else _expected(log, days, tell)
    if as_json:
        from flashsafety.cli.stats_forms import expected_form, forecast_form

        output.json(
            {
                "study_day": date_form(about.days[0].first),
                **forecast_form(about),
                "expected": None if expected is None else expected_form(expected),
            }
        )
        return
    from flashsafety.stats import words as say

    if about.paused_until is not None:
        output.say(say.paused(about))
    for place, day in enumerate(about.days):
        told = say.load(day) if expected is None else say.met(day, expected.days[place])
        output.say(f"{say.span(day)}: {told}")
    if about.overdue:
        output.say(say.overdue(about))
    if expected is None and about.paused_until is None:
        output.note(f"Lapses and new cards are left out; to have them told: {MEND}")


def _expected(log: "Figures", days: int, tell: "Progress") -> "Expectations | None":
    """What simulated lives meet; none where what simulates them is not installed."""
    try:
        from flashsafety.stats.expected import expectations
    except ModuleNotFoundError:
        return None
    return expectations(log, days, tell)
