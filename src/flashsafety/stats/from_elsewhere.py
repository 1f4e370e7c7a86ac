"""Whether parameters from elsewhere suit a learner. Needs no optimiser: a newcomer has none."""

from flashsafety.collector import collector_off
from flashsafety.scheduling.histories import forecasts, histories
from flashsafety.stats.in_force import JUDGED
from flashsafety.stats.worth import Gain, gain
from flashsafety.store.training import training_rows
from flashsafety.study.library import Library


@collector_off()
def over_in_force(library: Library, weights: tuple[float, ...]) -> Gain | None:
    """By how much weights from elsewhere predict the learner's own log better than those in force.

    None of a log that is too short to tell. Those in force may have been fitted to this very log;
    then they are hard to beat, and should be.
    """
    runs = histories(training_rows(library.db))
    ours = forecasts(runs, weights, 0)
    if sum(map(len, ours)) < JUDGED:
        return None
    return gain(ours, forecasts(runs, library.scheduling[1].parameters.weights, 0))
