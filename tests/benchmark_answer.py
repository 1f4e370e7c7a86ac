"""A rating and the next card, beside Anki's backend and one durable write."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.benchmark_parts import NONE, START, Row, late, studied, timed


def answer_and_next(work: Path, cards: int) -> Iterator[Row]:
    """A rating, committed, and the next card with what each rating would make of it, as in Anki."""
    clock = FixedClock(START)
    count = min(1000, cards)
    theirs = anki_answers(work, cards, count)
    ours, anki, writes = [], [], []
    with (
        studied(work, cards, clock=clock, new_limit=9999) as library,
        (work / "x").open("wb", buffering=0) as file,
    ):
        session = StudySession(library)
        session.preview()

        def step() -> None:
            session.answer(Rating.GOOD, 1000)
            session.preview()

        def durable() -> None:
            file.write(bytes(4096))
            os.fdatasync(file.fileno())

        for took in theirs:  # in turns: a disk that is slow for a while is so for all of them
            clock.advance(minutes=0.1)
            anki.append(took)
            session.rest()  # as front ends do while the learner reads
            ours.append(timed(step))
            writes.append(timed(durable))
    name, write = f"answer + next, {cards:,} cards", "a write and fdatasync"
    yield (f"{name}, p50", "ms", ours, "Anki, p50", anki, 1)
    yield (f"{name}, p50", "ms", ours, write, writes, NONE)
    yield (f"{name}, p99", "ms", late(ours), write, writes, 10)
    yield (f"{name}, p99", "ms", late(ours), "Anki, p99", late(anki), NONE)


def anki_answers(work: Path, cards: int, count: int) -> Iterator[float]:
    """Seconds of ``answer_card`` and ``get_queued_cards`` in Anki's own backend."""
    import anki.collection  # first: anki's modules import each other
    from anki.cards import CardId
    from anki.scheduler.v3 import CardAnswer, Scheduler

    collection = anki.collection.Collection(str(work / "anki.anki2"))
    notetype = collection.models.by_name("Basic")
    deck = collection.decks.id("Default")
    assert notetype is not None and deck is not None
    config = collection.decks.config_dict_for_deck_id(deck)
    config["new"]["perDay"] = config["rev"]["perDay"] = 9999  # reviews limit new cards, too
    collection.decks.save(config)
    requests = []
    for number in range(cards):
        note = collection.new_note(notetype)
        note.fields = [f"front {number}", f"back {number}"]
        requests.append(anki.collection.AddNoteRequest(note=note, deck_id=deck))
    collection.add_notes(requests)
    scheduler = collection.sched
    assert isinstance(scheduler, Scheduler)
    queued = scheduler.get_queued_cards(fetch_limit=1)
    for _ in range(count):
        top = queued.cards[0]
        card = collection.get_card(CardId(top.card.id))
        card.start_timer()
        answer = scheduler.build_answer(card=card, states=top.states, rating=CardAnswer.GOOD)
        start = time.perf_counter()
        scheduler.answer_card(answer)
        queued = scheduler.get_queued_cards(fetch_limit=1)
        yield time.perf_counter() - start
    collection.close()
