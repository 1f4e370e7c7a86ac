"""Statistics in the form that other programs rely on, and what each key of it means."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from flashsafety.cli.forms import date_form
from flashsafety.cli.output import Json
from flashsafety.stats.calibration import Bin, Calibration, Scores
from flashsafety.stats.distributions import Class, Distributions
from flashsafety.stats.forecast import Forecast, Load
from flashsafety.stats.periods import Answers, Period
from flashsafety.stats.report import Statistics
from flashsafety.stats.shares import Share
from flashsafety.stats.words import STAGES

if TYPE_CHECKING:
    from flashsafety.stats.expected import Expectation, Expectations

_SHARE = {
    "reviews": "how many",
    "recalled": "those above Again",
    "share": "recalled over reviews, 0 to 1; null of none",
    "low": "lower end of its 95% interval (Wilson)",
    "high": "upper end",
}
_LOAD = {
    "from": "study day, as a date",
    "to": "study day; the same in a list of days",
    "reviews": "cards due in review",
    "learning": "cards due in learning or relearning",
    "ratings": "expected; a lapse brings more",
    "ratings_low": "lower end of the 95% interval",
    "ratings_high": "upper end",
    "minutes": "expected",
    "minutes_low": "lower end of the 95% interval",
    "minutes_high": "upper end",
}
FORECAST = {
    "overdue": "reviews that were due before today; they count today, or after a pause",
    "paused_until": "while paused, the date on which cards come again; else null",
    "days": "the coming days from today on, a list as below",
    "weeks": "the same by seven days",
}
_EXPECTED = {
    "from": "study day, as a date",
    "to": "study day; the same in a list of days",
    **{
        f"{name}{end}": says
        for name in ("reviews", "new", "ratings", "minutes")
        for end, says in (
            ("", "on average"),
            ("_low", "lower end of the 80% interval"),
            ("_high", "upper end"),
        )
    },
}
FORECAST_KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "study_day": "today, as a date",
        **FORECAST,
        "expected": "the same with lapses, new cards and limits; null without the extra, and"
        " while paused",
    },
    "days and weeks": _LOAD,
    "expected": {
        "lives": "how many were simulated",
        "days": "the coming days, a list as below",
        "weeks": "the same by seven days",
    },
    "days and weeks of expected": _EXPECTED,
}
"""Heading, then key to what it means: the document of ``forecast``."""

KEYS: Mapping[str, Mapping[str, str]] = {
    "The document": {
        "study_day": "today, as a date",
        "desired_retention": "0 to 1",
        "periods": "today, the last 7, 30 and 365 days, and all",
        "days": "the last 365 study days, oldest first",
        "modules": "true retention by module, the whole log",
        "hours": "true retention by hour of the day, the whole log",
        "forecast": "the load of the coming four weeks",
        "memory": "the rated cards of the bank, now",
        "mastery": "how much of each module is known now; modules with a rated card",
        "calibration": "recall predicted before each review against what happened",
    },
    "periods": {
        "days": "1, 7, 30, 365, or null of all",
        "days_studied": "study days with a rating",
        "ratings": "all of them",
        "minutes": "a rating counts for one at most",
        "true_retention": "of ratings in review; keys as of hours",
        "phases": "new, learning, young, mature and relearning: as below",
    },
    "phases of a period": {
        "ratings": "made in that phase; young and mature are review",
        "again": "ratings",
        "hard": "ratings",
        "good": "ratings",
        "easy": "ratings",
        "minutes": "spent on them",
        **{key: says for key, says in _SHARE.items() if key != "reviews"},
    },
    "days": {
        "study_day": "a date",
        "ratings": "all of them",
        "minutes": "spent on them",
        "paused": "true when it lies in a pause",
    },
    "modules": {
        "module": "slug; empty of cards that no bank has brought",
        "title": "as shown",
        "desired_retention": "of the module, 0 to 1",
        **_SHARE,
    },
    "hours": {"hour": "0 to 23, where you were", **_SHARE},
    "forecast": FORECAST,
    "days and weeks of the forecast": _LOAD,
    "memory": {
        "cards": "rated at least once, suspended ones too",
        "known": "how many would be recalled today, as far as can be told",
        "stability": "cards by days, a list of classes",
        "difficulty": "cards by difficulty, 1 to 10",
        "retrievability": "cards by chance of recall today, 0 to 1",
    },
    "mastery": {
        "module": "slug",
        "title": "as shown",
        "cards": "all of them, new and suspended ones too",
        "known": "how many would be recalled today, as far as can be told",
        "share": "known over cards, 0 to 1",
    },
    "classes of memory": {
        "from": "included",
        "to": "not included, but for 10 and 1; null without end",
        "cards": "how many",
    },
    "calibration": {
        **_SHARE,
        "predicted": "mean predicted recall, 0 to 1",
        "missing": "reviews that are still needed; until then null or empty below",
        "log_loss": "mean, in nats",
        "brier_score": "binary form, 0 to 1",
        "rms_calibration_error": "over the bins, weighted by size, 0 to 1",
        "rms_calibration_error_by_chance": "about what it would be were all predictions right",
        "base_log_loss": "of always predicting the share recalled",
        "base_brier_score": "the same",
        "bins": "by predicted recall, about equal in size",
    },
    "bins of calibration": {
        "from": "predicted recall, 0 to 1",
        "to": "not included",
        "predicted": "its mean in the bin",
        **_SHARE,
    },
}
"""Heading, then key to what it means: the document of ``stats``."""


def statistics_form(about: Statistics) -> dict[str, Json]:
    """The whole document."""
    return {
        "study_day": date_form(about.today),
        "desired_retention": about.desired_retention,
        "periods": [_period(period) for period in about.periods],
        "days": [
            {
                "study_day": date_form(day.day),
                "ratings": day.ratings,
                "minutes": _minutes(day.milliseconds),
                "paused": day.paused,
            }
            for day in about.days
        ],
        "modules": [
            {
                "module": module.slug,
                "title": module.title,
                "desired_retention": module.desired,
                **_share(module.share),
            }
            for module in about.modules
        ],
        "hours": [{"hour": hour.hour, **_share(hour.share)} for hour in about.hours],
        "forecast": forecast_form(about.forecast),
        "memory": _memory(about.memory),
        "mastery": [
            {
                "module": module.slug,
                "title": module.title,
                "cards": module.cards,
                "known": module.known,
                "share": module.share,
            }
            for module in about.mastery
        ],
        "calibration": _calibration(about.calibration),
    }


def forecast_form(about: Forecast) -> dict[str, Json]:
    """The coming load, by day and by week."""
    return {
        "overdue": about.overdue,
        "paused_until": date_form(about.paused_until),
        "days": [_load(day) for day in about.days],
        "weeks": [_load(week) for week in about.weeks],
    }


def expected_form(about: "Expectations") -> dict[str, Json]:
    """What simulated lives met, by day and by week."""
    return {
        "lives": about.lives,
        "days": [_expectation(day) for day in about.days],
        "weeks": [_expectation(week) for week in about.weeks],
    }


def _expectation(about: "Expectation") -> dict[str, Json]:
    form: dict[str, Json] = {"from": date_form(about.first), "to": date_form(about.last)}
    for name, band, unit in (
        ("reviews", about.reviews, 1),
        ("new", about.new, 1),
        ("ratings", about.ratings, 1),
        ("minutes", about.seconds, 60),
    ):
        ends = (("", band.mean), ("_low", band.low), ("_high", band.high))
        form.update((f"{name}{end}", value / unit) for end, value in ends)
    return form


def _share(about: Share) -> dict[str, Json]:
    low, high = about.interval or (None, None)
    return {
        "reviews": about.of,
        "recalled": about.recalled,
        "share": about.value,
        "low": low,
        "high": high,
    }


def _period(about: Period) -> dict[str, Json]:
    total = about.total
    return {
        "days": about.days,
        "days_studied": about.studied,
        "ratings": total.share.of,
        "minutes": _minutes(total.milliseconds),
        "true_retention": _share(about.true_retention),
        "phases": {
            name: _answers(about.stages[stage])
            for stage, name in STAGES.items()
            if stage in about.stages
        },
    }


def _answers(about: Answers) -> dict[str, Json]:
    share = _share(about.share)
    return {
        "ratings": share.pop("reviews"),
        **dict(zip(("again", "hard", "good", "easy"), about.buttons, strict=True)),
        "minutes": _minutes(about.milliseconds),
        **share,
    }


def _load(about: Load) -> dict[str, Json]:
    return {
        "from": date_form(about.first),
        "to": date_form(about.last),
        "reviews": about.review,
        "learning": about.learning,
        "ratings": about.ratings.mean,
        "ratings_low": about.ratings.low,
        "ratings_high": about.ratings.high,
        "minutes": about.seconds.mean / 60,
        "minutes_low": about.seconds.low / 60,
        "minutes_high": about.seconds.high / 60,
    }


def _memory(about: Distributions) -> dict[str, Json]:
    return {
        "cards": about.cards,
        "known": about.known,
        "stability": _classes(about.stability),
        "difficulty": _classes(about.difficulty),
        "retrievability": _classes(about.retrievability),
    }


def _classes(classes: Sequence[Class]) -> Sequence[Json]:
    return [{"from": each.low, "to": each.high, "cards": each.cards} for each in classes]


def _calibration(about: Calibration) -> dict[str, Json]:
    return {
        **_share(about.share),
        "predicted": about.predicted,
        "missing": about.missing,
        **_scores(about.scores),
        "bins": [_bin(each) for each in about.bins],
    }


def _scores(about: Scores | None) -> dict[str, Json]:
    return {
        "log_loss": about.log_loss if about else None,
        "brier_score": about.brier_score if about else None,
        "rms_calibration_error": about.rms_calibration_error if about else None,
        "rms_calibration_error_by_chance": about.by_chance if about else None,
        "base_log_loss": about.base_log_loss if about else None,
        "base_brier_score": about.base_brier_score if about else None,
    }


def _bin(about: Bin) -> dict[str, Json]:
    return {
        "from": about.low,
        "to": about.high,
        "predicted": about.predicted,
        **_share(about.share),
    }


def _minutes(milliseconds: int) -> float:
    return milliseconds / 60_000
