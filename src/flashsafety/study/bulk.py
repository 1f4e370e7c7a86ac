"""What is done to many cards at once: one transaction, and one step for undo."""

from collections.abc import Collection, Mapping

from flashsafety.scheduling.replay import act
from flashsafety.store import bulk, writes
from flashsafety.store.due import read_states
from flashsafety.store.ids import next_id
from flashsafety.study.library import Library
from flashsafety.study.rebuild import refolded
from flashsafety.terms import Action, ActionKind, CardState, Moment


def act_on_cards(
    library: Library, cards: Collection[int], kind: ActionKind, value: str | None = None
) -> int:
    """Do something to many cards that is no rating. On the disk when this returns.

    Args:
        library: Where.
        cards: Row ids; a card that it would leave as it is gets no row in the log.
        kind: What to do.
        value: As ``Action`` has it.

    Returns:
        How many cards it changed.
    """
    assert library.device
    with writes.writing(library.db):
        return log_acts(library, kind, dict.fromkeys(cards, value))


def would_change(
    library: Library, cards: Collection[int], kind: ActionKind, value: str | None = None
) -> list[int]:
    """Row ids of the cards that ``act_on_cards`` would change; writes nothing."""
    moment = library.clock.now()
    action = Action(b"", kind, moment.at, moment.day, value)
    states = read_states(library.db, cards)
    return [card for card, before in states if act(before, action) != before]


def log_acts(library: Library, kind: ActionKind, values: Mapping[int, str | None]) -> int:
    """The same inside a transaction, each card with a value of its own: row id to value.

    The device must be known to the database already.
    """
    moment = library.clock.now()
    first = int.from_bytes(next_id(library.db, moment.at, library.entropy), "big")
    actions: list[tuple[int, Action]] = []
    states: list[tuple[int, CardState]] = []
    for card, before in read_states(library.db, values):
        id_ = (first + len(actions)).to_bytes(16, "big")
        action = Action(id_, kind, moment.at, moment.day, values[card])
        after = act(before, action)
        if after != before:
            actions.append((card, action))
            states.append((card, after))
    bulk.add_bulk(library.db, actions, library.device, moment.utc_offset)
    writes.write_states(library.db, iter(states))
    return len(actions)


def undo_act(library: Library, first: bytes, last: bytes, moment: Moment) -> int:
    """Take back all of an act on many cards; inside a transaction. Returns how many they are."""
    cards = bulk.undo_bulk(library.db, first, last, library.device, moment.at)
    writes.write_states(library.db, refolded(library, cards))
    return len(cards)
