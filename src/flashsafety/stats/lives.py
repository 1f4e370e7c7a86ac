"""A learner's bank, ways and settings as the simulation takes them. numpy."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from flashsafety.clock import study_day
from flashsafety.config import Settings
from flashsafety.scheduling.world import Cards, Rules, Ways
from flashsafety.stats.figures import Figures, weights_in_force
from flashsafety.stats.ways import answering
from flashsafety.store import loads
from flashsafety.store.due import done_on, open_modules
from flashsafety.store.loads import Ahead
from flashsafety.study.library import Library
from flashsafety.study.pace import pace, review_seconds
from flashsafety.terms import Parameters, Phase


class Learner(NamedTuple):
    """All that runs of one learner share."""

    cards: Cards
    ways: Ways
    rules: Rules
    own: bool
    """Whether the ways are the learner's own, and not those of many."""


def learner(figures: Figures) -> Learner:
    """The learner as the log, the cards and the settings show; today's work is taken off."""
    library, today = figures.library, figures.today
    settings = library.settings
    ways = answering(figures)
    cards = _cards(library, list(loads.cards_ahead(library.db, open_modules(library.db))))
    done = done_on(library.db, today)
    own = pace(library)
    rules = Rules(
        _parameters(settings, weights_in_force(library) or _default_weights()),
        settings.review_limit,
        settings.siblings == "never",
        settings.load_balance,
        settings.easy_days,
        settings.day_minutes * 60.0 or np.inf,
        (own.new, own.review, own.step),
        (done.new, done.review, done.milliseconds / 1000),
    )
    shares = tuple(tuple(ways.shares[phase]) for phase in Phase)
    seconds = tuple(ways.seconds[phase] for phase in Phase)
    variance = tuple(ways.variance[phase] for phase in Phase)
    return Learner(cards, Ways(shares, seconds, variance), rules, ways.own)


def _default_weights() -> tuple[float, ...]:
    from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS  # only before the first rating

    return DEFAULT_WEIGHTS


def _parameters(settings: Settings, weights: Sequence[float]) -> Parameters:
    return Parameters(
        tuple(weights),
        settings.desired_retention,
        settings.learning_steps,
        settings.relearning_steps,
        settings.maximum_interval,
    )


def _cards(library: Library, rows: Sequence[Ahead]) -> Cards:
    notes: dict[str, int] = {}
    seconds = review_seconds(library)
    own = library.settings.module_retention

    def whole(values: Iterable[int | None]) -> "np.typing.NDArray[np.int64]":
        return np.array([value or 0 for value in values], dtype=np.int64)

    def real(values: Iterable[float | None]) -> "np.typing.NDArray[np.float64]":
        return np.array([1.0 if value is None else value for value in values], dtype=np.float64)

    return Cards(
        whole(row.phase for row in rows),
        whole(row.step for row in rows),
        real(row.stability for row in rows),
        real(row.difficulty for row in rows),
        whole(row.last_day for row in rows),
        whole(max(_due(library, row), row.buried_until or 0) for row in rows),
        whole(notes.setdefault(row.note, len(notes)) for row in rows),
        np.array([own.get(row.module, np.nan) for row in rows], dtype=np.float64),
        np.array([seconds.get(row.type, seconds[""]) for row in rows], dtype=np.float64),
    )


def _due(library: Library, row: Ahead) -> int:
    """The study day on which a card comes; that of its step's instant where it is in its steps."""
    if row.due_at is None:
        return row.due_day or 0
    clock = library.clock
    return study_day(row.due_at, clock.offset_at(row.due_at), clock.day_start)
