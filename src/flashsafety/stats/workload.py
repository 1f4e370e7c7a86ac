"""What desired retentions and limits of new cards cost, and what they bring: a simulation. numpy.

Each is lived by simulated learners with this learner's cards, memory, ways and settings, who study
every day and open the modules in order as they run out of new cards.
"""

from dataclasses import dataclass

import numpy as np

from flashsafety.scheduling.simulation import Progress, simulate
from flashsafety.scheduling.vector import formulas, recall
from flashsafety.scheduling.world import Days, Runs
from flashsafety.stats.figures import Figures
from flashsafety.stats.lives import Learner, learner

RETENTIONS = (0.7, 0.74, 0.78, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.97)
NEW_LIMITS = (0, 5, 10, 15, 20, 30)
YEAR = 365
_CARDS = 1500
"""So many cards are simulated for each choice at least: of a small bank several lives."""
_LIVES = 8
SEED = 1


@dataclass(frozen=True, slots=True)
class Workload:
    """One choice, and what comes of it by the end."""

    desired_retention: float
    new_limit: int
    reviews: float
    """A day."""
    ratings: float
    """A day; reviews, new cards and steps."""
    seconds: float
    """A day."""
    new: float
    """Cards begun in all the days."""
    true_retention: float | None
    """Share of reviews recalled; none without any."""
    backlog_days: float
    """Days on which more reviews are due than may come, so that new cards wait."""
    remembered: float
    """Cards that would be recalled on the last day."""


@dataclass(frozen=True, slots=True)
class Workloads:
    """The choices beside each other."""

    days: int
    cards: int
    """In the bank, those apart that never come."""
    rated: int
    """Cards rated until now."""
    remembered: float
    """Cards that would be recalled today."""
    desired_retention: float
    """As set now."""
    new_limit: int
    """As set now, or asked for."""
    by_retention: tuple[Workload, ...]
    by_new_limit: tuple[Workload, ...]
    """At the retention as set."""
    own: bool
    """Whether answer times and buttons are the learner's own, and not those of many."""


def workloads(
    figures: Figures, days: int, new_limit: int | None = None, progress: Progress = lambda _: None
) -> Workloads:
    """Live so many study days from the present one on under each choice.

    Args:
        figures: The log.
        days: How many.
        new_limit: For the choices of retention; as set when left out.
        progress: Told how many days are done.
    """
    settings = figures.library.settings
    desired = settings.desired_retention
    limit = settings.new_limit if new_limit is None else new_limit
    retentions = sorted({*RETENTIONS, desired})
    limits = sorted({*NEW_LIMITS, limit})
    choices = [(each, limit) for each in retentions] + [(desired, each) for each in limits]
    who = learner(figures)
    count = len(who.cards.phase)
    lives = max(1, min(_LIVES, _CARDS // max(1, count)))
    found = simulate(
        who.cards,
        who.ways,
        who.rules,
        Runs(
            np.repeat([each for each, _ in choices], lives),
            np.repeat([each for _, each in choices], lives),
        ),
        first=figures.today,
        days=days,
        rng=np.random.default_rng(SEED),
        progress=progress,
    )
    each = [_workload(choice, found, place * lives, lives) for place, choice in enumerate(choices)]
    rated = who.cards.phase > 0
    return Workloads(
        days,
        count,
        int(rated.sum()),
        _remembered(who, figures.today),
        desired,
        limit,
        tuple(each[: len(retentions)]),
        tuple(each[len(retentions) :]),
        who.own,
    )


def _workload(choice: tuple[float, int], found: Days, first: int, lives: int) -> Workload:
    """The mean of the lives of one choice."""
    of = slice(first, first + lives)
    reviews = int(found.reviews[of].sum())
    return Workload(
        *choice,
        float(found.reviews[of].mean()),
        float(found.ratings[of].mean()),
        float(found.seconds[of].mean()),
        float(found.new[of].sum(axis=1).mean()),
        int(found.recalled[of].sum()) / reviews if reviews else None,
        float(found.backlog[of].sum(axis=1).mean()),
        float(found.remembered[of].mean()),
    )


def _remembered(who: Learner, day: int) -> float:
    """Cards that would be recalled on a study day, without studying until then."""
    cards = who.cards
    rated = cards.phase > 0
    of = formulas(who.rules.parameters.weights)
    return float(recall(of, cards.stability[rated], day - cards.last[rated]).sum())
