"""Proof that balancing smooths the load and costs no recall: ``python -m tests.smoothing``.

Learners of known memory study with the real scheduler, day by day and in memory: once with chance
alone, once with the balancer, and once with easy days too. Options: ``--days N``, ``--learners N``,
``--new N`` (cards a day), ``--retention R``, ``--skips S`` (share of days without studying).
"""

import argparse
import math
import statistics
from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import NamedTuple

from flashsafety.scheduling.balance import Balance
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS, Scheduler
from flashsafety.scheduling.replay import advance
from flashsafety.scheduling.week import share_of, weekday
from flashsafety.terms import CardKey, CardState, Ease, Parameters, Phase, Rating, StudyDay
from tests.learners import FIRST, IN_STEPS, RECALLED
from tests.scheduling.histories import FIRST_DAY, review_of

SECONDS = {"concept": 7.0, "cloze": 7.0, "question": 10.0, "choice": 13.0, "numeric": 26.0}
"""Of a rating by type of note, in the middle; half take longer."""
NORMAL: tuple[Ease, ...] = ("normal",) * 7
EASY: tuple[Ease, ...] = ("normal",) * 5 + ("reduced", "minimum")
AROUND = 10
"""Days before and after one that it is compared with."""


class Life(NamedTuple):
    """What became of a learner."""

    minutes: list[float]
    """By day: what was spent, new cards and steps too, with all the chance in it."""
    due: list[float]
    """By day: minutes that the reviews due were expected to take."""
    reviews: int
    recalled: int
    stretch: float
    """How much longer the intervals given were than those asked for, on average: 0.01 is 1%."""


class Learner:
    """Forgets as the scheduler believes, and does every day all that is due."""

    def __init__(self, seed: int, *, retention: float, week: Sequence[Ease], even: bool) -> None:
        self.random = Random(seed)
        self.scheduler = Scheduler(Parameters(DEFAULT_WEIGHTS, retention))
        self.week = tuple(week)
        self.states: dict[CardKey, CardState] = {}
        self.types: dict[CardKey, str] = {}
        self.due: dict[int, list[CardKey]] = defaultdict(list)
        self.expected: dict[int, float] = defaultdict(float)
        self.balance = Balance(self._ahead if even else None, self.week, math.inf)
        if not even and self.week == NORMAL:
            self.balance = None  # type: ignore[assignment]
        self.reviews = self.recalled = 0
        self.stretches: list[float] = []

    def live(self, days: int, *, new: int, skips: float) -> Life:
        minutes: list[float] = []
        expected: list[float] = []
        late: list[CardKey] = []
        for number in range(days):
            day = StudyDay(FIRST_DAY + number)
            due = late + self.due.pop(day, [])
            if self.random.random() < skips:
                late = due
                continue
            late = []
            seconds = sum(self.study(card, day) for card in due)
            for _ in range(round(new * share_of(day, self.week))):
                card = CardKey(f"card-{len(self.states)}/recall")
                self.states[card] = CardState()
                self.types[card] = self.random.choice(tuple(SECONDS))
                seconds += self.study(card, day)
            minutes.append(seconds / 60)
            expected.append(sum(SECONDS[self.types[card]] for card in due) / 60)
        stretch = statistics.fmean(self.stretches)
        return Life(minutes, expected, self.reviews, self.recalled, stretch)

    def study(self, card: CardKey, day: StudyDay) -> float:
        """Rate a card until it is done with for the day; returns the seconds that took."""
        seconds = 0.0
        while True:
            state = self.states[card]
            rating = self.rate(state, day)
            outcome = self.scheduler.outcome(card, state, rating, day, self.balance)
            review = review_of(state.reps, rating, day, state, outcome)
            self.states[card] = after = advance(state, review, outcome.memory)
            seconds += SECONDS[self.types[card]] * math.exp(self.random.gauss(0, 0.5))
            if after.due_day is not None:
                break
        self.due[after.due_day].append(card)
        self.expected[after.due_day] += SECONDS[self.types[card]]
        asked = (after.due_day - day) - outcome.fuzz
        if asked > 2:
            self.stretches.append(outcome.fuzz / asked)
        return seconds

    def rate(self, state: CardState, day: StudyDay) -> Rating:
        if state.memory.phase == Phase.REVIEW:
            self.reviews += 1
            if self.random.random() >= self.scheduler.retrievability(state.memory, day):
                return Rating.AGAIN
            self.recalled += 1
        shares = {Phase.NEW: FIRST, Phase.REVIEW: RECALLED}.get(state.memory.phase, IN_STEPS)
        return self.random.choices(tuple(Rating), shares)[0]

    def _ahead(self, first: StudyDay, last: StudyDay) -> list[float]:
        return [self.expected.get(day, 0.0) for day in range(first, last + 1)]


