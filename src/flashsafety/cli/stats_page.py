"""Statistics as one HTML page: nothing is loaded from elsewhere, and no script is in it."""

from collections.abc import Iterable, Iterator, Sequence
from importlib import resources

from flashsafety.cli import svg
from flashsafety.cli.svg import escaped
from flashsafety.clock import day_to_date
from flashsafety.stats import words as say
from flashsafety.stats.calibration import Calibration
from flashsafety.stats.distributions import Class, Distributions
from flashsafety.stats.forecast import Forecast
from flashsafety.stats.periods import Period
from flashsafety.stats.report import Statistics
from flashsafety.stats.shares import Share

_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Statistics</title>
<style>
"""


def page(about: Statistics) -> Iterator[str]:
    """The page, piece by piece."""
    yield _HEAD
    yield (resources.files("flashsafety.cli") / "stats_page.css").read_text(encoding="utf-8")
    yield "</style>\n</head>\n<body>\n<main>\n"
    yield f"<h1>Statistics</h1>\n<p>{day_to_date(about.today):%A, %Y-%m-%d}</p>\n"
    if about.periods:
        for section in _sections(about):
            yield from section
    else:
        yield "<p>No card was rated yet.</p>\n"
    yield "</main>\n</body>\n</html>\n"


def _sections(about: Statistics) -> Iterator[Iterable[str]]:
    yield _activity(about)
    yield _retention(about)
    yield _modules(about)
    yield _hours(about)
    yield _buttons(about.periods[-1])
    yield _forecast(about.forecast)
    yield _memory(about.memory)
    yield _mastery(about)
    yield _calibration(about.calibration)
    yield f"<p>{escaped(' '.join(say.parameters(about.parameters)))}</p>\n"


def _activity(about: Statistics) -> Iterator[str]:
    yield "<h2>Ratings and time</h2>\n"
    yield _table(
        ("", "ratings", "time", "days studied"),
        (
            (
                say.period(period),
                f"{period.total.share.of:,}",
                say.minutes(period.total.milliseconds),
                f"{period.studied:,}",
            )
            for period in about.periods
        ),
    )
    for name, unit in (("Ratings", 1), ("Minutes", 60_000)):
        bars = []
        for day in about.days:
            value = day.ratings if unit == 1 else day.milliseconds / unit
            date = day_to_date(day.day).isoformat()
            bars.append(svg.Column(date[2:], value, f"{date}: {value:.0f}"))
        yield f"<h3>{name} by day</h3>\n"
        yield svg.columns(f"{name} by day; the numbers are in stats --json", bars)


def _retention(about: Statistics) -> Iterator[str]:
    yield "<h2>True retention</h2>\n"
    yield (
        "<p>The share of reviews rated above Again, with its 95% interval; "
        f"{say.percent(about.desired_retention)} is desired.</p>\n"
    )
    yield _shares((say.period(p), p.true_retention) for p in about.periods)
    yield "<h3>Above Again, by phase before the rating</h3>\n"
    yield f"<p>{escaped(say.ABOUT_STAGES)}</p>\n"
    longest = about.periods[-2:]
    yield _table(
        ("", *(say.period(period) for period in longest)),
        (
            (
                name,
                *(
                    say.share(period.stages[stage].share) if stage in period.stages else "-"
                    for period in longest
                ),
            )
            for stage, name in say.STAGES.items()
        ),
    )


def _modules(about: Statistics) -> Iterator[str]:
    yield "<h2>True retention by module</h2>\n"
    rows = [
        svg.Dot(module.title or "no module", value, *interval, say.share(module.share))
        for module in about.modules
        if (value := module.share.value) is not None
        and (interval := module.share.interval) is not None
    ]
    if not rows:
        yield "<p>No reviews yet.</p>\n"
        return
    yield svg.dots("True retention by module; a table follows", rows, about.desired_retention)
    yield _details(_shares((m.title or "no module", m.share) for m in about.modules))


def _hours(about: Statistics) -> Iterator[str]:
    yield "<h2>True retention by hour of the day</h2>\n"
    yield svg.columns(
        "True retention by hour; a table follows",
        [
            svg.Column(
                f"{hour.hour:02}",
                hour.share.value or 0,
                f"{hour.hour:02}:00: {say.share(hour.share)}",
                *(hour.share.interval or (None, None)),
            )
            for hour in about.hours
        ],
        percent=True,
    )
    yield _details(_shares((f"{h.hour:02}:00", h.share) for h in about.hours if h.share.of))


def _buttons(whole: Period) -> Iterator[str]:
    yield "<h2>Answer buttons</h2>\n"
    yield _table(
        ("phase before", *say.BUTTONS),
        (
            (
                name,
                *(f"{count:,} ({count / answers.share.of:.0%})" for count in answers.buttons),
            )
            for stage, name in say.STAGES.items()
            if (answers := whole.stages.get(stage)) is not None
        ),
    )


def _forecast(about: Forecast) -> Iterator[str]:
    yield "<h2>Load of the coming weeks</h2>\n"
    yield (
        "<p>As the due dates stand: each card on the day on which it is due next, without new"
        f" cards. The line over a bar is its 95% interval. {escaped(say.paused(about))}</p>\n"
    )
    yield svg.columns(
        "Ratings to be expected by day; a table by week follows",
        [
            svg.Column(
                day_to_date(day.first).isoformat()[5:],
                day.ratings.mean,
                f"{say.span(day)}: {say.load(day)}",
                day.ratings.low,
                day.ratings.high,
            )
            for day in about.days
        ],
    )
    yield _table(
        ("", "reviews", "in steps", "in all", "time"),
        (
            (
                say.span(week),
                f"{week.review:,}",
                f"{week.learning:,}",
                say.expected(week.ratings, "rating"),
                say.expected(week.seconds, "minute", 60),
            )
            for week in about.weeks
        ),
    )


def _memory(about: Distributions) -> Iterator[str]:
    yield "<h2>Memory now</h2>\n"
    yield (
        f"<p>{about.cards:,} rated cards, of which {about.known:,.0f} would be recalled"
        " today.</p>\n"
    )
    for name, classes, as_percent in (
        ("Stability in days", about.stability, False),
        ("Difficulty", about.difficulty, False),
        ("Retrievability", about.retrievability, True),
    ):
        yield f"<h3>{name}</h3>\n"
        yield svg.columns(
            f"Cards by {name.lower()}; a table follows",
            [_class_column(each, as_percent) for each in classes],
        )
        yield _details(
            _table(
                (name.lower(), "cards"),
                ((say.bounds(c, as_percent=as_percent), f"{c.cards:,}") for c in classes),
            )
        )


def _mastery(about: Statistics) -> Iterator[str]:
    yield "<h3>Mastery by module</h3>\n"
    yield "<p>The share of all its cards, new ones too, that would be recalled today.</p>\n"
    yield _table(
        ("", "mastery", "cards"),
        (
            (module.title, say.percent(module.share), f"{module.cards:,}")
            for module in about.mastery
        ),
    )


def _class_column(about: Class, as_percent: bool) -> svg.Column:
    bounds = say.bounds(about, as_percent=as_percent)
    short = f"{about.low:.0%}" if as_percent else bounds.replace(" and more", "+")
    return svg.Column(short, about.cards, f"{bounds}: {about.cards:,}")


def _calibration(about: Calibration) -> Iterator[str]:
    yield "<h2>Calibration</h2>\n"
    yield "<p>Recall as predicted just before each review, against what happened.</p>\n"
    if about.scores is None or about.predicted is None or about.share.value is None:
        yield f"<p>{escaped(say.not_enough(about))}</p>\n"
        return
    yield (
        f"<p>Predicted on average {say.percent(about.predicted)}, recalled "
        f"{say.share(about.share)}: {say.bias(about)}.</p>\n"
    )
    yield _table(("", "", ""), say.scores(about.scores, about.share.value))
    yield "<h3>Reliability diagram</h3>\n"
    yield svg.reliability(
        "Recalled against predicted; a table follows",
        [
            svg.Point(each.predicted, value, *interval, f"{say.percent(each.predicted)} predicted: "
                      f"{say.share(each.share)} recalled")
            for each in about.bins
            if (value := each.share.value) is not None
            and (interval := each.share.interval) is not None
        ],
    )  # fmt: skip
    yield _details(
        _table(
            ("predicted from", "to", "on average", "recalled"),
            (
                (f"{b.low:.1%}", f"{b.high:.1%}", say.percent(b.predicted), say.share(b.share))
                for b in about.bins
            ),
        )
    )


def _shares(rows: Iterable[tuple[str, Share]]) -> str:
    return _table(("", "recalled"), ((name, say.share(share)) for name, share in rows))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table whose first column names the rows."""
    titles = "".join(f'<th scope="col">{escaped(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escaped(row[0])}</th>'
        + "".join(f"<td>{escaped(cell)}</td>" for cell in row[1:])
        + "</tr>\n"
        for row in rows
    )
    heading = f"<thead><tr>{titles}</tr></thead>\n" if any(head) else ""
    return f"<table>\n{heading}<tbody>\n{body}</tbody>\n</table>\n"


def _details(inside: str) -> str:
    return f"<details><summary>As a table</summary>\n{inside}</details>\n"
