"""Of very many due reviews only the first are read, and the queue is that of all of them."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.scheduling.queue import order_on, order_reviews
from flashsafety.store import due, urgent
from flashsafety.store.ids import uuid7
from flashsafety.store.writes import writing
from flashsafety.study import urgent as reading
from flashsafety.study.library import Library
from flashsafety.study.today import Choice, DayPlan, plan_day
from flashsafety.terms import ReviewOrder, SiblingRule
from tests.study.lives import fresh_library

ORDERS: tuple[ReviewOrder, ...] = get_args(ReviewOrder)
CHOICES = (Choice(), Choice(modules=("shapes",)))


def fill(library: Library, rng: random.Random, cards: int) -> None:
    """Notes with siblings, look-alikes, foundations and ties; some were forgotten today."""
    db, day = library.db, library.clock.now().day
    notes = [f"note-{number}" for number in range(1 + cards // 3)]
    number, _ = library.scheduling
    assert library.device
    with writing(db):
        for table in ("review", "look_alike", "card"):
            db.execute(f"DELETE FROM {table}")
        db.execute("DELETE FROM note WHERE id LIKE 'note-%'")
        for note in notes:
            wanted = f'["{rng.choice(notes)}"]' if rng.random() < 0.5 else "[]"
            db.execute(
                "INSERT INTO note VALUES (?, 'concept', 'shapes', '[]', '[]', ?, '{}', '', '', 1,"
                " NULL)",
                (note, wanted),
            )
        for card in range(1, cards + 1):
            last = day - rng.randint(0, 30)
            db.execute(
                "INSERT INTO card (id, key, note, module, active, phase, stability, difficulty,"
                " due_day, interval, last_day, lapses, suspended, buried_until)"
                " VALUES (?, ?, ?, ?, 1, 2, ?, 5, ?, ?, ?, ?, ?, ?)",
                (
                    *(card, f"note/{card}", rng.choice(notes), rng.choice(("shapes", "numbers"))),
                    *(
                        rng.choice((0.4, 3.0, 3.0, rng.expovariate(0.1) + 0.1)),
                        day + 1 - rng.randint(0, 5) ** 2,
                    ),
                    *(rng.choice((0, 3, 30)) * 86_400, rng.choice((None, last, last)), card % 2),
                    *(int(rng.random() < 0.1), rng.choice((*[None] * 8, day, day + 1))),
                ),
            )
            if rng.random() < 0.05:
                db.execute(
                    "INSERT INTO review"
                    " VALUES (?, ?, 1, 0, 0, ?, 0, 2, 0, 0, ?, 1, 'review', NULL)",
                    (card, uuid7(card, rng.randbytes), day, number),
                )
        for one, other in zip(notes, rng.sample(notes, len(notes)), strict=True):
            if one != other and rng.random() < 0.3:
                db.execute("INSERT OR IGNORE INTO look_alike VALUES (?, ?, 0.5)", (one, other))


@contextmanager
def reading_few() -> Iterator[None]:
    """However few are due, only the first are read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flashsafety.study.today.MANY", 0)
        patch.setattr(reading, "_SPARE", 1)
        yield


def whole(plan: DayPlan) -> tuple[object, ...]:
    """All of a plan; how many wait for a limit and how many for a sibling, in one number."""
    queue = plan.queue
    bare = plan._replace(queue=queue._replace(held_limit=0, held_siblings=0))
    return bare, queue.held_limit + queue.held_siblings


def test_the_queue_is_that_of_all_reviews() -> None:
    shortened = []
    with fresh_library() as (library, clock):

        @settings(max_examples=300, deadline=None)
        @given(
            st.integers(0, 10**9),
            st.integers(1, 150),
            st.integers(0, 12),
            st.sampled_from(ORDERS),
            st.sampled_from(("never", "allowed")),
            st.sampled_from(CHOICES),
        )
        def check(
            seed: int,
            cards: int,
            limit: int,
            order: ReviewOrder,
            siblings: SiblingRule,
            choice: Choice,
        ) -> None:
            fill(library, random.Random(seed), cards)
            done = due.done_on(library.db, clock.now().day).review
            library.adopt(
                library.settings._replace(
                    review_limit=done + limit, review_order=order, siblings=siblings
                )
            )
            moment = clock.now()
            wanted = plan_day(library, moment, choice)
            with reading_few():
                assert whole(plan_day(library, moment, choice)) == whole(wanted)
            shortened.append(bool(wanted.queue.held_limit))

        check()
    assert any(shortened)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("backlog", [False, True])
def test_sqlite_has_the_very_order_of_the_queue(order: ReviewOrder, backlog: bool) -> None:
    on_the_day = order_on(order, backlog=backlog)
    if on_the_day not in urgent.URGENCY:
        return
    rng = random.Random(1)
    with fresh_library() as (library, clock):
        fill(library, rng, 400)
        moment = clock.now()
        cards = list(due.reviews(library.db, moment, due.scope()))
        ordered = order_reviews(cards, moment.day, backlog=backlog, order=order)
        told = set()
        for count in range(1, len(ordered) + 1):
            found = urgent.first_reviews(
                library.db, moment, due.scope(), on_the_day, count, also=()
            )
            size = len(found.surely)
            assert {card.id for card in ordered[:size]} == found.surely
            assert found.surely <= {card.id for card in found.cards} <= {c.id for c in ordered}
            told.add(size)
        assert len(told) > 2


def test_very_many_that_are_due_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with fresh_library() as (library, clock):
        fill(library, random.Random(2), 3000)
        done = due.done_on(library.db, clock.now().day).review
        library.adopt(library.settings._replace(review_limit=done + 20))
        wanted = whole(plan_day(library, clock.now()))
        monkeypatch.delattr(due, "reviews")
        plan = plan_day(library, clock.now())
        assert len(plan.queue.review) == 20 < reading.MANY < plan.reviews
        monkeypatch.undo()
        monkeypatch.setattr("flashsafety.study.today.MANY", 10**6)
        assert whole(plan_day(library, clock.now())) == wanted == whole(plan)
