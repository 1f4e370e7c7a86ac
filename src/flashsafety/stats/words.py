"""How the numbers read, the same in every front end."""

from typing import TYPE_CHECKING

from flashsafety.clock import day_to_date, instant_to_datetime
from flashsafety.stats.calibration import NEEDED, Calibration, Scores
from flashsafety.stats.distributions import Class
from flashsafety.stats.forecast import Expected, Forecast, Load
from flashsafety.stats.in_force import InForce
from flashsafety.stats.periods import Period
from flashsafety.stats.shares import Share
from flashsafety.stats.tally import MATURE_DAYS, Stage
from flashsafety.study import words

if TYPE_CHECKING:
    from flashsafety.stats.expected import Band, Expectation

STAGES = {
    Stage.NEW: "new",
    Stage.LEARNING: "learning",
    Stage.YOUNG: "young",
    Stage.MATURE: "mature",
    Stage.RELEARNING: "relearning",
}
"""The phase before a rating by name, in the order of a card's life."""

ABOUT_STAGES = (
    f"Young and mature are reviews: mature after an interval of {MATURE_DAYS} days or more."
)

BUTTONS = ("Again", "Hard", "Good", "Easy")


def period(about: Period) -> str:
    """``today``, ``last 7 days``, ``all``."""
    if about.days is None:
        return "all"
    return "today" if about.days == 1 else f"last {about.days} days"


def percent(share: float) -> str:
    """A share of 0..1 to a tenth of a percent."""
    return f"{share:.1%}"


def share(about: Share) -> str:
    """``90.1% of 812 (87.9% to 92.0%)``."""
    if about.value is None or about.interval is None:
        return "none yet"
    low, high = about.interval
    return f"{percent(about.value)} of {about.of:,} ({percent(low)} to {percent(high)})"


def minutes(milliseconds: float) -> str:
    """Time spent, as ``words.spent`` says it; ``no time`` where nothing was rated."""
    return words.spent(round(milliseconds / 1000)) if milliseconds else "no time"


def expected(amount: Expected, noun: str, unit: float = 1.0) -> str:
    """``about 34 ratings (30 to 38)``; just the number where nothing is uncertain.

    Args:
        amount: How much.
        noun: Of what, in the singular.
        unit: How much of the amount is one of them.
    """
    mean, low, high = (round(x / unit) for x in (amount.mean, amount.low, amount.high))
    number = words.count(mean, noun)
    return number if low == high else f"about {number} ({low:,} to {high:,})"


def cards(about: Load) -> str:
    """What is due: ``34 reviews, 2 in steps``."""
    reviews = words.count(about.review, "review")
    return f"{reviews}, {about.learning:,} in steps" if about.learning else reviews


def cost(about: Load) -> str:
    """What that is expected to cost: ``about 39 ratings (36 to 42), about 6 minutes (5 to 7)``."""
    time = expected(about.seconds, "minute", 60)
    return f"{expected(about.ratings, 'rating')}, {time}"


def load(about: Load) -> str:
    """Both, or ``nothing``."""
    if not about.review and not about.learning:
        return "nothing"
    return f"{cards(about)}: {cost(about)}"


def met(due: Load, about: "Expectation") -> str:
    """What is due and what is met: ``34 reviews due; to be expected 52 ratings (44 to 61)``."""
    if not round(about.ratings.mean):
        return "nothing"
    return f"{cards(due)} due; to be expected {', '.join(filter(None, bands(about)))}"


def bands(about: "Expectation") -> tuple[str, str, str]:
    """``52 ratings (44 to 61)``, ``10 new`` or nothing, ``9 minutes (7 to 11)``."""
    new = round(about.new.mean)
    return (
        _band(about.ratings, "rating"),
        f"{new:,} new" if new else "",
        _band(about.seconds, "minute", 60),
    )


def _band(about: "Band", noun: str, unit: int = 1) -> str:
    """``52 ratings (44 to 61)``."""
    mean, low, high = (round(value / unit) for value in (about.mean, about.low, about.high))
    return f"{words.count(mean, noun)} ({low:,} to {high:,})"


def paused(about: Forecast) -> str:
    """Until when it is paused, and what that means for the load; empty when it is not."""
    if about.paused_until is None:
        return ""
    until = words.date(about.paused_until, about.days[0].first)
    return f"Paused until {until}: what falls due before counts on that day."


def overdue(about: Forecast) -> str:
    """What was due before today, and where it counts; empty when there is nothing."""
    if not about.overdue:
        return ""
    where = "today" if about.paused_until is None else "after the pause"
    return f"overdue, counted {where}: {words.count(about.overdue, 'review')}"


def span(about: "Load | Expectation") -> str:
    """The days of a load: ``2026-11-23 to 2026-11-29``."""
    first, last = day_to_date(about.first).isoformat(), day_to_date(about.last).isoformat()
    return first if first == last else f"{first} to {last}"


def bounds(about: Class, *, as_percent: bool = False) -> str:
    """Where a class begins and ends: ``7 to 14``, ``365 and more``, ``80% to 90%``."""

    def number(value: float) -> str:
        return f"{value:.0%}" if as_percent else f"{value:g}"

    if about.high is None:
        return f"{number(about.low)} and more"
    return f"{number(about.low)} to {number(about.high)}"


def not_enough(about: Calibration) -> str:
    """Why nothing is said of calibration."""
    return (
        f"Not enough reviews yet: {about.share.of} of the {NEEDED} that this needs. Reviews count"
        " that come a study day or more after the rating before them."
    )


def parameters(about: InForce) -> tuple[str, ...]:
    """Where the parameters in force come from, and a hint where a fit may be worth a trial."""
    chosen = about.chosen
    if chosen is None:
        return ()
    date = instant_to_datetime(chosen.made_at).date().isoformat()
    origin = "the defaults of FSRS"
    if chosen.fit is not None:
        origin = f"fitted on {date} to {words.count(chosen.fit.reviews, 'review')}"
    elif chosen.made_from == "back":
        origin = f"those of an earlier set, since {date}"
    said = f"The parameters in force are {origin}."
    if not about.worth_a_trial:
        return (said,)
    reviews = f"{words.count(about.reviews, 'review')} {'since' if chosen.fit else 'so far'}"
    return said, f"{reviews}: 'flashsafety optimize' sees whether a fit predicts better."


def bias(about: Calibration) -> str:
    """Which way the forecasts err on the whole."""
    if about.bias > 0:
        return "overconfident: more recall is predicted than happens"
    if about.bias < 0:
        return "underconfident: less recall is predicted than happens"
    return "neither over- nor underconfident on the whole"


def scores(about: Scores, base: float) -> tuple[tuple[str, str, str], ...]:
    """Name, value and how to read it, of each measure.

    Args:
        about: The measures.
        base: The share recalled, 0 to 1.
    """
    always = f"always saying {percent(base)}:"
    return (
        ("log loss", f"{about.log_loss:.4f}", f"nats; {always} {about.base_log_loss:.4f}"),
        ("Brier score", f"{about.brier_score:.4f}", f"{always} {about.base_brier_score:.4f}"),
        (
            "RMS calibration error",
            percent(about.rms_calibration_error),
            f"chance alone: about {percent(about.by_chance)}",
        ),
    )
