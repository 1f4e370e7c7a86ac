"""Settings as a session follows them: retention by module, orders, siblings, ratings, the day."""

import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.config import Settings
from flashsafety.scheduling.fsrs_adapter import Scheduler
from flashsafety.store import logs
from flashsafety.study.answer import answer_card
from flashsafety.study.library import Library, system_clock
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.today import due_counts, start_all
from flashsafety.terms import Phase, Rating
from tests.banks import CLOZE, question, tiny_bank, write_cards
from tests.libraries import open_library


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", *(question(f"shape-{n}") for n in range(4)))
    primes = [question(f"prime-{n}") for n in range(4)]
    write_cards(bank, "02-numbers/primes.yaml", *primes, module="numbers", topics="primes")
    return bank


@pytest.fixture
def library(tmp_path: Path, bank: Path, clock: FixedClock) -> Iterator[Library]:
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        start_all(library)
        yield library


def change(library: Library, **changes: object) -> None:
    library.adopt(library.settings._replace(**changes))  # type: ignore[arg-type]


def learn(library: Library, clock: FixedClock, rating: Rating = Rating.EASY) -> None:
    """Rate every new card once."""
    session = StudySession(library)
    while session.current is not None and session.current.state.memory.phase == Phase.NEW:
        session.answer(rating, 900)
        clock.advance(minutes=0.1)


def sets(library: Library) -> list[float]:
    """Desired retention of every stored parameter set, in the order of their ids."""
    return [one.desired_retention for one in logs.all_parameters(library.db).values()]


def given_by(library: Library) -> dict[str, float]:
    """The desired retention of the set that each card's newest rating names."""
    stored = logs.all_parameters(library.db)
    rows = library.db.execute(
        "SELECT card.key, parameters FROM review JOIN card ON card.id = card ORDER BY review.id"
    )
    return {key: stored[number].desired_retention for key, number in rows}


# ---- desired retention by module -----------------------------------------------------------------


def test_a_module_may_want_another_retention_and_the_log_says_so(
    library: Library, clock: FixedClock
) -> None:
    change(library, module_retention={"numbers": 0.97})
    learn(library, clock)
    retention = given_by(library)
    assert {retention[f"shape-{n}/recall"] for n in range(4)} == {0.9}
    assert {retention[f"prime-{n}/recall"] for n in range(4)} == {0.97}
    rows = library.db.execute(
        "SELECT key, interval, stability FROM card WHERE phase = 2"
    ).fetchall()
    longest = {
        module: max(i for key, i, _ in rows if module in key) for module in ("shape", "prime")
    }
    assert longest["prime"] < longest["shape"]
    assert len({stability for *_, stability in rows}) == 1, "memory is the same under both"
    assert rebuild(library, verify=True).differing == ()


def test_what_the_key_shows_is_what_is_stored_and_what_its_set_gives(
    library: Library, clock: FixedClock
) -> None:
    change(library, module_retention={"numbers": 0.8}, new_order="mixed", load_balance=False)
    session = StudySession(library)
    for rating in (Rating.EASY, Rating.EASY, Rating.GOOD, Rating.AGAIN, Rating.HARD):
        showing = session.current
        assert showing is not None
        shown = session.preview()
        answered = session.answer(rating, 900)
        assert answered.outcome == shown[rating]
        wanted = 0.8 if showing.module == "numbers" else 0.9
        (number,) = library.db.execute(
            "SELECT parameters FROM review ORDER BY id DESC LIMIT 1"
        ).fetchone()
        named = logs.all_parameters(library.db)[number]
        assert named.desired_retention == wanted
        day = clock.now().day
        assert Scheduler(named).outcome(showing.key, showing.state, rating, day) == answered.outcome
        clock.advance(minutes=1)


def test_a_rating_from_another_program_follows_the_module_too(
    library: Library, clock: FixedClock
) -> None:
    change(library, module_retention={"numbers": 0.75})
    (card,) = library.db.execute("SELECT id FROM card WHERE key = 'prime-1/recall'").fetchone()
    answer_card(library, card, Rating.EASY, 0)
    assert given_by(library) == {"prime-1/recall": 0.75}


def test_going_back_and_forth_stores_each_set_once(library: Library) -> None:
    first = library.scheduling[0]
    for _ in range(3):
        for retention in (0.95, 0.8, 0.9):
            change(library, desired_retention=retention, module_retention={"numbers": 0.97})
            assert library.scheduling[1].parameters.desired_retention == retention
            assert library.scheduling_of("numbers")[1].parameters.desired_retention == 0.97
            assert library.scheduling_of("shapes") == library.scheduling
    assert library.scheduling[0] == first
    assert sorted(sets(library)) == [0.8, 0.9, 0.95, 0.97]


def test_weights_that_were_fitted_later_hold_for_every_module(
    library: Library, clock: FixedClock
) -> None:
    from flashsafety.store.writes import add_parameters, writing

    change(library, module_retention={"numbers": 0.97})
    learn(library, clock)
    old = library.scheduling[1].parameters
    weights = tuple(
        weight * 1.1 if place < 4 else weight for place, weight in enumerate(old.weights)
    )
    with writing(library.db):
        add_parameters(library.db, type(old)(weights), clock.now().at, "optimize")
    change(library)
    assert library.scheduling[1].parameters.weights == weights
    assert library.scheduling_of("numbers")[1].parameters.weights == weights
    rebuild(library)
    assert rebuild(library, verify=True).differing == ()


