"""Acts on many cards: each is one step, and undo takes back all of it and nothing else."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.study.answer import act_on_card, answer_card, undo_newest
from flashsafety.study.bulk import act_on_cards
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import ActionKind, Rating
from tests.libraries import open_library
from tests.study.test_find import empty_library
from tests.study.test_properties import table

CARDS = range(1, 10)
ACTS: tuple[tuple[ActionKind, str | None], ...] = (
    ("suspend", None),
    ("unsuspend", None),
    ("bury", "20600"),
    ("unbury", None),
    ("flag", "wrong: so"),
    ("unflag", None),
    ("reset", None),
    ("set-due", "20520"),
)


def rated(library: Library, *cards: int) -> None:
    for card in cards:
        answer_card(library, card, Rating.EASY, 100)


@pytest.mark.parametrize(("kind", "value"), ACTS)
def test_an_act_on_many_is_undone_at_once(library: Library, kind: ActionKind, value: str | None):
    rated(library, 1, 2, 3)
    act_on_cards(library, [2, 5], "suspend")
    act_on_cards(library, [2, 5], "bury", "20590")
    act_on_cards(library, [2, 5], "flag", "typo")
    before = table(library)
    changed = act_on_cards(library, CARDS, kind, value)
    assert changed >= 2
    assert rebuild(library, verify=True).differing == ()
    undone = undo_newest(library)
    assert undone is not None
    assert undone.words == f"undid {kind} on {changed} cards"
    assert table(library) == before


def test_cards_that_stay_as_they_are_get_no_row(library: Library):
    assert act_on_cards(library, [1, 2], "suspend") == 2
    assert act_on_cards(library, [1, 2, 3], "suspend") == 1
    assert act_on_cards(library, [1, 2, 3], "suspend") == 0
    assert library.db.execute("SELECT count(*) FROM action").fetchone() == (3,)
    undone = undo_newest(library)
    assert undone is not None
    assert (undone.card, undone.words) == (3, "undid suspend on circle-area/recall")


def test_acts_in_one_millisecond_stay_apart(library: Library):
    """Ids are counted up there, and a run of ids is no sign of one act."""
    act_on_cards(library, [1], "suspend")
    act_on_cards(library, [2], "suspend")
    act_on_cards(library, [3, 4], "suspend")
    act_on_cards(library, [5, 6], "suspend")
    act_on_card(library, 7, "suspend")
    left = []
    while undo_newest(library):
        left.append(library.db.execute("SELECT count(*) FROM card WHERE suspended").fetchone()[0])
    assert left == [6, 4, 2, 1, 0]


def test_an_act_on_many_is_undone_in_a_session_and_after_a_restart(
    library: Library, tmp_path, bank, clock
):
    act_on_cards(library, CARDS, "suspend")
    with open_library(tmp_path, bank, clock) as again:
        session = StudySession(again)
        assert session.current is None
        undone = session.undo()
        assert undone is not None
        assert undone.card is None
        assert session.current is not None


def test_another_device_is_left_alone(library: Library, tmp_path, bank, clock):
    act_on_cards(library, [1, 2], "suspend")
    other = open_library(tmp_path, bank, clock)
    other.device_name = "phone"
    with other:
        act_on_cards(other, [3, 4], "suspend")
        undo_newest(library)
        suspended = other.db.execute("SELECT id FROM card WHERE suspended ORDER BY id").fetchall()
        assert suspended == [(3,), (4,)]


steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(ACTS), st.lists(st.sampled_from(CARDS), unique=True)),
        st.tuples(st.sampled_from(Rating), st.sampled_from(CARDS)),
        st.just("undo"),
    ),
    max_size=12,
)


@given(steps, st.floats(-30, 30))
@settings(max_examples=60, deadline=None)
def test_undo_is_the_exact_reverse_of_whatever_was_done(done, hours: float):
    """On a clock that may go back in the middle, the state is always the fold of the log."""
    with empty_library() as library:
        library.take_in_changes()
        assert isinstance(library.clock, FixedClock)
        tables = [table(library)]
        for step in done:
            if step == "undo":
                if len(tables) > 1:
                    assert undo_newest(library) is not None
                    tables.pop()
                    assert table(library) == tables[-1]
                continue
            what, cards = step
            if isinstance(what, Rating):
                if library.db.execute(
                    "SELECT suspended FROM card WHERE id = ?", (cards,)
                ).fetchone()[0]:
                    continue
                answer_card(library, cards, what, 100)
            elif not act_on_cards(library, cards, *what):
                continue
            tables.append(table(library))
            library.clock.advance(minutes=max(-0.1, hours / 1000))
        assert rebuild(library, verify=True).differing == ()
        while len(tables) > 1:
            assert undo_newest(library) is not None
            tables.pop()
            assert table(library) == tables[-1]
