"""The vectorised study days, against the rules one by one and against the real scheduler."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from flashsafety.clock import FixedClock
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.simulation import simulate
from flashsafety.scheduling.week import weekday
from flashsafety.scheduling.world import Cards, Days, Rules, Runs, Ways
from flashsafety.stats.expected import expectations
from flashsafety.stats.figures import figures
from flashsafety.stats.lives import learner
from flashsafety.stats.workload import workloads
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild
from flashsafety.study.today import start_all
from flashsafety.terms import Parameters, Phase
from tests.banks import CLOZE, CONCEPT, question, tiny_bank, write_cards
from tests.learners import FIRST, IN_STEPS, RECALLED, Learner
from tests.libraries import open_library
from tests.smoothing import roughness

START = 20_000
WAYS = Ways((FIRST, IN_STEPS, RECALLED, IN_STEPS), (20.0, 8.0, 10.0, 8.0), (0.0,) * 4)
RULES = Rules(
    Parameters(DEFAULT_WEIGHTS),
    review_limit=200,
    apart=True,
    balance=True,
    week=("normal",) * 7,
    most=np.inf,
    pace=(36.0, 11.0, 8.0),
    done=(0, 0, 0.0),
)


def bank_of(count: int, *, per_note: int = 1) -> Cards:
    """New cards, so many of each note in a row."""
    zero = np.zeros(count, dtype=np.int64)
    return Cards(
        zero, zero, np.ones(count), np.ones(count), zero, zero, np.arange(count) // per_note,
        np.full(count, np.nan), np.full(count, 10.0),
    )  # fmt: skip


def learned(count: int, *, due: int, stability: float = 20.0, per_note: int = 1) -> Cards:
    """Reviews that are due on a day counted from the first."""
    cards = bank_of(count, per_note=per_note)
    day = np.full(count, START + due)
    return cards._replace(
        phase=np.full(count, int(Phase.REVIEW)),
        stability=np.full(count, stability),
        difficulty=np.full(count, 5.0),
        last=day - 20,
        due=day,
    )


def live(cards: Cards, *, days: int = 30, new: int = 10, seed: int = 3, **rules: object) -> Days:
    """A life under two retentions."""
    return simulate(
        cards,
        WAYS,
        RULES._replace(**rules),  # type: ignore[arg-type]
        Runs(np.array([0.8, 0.9]), np.array([new, new])),
        first=START,
        days=days,
        rng=np.random.default_rng(seed),
    )


def test_the_limit_of_new_cards_holds_each_day_until_all_are_begun() -> None:
    found = live(bank_of(95), new=10)
    assert found.new.tolist() == [[10] * 9 + [5] + [0] * 20] * 2
    assert found.rated.tolist() == [95, 95]
    assert (found.recalled <= found.reviews).all()
    assert (found.ratings >= found.reviews + found.new).all()


def test_two_cards_of_a_note_are_never_begun_on_one_day() -> None:
    apart = live(bank_of(30, per_note=3), new=30)
    assert apart.new[0, 0] == 10
    assert apart.new.max() <= 10
    assert apart.new.sum(axis=1).tolist() == [30, 30]
    few = live(bank_of(9, per_note=3), new=9)
    assert few.new[0, 0] == 3
    together = live(bank_of(9, per_note=3), new=9, apart=False)
    assert together.new[0, 0] == 9


def test_due_siblings_come_one_a_day() -> None:
    found = live(learned(60, due=0, per_note=3), days=3, new=0)
    assert found.reviews[:, 0].tolist() == [20, 20]
    assert live(learned(60, due=0, per_note=3), days=1, new=0, apart=False).reviews[0, 0] == 60


def test_a_backlog_waits_for_its_limit_and_new_cards_wait_for_it() -> None:
    cards = learned(100, due=-5)
    both = Cards._make(
        np.concatenate(pair) for pair in zip(cards, bank_of(20), strict=True)
    )._replace(note=np.arange(120))
    found = live(both, days=4, new=7, review_limit=30)
    assert found.reviews[:, :3].tolist() == [[30, 30, 30]] * 2
    assert found.new[:, :3].tolist() == [[0, 0, 0]] * 2
    assert found.new[0, 3] == 7


def test_what_was_done_today_is_taken_off() -> None:
    found = live(bank_of(50), days=2, new=10, done=(4, 0, 0.0))
    assert found.new[:, :2].tolist() == [[6, 10]] * 2
    found = live(learned(50, due=0), days=1, review_limit=30, done=(0, 25, 0.0))
    assert found.reviews[:, 0].tolist() == [5, 5]


def test_easy_days_bring_fewer_new_cards_and_reviews() -> None:
    week = ("normal",) * 5 + ("reduced", "minimum")
    found = live(bank_of(900), days=140, new=9, week=week)
    of = np.array([weekday(START + number) for number in range(140)])
    assert set(found.new[0, of == 5][:10]) == {5}
    assert set(found.new[0, of == 6]) == {0}
    usual = found.reviews[:, of < 5][:, 20:].mean()
    assert found.reviews[:, of == 6][:, 4:].mean() < 0.5 * usual
    assert found.reviews[:, of == 5][:, 4:].mean() < 0.85 * usual


def test_minutes_bound_a_day() -> None:
    found = live(learned(200, due=0), days=2, new=0, most=600.0)
    assert found.reviews[:, 0].tolist() == [int(600 / 11)] * 2
    found = live(bank_of(200), days=1, new=50, most=600.0)
    assert found.new[:, 0].tolist() == [int(600 / 36)] * 2


def test_a_step_of_a_day_brings_the_card_tomorrow() -> None:
    steps = Parameters(DEFAULT_WEIGHTS, learning_steps=(60, 86_400))
    ways = ((0.0, 0.0, 1.0, 0.0),) * 4
    found = simulate(
        bank_of(10), WAYS._replace(shares=ways), RULES._replace(parameters=steps),
        Runs(np.array([0.9]), np.array([10])), first=START, days=2, rng=np.random.default_rng(1),
    )  # fmt: skip
    assert found.new.tolist() == [[10, 0]]
    assert found.ratings.tolist() == [[10, 10]]
    assert found.reviews.tolist() == [[0, 0]]


def test_balance_makes_the_days_alike() -> None:
    """As much as the real one does; see ``tests.smoothing``."""

    def rough(balance: bool) -> float:
        lives = live(bank_of(2_500), days=240, balance=balance).reviews[:, 80:]
        return sum(roughness(list(each), [True] * len(each)) for each in lives)

    assert 0.45 < rough(True) / rough(False) < 0.75


def test_the_same_seed_gives_the_same_life() -> None:
    one, other = live(bank_of(60)), live(bank_of(60))
    assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
    assert not np.array_equal(one.ratings, live(bank_of(60), seed=4).ratings)


def test_an_empty_bank_lives_too() -> None:
    found = live(bank_of(0), days=3)
    assert found.ratings.tolist() == [[0, 0, 0]] * 2
    assert found.remembered.tolist() == [0, 0]


# ---- against the real scheduler --------------------------------------------------------------


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Notes of one, two and three cards, no two of them alike."""
    bank = tiny_bank(tmp_path / "bank")
    texts = []
    for number in range(250):
        name = f"{number:03}".translate(str.maketrans("0123456789", "bcdfghklmn"))
        words = f"{name}a {name}e {name}i {name}o {name}u"
        if number < 150:
            text = question(f"one-{number}", prompt=f"Why {words}?", answer=f"By {name}y.")
        elif number < 200:
            text = CONCEPT.replace("id: circle", f"id: two-{number}").replace("also: [round]\n", "")
            text = text.replace("term: circle", f"term: {name}y")
            text = text.replace("All points of a plane at one distance from a point.", f"{words}.")
        else:
            text = CLOZE.replace("square-facts", f"many-{number}")
            text = text.replace("topics: [squares]", "topics: [circles]")
            text = text.replace("A square has", words).replace("equal sides and", f"{name}w and")
            text = text.replace("four::how many", f"{name}p").replace("right", f"{name}q")
            text = text.replace("angles", f"{name}r")
        texts.append(text)
    write_cards(bank, "01-shapes/shapes.yaml", *texts)
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with open_library(tmp_path, bank, clock, new_limit=9, review_limit=60) as library:
        library.take_in_changes()
        start_all(library)
        yield library


