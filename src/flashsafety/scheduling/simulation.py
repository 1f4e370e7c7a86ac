"""Study days of many learners at once: what the rules of the queue and of FSRS make of a bank.

Every run is a learner with the same cards and the same ways, and a desired retention and a limit of
new cards of its own. A day is done in the order of ``scheduling.queue``: cards in their steps, then
reviews, then new cards, as far as the limits allow, two cards of a note never on one day. What is
simpler than life: all of a day is done in one sitting, at its morning's plan; steps shorter than
half a day end on it; no card is suspended as a leech; the intervals of one day do not yet count in
each other's balance. Pure; numpy.
"""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from flashsafety.scheduling.spread import Spread
from flashsafety.scheduling.steps import DAY, landing
from flashsafety.scheduling.vector import Formulas, Ints, formulas, recall, step
from flashsafety.scheduling.week import share_of
from flashsafety.scheduling.world import Cards, Days, Rules, Runs, Ways
from flashsafety.terms import Parameters, Phase

NEVER = 2**40
"""A study day on which nothing comes."""

_NEW, _REVIEW = int(Phase.NEW), int(Phase.REVIEW)
"""Plain numbers: to an array an enumeration is a riddle each time."""

_ROUNDS = 30
"""Ratings of one card on one day, at the most; who still fails goes on tomorrow."""


Progress = Callable[[int], None]
"""Told how many days are done."""


def simulate(
    cards: Cards,
    ways: Ways,
    rules: Rules,
    runs: Runs,
    *,
    first: int,
    days: int,
    rng: np.random.Generator,
    progress: Progress = lambda _: None,
) -> Days:
    """Live so many study days from the first on, in every run."""
    world = _World(cards, ways, rules, runs, first, days, rng)
    for number in range(days):
        world.live(number)
        progress(number + 1)
    return world.found()


