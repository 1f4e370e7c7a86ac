"""What each tab of the statistics shows: reads the figures and hands back how to draw them."""

from collections.abc import Callable, Sequence

from textual.content import Content

from flashsafety.clock import day_to_date
from flashsafety.content.visible import one_line
from flashsafety.stats import words as say
from flashsafety.stats.breakdowns import by_hour, by_module
from flashsafety.stats.calibration import Calibration, calibration
from flashsafety.stats.distributions import Class, distributions
from flashsafety.stats.figures import Figures, figures
from flashsafety.stats.forecast import DAYS, Forecast, forecast
from flashsafety.stats.in_force import parameters_in_force
from flashsafety.stats.mastery import mastery
from flashsafety.stats.periods import Day, Period, days, periods
from flashsafety.stats.shares import Share
from flashsafety.study import words
from flashsafety.study.library import Library
from flashsafety.tui.widgets.plots import Draw, Interval, bars, columns, intervals

_PLOT = 5
"""Lines of a plot of upright bars."""


def draw_tab(library: Library, tab: str) -> Draw:
    """Read what a tab needs. Takes its time on a thread; what it returns only draws."""
    with figures(library) as log:
        whole = periods(log)
        if not whole:
            return lambda _: [Content("No card was rated yet: the numbers come with the ratings.")]
        return _TABS[tab](log, whole)


def _activity(log: Figures, known: Sequence[Period]) -> Draw:
    by_day = days(log)

    def draw(width: int) -> list[Content]:
        return [
            *_table(
                [
                    (
                        say.period(period),
                        words.count(period.total.share.of, "rating"),
                        say.minutes(period.total.milliseconds),
                        "" if period.days == 1 else words.count(period.studied, "day"),
                    )
                    for period in known
                ]
            ),
            *_by_day("Ratings by day", by_day, lambda day: day.ratings, width),
            *_by_day("Minutes by day", by_day, lambda day: day.milliseconds / 60_000, width),
        ]

    return draw


def _retention(log: Figures, known: Sequence[Period]) -> Draw:
    modules = by_module(log)
    desired = log.library.settings.desired_retention

    def draw(width: int) -> list[Content]:
        rows = [(say.period(period), period.true_retention) for period in known]
        stages = [
            (name, known[-1].stages[stage].share)
            for stage, name in say.STAGES.items()
            if stage in known[-1].stages
        ]
        named = [(one_line(module.title) or "no module", module.share) for module in modules]
        return [
            *_heading(f"True retention; {say.percent(desired)} is desired", first=True),
            *_shares(rows, width, [desired] * len(rows)),
            *_heading("Above Again, by phase before the rating"),
            *_shares(stages, width, [desired] * len(stages)),
            Content.styled(say.ABOUT_STAGES, "$foreground-muted"),
            *_heading("True retention by module"),
            *_shares(named, width, [module.desired for module in modules]),
        ]

    return draw


def _habits(log: Figures, known: Sequence[Period]) -> Draw:
    hours = [hour for hour in by_hour(log) if hour.share.of]
    desired = log.library.settings.desired_retention
    buttons: list[tuple[str, ...]] = [("", *say.BUTTONS)]
    for stage, name in say.STAGES.items():
        answers = known[-1].stages.get(stage)
        if answers is not None:
            shares = (f"{count / answers.share.of:.0%}" for count in answers.buttons)
            buttons.append((name, *shares, words.count(answers.share.of, "rating")))

    def draw(width: int) -> list[Content]:
        rows = [(f"{hour.hour:02}:00", hour.share) for hour in hours]
        return [
            *_heading("Answer buttons, by phase before the rating", first=True),
            *_table(buttons),
            *_heading("True retention by hour of the day"),
            *_shares(rows, width, [desired] * len(rows)),
        ]

    return draw


def _forecast(log: Figures, known: Sequence[Period]) -> Draw:
    coming = forecast(log)
    expected = _expected(log)

    def draw(width: int) -> list[Content]:
        dates = [day_to_date(day.first).isoformat()[5:] for day in coming.days]
        return [
            *_heading("Ratings to be expected by day, as the due dates stand", first=True),
            *columns([day.ratings.mean for day in coming.days], dates, width, _PLOT),
            *_heading("By week, with 95% intervals"),
            *_weeks(coming),
            Content(""),
            Content.styled(
                "Each card counts on the day on which it is due next. New cards, and what answers"
                f" until then will add, are not in it. {say.paused(coming)}",
                "$foreground-muted",
            ),
            *expected,
        ]

    return draw


def _expected(log: Figures) -> list[Content]:
    """By week what simulated lives meet; nothing where what simulates them is not installed."""
    try:
        from flashsafety.stats.expected import expectations
    except ModuleNotFoundError:
        return []
    weeks = expectations(log, DAYS).weeks
    return [
        *_heading("By week with lapses and new cards, simulated, with 80% intervals"),
        *_table([(say.span(week), *say.bands(week)) for week in weeks]),
    ]