def test_changing_retention_moves_no_due_date_and_no_memory(
    library: Library, clock: FixedClock
) -> None:
    learn(library, clock)
    before = library.db.execute("SELECT * FROM card ORDER BY id").fetchall()
    change(library, desired_retention=0.99, module_retention={"shapes": 0.7})
    assert rebuild(library, verify=True).differing == ()
    rebuild(library)
    assert library.db.execute("SELECT * FROM card ORDER BY id").fetchall() == before


_RETENTION = st.sampled_from([0.7, 0.8, 0.9, 0.95, 0.99])
_CHANGE = st.fixed_dictionaries(
    {
        "desired_retention": _RETENTION,
        "module_retention": st.dictionaries(st.sampled_from(["shapes", "numbers"]), _RETENTION),
        "learning_steps": st.sampled_from([(60, 600), (), (3600,), (60, 600, 7200)]),
        "relearning_steps": st.sampled_from([(600,), (), (60, 172_800)]),
        "maximum_interval": st.sampled_from([36500, 5]),
        "siblings": st.sampled_from(["never", "allowed"]),
        "new_order": st.sampled_from(["syllabus", "mixed"]),
        "review_order": st.sampled_from(["overdueness", "random", "due-day", "least-remembered"]),
    }
)
_LIFE = st.lists(
    st.one_of(
        st.sampled_from(Rating),
        st.sampled_from(Rating),
        st.floats(0.1, 40),
        st.just("undo"),
        _CHANGE,
    ),
    max_size=40,
)


@given(_LIFE)
@settings(max_examples=40, deadline=None)
def test_whatever_is_set_and_changed_the_log_and_the_state_agree(life: list[object]) -> None:
    clock = FixedClock(datetime(2026, 3, 26, 12, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))
    with tempfile.TemporaryDirectory() as name:
        bank = tiny_bank(Path(name) / "bank")
        primes = [question(f"prime-{n}") for n in range(3)]
        write_cards(bank, "02-numbers/primes.yaml", *primes, module="numbers", topics="primes")
        with open_library(Path(name), bank, clock) as library:
            library.take_in_changes()
            start_all(library)
            session = StudySession(library)
            for what in life:
                clock.advance(minutes=0.2)
                if isinstance(what, dict):
                    change(library, **what)
                    session.refresh()
                elif isinstance(what, float):
                    clock.advance(hours=what)
                    session.refresh()
                elif what == "undo":
                    session.undo()
                elif isinstance(what, Rating) and session.current is not None:
                    preview = session.preview()[what]
                    assert session.answer(what, 900).outcome == preview
                assert rebuild(library, verify=True).differing == ()


# ---- orders, siblings, the day -------------------------------------------------------------------


def test_new_cards_come_module_by_module_or_mixed(library: Library, clock: FixedClock) -> None:
    def coming() -> list[str]:
        session = StudySession(library)
        found: list[str] = []
        while session.current is not None and len(found) < 6:
            found.append(session.current.module)
            session.answer(Rating.EASY, 0)
            clock.advance(minutes=0.1)
        for _ in found:
            session.undo()
        return found

    assert coming() == ["shapes"] * 4 + ["numbers"] * 2
    change(library, new_order="mixed")
    assert sorted(coming()[:2]) == ["numbers", "shapes"]
    assert len(set(coming()[::2])) == len(set(coming()[1::2])) == 1


def test_siblings_follow_each_other_on_a_day_where_that_is_allowed(
    tmp_path: Path, clock: FixedClock
) -> None:
    bank = tiny_bank(tmp_path / "bank")
    write_cards(bank, "01-shapes/shapes.yaml", CLOZE)
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        assert due_counts(library).new == 1
        session = StudySession(library)
        session.answer(Rating.EASY, 0)
        assert session.current is None
        change(library, siblings="allowed")
        session.refresh()
        assert session.current is not None
        assert session.current.key == "square-facts/c2"
        assert due_counts(library).new == 1
        session.answer(Rating.EASY, 0)
        assert session.current is None


def test_two_ratings_are_offered_where_no_more_are_wanted(library: Library) -> None:
    session = StudySession(library)
    assert session.ratings == tuple(Rating)
    assert [session.offered(rating) for rating in Rating] == list(Rating)
    change(library, two_buttons=True)
    assert session.ratings == (Rating.AGAIN, Rating.GOOD)
    offered = [session.offered(rating) for rating in Rating]
    assert offered == [Rating.AGAIN, Rating.GOOD, Rating.GOOD, Rating.GOOD]
    assert set(session.preview()) == set(Rating), "for other programs all four are reckoned"


def test_the_day_follows_its_start_and_zone_at_once(library: Library, clock: FixedClock) -> None:
    noon = clock.now()
    change(library, day_start=13 * 3600)
    assert library.clock.now().day == noon.day - 1
    change(library, zone="Asia/Tokyo")
    assert library.clock.now().day == noon.day, "nine in the evening there"
    assert library.clock.now().utc_offset == 9 * 3600


def test_the_computers_own_clock_follows_too() -> None:
    clock = system_clock(Settings(zone="Asia/Tokyo"))
    assert clock.now().utc_offset == 9 * 3600
    clock.set_calendar(0, ZoneInfo("Pacific/Kiritimati"))
    assert (clock.day_start, clock.now().utc_offset) == (0, 14 * 3600)
