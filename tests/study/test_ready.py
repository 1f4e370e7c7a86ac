"""Ready on a date: what is promised comes true, within the limits, and what cannot be is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.errors import UsageError
from flashsafety.scheduling.curve import forgetting_curve
from flashsafety.store import waiting
from flashsafety.store.due import done_on
from flashsafety.store.plans import plans_on
from flashsafety.study.answer import undo_newest
from flashsafety.study.library import Library
from flashsafety.study.plan_words import instead as instead_words
from flashsafety.study.plan_words import ready, ready_offer
from flashsafety.study.plans import decide, drop, pause_until
from flashsafety.study.ready import Prospect, hold, instead, plan_for, prospect
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.today import Choice, plan_day, start_modules, today
from flashsafety.terms import Rating, Ready, StudyDay
from tests.banks import question, tiny_bank, write_cards
from tests.learner import study_for
from tests.libraries import open_library
from tests.study.test_pause import met_in_the_end, rate_all
from tests.study.test_properties import fresh_library

SYLLABUS = """\
title: Courses
sections:
  - slug: all
    title: All
    modules:
      - {number: 1, slug: one, title: One, topics: [{slug: a-one, title: A}]}
      - {number: 2, slug: two, title: Two, topics: [{slug: a-two, title: A}]}
      - {number: 3, slug: three, title: Three, topics: [{slug: a-three, title: A}]}
"""
CARDS = {"one": 60, "two": 40, "three": 20}


@pytest.fixture
def course(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """Three modules of 60, 40 and 20 cards, of which nothing was rated; the first is open."""
    bank = tiny_bank(tmp_path / "bank")
    (bank / "01-shapes/shapes.yaml").unlink()
    (bank / "syllabus.yaml").write_text(SYLLABUS)
    for number, (name, count) in enumerate(CARDS.items(), 1):
        cards = (question(f"{name}-{place}") for place in range(count))
        write_cards(bank, f"{number:02}-{name}/cards.yaml", *cards, module=name, topics=f"a-{name}")
    with open_library(tmp_path, bank, clock) as library:
        library.take_in_changes()
        yield library


def asked(library: Library, days: int, *modules: str, target: float = 0.9) -> Prospect:
    ends = StudyDay(library.clock.now().day + days)
    return plan_for(library, ends, modules or ("one", "two"), target)


def held(library: Library, days: int, *modules: str, target: float = 0.9) -> Ready:
    found = asked(library, days, *modules, target=target)
    assert found.met
    hold(library, found)
    return found.plan


def begun_of(library: Library, day: int, *modules: str) -> int:
    return waiting.begun_on(library.db, StudyDay(day), modules)


def spent_on(library: Library, day: int, plan: Ready) -> float:
    """Milliseconds that the ratings of a plan's cards took on a study day."""
    marks = ",".join("?" * len(plan.modules))
    row = library.db.execute(
        "SELECT total(duration_ms) FROM review JOIN card ON card.id = card WHERE study_day = ?"
        f" AND module IN ({marks})",
        (day, *plan.modules),
    ).fetchone()
    return float(row[0])


def recall(library: Library, plan: Ready) -> float:
    """The mean chance of recall now over all cards of a plan's modules, as FSRS predicts it."""
    curve = forgetting_curve(library.scheduling[1].parameters.weights)
    marks = ",".join("?" * len(plan.modules))
    rows = library.db.execute(
        f"SELECT stability, last_day FROM card WHERE active = 1 AND module IN ({marks})",
        plan.modules,
    ).fetchall()
    today = library.clock.now().day
    return sum(curve(s, today - last) for s, last in rows if s is not None) / len(rows)


# ---- what it promises ----------------------------------------------------------------------------


@pytest.mark.parametrize("target", [0.85, 0.95])
def test_who_keeps_to_a_plan_is_about_as_ready_as_was_predicted(course, clock, target) -> None:
    study_for(course, clock, 10)
    found = asked(course, 40, target=target)
    assert found.met
    hold(course, found)
    seconds = []
    while clock.now().day < found.plan.ends:
        day = clock.now().day
        study_for(course, clock, 1, seed=day)
        seconds.append(spent_on(course, day, found.plan) / 1000)
    assert waiting.new_cards(course.db, found.plan.modules, found.plan.modules) == 0
    assert recall(course, found.plan) == pytest.approx(found.recall, abs=0.03)
    assert sum(seconds) / len(seconds) == pytest.approx(found.seconds, rel=0.5)


