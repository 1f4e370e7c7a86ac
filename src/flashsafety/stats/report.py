"""All statistics at once, as of one moment."""

from dataclasses import dataclass

from flashsafety.stats.breakdowns import HourShare, ModuleShare, by_hour, by_module
from flashsafety.stats.calibration import Calibration, calibration
from flashsafety.stats.distributions import Distributions, distributions
from flashsafety.stats.figures import figures
from flashsafety.stats.forecast import Forecast, forecast
from flashsafety.stats.in_force import InForce, parameters_in_force
from flashsafety.stats.mastery import Mastery, mastery
from flashsafety.stats.periods import Day, Period, days, periods
from flashsafety.study.library import Library
from flashsafety.terms import StudyDay


@dataclass(frozen=True, slots=True)
class Statistics:
    """The learner's log and cards in numbers."""

    today: StudyDay
    desired_retention: float
    """The chance of recall, 0 to 1, at which a review falls due."""
    periods: tuple[Period, ...]
    """The shortest first, the whole log last; none of an empty log."""
    days: tuple[Day, ...]
    """The last 365 study days, oldest first."""
    modules: tuple[ModuleShare, ...]
    hours: tuple[HourShare, ...]
    forecast: Forecast
    memory: Distributions
    mastery: tuple[Mastery, ...]
    calibration: Calibration
    parameters: InForce


def statistics(library: Library) -> Statistics:
    """All of it. Cramming and what was undone never count; ratings from elsewhere do."""
    with figures(library) as log:
        return Statistics(
            log.today,
            library.settings.desired_retention,
            periods(log),
            days(log),
            by_module(log),
            by_hour(log),
            forecast(log),
            distributions(log),
            mastery(log),
            calibration(log),
            parameters_in_force(log),
        )