def _weeks(coming: Forecast) -> list[Content]:
    lines = []
    for week in coming.weeks:
        lines.append(
            Content.assemble((f"{say.span(week)}  ", "$foreground-muted"), say.cards(week))
        )
        lines.append(Content(f"  {say.cost(week)}"))
    if coming.overdue:
        lines.append(Content(f"Overdue, counted today: {words.count(coming.overdue, 'review')}"))
    return lines


def _memory(log: Figures, known: Sequence[Period]) -> Draw:
    now, modules = distributions(log), mastery(log)

    def draw(width: int) -> list[Content]:
        known_now = f"{now.known:,.0f} of {words.count(now.cards, 'rated card')}"
        return [
            Content(f"{known_now} would be recalled today."),
            *_heading("Mastery: of all the cards of a module, new ones too"),
            *bars(
                [(one_line(m.title), m.share, say.percent(m.share)) for m in modules],
                width,
                most=1.0,
            ),
            *_heading("Stability: days until recall falls to 90%"),
            *bars(_classes(now.stability), width),
            *_heading("Difficulty"),
            *bars(_classes(now.difficulty), width),
            *_heading("Retrievability: chance of recall today"),
            *bars(_classes(_without_ends(now.retrievability), as_percent=True), width),
        ]

    return draw


def _calibration(log: Figures, known: Sequence[Period]) -> Draw:
    about = calibration(log)
    parameters = [Content(line) for line in say.parameters(parameters_in_force(log))]

    def draw(width: int) -> list[Content]:
        scores, predicted, actual = about.scores, about.predicted, about.share.value
        if scores is None or predicted is None or actual is None:
            return [Content(say.not_enough(about)), Content(""), *parameters]
        return [
            Content("Recall as predicted just before each review, against what happened."),
            Content(""),
            Content(
                f"Predicted on average {say.percent(predicted)}, recalled"
                f" {say.share(about.share)}: {say.bias(about)}."
            ),
            Content(""),
            *(
                Content.assemble(
                    (f"{name:22}", "$foreground-muted"), f"{value:7} ", (said, "$foreground-muted")
                )
                for name, value, said in say.scores(scores, actual)
            ),
            *_heading("Recalled by predicted recall: ● recalled, │ predicted"),
            *_bins(about, width),
            Content(""),
            *parameters,
        ]

    return draw


def _bins(about: Calibration, width: int) -> list[Content]:
    rows = [(say.percent(each.predicted), each.share) for each in about.bins]
    return _shares(rows, width, [each.predicted for each in about.bins])


_TABS: dict[str, Callable[[Figures, Sequence[Period]], Draw]] = {
    "Activity": _activity,
    "Retention": _retention,
    "Habits": _habits,
    "Forecast": _forecast,
    "Memory": _memory,
    "Calibration": _calibration,
}


def _by_day(
    name: str, by_day: Sequence[Day], value: Callable[[Day], float], width: int
) -> list[Content]:
    dates = [day_to_date(day.day).isoformat()[5:] for day in by_day]
    return [*_heading(name), *columns([value(day) for day in by_day], dates, width, _PLOT)]


def _shares(
    rows: Sequence[tuple[str, Share]], width: int, wanted: Sequence[float]
) -> list[Content]:
    """Names with their shares, the interval drawn."""
    drawn: list[tuple[str, str, Interval | None]] = []
    for name, share in rows:
        if share.value is None or share.interval is None:
            drawn.append((name, "none yet", None))
        else:
            said = f"{say.percent(share.value)} of {share.of:,}"
            drawn.append((name, said, Interval(share.value, *share.interval)))
    return intervals(drawn, width, wanted=wanted) if drawn else [Content("No reviews yet.")]


def _classes(classes: Sequence[Class], *, as_percent: bool = False) -> list[tuple[str, float, str]]:
    return [
        (say.bounds(each, as_percent=as_percent), each.cards, f"{each.cards:,}") for each in classes
    ]


def _without_ends(classes: Sequence[Class]) -> Sequence[Class]:
    """The classes from the first that holds a card on."""
    filled = [place for place, each in enumerate(classes) if each.cards]
    return classes[filled[0] :] if filled else classes


def _heading(name: str, *, first: bool = False) -> list[Content]:
    heading = Content.styled(name, "bold")
    return [heading] if first else [Content(""), heading]


def _table(rows: Sequence[Sequence[str]]) -> list[Content]:
    """Columns, the first of them names, the others to the right."""
    count = max(len(row) for row in rows)
    full = [[*row, *[""] * (count - len(row))] for row in rows]
    widths = [max(map(len, column)) for column in zip(*full, strict=True)]
    return [
        Content.assemble(
            (f"{row[0]:{widths[0]}}", "$foreground-muted"),
            *(f"  {cell:>{wide}}" for cell, wide in zip(row[1:], widths[1:], strict=True)),
        )
        for row in full
    ]