def test_a_higher_target_costs_more_and_raises_the_desired_retention(course, clock) -> None:
    study_for(course, clock, 10)
    easy, hard = asked(course, 40, target=0.9), asked(course, 40, target=0.96)
    assert easy.plan.peak == 0.9
    assert hard.plan.peak > 0.9
    assert hard.recall > easy.recall
    assert hard.seconds > easy.seconds


def test_nothing_is_stored_until_it_is_taken(course) -> None:
    asked(course, 40)
    assert prospect(course) is None
    found = asked(course, 40)
    assert hold(course, found) == ("two",)
    again = prospect(course)
    assert again is not None and again.plan == found.plan
    assert again.recall == pytest.approx(found.recall, abs=1e-9)


# ---- that it shapes the days ---------------------------------------------------------------------


def test_new_cards_are_spread_and_those_of_other_modules_fill_the_limit(course, clock) -> None:
    start_modules(course, ["three"])
    plan = held(course, 50)
    for number in range(5):
        day = clock.now().day
        study_for(course, clock, 1)
        assert begun_of(course, day, *plan.modules) == 3  # 100 over 45 days
        assert begun_of(course, day, "three") == (7 if number < 2 else 6 if number == 2 else 0)
    assert done_on(course.db, StudyDay(day)).new == 3


def test_what_was_done_today_counts_and_the_rest_comes_after_a_restart(course) -> None:
    held(course, 50)
    session = StudySession(course)
    assert session.remaining.new == 3
    session.answer(Rating.EASY, 1000)
    assert StudySession(course).remaining.new == 2
    undo_newest(course)
    assert StudySession(course).remaining.new == 3


def test_days_that_were_missed_are_made_up_for(course, clock) -> None:
    held(course, 50)
    clock.advance(days=30)
    assert today(course).counts.new == 7  # 100 over 15 days


def test_the_limits_of_the_learner_hold(course, clock) -> None:
    found = asked(course, 12)
    assert found.new == 10
    hold(course, found)
    clock.advance(days=9)
    assert today(course).counts.new == 10


def test_ratings_are_given_under_sets_that_rise_and_a_replay_gives_the_same(course, clock) -> None:
    plan = held(course, 40, target=0.96)
    assert plan.peak > 0.92
    while clock.now().day < plan.ends:
        study_for(course, clock, 1, seed=clock.now().day)
    rows = course.db.execute(
        "SELECT desired_retention FROM review JOIN parameters ON parameters.id = parameters"
        " JOIN card ON card.id = card WHERE module IN ('one', 'two') ORDER BY review.id"
    ).fetchall()
    given = [row[0] for row in rows]
    assert given == sorted(given)
    assert 3 < len(set(given)) <= 8
    assert max(given) == plan.peak
    assert rebuild(course, verify=True).differing == ()
    assert course.scheduling_of("one")[1].parameters.desired_retention == 0.9


def test_only_its_modules_are_given_shorter_intervals(course, clock) -> None:
    plan = held(course, 40, "one", target=0.96)
    clock.advance(days=39)
    assert course.scheduling_of("one")[1].parameters.desired_retention == plan.peak
    assert course.scheduling_of("two")[1].parameters.desired_retention == 0.9
    assert course.scheduling[1].parameters.desired_retention == 0.9


def test_a_module_that_has_more_already_keeps_it(course, clock) -> None:
    course.adopt(course.settings._replace(module_retention={"one": 0.97}))
    held(course, 40, target=0.9)
    clock.advance(days=39)
    assert course.scheduling_of("one")[1].parameters.desired_retention == 0.97


def test_on_the_date_all_is_as_usual(course, clock) -> None:
    plan = held(course, 40)
    clock.advance(days=40)
    assert clock.now().day == plan.ends
    picture = today(course)
    assert ready(picture, None) == ""
    assert picture.counts.new == 10
    assert prospect(course) is None


def test_it_is_followed_in_a_line(course, clock) -> None:
    held(course, 40)
    study_for(course, clock, 3)
    found = prospect(course)
    assert found is not None
    said = ready(today(course), found.recall)
    assert (
        said
        == f"Ready on 11 Apr, day 4 of 40: 9 of 100 begun, predicted recall {found.recall:.2f}."
    )
    assert "predicted recall 0.40 of 0.90" in ready(today(course), 0.4)


