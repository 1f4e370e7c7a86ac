"""Random lives of a learner, for what goes out of a database and what comes back."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.store.due import all_states
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.today import start_all
from flashsafety.terms import CardState, Rating
from tests.banks import tiny_bank
from tests.libraries import open_library

BERLIN, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")

Step = tuple[str, object]
"""What the learner does, and how."""

_RATE = st.tuples(st.just("rate"), st.sampled_from((*Rating, Rating.GOOD, Rating.GOOD)))
_WAIT = st.tuples(st.just("wait"), st.floats(0.01, 90))
_DO = st.tuples(st.sampled_from(("undo", "bury", "suspend", "relearn", "flag")), st.none())
_STRAY = st.one_of(
    st.tuples(st.just("wait"), st.floats(-60, 0)),
    st.tuples(st.just("travel"), st.sampled_from((BERLIN, TOKYO))),
)

lives: st.SearchStrategy[list[Step]] = st.lists(st.one_of(_RATE, _RATE, _WAIT, _DO), max_size=60)
"""Lives in one zone, on a clock that goes forward."""

stray_lives: st.SearchStrategy[list[Step]] = st.lists(
    st.one_of(_RATE, _RATE, _WAIT, _DO, _STRAY), max_size=60
)
"""Lives of a traveller whose clock may be put back."""


@contextmanager
def fresh_library(
    folder: Path | None = None, *, load_balance: bool = True
) -> Iterator[tuple[Library, FixedClock]]:
    """A library that knows a tiny bank and nothing of a learner; every module is open.

    Args:
        folder: Where; a folder of its own when left out. The bank is the same everywhere.
        load_balance: The setting.
    """
    clock = FixedClock(datetime(2026, 3, 26, 12, tzinfo=UTC), zone=BERLIN)
    with tempfile.TemporaryDirectory() as name:
        place = folder or Path(name)
        bank = tiny_bank(place / "bank")
        with open_library(place, bank, clock, new_limit=30, load_balance=load_balance) as library:
            library.take_in_changes()
            start_all(library)
            yield library, clock


def live(library: Library, clock: FixedClock, steps: Sequence[Step]) -> None:
    """Do what a life says, as far as there is a card to do it with."""
    session = StudySession(library)
    for number, (kind, how) in enumerate(steps):
        clock.advance(minutes=0.1)
        if kind == "wait":
            assert isinstance(how, float)
            clock.advance(hours=how)
            session.refresh()
        elif kind == "travel":
            assert isinstance(how, ZoneInfo)
            clock.travel(how)
            session.refresh()
        elif kind == "undo":
            session.undo()
        elif session.current is None:
            continue
        elif kind == "rate":
            assert isinstance(how, Rating)
            session.answer(how, 1000 + number)
        elif kind == "flag":
            session.flag("unclear", f"why {number}?")
        else:
            getattr(session, kind)()


def states(library: Library) -> dict[str, CardState]:
    """The stored state of every card, by key."""
    keys = dict(library.db.execute("SELECT id, key FROM card").fetchall())
    return {keys[card]: state for card, state in all_states(library.db)}