def roughness(minutes: Sequence[float], which: Sequence[bool]) -> float:
    """How far the minutes of a day stray from those of the days around it: a coefficient of
    variation, freed from the rise over months."""
    ratios = []
    for place in range(AROUND, len(minutes) - AROUND):
        around = range(place - AROUND, place + AROUND + 1)
        if which[place]:
            near = [minutes[other] for other in around if which[other]]
            ratios.append(minutes[place] / statistics.fmean(near))
    return statistics.pstdev(ratios)


class Figures(NamedTuple):
    """Means over learners."""

    due: float
    """How rough the minutes of reviews due are, on days that are not easy."""
    spent: float
    """The same of all minutes spent."""
    retention: float
    stretch: float
    minutes: tuple[float, ...]
    """A day of each ease that there is: normal, reduced, minimum."""
    reviews: int


def measure(
    seeds: Sequence[int],
    *,
    days: int,
    new: int = 10,
    retention: float = 0.9,
    skips: float = 0.0,
    week: Sequence[Ease] = NORMAL,
    even: bool = True,
) -> Figures:
    """Let as many learners live, and look at the days after a settling-in of a quarter."""
    due, spent, lives = [], [], []
    by_ease: dict[Ease, list[float]] = defaultdict(list)
    for seed in seeds:
        learner = Learner(seed, retention=retention, week=week, even=even)
        life = learner.live(days, new=new, skips=skips)
        lives.append(life)
        start = len(life.minutes) // 4
        eases = [week[weekday(FIRST_DAY + n)] for n in range(start, len(life.minutes))]
        which = [ease == "normal" for ease in eases]
        due.append(roughness(life.due[start:], which))
        spent.append(roughness(life.minutes[start:], which))
        for ease, minutes in zip(eases, life.minutes[start:], strict=True):
            by_ease[ease].append(minutes)
    reviews = sum(life.reviews for life in lives)
    return Figures(
        statistics.fmean(due),
        statistics.fmean(spent),
        sum(life.recalled for life in lives) / reviews,
        statistics.fmean(life.stretch for life in lives),
        tuple(statistics.fmean(by_ease[ease]) for ease in dict.fromkeys(week)),
        reviews,
    )


def main() -> None:
    """Print the table as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--days", type=int, default=400)
    parser.add_argument("--learners", type=int, default=8)
    parser.add_argument("--new", type=int, default=10)
    parser.add_argument("--retention", type=float, default=0.9)
    parser.add_argument("--skips", type=float, default=0.0)
    given = parser.parse_args()
    seeds = range(1, given.learners + 1)
    print("| intervals | minutes due | spent | true retention | stretch | minutes a day |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name, week, even in (
        ("chance alone", NORMAL, False),
        ("balanced", NORMAL, True),
        ("easy days by chance", EASY, False),
        ("easy days, balanced", EASY, True),
    ):
        found = measure(
            seeds,
            days=given.days,
            new=given.new,
            retention=given.retention,
            skips=given.skips if week == NORMAL else 0.0,
            week=week,
            even=even,
        )
        spread = math.sqrt(found.retention * (1 - found.retention) / found.reviews)
        minutes = ", ".join(f"{each:.1f}" for each in found.minutes)
        rough = f"{found.due:.3f} | {found.spent:.3f}"
        recall = f"{found.retention:.4f} +- {spread:.4f}"
        print(f"| {name} | {rough} | {recall} | {found.stretch:+.4f} | {minutes} |", flush=True)


if __name__ == "__main__":
    main()
