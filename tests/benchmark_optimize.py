"""Fitting parameters beside the optimiser's own call and Anki; see ``tests.benchmark``."""

from collections.abc import Iterator
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fit import Examples
from flashsafety.scheduling.histories import histories
from flashsafety.stats.held_out import Trial
from flashsafety.store.training import training_rows
from flashsafety.study.library import Library
from flashsafety.study.parameters import adopt
from tests.anki.optimiser import collection_of, fit
from tests.benchmark_parts import START, Row, studied, turns
from tests.simulated import some_weights, write_life

_YEARS = 730
_RATINGS_A_CARD = 15
"""About, after two years on average."""


def optimize(work: Path, reviews: int) -> Iterator[Row]:
    """A log of two years: read, fitted to, judged; and applied."""
    new = round(reviews / _YEARS / _RATINGS_A_CARD)
    clock = FixedClock(START)
    with studied(work, _YEARS * new, clock=clock) as library:
        until = clock.now().day - 1
        count = write_life(library, some_weights(0), days=_YEARS, new=new, seed=1, until=until)
        rows = training_rows(library.db)
        examples = Examples(histories(rows))
        with collection_of(work, rows) as collection:
            jobs = (
                lambda: examples.fit(1),
                lambda: fit(collection),
                lambda: _try(library),
                lambda: _apply(library),
            )
            theirs, anki, trial, applied = turns(7, *jobs)
    name = f"optimize, {count:,} ratings, {len(examples):,} fitted to"
    for what, ours in ((name, trial), (f"{name}, --apply", applied)):
        yield (what, "ms", ours, "the optimiser's own call", theirs, 3)
        yield (what, "ms", ours, "Anki's optimiser", anki, 1)


def _try(library: Library) -> None:
    Trial(library).judge(lambda _: None)


def _apply(library: Library) -> None:
    trial = Trial(library)
    adopt(library, *trial.fit(trial.judge(lambda _: None), lambda _: None))
    library.db.execute("DELETE FROM parameters WHERE made_from = 'optimize'")
