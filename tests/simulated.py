"""Learners of known memory as rows of a log, a hundred thousand ratings in seconds.

``tests.learners`` drives real sessions and takes minutes for two years; here is no queue and no
session, only what each rating is given by the very formulas that a session gives it by.

``python -m tests.simulated FOLDER [--days N] [--new N] [--seed N] [--default]`` leaves a database
in FOLDER and prints the weights of the truth.
"""

import argparse
import shutil
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from random import Random

from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from flashsafety.clock import FixedClock
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import Row
from flashsafety.scheduling.memory import first_memories, memory_step
from flashsafety.scheduling.reckon import reckoner
from flashsafety.scheduling.replay import advance
from flashsafety.store.ids import uuid7
from flashsafety.store.writes import add_reviews, writing
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.sync import sync
from flashsafety.terms import CardState, Instant, Parameters, Phase, Rating, Review, StudyDay
from tests.banks import question, tiny_bank, write_cards
from tests.learners import FIRST, IN_STEPS, RECALLED
from tests.libraries import open_library

NOON = 12 * 3_600_000
DAY_MS = 86_400_000


def some_weights(seed: int, width: float = 0.2) -> tuple[float, ...]:
    """How somebody may forget: each weight about as by default, and legal."""
    rng = Random(seed)
    return tuple(
        min(max(weight * rng.lognormvariate(0, width), low), high)
        for weight, low, high in zip(
            DEFAULT_WEIGHTS, LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS, strict=True
        )
    )


FORGETFUL = some_weights(4, 0.3)
"""Of somebody whom the defaults predict badly."""


@dataclass(slots=True)
class _Life:
    """A card, as it is scheduled and as it is."""

    place: int
    key: str
    state: CardState
    s: float = 0.0
    d: float = 0.0


class Simulated:
    """A learner who forgets by the truth and is scheduled by what is believed."""

    def __init__(
        self,
        truth: Sequence[float],
        *,
        seed: int,
        believed: Parameters | None = None,
        skips: float = 0.1,
    ) -> None:
        """Take how recall truly comes about.

        Args:
            truth: 21 weights.
            seed: Of all that is left to chance.
            believed: What the scheduler goes by; the defaults when left out.
            skips: Share of days without studying.
        """
        self._random = Random(seed)
        self._skips = skips
        self._reckon = reckoner(believed or Parameters(DEFAULT_WEIGHTS))
        self._first, self._step = first_memories(truth), memory_step(truth)
        self._curve = forgetting_curve(truth)
        self._number = 0

    def live(
        self, keys: Sequence[str], *, first: int, days: int, new: int, parameters: int = 1
    ) -> Iterator[tuple[int, Review]]:
        """Place of the card and rating, in the order of time.

        Args:
            keys: The cards, in the order in which they come.
            first: The first study day.
            days: How many.
            new: New cards a day.
            parameters: The id that the log is to name.
        """
        due: dict[int, list[_Life]] = defaultdict(list)
        fresh = iter(enumerate(keys))
        for day in range(first, first + days):
            if self._random.random() < self._skips:
                due[day + 1] += due.pop(day, [])
                continue
            cards = due.pop(day, [])
            cards += [_Life(*card, CardState()) for card in islice(fresh, new)]
            self._number = 0
            for life in cards:
                while True:
                    yield life.place, self._rate(life, day, parameters)
                    if life.state.due_day is not None:
                        break
                due[life.state.due_day].append(life)

    def _rate(self, life: _Life, day: int, parameters: int) -> Review:
        state, rng = life.state, self._random
        memory = state.memory
        since = day - (memory.last_day or day)
        if memory.stability is None:
            shares: Sequence[float] = FIRST
        elif since < 1:
            shares = IN_STEPS
        elif rng.random() < self._curve(life.s, since):
            shares = RECALLED
        else:
            shares = (1, 0, 0, 0)
        rating = Rating(rng.choices((1, 2, 3, 4), shares)[0])
        if memory.stability is None:
            life.s, life.d = self._first[rating]
        else:
            life.s, life.d = self._step(life.s, life.d, since, rating)
        phase = memory.phase
        outcome = self._reckon(life.key, state, phase, rating, StudyDay(day))
        self._number += 1
        at = Instant(day * DAY_MS + NOON + self._number * 8000)
        review = Review(
            uuid7(at, rng.randbytes), rating, at, 0, StudyDay(day), 7000, Phase(phase),
            outcome.interval, outcome.fuzz, parameters, "review",
        )  # fmt: skip
        life.state = advance(state, review, outcome.memory)
        return review


