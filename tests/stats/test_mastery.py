"""How much of a module is known, against each card's own memory."""

import pytest

from flashsafety.clock import FixedClock
from flashsafety.stats.figures import figures
from flashsafety.stats.mastery import Mastery, mastery
from flashsafety.store.due import all_states
from flashsafety.study.library import Library


def of_library(library: Library) -> tuple[Mastery, ...]:
    with figures(library) as log:
        return mastery(log)


def test_a_new_card_is_unknown_and_a_rated_one_known_as_far_as_it_is_remembered(
    studied, clock: FixedClock
) -> None:
    library = studied(4)
    clock.advance(days=20)
    states = [state for _, state in all_states(library.db)]
    memories = [state.memory for state in states if state.memory.stability is not None]
    assert 0 < len(memories) < len(states)
    today, scheduler = clock.now().day, library.scheduling[1]
    known = sum(scheduler.retrievability(memory, today) for memory in memories)
    (module,) = of_library(library)
    assert (module.slug, module.title, module.cards) == ("shapes", "Shapes", len(states))
    assert module.known == pytest.approx(known)
    assert module.share == pytest.approx(known / len(states))


def test_a_module_without_a_rated_card_is_left_out(studied) -> None:
    assert of_library(studied(0)) == ()
