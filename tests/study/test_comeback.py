"""Back after a break: when plans are offered, what they promise, and that they shape the queue."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.errors import UsageError
from flashsafety.scheduling.queue import order_reviews
from flashsafety.store.plans import plans_on
from flashsafety.study.answer import undo_newest
from flashsafety.study.comeback import BREAK, FEW, Comeback, accept, comeback, take
from flashsafety.study.library import Library
from flashsafety.study.plan_words import offers, progress
from flashsafety.study.plans import decide, drop, pause_until
from flashsafety.study.session import StudySession
from flashsafety.study.story import card_story
from flashsafety.study.today import Choice, plan_day, today
from flashsafety.terms import Rating, Return, ReviewOrder, StudyDay
from tests.banks import question, tiny_bank, write_cards
from tests.learner import study_for
from tests.libraries import open_library
from tests.study.test_pause import met_in_the_end, rate_all
from tests.study.test_properties import fresh_library


@pytest.fixture
def studied(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """Forty days of study of a bank of 160 cards; the clock stands on the day after."""
    bank = tiny_bank(tmp_path / "bank")
    for part in range(8):
        cards = (question(f"part-{part}-{number}") for number in range(20))
        write_cards(bank, f"01-shapes/part-{part}.yaml", *cards)
    with open_library(tmp_path, bank, clock, new_limit=6) as library:
        library.take_in_changes()
        study_for(library, clock, 40)
        yield library


@pytest.fixture
def back(studied: Library, clock: FixedClock) -> Library:
    """The same after 25 days without a rating."""
    clock.advance(days=25)
    return studied


def found(library: Library) -> Comeback:
    offered = comeback(library)
    assert offered is not None
    return offered


# ---- when ----------------------------------------------------------------------------------------


def test_a_break_is_three_whole_days_without_a_rating(studied, clock) -> None:
    rate_all(studied)
    offered = []
    for away in range(1, 12):
        clock.advance(days=1)
        offered.append(comeback(studied) is not None)
        assert not (offered[-1] and away <= BREAK)
    assert offered[-1]


def test_it_is_offered_while_the_day_is_not_over_and_no_longer(back, clock) -> None:
    session = StudySession(back)
    session.answer(Rating.GOOD, 1000)
    assert comeback(back) is not None
    clock.advance(days=1)
    assert comeback(back) is None


def test_few_reviews_need_no_plan(studied, clock) -> None:
    clock.advance(days=25)
    kept = FEW - 1
    studied.db.execute(
        "UPDATE card SET suspended = 1 WHERE id NOT IN"
        " (SELECT id FROM card WHERE phase = 2 AND due_day <= ? LIMIT ?)",
        (clock.now().day, kept),
    )
    assert plan_day(studied, clock.now()).reviews == kept
    assert comeback(studied) is None


def test_nothing_is_offered_to_who_never_rated(library, clock) -> None:
    clock.advance(days=30)
    assert comeback(library) is None


def test_a_pause_offers_nothing_while_it_holds_and_plans_at_its_end(studied, clock) -> None:
    rate_all(studied)
    pause_until(studied, StudyDay(clock.now().day + 20))
    clock.advance(days=19)
    assert comeback(studied) is None
    clock.advance(days=1)
    assert comeback(studied) is not None


def test_a_pause_that_was_short_offers_plans_too_where_much_has_piled_up(studied, clock) -> None:
    """Reviewed anyway, two days before its end: the pause alone makes the break."""
    pause_until(studied, StudyDay(clock.now().day + 25))
    clock.advance(days=23)
    StudySession(studied).answer(Rating.GOOD, 1000)
    clock.advance(days=2)
    assert comeback(studied) is not None


def test_declined_it_is_not_offered_again_until_another_break(back, clock) -> None:
    accept(back, None)
    assert comeback(back) is None
    clock.advance(days=BREAK)
    assert comeback(back) is None
    clock.advance(days=1)
    assert comeback(back) is not None


# ---- what ----------------------------------------------------------------------------------------


def test_the_plans_go_from_the_quickest_to_the_easiest(back) -> None:
    offered = found(back)
    everything, more, risk = offered.offers
    assert [o.plan.reviews for o in offered.offers] == [
        None,
        risk.reviews + more.more,
        int(offered.usual / (risk.seconds / risk.reviews)),
    ]
    assert everything.plan.ends < more.plan.ends < risk.plan.ends
    assert everything.seconds > more.seconds > risk.seconds
    assert risk.seconds <= offered.usual
    assert risk.plan.order == "most-at-risk"
    said = list(offers(offered))
    assert said[0].startswith(f"all that may come today: {everything.reviews} reviews, about ")
    assert said[1].startswith(f"{more.more} reviews a day more: done by ")
    assert said[2].startswith("only the most at risk in your usual ")
    assert all(len(line) <= 58 for line in said)


def test_the_same_day_offers_the_same_plans(back) -> None:
    assert comeback(back) == comeback(back)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_kept_to_a_plan_leads_where_it_said(back, clock, number) -> None:
    """A learner who recalls as predicted is done on the promised day, give or take one."""
    offer = take(back, number)
    done_on = None
    for _ in range(40):
        day = clock.now().day
        study_for(back, clock, 1, seed=day)
        if done_on is None and plan_day(back, clock.now()).queue.held_limit == 0:
            done_on = day
    assert done_on is not None
    assert abs(done_on - (offer.plan.ends - 1)) <= 2


def test_a_plan_that_was_not_kept_to_ends_all_the_same(back, clock) -> None:
    offer = take(back, 2)
    clock.advance(days=offer.plan.ends - offer.plan.first)
    assert plans_on(back.db, clock.now().day).back is None
    picture = today(back)
    assert progress(picture) == ""
    assert picture.counts.review == len(plan_day(back, clock.now()).queue.review)


# ---- that it shapes the queue ------------------------------------------------------------------


def test_a_plan_is_another_limit_and_keeps_new_cards_away(back) -> None:
    offer = take(back, 3)
    queue = plan_day(back, back.clock.now()).queue
    assert len(queue.review) == offer.plan.reviews
    assert queue.new == []
    assert len(rate_all(back)) == offer.plan.reviews
    assert today(back).counts.review == 0
    assert "; new cards wait." in progress(today(back))


def test_all_today_lets_everything_come_whatever_the_limit(tmp_path, studied, clock) -> None:
    studied.adopt(studied.settings._replace(review_limit=30))
    clock.advance(days=25)
    assert today(studied).counts.review == 30
    offer = take(studied, 1)
    picture = today(studied)
    assert (picture.counts.review, picture.counts.new) == (offer.reviews, 0)
    assert progress(picture).startswith("Return plan, all today: ")
    rate_all(studied)
    assert today(studied).counts.review == 0
    clock.advance(days=1)
    assert plans_on(studied.db, clock.now().day).back is None


def test_what_is_most_at_risk_comes_first(back) -> None:
    take(back, 3)
    cards = plan_day(back, back.clock.now()).queue.review
    day = back.clock.now().day
    assert cards == order_reviews(cards, day, backlog=True, order="most-at-risk")
    others = plan_day(back, back.clock.now()).queue.held_limit
    assert others > 0


def test_dropped_or_undone_the_usual_limits_hold_at_once(back) -> None:
    before = plan_day(back, back.clock.now())
    offered = comeback(back)
    take(back, 3)
    undone = undo_newest(back)
    assert undone is not None and undone.words == "undid the return plan"
    assert comeback(back) == offered
    take(back, 3)
    assert plan_day(back, back.clock.now()) != before
    assert drop(back, "return", "ready") == ("return",)
    assert plan_day(back, back.clock.now()).queue == before.queue
    undone = undo_newest(back)
    assert undone is not None and undone.words == "undid the end of the return plan"
    assert plans_on(back.db, back.clock.now().day).back is not None


def test_another_break_in_the_middle_of_a_plan_offers_anew(back, clock) -> None:
    day = clock.now().day
    decide(back, clock.now(), "return", Return(day, StudyDay(day + 20), 5, None, 90))
    rate_all(back)
    clock.advance(days=BREAK)
    assert comeback(back) is None
    clock.advance(days=1)
    assert plans_on(back.db, clock.now().day).back is not None
    again = take(back, 1)
    assert plans_on(back.db, clock.now().day).back == again.plan


def test_a_number_that_is_not_offered_is_refused(back) -> None:
    with pytest.raises(UsageError, match="there is no return plan 4"):
        take(back, 4)
    accept(back, None)
    with pytest.raises(UsageError, match="no return plan is offered now"):
        take(back, 1)
    assert plans_on(back.db, back.clock.now().day).back is None


def test_why_a_review_waits_names_the_plan(back) -> None:
    take(back, 3)
    rate_all(back)
    waiting = back.db.execute(
        "SELECT key FROM card WHERE phase = 2 AND due_day <= ?", (back.clock.now().day,)
    ).fetchone()[0]
    said = card_story(back, waiting).reasons
    assert any("0 more may come under your return plan" in line for line in said)


# ---- that nothing gets out of reach --------------------------------------------------------------

plans = st.tuples(
    st.integers(1, 12),
    st.one_of(st.none(), st.integers(1, 6)),
    st.sampled_from([None, "most-at-risk", "random", "best-remembered"]),
)


@given(
    st.lists(st.one_of(plans, st.just("drop"), st.just("pause"), st.none()), max_size=8),
    st.lists(st.sampled_from(Rating), min_size=1, max_size=6),
)
@settings(max_examples=20, deadline=None)
def test_under_any_plans_every_due_review_is_counted_and_comes_in_the_end(
    acts: list[tuple[int, int | None, ReviewOrder | None] | str | None], habits: list[Rating]
) -> None:
    with fresh_library(new_limit=20) as (library, clock):
        rate_all(library)
        for act in acts:
            clock.advance(days=3)
            moment = clock.now()
            if act == "drop":
                drop(library, "pause", "return")
            elif act == "pause":
                pause_until(library, StudyDay(moment.day + 4))
            elif isinstance(act, tuple):
                length, limit, order = act
                plan = Return(moment.day, StudyDay(moment.day + length), limit, order, 5)
                decide(library, moment, "return", plan)
            day = plan_day(library, clock.now())
            queue = day.queue
            assert len(queue.review) + queue.held_limit <= day.reviews
            assert day.reviews <= len(queue.review) + queue.held_limit + queue.held_siblings
            back = day.plans.back
            assert queue.held_limit == 0 or (back and len(queue.review) == back.reviews)
            session = StudySession(library, Choice(limit=30))
            for count in range(30):
                if session.current is None:
                    break
                session.answer(habits[count % len(habits)], 0)
        clock.advance(days=13)
        assert plans_on(library.db, clock.now().day)[1:4] == (None, None, None)
        wanted, met = met_in_the_end(library)
        assert wanted <= met
