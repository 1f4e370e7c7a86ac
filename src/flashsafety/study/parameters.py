"""Other weights come into force, and older ones again; every set is kept.

In force are the weights that were chosen last, on any device, so going back is one row more and
nothing is ever taken away. Memory is reckoned anew by replay; nothing else of a card is written, so
no due day moves.
"""

from dataclasses import dataclass

from flashsafety.collector import collector_off
from flashsafety.errors import UsageError
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.scheduling.replay import fold_memories
from flashsafety.store import logs, writes
from flashsafety.store.sets import Fit, StoredSet, next_instant, weight_sets
from flashsafety.store.training import training_rows
from flashsafety.study.library import Library
from flashsafety.terms import Parameters

FITTED, GROUP, BACK = "optimize", "group", "back"
"""Where a set came from."""


@dataclass(frozen=True, slots=True)
class Adopted:
    """Weights that are in force now."""

    number: int
    """Of the set."""
    cards: int
    """Whose memory is another than before."""


def history(library: Library) -> list[StoredSet]:
    """Every set that brought other weights, oldest first; the last are in force."""
    assert library.scheduling
    return weight_sets(library.db)


def adopt(library: Library, weights: tuple[float, ...], fit: Fit) -> Adopted:
    """Put fitted weights in force. On the disk when this returns.

    Raises:
        ValueError: The weights are none that FSRS takes; nothing was written.
    """
    return _put_in_force(library, weights, FITTED, fit)


def start_with(library: Library, weights: tuple[float, ...]) -> Adopted | None:
    """Put weights that were fitted to a group in force; none when they are in force already.

    Raises:
        ValueError: The weights are none that FSRS takes; nothing was written.
    """
    assert library.scheduling  # the defaults are stored first, to go back to
    if weights == library.scheduling[1].parameters.weights:
        return None
    return _put_in_force(library, weights, GROUP, None)


def go_back(library: Library, number: int) -> Adopted | None:
    """Put the weights of a stored set in force again; none when they are in force already.

    Raises:
        UsageError: There is no such set.
    """
    stored = history(library)
    found = logs.all_parameters(library.db).get(number)
    if found is None:
        known = ", ".join(str(one.number) for one in stored)
        raise UsageError(
            f"there is no parameter set {number}",
            mend=f"'flashsafety optimize --history' lists them: {known}",
        )
    if found.weights == stored[-1].weights:
        return None
    return _put_in_force(library, found.weights, BACK, None)


def _put_in_force(
    library: Library, weights: tuple[float, ...], made_from: str, fit: Fit | None
) -> Adopted:
    settings = library.settings
    parameters = Parameters(
        weights,
        settings.desired_retention,
        settings.learning_steps,
        settings.relearning_steps,
        settings.maximum_interval,
    )
    Scheduler(parameters)  # refuses what is out of bounds
    with writes.writing(library.db):
        at = next_instant(library.db, library.clock.now().at)
        as_text = None if fit is None else fit.as_text()
        number = writes.add_parameters(library.db, parameters, at, made_from, as_text)
        with collector_off():
            rows = ((card, rating, day) for card, rating, day, *_ in training_rows(library.db))
            changed = writes.write_memories(library.db, fold_memories(rows, weights))
    return Adopted(number, changed)