class _World:
    """All runs. A card of a run has its place in flat arrays: run times cards, plus card."""

    def __init__(
        self,
        cards: Cards,
        ways: Ways,
        rules: Rules,
        runs: Runs,
        first: int,
        days: int,
        rng: np.random.Generator,
    ) -> None:
        self.of: Formulas = formulas(rules.parameters.weights)
        self.rules, self.runs, self.first, self.rng = rules, runs, first, rng
        self.runs_count, self.count = len(runs.retention), len(cards.phase)
        self.news = int(np.count_nonzero(cards.phase != _NEW))
        """The first column of a new card."""

        def each(values: Ints) -> Ints:
            return np.tile(values, self.runs_count)

        self.table = _table(rules.parameters)
        self.phase, self.step = each(cards.phase), each(cards.step)
        np.minimum(self.step, self.table.shape[2] - 1, out=self.step)  # steps were taken away
        self.s, self.d = (
            np.tile(cards.stability, self.runs_count),
            np.tile(cards.difficulty, self.runs_count),
        )
        self.last, self.due = each(cards.last), each(np.where(cards.phase == 0, NEVER, cards.due))
        self.opens = cards.due[self.news :]
        self.note = cards.note
        self.notes = int(cards.note.max(initial=-1)) + 1
        self.met = np.full((self.runs_count, max(1, self.notes)), -NEVER)
        rated = slice(0, self.news)
        np.maximum.at(self.met.T, cards.note[rated], cards.last[rated, None])
        own = np.isnan(cards.retention)
        self.retention = np.where(own, runs.retention[:, None], cards.retention).ravel()
        self.before = np.zeros(self.runs_count, dtype=np.int64)
        """By run: the first column of a new card that may still be new."""
        self.chances = np.cumsum(np.array(ways.shares), axis=1)
        self.times = np.array([ways.seconds, ways.variance])
        self.spread = Spread(cards, rules, self.runs_count, first, days)
        shape = (self.runs_count, days)
        self.reviews, self.recalled, self.new, self.ratings = (
            np.zeros(shape, dtype=np.int64) for _ in range(4)
        )
        self.seconds, self.variance = np.zeros(shape), np.zeros(shape)
        self.backlog = np.zeros(shape, dtype=np.bool_)

    def found(self) -> Days:
        """What came of it."""
        end = self.first + self.reviews.shape[1] - 1
        rated = (self.phase != _NEW).reshape(self.runs_count, -1)
        chance = recall(self.of, self.s, end - self.last).reshape(self.runs_count, -1)
        noise = self.rng.standard_normal(self.seconds.shape) * np.sqrt(self.variance)
        return Days(
            self.reviews,
            self.recalled,
            self.new,
            self.ratings,
            np.maximum(self.seconds + noise, 0.0),
            self.backlog,
            (chance * rated).sum(axis=1),
            rated.sum(axis=1),
        )

    # ---- the plan of a day -----------------------------------------------------------------------

    def live(self, number: int) -> None:
        """One study day of all runs."""
        day = self.first + number
        due = np.flatnonzero(self.due <= day)
        steps = self.phase[due] != _REVIEW
        waiting = self.by_run(due[~steps])
        chosen = self._apart(due, steps, day)
        steps = self.phase[chosen] != _REVIEW
        room, new = self._room(number, waiting, self.by_run(chosen[steps]))
        reviews = self._first_of(chosen[~steps], room, day)
        self.reviews[:, number] = self.by_run(reviews)
        todo = np.concatenate([chosen[steps], reviews])
        self._meet(todo, day)
        self.backlog[:, number] = waiting > room
        fresh = self._new(np.where(waiting > room, 0, new), day)
        self.new[:, number] = self.by_run(fresh)
        self._study(np.concatenate([todo, fresh]), number)

    def by_run(self, places: Ints) -> Ints:
        """How many of the places each run has."""
        return np.bincount(places // self.count, minlength=self.runs_count)

    def _room(self, number: int, waiting: Ints, steps: Ints) -> tuple[Ints, Ints]:
        """How many reviews and new cards each run may still have on a day."""
        done = self.rules.done if number == 0 else (0, 0, 0.0)
        share = share_of(self.first + number, self.rules.week)
        limit = self.runs.new_limit
        new = (limit if share == 1 else (limit * share + 0.5).astype(np.int64)) - done[0]
        room = np.full(self.runs_count, self.rules.review_limit - done[1])
        if self.rules.most < np.inf:
            fresh, review, in_steps = self.rules.pace
            left = self.rules.most - done[2] - steps * in_steps
            room = np.minimum(room, (left / review).astype(np.int64))
            new = np.minimum(new, ((left - waiting * review) / fresh).astype(np.int64))
        return np.maximum(room, 0), np.maximum(new, 0)

    def _apart(self, due: Ints, steps: "npt.NDArray[np.bool_]", day: int) -> Ints:
        """One card of each note: one in its steps, else the one not seen for longest."""
        if not self.rules.apart:
            return due
        run, column = np.divmod(due, self.count)
        group = run * self.notes + self.note[column]
        order = np.lexsort((self.last[due], ~steps, group))
        first = np.ones(len(due), dtype=bool)
        first[1:] = group[order][1:] != group[order][:-1]
        kept = np.sort(due[order[first]])
        met = self.met[kept // self.count, self.note[kept % self.count]]
        free: Ints = kept[(met < day) | (self.last[kept] == day)]
        return free

    def _first_of(self, reviews: Ints, room: Ints, day: int) -> Ints:
        """As many reviews as there is room for, the best remembered where not all may come."""
        if (self.by_run(reviews) <= room).all():
            return reviews
        run = reviews // self.count
        order = np.lexsort(((day - self.last[reviews]) / self.s[reviews], run))
        run = run[order]
        rank = np.arange(len(run)) - np.searchsorted(run, run)
        first: Ints = reviews[order[rank < room[run]]]
        return first

    def _meet(self, places: Ints, day: int) -> None:
        self.met[places // self.count, self.note[places % self.count]] = day

    def _new(self, limit: Ints, day: int) -> Ints:
        """The next new cards of each run, in study order."""
        width = self.count - self.news
        rest = width - int(self.before.min(initial=width))
        reach = min(rest, 4 * int(limit.max(initial=0)) + 16)
        if not rest or not limit.any():
            return np.empty(0, dtype=np.int64)
        rows = np.arange(self.runs_count)[:, None]
        while True:  # a window that holds enough, or all there are
            columns = self.before[:, None] + np.arange(reach)
            there = columns < width
            columns = np.minimum(columns, width - 1)
            places = rows * self.count + self.news + columns
            notes = self.note[self.news + columns]
            open_ = there & (self.phase[places] == _NEW) & (self.opens[columns] <= day)
            if self.rules.apart:
                open_ &= self.met[rows, notes] < day
                again = open_[:, :-1] & (notes[:, 1:] == notes[:, :-1])
                open_[:, 1:] &= ~again
            taken = open_ & (np.cumsum(open_, axis=1) <= limit[:, None])
            if reach == rest or (taken.sum(axis=1) == limit).all():
                break
            reach = min(rest, 2 * reach)
        fresh: Ints = places[taken]
        self._meet(fresh, day)
        old = there & (self.phase[places] != _NEW) | taken
        self.before += np.where(old.all(axis=1), reach, np.argmin(old, axis=1))
        return fresh

    # ---- the ratings of a day --------------------------------------------------------------------

    def _study(self, todo: Ints, number: int) -> None:
        """Rate cards until each is done with for the day."""
        day = self.first + number
        given: list[Ints] = []
        for _ in range(_ROUNDS):
            if not len(todo):
                break
            phase = self.phase[todo]
            rating = self._rate(todo, phase, day)
            self._remember(todo, phase, rating, day)
            run = todo // self.count
            seconds, variance = self.times[:, phase]
            self.ratings[:, number] += self.by_run(todo)
            self.seconds[:, number] += np.bincount(run, seconds, minlength=self.runs_count)
            self.variance[:, number] += np.bincount(run, variance, minlength=self.runs_count)
            recalled = run[(phase == _REVIEW) & (rating > 1)]
            self.recalled[:, number] += np.bincount(recalled, minlength=self.runs_count)
            home, next_step, wait = self.table[:, phase, self.step[todo], rating]
            self.phase[todo], self.step[todo] = home, next_step
            self.due[todo] = day + np.maximum(1, wait)
            given.append(todo[wait < 0])
            todo = todo[wait == 0]
        done = np.concatenate(given) if given else todo
        self.due[done] = day + self.spread.intervals(
            self.of, self.s[done], self.retention[done], done // self.count,
            done % self.count, number, self.rng,
        )  # fmt: skip

    def _rate(self, todo: Ints, phase: Ints, day: int) -> Ints:
        drawn = self.rng.random(len(todo))
        chances = self.chances[phase]
        lost = np.flatnonzero(phase == _REVIEW)
        chance = recall(self.of, self.s[todo[lost]], day - self.last[todo[lost]])
        forgotten = self.rng.random(len(lost)) >= chance
        rating: Ints = 1 + (drawn[:, None] >= chances[:, :3]).sum(axis=1)
        rating[lost[forgotten]] = 1
        return rating

    def _remember(self, todo: Ints, phase: Ints, rating: Ints, day: int) -> None:
        s, d = step(self.of, self.s[todo], self.d[todo], day - self.last[todo], rating)
        new = phase == _NEW
        self.s[todo] = np.where(new, self.of.first[0][rating], s)
        self.d[todo] = np.where(new, self.of.first[1][rating], d)
        self.last[todo] = day


def _table(parameters: Parameters) -> Ints:
    """By phase, step and rating: the phase after, the step after, and days to wait.

    Days are -1 where a rating leaves the steps and 0 where the card returns on the same day.
    """
    steps = max(1, len(parameters.learning_steps), len(parameters.relearning_steps)) + 1
    table = np.zeros((3, 4, steps, 5), dtype=np.int64)
    for phase in Phase:
        for at in range(steps):
            for rating in range(1, 5):
                home, landed = landing(phase, at, rating, parameters)
                if landed is None:
                    table[:, phase, at, rating] = _REVIEW, 0, -1
                else:
                    wait = landed[1]
                    table[:, phase, at, rating] = home, landed[0], (wait + DAY // 2) // DAY
    return table
