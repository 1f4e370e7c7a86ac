"""The state of every card from the log: to prove that the two agree, or to make them."""

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from flashsafety.collector import collector_off
from flashsafety.scheduling.replay import fold, fold_states
from flashsafety.store import logs, rollups, shown, writes
from flashsafety.store.due import all_values, states
from flashsafety.study.library import Library
from flashsafety.terms import CardKey, CardState, StateValues


@dataclass(frozen=True, slots=True)
class RebuildReport:
    """What the log says against what the cards said."""

    cards: int
    reviews: int
    """Rows of the review log."""
    differing: tuple[CardKey, ...]
    """Cards whose stored state was not the fold of their log."""


@collector_off()
def rebuild(library: Library, *, verify: bool = False) -> RebuildReport:
    """Compare each card's stored state with the fold of its log, and write those that differ.

    The sums for statistics are then made anew, too, when they are next asked for.

    One pass over the log and one over the cards, in a transaction, so that no other window changes
    either meanwhile.

    Args:
        library: Where.
        verify: Only compare; nothing is written.
    """
    db = library.db
    assert library.scheduling
    with writes.writing(db):
        cards, differing = compared(db)
        if not verify:
            writes.write_values(db, differing)
            writes.write_started(db)
            rollups.forget(db)
        keys = shown.keys_of(db, (row[-1] for row in differing))
        return RebuildReport(cards, logs.count_ratings(db), tuple(keys))


def compared(db: sqlite3.Connection) -> tuple[int, list[StateValues]]:
    """How many cards there are, and the folds of those that are not stored as their log has them.

    Inside a transaction, and not before the first parameter set is stored.
    """
    cards = 0
    differing: list[StateValues] = []
    parameters, current = logs.current_parameters(db)
    folded = fold_states(logs.state_rows(db), parameters=parameters, current=current)
    following = next(folded, None)
    by_hand = logs.cards_with_actions(db)
    unrated = CardState()
    for stored in all_values(db):
        cards += 1
        card = stored[-1]
        wanted = None
        if following is not None and following[-1] == card:
            wanted = following
            following = next(folded, None)
        if card in by_hand:
            log = logs.card_log(db, card)
            state = fold(log, parameters=parameters, current=current)
            wanted = writes.state_values(card, state)
        if wanted is None:
            wanted = writes.state_values(card, unrated)
        if wanted != stored:
            differing.append(wanted)
    return cards, differing


def refolded(library: Library, cards: Collection[int]) -> Iterator[tuple[int, CardState]]:
    """Row id and state of some cards from their logs; inside a transaction.

    Many cards' ratings are read in one pass, as in a rebuild. A card without ratings that count is
    left out unless something else was done to it.
    """
    db = library.db
    parameters, current = logs.current_parameters(db)
    by_hand = logs.cards_with_actions(db).intersection(cards)
    rows = logs.state_rows(db, sorted(set(cards) - by_hand))
    yield from states(fold_states(rows, parameters=parameters, current=current))
    for card in sorted(by_hand):
        yield card, fold(logs.card_log(db, card), parameters=parameters, current=current)
