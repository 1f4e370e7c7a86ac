"""``forecast``: the load of the coming days."""

from collections.abc import Mapping

import click

from flashsafety.cli import output
from flashsafety.cli.chosen import Chosen
from flashsafety.cli.documented import Documented
from flashsafety.cli.forms import date_form
from flashsafety.cli.options import examples, json_option

_LONGEST = 3650


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
@click.option(
    "--days",
    type=click.IntRange(1, _LONGEST),
    default=28,
    show_default=True,
    metavar="N",
    help="How many days from today on.",
)
@json_option
@click.pass_obj
def command(chosen: Chosen, *, days: int, as_json: bool) -> None:
    """Say what load the coming days bring, as the due dates stand.

    Each card counts on the day on which it is due next; what answers until then will add, new cards
    and the daily limits are left out. A review is one rating, and where it is forgotten some more;
    how often that is to be expected, and how long a rating takes you, give the 95% intervals.
    """
    from flashsafety.stats.figures import figures
    from flashsafety.stats.forecast import forecast

    with chosen.open_current() as library, figures(library) as log:
        about = forecast(log, days)
    if as_json:
        from flashsafety.cli.stats_forms import forecast_form

        output.json({"study_day": date_form(about.days[0].first), **forecast_form(about)})
        return
    from flashsafety.stats import words as say
    from flashsafety.study import words

    for day in about.days:
        output.say(f"{say.span(day)}: {say.load(day)}")
    if about.overdue:
        output.say(f"overdue, counted today: {words.count(about.overdue, 'review')}")