def test_undone_dropped_or_replaced(course) -> None:
    first = held(course, 40)
    second = held(course, 30, "one")
    day = course.clock.now().day
    assert plans_on(course.db, day).ready == second
    undone = undo_newest(course)
    assert undone is not None and undone.words == "undid the plan for a date"
    assert plans_on(course.db, day).ready == first
    assert drop(course, "return", "ready") == ("ready",)
    assert today(course).counts.new == 10
    assert undo_newest(course) is not None
    assert plans_on(course.db, day).ready == first
    assert undo_newest(course) is not None
    undone = undo_newest(course)
    assert undone is not None and undone.words == "undid start of two"


def test_a_pause_is_reckoned_with(course) -> None:
    free = asked(course, 14)
    pause_until(course, StudyDay(course.clock.now().day + 9))
    short = asked(course, 14)
    assert free.met and not short.met
    assert short.left > 0


def test_why_a_new_card_waits_names_the_plan(course) -> None:
    held(course, 50)
    rate_all(course)
    said = card_story(course, "one-59/recall").reasons
    assert "It is new, and the plan for a date has brought its new cards of today." in said


# ---- what cannot be met --------------------------------------------------------------------------


def test_what_cannot_be_met_is_said_with_what_can(course) -> None:
    day = course.clock.now().day
    found = asked(course, 6)
    assert not found.met and found.left == 40
    other = instead(course, found)
    assert other.day is not None and day + 6 < other.day <= day + 14
    assert asked(course, other.day - day).met
    assert not asked(course, other.day - day - 1).met
    assert other.target is not None and asked(course, 6, target=other.target).met
    assert other.modules == ("two",)
    assert asked(course, 6, *other.modules).met
    lines = list(instead_words(found, other, day))
    assert lines[0].startswith("0.90 cannot be met by Sun 8 Mar: predicted recall 0.5")
    assert lines[0].endswith("40 cards not begun.")
    assert len(lines) == 4 and "--modules two" in lines[2]


def test_where_nothing_else_could_be_met_either_nothing_is_promised(course) -> None:
    course.adopt(course.settings._replace(new_limit=0))
    found = asked(course, 40)
    assert (found.recall, found.left, found.seconds) == (0, 100, 0)
    other = instead(course, found)
    assert other == (None, None, ())


@pytest.mark.parametrize(
    ("days", "modules", "said"),
    [
        (0, ("one",), "after today and within a year"),
        (-3, ("one",), "after today and within a year"),
        (366, ("one",), "after today and within a year"),
        (9, ("one", "tow"), 'there is no module "tow"'),
    ],
)
def test_what_is_no_plan_is_refused(course, days, modules, said) -> None:
    with pytest.raises(UsageError, match=said):
        asked(course, days, *modules)


def test_modules_without_a_card_are_refused(course) -> None:
    course.db.execute("UPDATE card SET suspended = 1 WHERE module = 'three'")
    with pytest.raises(UsageError, match="no card"):
        asked(course, 9, "three")


def test_a_module_with_nothing_left_to_begin_may_be_planned(course, clock) -> None:
    study_for(course, clock, 15)
    found = asked(course, 20, "one")
    assert found.new == 0 and found.met
    day = clock.now().day
    lines = list(ready_offer(found, 0.9, day))
    assert lines[0].endswith("in 20 days: 60 cards.")


# ---- that nothing gets out of reach --------------------------------------------------------------


@given(
    st.integers(1, 30),
    st.sampled_from([0.9, 0.95, 0.97]),
    st.lists(st.tuples(st.sampled_from(Rating), st.integers(0, 6)), min_size=3, max_size=12),
    st.booleans(),
)
@settings(max_examples=20, deadline=None)
def test_under_a_plan_every_due_card_comes_and_every_state_is_the_fold_of_its_log(
    length: int, peak: float, life: list[tuple[Rating, int]], chosen: bool
) -> None:
    with fresh_library(new_limit=5) as (library, clock):
        moment = clock.now()
        plan = Ready(moment.day, StudyDay(moment.day + length), ("shapes",), 0.9, peak)
        decide(library, moment, "ready", plan)
        for rating, wait in life:
            day = plan_day(library, clock.now())
            assert len(day.queue.new) <= 5
            assert len(day.queue.review) + day.queue.held_siblings >= day.reviews
            choice = Choice(modules=("shapes",)) if chosen else Choice()
            session = StudySession(library, choice)
            for _ in range(20):
                if session.current is None:
                    break
                assert session.answer(rating, 0).outcome
            clock.advance(days=wait)
        assert rebuild(library, verify=True).differing == ()
        wanted, met = met_in_the_end(library)
        assert wanted <= met
        clock.advance(days=length)
        assert plans_on(library.db, clock.now().day).ready is None
