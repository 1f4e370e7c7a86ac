"""The numbers again, the plain way: every event of every card, with the live scheduler's words."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import NamedTuple

from flashsafety.scheduling.replay import follow
from flashsafety.store import logs
from flashsafety.study.library import Library
from flashsafety.terms import Action, CardState, Phase, Rating, Review

DAY = 86_400


class Counted(NamedTuple):
    """A rating that counts, and what was known just before it."""

    review: Review
    module: str
    stage: str
    predicted: float | None


def counted(library: Library) -> Iterator[Counted]:
    """Every rating that counts."""
    number, scheduler = library.scheduling
    sets = logs.all_parameters(library.db)
    cards = library.db.execute("SELECT id, module FROM card").fetchall()
    for card, module in cards:
        state, interval = CardState(), 0
        for event in logs.card_log(library.db, card):
            if event.undone_at is not None:
                continue
            if isinstance(event, Action):
                interval = 0 if event.kind == "reset" else interval
            elif event.origin != "cram":
                memory, stage = state.memory, event.phase.name.lower()
                predicted = None
                if event.phase == Phase.REVIEW:
                    stage = "mature" if interval >= 21 * DAY else "young"
                    if memory.last_day is not None and event.day > memory.last_day:
                        predicted = scheduler.retrievability(memory, event.day)
                yield Counted(event, module, stage, predicted)
                interval = event.interval
            state = follow(state, event, parameters=sets, weights=sets[number].weights)


@dataclass
class Brute:
    """The sums that statistics are made of."""

    buttons: Counter[tuple[str, int]]
    by_day: Counter[int]
    spent: Counter[int]
    modules: dict[str, tuple[int, int]]
    hours: dict[int, tuple[int, int]]
    forecasts: list[tuple[float, bool]]

    @property
    def log_loss(self) -> float:
        return sum(-log(p if right else 1 - p) for p, right in self.forecasts) / len(self.forecasts)

    @property
    def brier(self) -> float:
        return sum((p - right) ** 2 for p, right in self.forecasts) / len(self.forecasts)


def brute(library: Library, since: int = 0) -> Brute:
    """All ratings from a study day on."""
    found = Brute(Counter(), Counter(), Counter(), {}, {}, [])
    modules: defaultdict[str, list[bool]] = defaultdict(list)
    hours: defaultdict[int, list[bool]] = defaultdict(list)
    for review, module, stage, predicted in counted(library):
        if review.day < since:
            continue
        right = review.rating > Rating.AGAIN
        found.buttons[stage, int(review.rating)] += 1
        found.by_day[review.day] += 1
        found.spent[review.day] += min(review.duration_ms, 60_000)
        if review.phase == Phase.REVIEW:
            modules[module].append(right)
            hours[(review.reviewed_at // 1000 + review.utc_offset) % DAY // 3600].append(right)
        if predicted is not None:
            found.forecasts.append((predicted, right))
    found.modules = {key: (len(each), sum(each)) for key, each in modules.items()}
    found.hours = {key: (len(each), sum(each)) for key, each in hours.items()}
    return found