def lived(library: Library, first: int, days: int) -> tuple[list[int], list[int], float, int]:
    """Reviews and ratings by day, true retention, and new cards, from the log."""
    rows = library.db.execute(
        "SELECT study_day, phase, rating FROM review WHERE undone_at IS NULL AND study_day >= ?",
        (first,),
    ).fetchall()
    reviews, ratings = [0] * days, [0] * days
    for day, phase, _ in rows:
        ratings[day - first] += 1
        reviews[day - first] += phase == 2
    recalled = sum(phase == 2 and rating > 1 for _, phase, rating in rows)
    return reviews, ratings, recalled / sum(reviews), sum(phase == 0 for _, phase, _ in rows)


@pytest.mark.slow
def test_sixty_days_agree_with_the_real_scheduler(library: Library) -> None:
    """Reviews and ratings a day within 6%, true retention within 1.5 points, new cards exactly.

    Four lives of 1,400 reviews each against a hundred simulated ones. A single life strays by 4%,
    so chance alone takes up a third of that.
    """
    clock = library.clock
    assert isinstance(clock, FixedClock)
    days, morning = 60, clock.at
    with figures(library) as log:
        who = learner(log)
    first = clock.now().day
    found = simulate(
        who.cards, WAYS, who.rules, Runs(np.full(100, 0.9), np.full(100, 9)),
        first=first, days=days, rng=np.random.default_rng(2),
    )  # fmt: skip
    lives = []
    for seed in range(4):
        clock.at = morning - 86_400_000
        Learner(library, clock, seed=seed, skips=0.0, slip=0.0).live(days)
        lives.append(lived(library, first, days))
        library.db.execute("DELETE FROM review")
        rebuild(library)
    reviews, ratings, retention, new = (np.mean(each, axis=0) for each in zip(*lives, strict=True))
    assert new == found.new.sum(axis=1).mean()
    assert reviews.sum() == pytest.approx(found.reviews.sum(axis=1).mean(), rel=0.06)
    assert ratings.sum() == pytest.approx(found.ratings.sum(axis=1).mean(), rel=0.06)
    assert retention == pytest.approx(found.recalled.sum() / found.reviews.sum(), abs=0.015)
    for start in range(0, days, 20):
        of = slice(start, start + 20)
        assert reviews[of].sum() == pytest.approx(found.reviews[:, of].sum(axis=1).mean(), rel=0.1)


