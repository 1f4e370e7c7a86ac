"""Plans for very many reviews: told from a sample, near to those of all, at a bounded cost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.rehearsal import DayRules, Rehearsal
from flashsafety.store import habits, waiting
from flashsafety.store.due import done_on
from flashsafety.study import comeback as module
from flashsafety.study.comeback import HORIZON, RISK, comeback
from flashsafety.study.library import Library
from flashsafety.study.plan_words import offers
from flashsafety.study.rebuild import rebuild
from flashsafety.study.rehearse import DUE, KNOWN, rehearsal, sample
from flashsafety.study.sync import sync
from flashsafety.terms import Return, ReviewOrder, StudyDay
from tests.benchmark_parts import START, big_bank, write_log
from tests.libraries import open_library

END = StudyDay(10**6)


@pytest.fixture
def library(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Library]:
    """As many cards as the test says, all overdue for months."""
    clock = FixedClock(START)
    with open_library(tmp_path, big_bank(tmp_path / "bank", request.param), clock) as library:
        library.db.execute("PRAGMA synchronous = OFF")
        sync(library)
        write_log(library, 3)
        rebuild(library)
        clock.advance(days=100)
        yield library


def due(library: Library) -> int:
    return waiting.due_reviews(library.db, library.clock.now().day)


def days_of_all(library: Library, limit: int, order: ReviewOrder) -> int | None:
    """The days that a plan takes when every card is rehearsed, to the end of the year."""
    moment = library.clock.now()
    days, done = rehearsal(library, moment, HORIZON), done_on(library.db, moment.day).review
    for number in range(HORIZON):
        room = max(0, limit - done) if number == 0 else limit
        if days.study(StudyDay(moment.day + number), DayRules(room, order)).left == 0:
            return number + 1
    return None


def days_told(library: Library, limit: int, order: ReviewOrder) -> int | None:
    moment = library.clock.now()
    drawn = sample(library, moment, HORIZON, due(library))
    ends = module._end(library, moment, drawn, DayRules(limit, order), lambda: None)
    return None if ends is None else ends - moment.day


@pytest.mark.parametrize("library", [1_200], indirect=True)
@pytest.mark.parametrize("order", ["overdueness", RISK])
def test_of_no_more_than_can_be_rehearsed_the_figures_are_exact(library, order) -> None:
    assert sample(library, library.clock.now(), HORIZON, due(library)).whole
    for share in (4, 12, 30, 200):
        limit = due(library) // share
        assert days_told(library, limit, order) == days_of_all(library, limit, order)
    found = comeback(library)
    assert found is not None
    assert found.offers[0].reviews == due(library)
    assert not any(offer.about for offer in found.offers)
    assert not any(" about " in said for said in list(offers(found))[1:])


@pytest.mark.parametrize("library", [4_000], indirect=True)
@pytest.mark.parametrize("order", ["overdueness", RISK])
def test_of_more_they_are_near_to_those_of_all(library, order) -> None:
    for share in (4, 8, 12, 20):
        limit = due(library) // share
        every, told = days_of_all(library, limit, order), days_told(library, limit, order)
        assert every is not None
        assert told is not None
        assert abs(told - every) <= max(2, every / 6)
    assert days_of_all(library, due(library) // 200, order) is None
    assert days_told(library, due(library) // 200, order) is None


@pytest.mark.parametrize("library", [4_000], indirect=True)
def test_what_comes_of_a_sample_is_said_to_be_about_so_much(library) -> None:
    found = comeback(library)
    assert found is not None
    assert all(offer.about for offer in found.offers)
    everything = found.offers[0]
    assert abs(everything.reviews - due(library)) <= due(library) / 20
    said = list(offers(found))
    assert said[0].startswith(f"all that may come today: about {everything.reviews:,} reviews, ")
    assert all("about" in line and len(line) <= 58 for line in said)
    assert comeback(library) == found


def test_the_longest_words_fit_a_small_window() -> None:
    day = StudyDay(20_800)
    ways = [Return(day, StudyDay(day + 364), limit, None, 100_000) for limit in (None, 9_990, 990)]
    plans = [
        module.Offer(plan, count, more, 60_000.0, about=True)
        for plan, count, more in zip(ways, (100_000, 9_990, 990), (0, 9_000, 0), strict=True)
    ]
    said = list(offers(module.Comeback(day, 100_000, 7_200.0, tuple(plans))))
    assert all(len(line) <= 58 for line in said), said


@pytest.mark.parametrize("library", [4_000], indirect=True)
def test_however_many_are_due_no_more_are_rehearsed(library) -> None:
    moment, days = library.clock.now(), []
    drawn = sample(library, moment, HORIZON, due(library))
    assert DUE * 0.9 < drawn.days.again().due(END) < DUE * 1.1
    assert drawn.share == drawn.days.again().due(moment.day) / due(library)
    assert comeback(library, lambda: days.append(1)) is not None
    assert len(days) <= 1 + 2 * HORIZON
    few = sample(library, moment, HORIZON, due(library) * 10)
    assert few.days.due(END) < DUE * 1.1 / 10


@pytest.mark.parametrize("library", [1_200], indirect=True)
def test_a_plan_that_cannot_end_within_a_year_is_not_rehearsed_for_one(library) -> None:
    days: list[int] = []
    moment = library.clock.now()
    drawn = sample(library, moment, HORIZON, due(library))
    rules = DayRules(2, RISK)
    assert module._end(library, moment, drawn, rules, lambda: days.append(1)) is None
    assert len(days) == 1


def test_cards_that_come_later_are_bounded_too(of_many) -> None:
    drawn = sample(of_many, of_many.clock.now(), HORIZON, due(of_many))
    assert not drawn.whole
    assert drawn.share < 0.6
    assert drawn.days.due(END) < KNOWN * 1.1


@pytest.fixture
def of_many(tmp_path: Path) -> Iterator[Library]:
    """Reviews due, and far more cards that come within the year."""
    clock = FixedClock(START)
    with open_library(tmp_path, big_bank(tmp_path / "bank", 1_000), clock) as library:
        sync(library)
        write_log(library, 2)
        rebuild(library)
        clock.advance(days=100)
        today = library.clock.now().day
        library.db.execute(
            "WITH RECURSIVE count (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM count LIMIT ?)"
            " INSERT INTO card (key, note, module, active, phase, stability, difficulty, due_day,"
            " interval, last_day) SELECT 'later-' || n || '/recall', 'later-' || n, module, 1, 2,"
            " 30, 5, ? + n % 300, 2592000, ? - 30 FROM count, (SELECT module FROM card LIMIT 1)",
            (KNOWN * 2, today + 1, today),
        )
        yield library


@pytest.mark.parametrize("library", [30], indirect=True)
def test_a_note_is_drawn_with_all_its_cards(library) -> None:
    library.db.execute("UPDATE card SET note = 'one' WHERE id % 3 = 0")
    every = [card for card, _ in habits.known_cards(library.db, END)]
    drawn = habits.known_cards(library.db, END, (), lambda note: note == "one")
    assert [card for card, _ in drawn] == [card for card in every if card.note == "one"] != []


@pytest.mark.parametrize("library", [1_200], indirect=True)
def test_another_way_leaves_the_cards_as_they_stand(library) -> None:
    moment = library.clock.now()

    def outcome(days: Rehearsal) -> list[tuple[dict[str, int], int]]:
        came = (days.study(StudyDay(moment.day + n), DayRules(90, RISK)) for n in range(20))
        return [(dict(day.reviews), day.left) for day in came]

    days = rehearsal(library, moment, HORIZON)
    first = outcome(days.again())
    assert first == outcome(days.again()) == outcome(days)
