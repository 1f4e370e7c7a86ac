"""Simulated learners: a known memory behind every rating, over as many days as one likes.

``python -m tests.learners FOLDER [--days N] [--seed N] [--first DATE]`` leaves a database in FOLDER
that a real learner of the real bank could have made. The same seed makes the same log, but for ids.
"""

import argparse
import math
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from random import Random

from flashsafety.clock import FixedClock, day_begins_at
from flashsafety.content.roots import bundled
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.store.due import open_modules
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.showing import Showing
from flashsafety.study.today import start_modules
from flashsafety.terms import CardKey, Phase, Rating
from tests.libraries import open_library

FIRST = (0.2, 0.15, 0.5, 0.15)
"""How often a first rating is Again, Hard, Good, Easy."""
IN_STEPS = (0.1, 0.1, 0.75, 0.05)
RECALLED = (0.0, 0.12, 0.76, 0.12)
MINUTE = 60_000


class Learner:
    """Forgets as FSRS says under weights of its own, and rates by what it recalls."""

    def __init__(
        self,
        library: Library,
        clock: FixedClock,
        *,
        seed: int,
        weights: Sequence[float] = DEFAULT_WEIGHTS,
        skips: float = 0.1,
        slip: float = 0.003,
    ) -> None:
        """Begin with a library that the clock belongs to.

        Args:
            library: Where it studies.
            clock: Moved on by it.
            seed: Of all that is left to chance.
            weights: How it truly forgets; the scheduler may believe in others.
            skips: Share of days without studying.
            slip: Share of ratings that are undone and made again.
        """
        self.library, self._clock = library, clock
        self._random = Random(seed)
        self._first, self._step = first_memories(weights), memory_step(weights)
        self._curve = forgetting_curve(weights)
        self._skips, self._slip = skips, slip
        self._memories: dict[CardKey, tuple[float, float, int]] = {}
        library.db.execute("PRAGMA synchronous = OFF")  # thousands of ratings, and none anyone's

    def live(self, days: int, *, module_every: int = 12) -> None:
        """Study for so many days, and open the next module every so often."""
        for number in range(days):
            begins = day_begins_at(self._clock.now().day + 1, self._clock)
            self._clock.at = begins + int(self._random.gauss(13, 3.5) % 18 * 60) * MINUTE
            if number % module_every == 0:
                self._open_next()
            if self._random.random() >= self._skips:
                self.study()

    def study(self) -> None:
        """Everything that this day holds, its learning steps too."""
        session = StudySession(self.library)
        end = day_begins_at(self._clock.now().day + 1, self._clock) - MINUTE
        while self._clock.at < end:
            if session.current is not None:
                self._answer(session, session.current)
                continue
            waiting = session.waiting_until()
            if waiting is None or waiting >= end:
                return
            self._clock.at = max(self._clock.at, waiting)
            session.refresh()

    def recall(self, card: CardKey) -> float:
        """The true chance of recalling a card on this study day."""
        s, _, last = self._memories[card]
        return self._curve(s, self._clock.now().day - last)

    def _answer(self, session: StudySession, showing: Showing) -> None:
        rating = self._rate(showing)
        seconds = math.exp(self._random.gauss(2.4 if rating == Rating.AGAIN else 1.9, 0.6))
        self._clock.at += int(seconds * 1000)
        session.answer(rating, min(int(seconds * 1000), MINUTE))
        if self._random.random() < self._slip:
            session.undo()
            session.answer(rating, min(int(seconds * 1000), MINUTE))
        self._remember(showing.key, rating)

    def _rate(self, showing: Showing) -> Rating:
        if showing.key not in self._memories:
            shares: Sequence[float] = FIRST
        elif showing.state.memory.phase != Phase.REVIEW:
            shares = IN_STEPS
        elif self._random.random() < self.recall(showing.key):
            shares = RECALLED
        else:
            return Rating.AGAIN
        return self._random.choices(tuple(Rating), shares)[0]

    def _remember(self, card: CardKey, rating: Rating) -> None:
        day = self._clock.now().day
        if card in self._memories:
            s, d, last = self._memories[card]
            s, d = self._step(s, d, day - last, rating)
        else:
            s, d = self._first[rating]
        self._memories[card] = s, d, day

    def _open_next(self) -> None:
        opened = open_modules(self.library.db)
        every = self.library.db.execute("SELECT slug FROM module ORDER BY number").fetchall()
        start_modules(self.library, [slug for (slug,) in every if slug not in opened][:1])


def main() -> None:
    """Simulate one learner."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", default="2026-01-05", metavar="DATE", help="the first day")
    given = parser.parse_args()
    clock = FixedClock(datetime.fromisoformat(f"{given.first}T12:00+00:00"))
    with open_library(given.folder, Path(bundled()), clock) as library:
        library.take_in_changes()
        Learner(library, clock, seed=given.seed).live(given.days)
        ratings = library.db.execute("SELECT count(*) FROM review").fetchone()[0]
    print(f"{library.paths.database}: {ratings:,} ratings, now {clock.now().at}")


if __name__ == "__main__":
    main()