def log_of(truth: Sequence[float], *, seed: int, days: int, new: int) -> list[Row]:
    """The log of a learner as an optimiser reads it, without a database; it ended long ago."""
    keys = [f"card-{number}/recall" for number in range(days * new)]
    lived = Simulated(truth, seed=seed).live(keys, first=20_000, days=days, new=new)
    by_card: dict[int, list[Row]] = defaultdict(list)
    for place, review in lived:
        by_card[place].append(
            (place + 1, review.rating, review.day, review.phase, review.reviewed_at)
        )
    return [row for place in sorted(by_card) for row in by_card[place]]


def write_life(
    library: Library, truth: Sequence[float], *, days: int, new: int, seed: int, until: int
) -> int:
    """Give a library the log of a learner up to a study day, and say how many ratings it has.

    What is believed of the learner are the library's own parameters.
    """
    number, scheduler = library.scheduling
    rows = library.db.execute("SELECT id, key FROM card ORDER BY module, position").fetchall()
    learner = Simulated(truth, seed=seed, believed=scheduler.parameters)
    lived = learner.live(
        [key for _, key in rows],
        first=until - days + 1,
        days=days,
        new=new,
        parameters=number,
    )
    reviews = [(rows[place][0], review) for place, review in lived]
    device = library.device
    with writing(library.db):
        add_reviews(library.db, reviews, device)
    rebuild(library)
    return len(reviews)


class Lives:
    """Libraries of learners who lived for most of a year, each simulated once and then copied."""

    def __init__(self, folder: Path) -> None:
        """Keep them in a folder."""
        self._folder = folder
        self.bank = tiny_bank(folder / "bank")
        texts = [question(f"card-{number}") for number in range(320)]
        write_cards(self.bank, "01-shapes/shapes.yaml", *texts)
        self._made: dict[tuple[float, ...], Path] = {}

    def folder(self, truth: tuple[float, ...], clock: FixedClock) -> Path:
        """Where the library of somebody who forgets by the truth is; the last day is yesterday."""
        if truth not in self._made:
            made = self._folder / str(len(self._made))
            with open_library(made, self.bank, clock) as library:
                sync(library)
                day = clock.now().day - 1
                write_life(library, truth, days=280, new=1, seed=7, until=day)
            self._made[truth] = made
        return self._made[truth]

    def open(self, folder: Path, truth: tuple[float, ...], clock: FixedClock) -> Library:
        """A copy of that library in another folder."""
        shutil.copytree(self.folder(truth, clock), folder)
        return open_library(folder, self.bank, clock)


def main() -> None:
    """Simulate one learner of a made-up bank."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--days", type=int, default=730)
    parser.add_argument("--new", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--default", action="store_true", help="forgets as the defaults say")
    given = parser.parse_args()
    from tests.benchmark_parts import big_bank  # which reads the real bank's words

    truth = DEFAULT_WEIGHTS if given.default else some_weights(given.seed)
    bank = big_bank(given.folder / "bank", given.days * given.new)
    clock = FixedClock(datetime.now(UTC))  # noqa: TID251, the command line looks at the same day
    with open_library(given.folder, bank, clock) as library:
        sync(library)
        until = clock.now().day
        count = write_life(
            library, truth, days=given.days, new=given.new, seed=given.seed, until=until
        )
    print(f"{library.paths.database}: {count:,} ratings")
    print(" ".join(f"{weight:.4f}" for weight in truth))


if __name__ == "__main__":
    main()