@pytest.mark.slow
def test_what_a_learner_meets_lies_within_the_bands_as_often_as_they_say(library: Library) -> None:
    """From the middle of a life, so that due dates, memory and ways come from the log."""
    clock = library.clock
    assert isinstance(clock, FixedClock)
    who = Learner(library, clock, seed=5, skips=0.0, slip=0.0)
    who.live(60)
    clock.advance(days=1)
    days = 28
    with figures(library) as log:
        expected = expectations(log, days)
    first = clock.now().day
    clock.advance(days=-1)
    who.live(days)
    reviews, ratings, _, _ = lived(library, first, days)
    within = sum(
        day.ratings.low <= ratings[place] <= day.ratings.high
        for place, day in enumerate(expected.days)
    )
    assert 0.6 <= within / days <= 0.97
    mean = sum(day.reviews.mean for day in expected.days)
    assert sum(reviews) == pytest.approx(mean, rel=0.08)
    seconds = library.db.execute(
        "SELECT sum(duration_ms) / 1000.0 FROM review WHERE study_day >= ?", (first,)
    ).fetchone()[0]
    assert seconds == pytest.approx(sum(day.seconds.mean for day in expected.days), rel=0.08)


# ---- of a library ----------------------------------------------------------------------------


def test_more_retention_is_more_work_and_more_knowledge(learner_of) -> None:
    with figures(learner_of(60).library) as log:
        about = workloads(log, 120)
    assert about.own
    assert len(about.by_retention) == 13
    first, last = about.by_retention[0], about.by_retention[-1]
    assert (first.desired_retention, last.desired_retention) == (0.7, 0.97)
    assert last.reviews > 2 * first.reviews
    assert last.seconds > 1.5 * first.seconds
    assert last.remembered > first.remembered
    for one, later in zip(about.by_retention, about.by_retention[2:], strict=False):
        assert one.reviews < later.reviews
        assert one.seconds < later.seconds
    # What falls due early on was given its day under the retention as it was.
    assert about.by_retention[-1].true_retention == pytest.approx(0.96, abs=0.015)


def test_new_cards_cost_time_and_bring_knowledge(studied) -> None:
    with figures(studied(0)) as log:
        about = workloads(log, 12, 7)
    assert not about.own
    assert (about.new_limit, about.rated, about.remembered) == (7, 0, 0)
    assert [each.new_limit for each in about.by_new_limit] == [0, 5, 7, 10, 15, 20, 30]
    none, few, *_, many = about.by_new_limit
    assert (none.ratings, none.remembered) == (0, 0)
    assert none.true_retention is None
    assert (few.new, many.new) == (60, about.cards)
    assert few.remembered < many.remembered
    assert {each.new_limit for each in about.by_retention} == {7}


def test_hidden_cards_and_modules_of_their_own_retention(library: Library) -> None:
    with figures(library) as log:
        before = len(learner(log).cards.phase)
    library.db.execute("UPDATE card SET suspended = 1 WHERE id = 1")
    library.db.execute("UPDATE card SET active = 0 WHERE id = 2")
    library.adopt(library.settings._replace(module_retention={"shapes": 0.95}))
    with figures(library) as log:
        cards = learner(log).cards
    assert len(cards.phase) == before - 2
    assert set(cards.retention) == {0.95}
