"""Cramming: every rating is in the log, and nothing else knows of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.errors import StaleCardError
from flashsafety.stats.figures import figures
from flashsafety.stats.periods import days
from flashsafety.store.due import done_on, streak
from flashsafety.study.answer import act_on_card, answer_card, undo_newest
from flashsafety.study.begin import begin
from flashsafety.study.bulk import act_on_cards
from flashsafety.study.cram import CramSession
from flashsafety.study.find import find
from flashsafety.study.kinds import Cram
from flashsafety.study.library import Library
from flashsafety.study.pace import pace
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story, event_words
from flashsafety.study.today import Choice, due_counts, plan_day, start_all, today
from flashsafety.terms import Rating, Review
from tests.banks import question, tiny_bank, write_cards
from tests.libraries import open_library
from tests.study.lives import Step, fresh_library, live, lives

CRAM = Choice(kind=Cram())
EVERY = 9
"""Cards of the tiny bank: a concept has two, and so has the cloze."""


def cram(library: Library, query: str = "", limit: int | None = None) -> CramSession:
    session = begin(library, CRAM._replace(query=query, limit=limit))
    assert isinstance(session, CramSession)
    return session


def keys(session: CramSession) -> list[str]:
    """The cards of a session in their order; it is gone through."""
    found: list[str] = []
    while session.current:
        found.append(session.current.key)
        session.answer(Rating.GOOD, 0)
    return found


def table(library: Library) -> list[tuple[object, ...]]:
    return library.db.execute("SELECT * FROM card ORDER BY id").fetchall()


def log(library: Library) -> list[tuple[str, int, str, int]]:
    return library.db.execute(
        "SELECT card.key, rating, origin, review.interval FROM review"
        " JOIN card ON card.id = review.card WHERE undone_at IS NULL ORDER BY review.id"
    ).fetchall()


# ---- which cards ---------------------------------------------------------------------------------


def test_every_card_comes_new_or_not_due_and_of_modules_that_are_not_open(
    tmp_path: Path, bank: Path, clock: FixedClock
) -> None:
    write_cards(bank, "02-numbers/p.yaml", question("prime"), module="numbers", topics="primes")
    with open_library(tmp_path, bank, clock, new_limit=0) as library:
        library.take_in_changes()
        answer_card(library, 1, Rating.EASY, 0)  # due in days
        answer_card(library, 3, Rating.AGAIN, 0)  # in its steps
        assert due_counts(library).new == 0
        assert len(set(keys(cram(library)))) == EVERY + 1


def test_suspended_and_buried_cards_come_only_where_the_search_names_them(
    library: Library,
) -> None:
    act_on_card(library, 1, "suspend")
    act_on_card(library, 3, "bury", str(library.clock.now().day + 1))
    suspended, buried = (
        library.db.execute("SELECT key FROM card WHERE id = ?", (card,)).fetchone()[0]
        for card in (1, 3)
    )
    assert {suspended, buried}.isdisjoint(keys(cram(library)))
    assert keys(cram(library, "is:suspended")) == [suspended]
    assert keys(cram(library, "is:buried")) == [buried]
    assert set(keys(cram(library, "(is:suspended or is:buried)"))) == {suspended, buried}
    assert {suspended, buried}.isdisjoint(keys(cram(library, "-is:suspended")))


def test_a_choice_that_finds_nothing_says_so(library: Library) -> None:
    session = cram(library, "nowhere")
    assert session.current is None
    assert session.intro == ""
    assert session.summary().ratings == 0


# ---- the session ---------------------------------------------------------------------------------


def test_a_card_comes_again_after_the_others_until_it_is_known(library: Library) -> None:
    session = cram(library)
    first = session.current
    assert first is not None
    assert session.left == {"to come": EVERY, "again": 0}
    assert session.answer(Rating.AGAIN, 0).again
    assert session.left == {"to come": EVERY - 1, "again": 1}
    for _ in range(EVERY - 1):
        assert session.current is not None and session.current.key != first.key
        assert not session.answer(Rating.GOOD, 0).again
    assert session.current is not None and session.current.key == first.key
    session.answer(Rating.HARD, 0)
    assert session.current is not None and session.current.key == first.key
    session.answer(Rating.EASY, 0)
    assert session.current is None
    assert session.waiting_until() is None


def test_what_the_keys_say_is_what_happens(library: Library) -> None:
    for rating in Rating:
        session = cram(library)
        says = session.offers()[rating]
        assert session.answer(rating, 0).again == (says == "later")


def test_two_buttons_are_two_here_too(tmp_path: Path, bank: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, bank, clock, two_buttons=True) as library:
        library.take_in_changes()
        assert cram(library).offers() == {Rating.AGAIN: "later", Rating.GOOD: "done"}


def test_who_leaves_and_returns_goes_on_with_the_others(library: Library) -> None:
    session = cram(library)
    done = []
    for _ in range(3):
        assert session.current is not None
        done.append(session.current.key)
        session.answer(Rating.GOOD, 0)
    assert session.current is not None
    again = session.current.key
    session.answer(Rating.AGAIN, 0)
    order = keys(cram(library))
    assert set(order[-3:]) == set(done)
    assert again in order[:-3]


def test_a_skipped_card_comes_at_the_end(library: Library) -> None:
    session = cram(library)
    first = session.current
    assert first is not None
    session.skip()
    assert keys(session)[-1] == first.key


def test_a_limit_is_one_of_ratings(library: Library) -> None:
    session = cram(library, limit=2)
    session.answer(Rating.AGAIN, 0)
    session.answer(Rating.AGAIN, 0)
    assert session.current is None
    session.undo()
    assert session.current is not None


def test_what_is_hidden_in_the_session_leaves_it(library: Library) -> None:
    session = cram(library)
    assert session.current is not None
    one = session.current.key
    session.suspend()
    assert session.current is not None
    two = session.current.key
    session.bury()
    session.flag("typo")
    assert {one, two}.isdisjoint(keys(session))


def test_what_another_window_hides_does_not_come_again(library: Library) -> None:
    session = cram(library)
    hidden = []
    for kind, value in (("suspend", None), ("bury", str(library.clock.now().day + 1))):
        assert session.current is not None
        card = session.current
        session.answer(Rating.AGAIN, 0)
        with library.reopen() as other:
            act_on_card(other, card.id, kind, value)  # type: ignore[arg-type]
        hidden.append(card.key)
    assert set(hidden).isdisjoint(keys(session))


def test_options_are_in_another_order_when_the_card_comes_again(library: Library) -> None:
    orders = set()
    session = cram(library, "type:choice")
    for _ in range(12):
        assert session.current is not None
        orders.add(session.current.order)
        session.refresh()
        assert session.current.order in orders, "reading it again changes nothing"
        session.answer(Rating.AGAIN, 0)
    assert len(orders) > 1


def test_a_card_that_leaves_the_bank_meanwhile_is_refused_and_left_out(
    library: Library, bank: Path
) -> None:
    session = cram(library, "type:numeric or type:typed")
    assert session.current is not None
    gone = session.current.key
    file = bank / "01-shapes/shapes.yaml"
    text = file.read_text(encoding="utf-8")
    note = gone.partition("/")[0]
    file.write_text(text.replace(f"id: {note}", f"id: {note}-two"), encoding="utf-8")
    library.take_in_changes()
    with pytest.raises(StaleCardError, match="has left the bank"):
        session.answer(Rating.GOOD, 0)
    assert session.current is not None and session.current.key != gone
    assert log(library) == []


def test_another_window_may_rate_the_card_meanwhile(library: Library) -> None:
    session = cram(library)
    assert session.current is not None
    other = library.reopen()
    answer_card(other, session.current.id, Rating.EASY, 0)
    other.close()
    state = table(library)
    session.answer(Rating.AGAIN, 0)
    assert table(library) == state


# ---- the log, and all that must not know of it ---------------------------------------------------


def test_a_rating_is_on_the_disk_before_the_next_card_shows(library: Library) -> None:
    session = cram(library)
    assert session.current is not None
    first = session.current.key
    session.answer(Rating.HARD, 4000)
    other = library.reopen()
    row = other.db.execute(
        "SELECT key, rating, duration_ms, origin, review.interval, fuzz FROM review"
        " JOIN card ON card.id = review.card"
    ).fetchone()
    other.close()
    assert row == (first, 2, 4000, "cram", 0, 0)


def test_its_log_names_it_and_gives_no_interval(library: Library) -> None:
    session = cram(library)
    assert session.current is not None
    key = session.current.key
    session.answer(Rating.GOOD, 1500)
    (event,) = card_story(library, key).events
    assert " ".join(event_words(event).split()) == "3 Good 1.5 s (cram)"
    assert isinstance(event, Review) and event.origin == "cram"


def test_a_reworded_card_says_so_in_the_next_review_still(library: Library, bank: Path) -> None:
    answer_card(library, 1, Rating.GOOD, 0)
    file = bank / "01-shapes/shapes.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("at one distance", "at the same distance"), encoding="utf-8")
    library.take_in_changes()
    key = library.db.execute("SELECT key FROM card WHERE id = 1").fetchone()[0]
    for _ in range(2):
        session = cram(library, f"card:{key}")
        assert session.current is not None and session.current.change is not None
        session.answer(Rating.GOOD, 0)


def test_rated_finds_it_as_in_anki(library: Library) -> None:
    session = cram(library)
    assert session.current is not None
    card = session.current.id
    session.answer(Rating.AGAIN, 0)
    assert find(library, "rated:1:1") == find(library, "introduced:1") == [card]


def test_a_day_of_cramming_alone_is_no_day_of_the_streak(
    library: Library, clock: FixedClock
) -> None:
    answer_card(library, 1, Rating.GOOD, 0)
    clock.advance(days=1)
    keys(cram(library))
    assert streak(library.db, clock.now().day) == 1
    clock.advance(days=1)
    assert streak(library.db, clock.now().day) == 0


def test_a_lapse_in_cramming_makes_no_leech(tmp_path: Path, bank: Path, clock: FixedClock) -> None:
    with open_library(tmp_path, bank, clock, leech_threshold=1, leech_action="suspend") as library:
        library.take_in_changes()
        answer_card(library, 1, Rating.EASY, 0)
        session = cram(library, "is:review")
        session.answer(Rating.AGAIN, 0)
        assert session.current is not None
        assert session.summary().leeches == ()
        assert session.summary().true_retention is None
        assert library.db.execute("SELECT lapses, suspended FROM card").fetchone() == (0, 0)


STEPS = st.lists(
    st.one_of(st.sampled_from(Rating), st.sampled_from(["skip", "refresh", "undo own", "wait"])),
    max_size=25,
)


def known(library: Library) -> dict[str, object]:
    """All that a front end would say of the learner."""
    day = library.clock.now().day
    with figures(library) as found:
        studied = days(found)
    return {
        "cards": table(library),
        "day": today(library),
        "done": done_on(library.db, day),
        "pace": pace(library),
        "studied": studied,
        "queue": plan_day(library, library.clock.now()),
        "verified": rebuild(library, verify=True).differing,
    }


def cram_along(session: CramSession, steps: list[object], clock: FixedClock) -> int:
    """Do as the steps say; returns how many ratings are left standing."""
    given = 0
    for step in steps:
        clock.advance(minutes=0.01)
        if step == "undo own":
            if given:
                undone = session.undo()
                assert undone is not None and undone.kind == "cram"
                assert session.current is not None and session.current.key == undone.key
                given -= 1
        elif session.current is None or step == "wait":
            continue
        elif isinstance(step, Rating):
            session.answer(step, 700)
            given += 1
        else:
            getattr(session, str(step))()
    return given


@given(lives, STEPS)
@settings(max_examples=30, deadline=None)
def test_cramming_changes_nothing_but_the_log(life: list[Step], steps: list[object]) -> None:
    with fresh_library() as (library, clock):
        live(library, clock, life)
        clock.advance(hours=1)
        before, rows = known(library), len(log(library))
        at = clock.at
        given = cram_along(cram(library), steps, clock)
        clock.at = at
        assert known(library) == before
        assert len(log(library)) == rows + given
        rebuild(library)
        assert known(library) == before


@given(STEPS)
@settings(max_examples=20, deadline=None)
def test_undo_takes_back_every_rating_also_after_leaving(steps: list[object]) -> None:
    with fresh_library() as (library, clock):
        live(library, clock, [("rate", Rating.GOOD), ("wait", 1.0)])
        before, rows = table(library), log(library)
        given = cram_along(cram(library), steps, clock)
        for _ in range(given):
            undone = undo_newest(library)
            assert undone is not None and undone.kind == "cram"
            assert undone.words.startswith("undid crammed ")
        assert (table(library), log(library)) == (before, rows)


# ---- undo between sessions -----------------------------------------------------------------------


@contextmanager
def one_due(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """Of three cards one was rated to come back in days."""
    bank = tiny_bank(tmp_path / "other")
    write_cards(bank, "01-shapes/shapes.yaml", *map(question, ("one", "two", "three")))
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        answer_card(library, 1, Rating.EASY, 0)
        yield library


def test_undo_in_a_review_takes_back_a_crammed_rating_without_showing_what_is_not_due(
    tmp_path: Path, clock: FixedClock
) -> None:
    with one_due(tmp_path, clock) as library:
        cram(library, "is:review").answer(Rating.GOOD, 0)
        session = StudySession(library)
        front = session.current
        assert front is not None and front.key != "one/recall"
        undone = session.undo()
        assert undone is not None and undone.words == "undid crammed Good on one/recall"
        assert session.current is not None and session.current.key == front.key


def test_undo_in_cramming_that_reaches_a_review_does_not_show_its_card(
    tmp_path: Path, clock: FixedClock
) -> None:
    with one_due(tmp_path, clock) as library:
        session = cram(library)
        while (front := session.current) is None or front.key == "one/recall":
            session.skip()
        left = session.left
        undone = session.undo()
        assert undone is not None and undone.words == "undid Easy on one/recall"
        assert session.current is not None and session.current.key == front.key
        assert session.left == left


def test_undo_in_cramming_of_what_was_done_to_many_cards_leaves_the_card(library: Library) -> None:
    start_all(library)
    session = cram(library)
    front = session.current
    assert front is not None
    act_on_cards(library, [1, 2, 3], "flag", "typo")
    assert session.undo() is not None
    assert session.current is not None and session.current.key == front.key
