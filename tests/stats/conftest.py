"""Learners with a known memory, over a bank of plain questions."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.study.library import Library
from tests.banks import question, tiny_bank, write_cards
from tests.learners import Learner
from tests.libraries import open_library

LearnerOf = Callable[..., Learner]
Studied = Callable[..., Library]


@pytest.fixture
def learner_of(tmp_path: Path, clock: FixedClock) -> Iterator[LearnerOf]:
    """A learner who has studied for so many days, on the morning after."""
    opened: list[Library] = []

    def make(
        days: int, *, cards: int = 120, weights: Sequence[float] = DEFAULT_WEIGHTS, seed: int = 7
    ) -> Learner:
        bank = tiny_bank(tmp_path / "bank")
        texts = [question(f"card-{number}") for number in range(cards)]
        write_cards(bank, "01-shapes/shapes.yaml", *texts)
        library = open_library(tmp_path, bank, clock)
        opened.append(library)
        library.take_in_changes()
        learner = Learner(library, clock, seed=seed, weights=weights)
        learner.live(days)
        clock.advance(days=1)
        return learner

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def studied(learner_of: LearnerOf) -> Studied:
    """The library of such a learner."""
    return lambda *days, **how: learner_of(*days, **how).library
