"""How cards are spread, against each card's own state."""

from itertools import pairwise

import pytest

from flashsafety.clock import FixedClock
from flashsafety.stats.distributions import Class, Distributions, distributions
from flashsafety.stats.figures import figures
from flashsafety.store.due import all_states
from flashsafety.study.library import Library


def of_library(library: Library) -> Distributions:
    with figures(library) as log:
        return distributions(log)


def of(classes: tuple[Class, ...], values: list[float]) -> list[int]:
    last = classes[-1]
    return [
        sum(
            each.low <= value
            and (each.high is None or value < each.high or (each is last and value == each.high))
            for value in values
        )
        for each in classes
    ]


def test_every_rated_card_is_in_one_class_of_each(studied, clock: FixedClock) -> None:
    library = studied(60)
    library.db.execute("UPDATE card SET active = 0 WHERE id = 5")
    library.db.execute("UPDATE card SET suspended = 1, difficulty = 10.0 WHERE id = 6")
    clock.advance(days=200)
    today, scheduler = clock.now().day, library.scheduling[1]
    memories = [
        state.memory
        for card, state in all_states(library.db)
        if state.memory.stability is not None and card != 5
    ]
    chances = [scheduler.retrievability(memory, today) for memory in memories]
    about = of_library(library)
    assert about.cards == len(memories) == 119
    assert about.known == pytest.approx(sum(chances))
    assert [c.cards for c in about.stability] == of(
        about.stability, [memory.stability or 0 for memory in memories]
    )
    assert [c.cards for c in about.difficulty] == of(
        about.difficulty, [memory.difficulty or 0 for memory in memories]
    )
    assert [c.cards for c in about.retrievability] == of(about.retrievability, chances)
    for classes in (about.stability, about.difficulty, about.retrievability):
        assert sum(each.cards for each in classes) == about.cards
        assert all(one.high == other.low for one, other in pairwise(classes))
        assert sum(each.cards > 0 for each in classes) > 1


def test_without_a_rated_card_all_classes_are_empty(studied) -> None:
    about = of_library(studied(0))
    assert (about.cards, about.known) == (0, 0)
    assert sum(each.cards for each in about.retrievability) == 0
