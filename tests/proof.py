"""Proof that the scheduler keeps what it promises: ``python -m tests.proof``.

Learners of known memory, each with weights of their own, with days left out and a break of two
weeks, study the real bank through real sessions for a year. Options: ``--days N``,
``--learners N``, ``--seed N``, ``--retention R``.

Where the scheduler knows how a learner forgets, predicted and true recall must agree and true
retention must meet the desired one; where it believes in the defaults, the figures say what not
knowing costs. What a fit recovers is in ``tests/stats/test_held_out.py``, agreement with Anki's
backend in ``tests/anki/test_import.py`` and ``tests/scheduling``.
"""

import argparse
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from flashsafety.clock import FixedClock
from flashsafety.content.roots import bundled
from flashsafety.stats.calibration import calibration
from flashsafety.stats.figures import figures
from flashsafety.study.parameters import start_with
from flashsafety.study.rebuild import rebuild
from tests.learners import Learner
from tests.libraries import open_library
from tests.simulated import some_weights

BREAK = 14
"""Days in the middle on which nothing is done."""


class Proved(NamedTuple):
    """How a year went."""

    reviews: int
    predicted: float
    """Mean chance of recall that the scheduler gave, 0 to 1."""
    recalled: float
    """Share of reviews recalled."""
    calibration_error: float
    """RMS, 0 to 1."""
    by_chance: float
    """What it would be about if every forecast were right."""
    on_time: float
    """Share recalled of the reviews that came on their day."""


def prove(seed: int, days: int, retention: float, *, known: bool) -> Proved:
    """One learner's year.

    Args:
        seed: Of the learner.
        days: How many.
        retention: The desired one.
        known: Whether the scheduler knows how the learner forgets.
    """
    truth = some_weights(seed, 0.15)
    clock = FixedClock(datetime(2026, 1, 5, 12, tzinfo=UTC))
    with (
        tempfile.TemporaryDirectory() as folder,
        open_library(Path(folder), Path(bundled()), clock, desired_retention=retention) as library,
    ):
        library.take_in_changes()
        if known:
            start_with(library, truth)
        learner = Learner(library, clock, seed=seed, weights=truth)
        learner.live(days // 2)
        clock.advance(days=BREAK)
        learner.live(days - days // 2 - BREAK)
        assert rebuild(library, verify=True).differing == ()
        with figures(library) as log:
            found = calibration(log)
        on_time = library.db.execute(
            "SELECT avg(now.rating > 1) FROM review AS now JOIN review AS before"
            " ON before.card = now.card AND before.id = (SELECT max(id) FROM review"
            " WHERE card = now.card AND id < now.id AND undone_at IS NULL)"
            " WHERE now.phase = 2 AND now.undone_at IS NULL"
            " AND now.study_day = before.study_day + before.interval / 86400"
        ).fetchone()[0]
    assert found.scores is not None
    assert found.predicted is not None
    return Proved(
        found.share.of,
        found.predicted,
        found.share.recalled / found.share.of,
        found.scores.rms_calibration_error,
        found.scores.by_chance,
        on_time,
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--learners", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--retention", type=float, default=0.9)
    asked = parser.parse_args()
    print("| learner | weights | reviews | predicted | recalled | on time | calibration error |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for seed in range(asked.seed, asked.seed + asked.learners):
        for known in (True, False):
            it = prove(seed, asked.days, asked.retention, known=known)
            print(
                f"| {seed} | {'known' if known else 'defaults'} | {it.reviews:,}"
                f" | {it.predicted:.1%} | {it.recalled:.1%} | {it.on_time:.1%}"
                f" | {it.calibration_error:.1%} (by chance {it.by_chance:.1%}) |",
                flush=True,
            )


if __name__ == "__main__":
    main()
