"""Real Anki on another day: run as a program, under a library that tells it the time.

``python -m tests.anki.phone COLLECTION TASKS`` with TASKS as JSON: a list of names with arguments,
each a function of this file. Prints what the last one returned.
"""

import json
import sys
from contextlib import closing
from typing import Any

from anki.collection import (
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)
from anki.decks import DeckId
from anki.scheduler.v3 import CardAnswer, Scheduler

RATINGS = [CardAnswer.GOOD, CardAnswer.AGAIN, CardAnswer.GOOD, CardAnswer.HARD, CardAnswer.EASY]


def take(collection: Collection, path: str) -> int:
    """Import a deck as the instructions say; returns the new notes."""
    options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
    request = ImportAnkiPackageRequest(package_path=path, options=options)
    count = len(collection.import_anki_package(request).log.new)
    collection.set_config("fsrs", True)
    return count


def give(collection: Collection, path: str, legacy: bool = False, *, progress: bool = True) -> None:
    """Export everything as a deck, with progress and presets or without."""
    options = ExportAnkiPackageOptions(
        with_scheduling=progress, with_deck_configs=progress, legacy=legacy
    )
    collection.export_anki_package(out_path=path, options=options, limit=None)


def give_all(collection: Collection, path: str, legacy: bool = False) -> None:
    """Export the whole collection."""
    collection.export_collection_package(path, include_media=False, legacy=legacy)


def answer(collection: Collection, most: int, only: str = "") -> list[int]:
    """Answer what is due in every deck, or in one, at most so many; returns the new rows' ids."""
    before = {row[0] for row in rows(collection, "SELECT id FROM revlog")}
    done, scheduler = 0, collection.sched
    assert isinstance(scheduler, Scheduler)
    for deck in collection.decks.all_names_and_ids():
        if only not in ("", deck.name):
            continue
        collection.decks.set_current(DeckId(deck.id))
        while done < most and (queued := scheduler.get_queued_cards()).cards:
            first = queued.cards[0]
            card = collection.get_card(first.card.id)
            card.start_timer()
            rating = RATINGS[done % len(RATINGS)]
            done += 1
            built = scheduler.build_answer(card=card, states=first.states, rating=rating)
            scheduler.answer_card(built)
    return sorted({row[0] for row in rows(collection, "SELECT id FROM revlog")} - before)


def days_until_due(collection: Collection) -> dict[str, int]:
    """Card number to the days from today to its due day, of cards in review."""
    today = collection.sched.today
    found = rows(collection, "SELECT id, due FROM cards WHERE type = 2")
    return {str(number): due - today for number, due in found}


def rows(collection: Collection, sql: str) -> list[list[Any]]:
    """The rows of a query."""
    assert collection.db is not None
    return [list(row) for row in collection.db.all(sql)]


def main() -> None:
    """Do the tasks."""
    said: object = None
    with closing(Collection(sys.argv[1])) as collection:
        for name, *arguments in json.loads(sys.argv[2]):
            said = globals()[name](collection, *arguments)
    print(json.dumps(said))


if __name__ == "__main__":
    main()
