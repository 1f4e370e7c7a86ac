"""What balancing costs at the keys: a review shown, rated and followed by the next."""

import random
from collections.abc import Iterator
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.store.writes import writing
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.benchmark_parts import START, Row, late, studied, timed

TIMES = 300


def reviews_balanced(work: Path, cards: int) -> Iterator[Row]:
    """Preview, answer and next card of reviews, in turn balanced and by chance alone."""
    clock = FixedClock(START)
    with studied(work, cards, 2, clock=clock, review_limit=99_999) as library:
        rng = random.Random(2)
        with writing(library.db):  # most in the next months, as of one who keeps up
            library.db.executemany(
                "UPDATE card SET due_day = ? WHERE id = ? AND phase = 2",
                (
                    (clock.now().day + int(rng.expovariate(1 / 60)), row[0])
                    for row in library.db.execute("SELECT id FROM card").fetchall()
                ),
            )
        found: dict[bool, list[float]] = {True: [], False: []}
        session = StudySession(library)

        def step() -> None:
            session.preview()
            session.answer(Rating.GOOD, 5000)

        for number in range(2 * TIMES):
            even = number % 2 == 0
            library.settings = library.settings._replace(load_balance=even)
            if session.current is None:
                break
            found[even].append(timed(step))
    ours, chance = found[True], found[False]
    name = f"preview, answer + next, balanced, {cards:,} cards"
    stick = "by chance alone"
    yield f"{name}, p50", "ms", ours, stick, chance, 1.2
    yield f"{name}, p99", "ms", late(ours), stick, late(chance), 1.2
