"""Statistics as lines of text that can be read aloud: no columns to line up, no drawing."""

from collections.abc import Iterator

from flashsafety.clock import day_to_date
from flashsafety.content.visible import one_line
from flashsafety.stats import words as say
from flashsafety.stats.calibration import Calibration
from flashsafety.stats.distributions import Distributions
from flashsafety.stats.forecast import Forecast
from flashsafety.stats.periods import Period
from flashsafety.stats.report import Statistics
from flashsafety.study import words

DAYS = 14
"""Days that are told one by one."""


def lines(about: Statistics) -> Iterator[str]:
    """All statistics, a heading and what belongs to it at a time."""
    yield f"Statistics on {day_to_date(about.today).isoformat()}"
    if not about.periods:
        yield ""
        yield "No card was rated yet: 'flashsafety review' begins."
        return
    yield from _activity(about)
    yield from _retention(about)
    yield from _buttons(about.periods[-1])
    yield from _modules(about)
    yield from _hours(about)
    yield from forecast_lines(about.forecast)
    yield from _memory(about.memory)
    yield from _mastery(about)
    yield from _calibration(about.calibration)
    yield from (f"  {line}" for line in say.parameters(about.parameters))


def _activity(about: Statistics) -> Iterator[str]:
    yield from ("", "Ratings and time")
    for period in about.periods:
        total = period.total
        line = f"{words.count(total.share.of, 'rating')}, {say.minutes(total.milliseconds)}"
        if period.days != 1:
            line += f", on {words.count(period.studied, 'day')}"
        yield f"  {say.period(period)}: {line}"
    yield from ("", f"The last {DAYS} days, newest first")
    for day in reversed(about.days[-DAYS:]):
        date = day_to_date(day.day)
        done = "paused" if day.paused else "nothing"
        if day.ratings:
            done = f"{words.count(day.ratings, 'rating')}, {say.minutes(day.milliseconds)}"
        yield f"  {date:%a} {date.isoformat()}: {done}"


def _retention(about: Statistics) -> Iterator[str]:
    yield ""
    yield "True retention: reviews above Again, with the 95% interval"
    for period in about.periods:
        yield f"  {say.period(period)}: {say.share(period.true_retention)}"
    yield f"  desired: {say.percent(about.desired_retention)}"
    yield from ("", "Above Again by phase before the rating")
    for period in about.periods[-2:]:
        yield f"  {say.period(period)}"
        for stage, name in say.STAGES.items():
            if stage in period.stages:
                yield f"    {name}: {say.share(period.stages[stage].share)}"
    yield f"  {say.ABOUT_STAGES}"


def _buttons(whole: Period) -> Iterator[str]:
    yield from ("", "Answer buttons by phase before the rating")
    for stage, name in say.STAGES.items():
        if stage in whole.stages:
            answers = whole.stages[stage]
            each = (
                f"{button} {count:,} ({count / answers.share.of:.0%})"
                for button, count in zip(say.BUTTONS, answers.buttons, strict=True)
            )
            yield f"  {name}: {', '.join(each)}"


def _modules(about: Statistics) -> Iterator[str]:
    yield from ("", "True retention by module")
    for module in about.modules:
        own = (
            ""
            if module.desired == about.desired_retention
            else (f", desired {say.percent(module.desired)}")
        )
        yield f"  {one_line(module.title) or 'no module'}: {say.share(module.share)}{own}"
    if not about.modules:
        yield "  no reviews yet"


def _hours(about: Statistics) -> Iterator[str]:
    yield from ("", "True retention by hour of the day")
    for hour in about.hours:
        if hour.share.of:
            yield f"  {hour.hour:02}:00 to {hour.hour:02}:59: {say.share(hour.share)}"
    if not about.modules:
        yield "  no reviews yet"


def forecast_lines(about: Forecast) -> Iterator[str]:
    """The load by week."""
    yield from ("", "Load of the coming weeks, as the due dates stand, with 95% intervals")
    if about.paused_until is not None:
        yield f"  {say.paused(about)}"
    for week in about.weeks:
        yield f"  {say.span(week)}: {say.load(week)}"
    if about.overdue:
        yield f"  {say.overdue(about)}"


def _memory(about: Distributions) -> Iterator[str]:
    yield from ("", "Memory now")
    yield (
        f"  {words.count(about.cards, 'rated card')}, of which {about.known:,.0f} would be"
        " recalled today"
    )
    for name, classes, as_percent in (
        ("stability, days", about.stability, False),
        ("difficulty, 1 to 10", about.difficulty, False),
        ("retrievability", about.retrievability, True),
    ):
        yield f"  {name}"
        for each in classes:
            if each.cards:
                bounds = say.bounds(each, as_percent=as_percent)
                yield f"    {bounds}: {words.count(each.cards, 'card')}"


def _mastery(about: Statistics) -> Iterator[str]:
    yield "  mastery by module: the share of all its cards that would be recalled today"
    for module in about.mastery:
        cards = words.count(module.cards, "card")
        yield f"    {one_line(module.title)}: {say.percent(module.share)} of {cards}"


def _calibration(about: Calibration) -> Iterator[str]:
    yield from ("", "Calibration: recall predicted before each review, and what happened")
    if about.scores is None or about.predicted is None or about.share.value is None:
        yield f"  {say.not_enough(about)}"
        return
    yield f"  predicted on average: {say.percent(about.predicted)}"
    yield f"  recalled: {say.share(about.share)}"
    yield f"  {say.bias(about)}"
    for name, value, reading in say.scores(about.scores, about.share.value):
        yield f"  {name}: {value} ({reading})"
    yield f"  in {words.count(len(about.bins), 'bin')} of about equal size:"
    for each in about.bins:
        yield f"    predicted {say.percent(each.predicted)}: recalled {say.share(each.share)}"
