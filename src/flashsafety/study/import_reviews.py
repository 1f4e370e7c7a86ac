"""Ratings from a review log in CSV, put into ours where they belong in time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from flashsafety.collector import collector_off
from flashsafety.errors import UnusableDataError
from flashsafety.store import incoming, logs, writes
from flashsafety.store.incoming import Incoming
from flashsafety.study.backup import Copy, backup
from flashsafety.study.insertion import Card, Scheme
from flashsafety.study.library import Library
from flashsafety.study.reviews_csv import Refused, read
from flashsafety.terms import CardState, Review

_SHOWN = 20
"""So many lines and names are kept to be shown; of the rest the number."""
_DEVICE = "import"
"""What the log calls where these ratings were made, so that undo takes none of them back."""
_BATCH = 2000
"""Rows written at a time."""


@dataclass(slots=True)
class ImportReport:
    """What was in the file and what became of it."""

    added: int = 0
    cards: int = 0
    """Cards that the added ratings are of."""
    known: int = 0
    """Ratings that the log had already."""
    repeated: int = 0
    """Lines that say what another line said."""
    unknown: int = 0
    """Ratings of cards that this database does not know."""
    unknown_cards: list[str] = field(default_factory=list)
    """The first of those cards."""
    refused: int = 0
    """Lines that are no rating."""
    refusals: list[Refused] = field(default_factory=list)
    """The first of those lines."""
    copy: Copy | None = None
    """The backup copy that was made before anything was written."""


@collector_off()
def import_reviews(library: Library, path: str, *, dry_run: bool = False) -> ImportReport:
    """Add what a file holds to the log, and bring the states of its cards up to date.

    A rating is known by card, instant and rating: what is there already stays as it is, so that a
    file may come any number of times. What the file cannot say is reckoned: the study day and the
    offset from the learner's zone and start of day as they are set now, the interval from the
    parameters in force for the card. A new card that was not new before tells of a reset.

    Args:
        library: Where.
        path: The file.
        dry_run: Only look; nothing is written.

    Raises:
        UsageError: The file is no review log.
        UnusableDataError: The file cannot be read, or the copy cannot be written.
    """
    report = ImportReport()
    with incoming.held(library.db, _known(library, path, report)) as repeated:
        report.repeated = repeated
        report.known = incoming.drop_known(library.db)
        report.added, report.cards = incoming.figures(library.db)
        if report.added and not dry_run:
            report.copy = backup(library, reason="before-import")
            sets = {
                module: library.scheduling_of(module)[0] for module in incoming.modules(library.db)
            }
            with writes.writing(library.db):
                report.known += incoming.drop_known(library.db)  # what another window added
                report.added, report.cards = incoming.figures(library.db)
                _write(library, sets)
    return report


def _known(library: Library, path: str, report: ImportReport) -> Iterator[Incoming]:
    """The ratings of a file whose cards are known; the others are counted."""
    cards = incoming.card_ids(library.db)
    now = library.clock.now().at
    strangers: set[str] = set()
    try:
        with Path(path).open("rb") as file:
            for row in read(file, path, now):
                if isinstance(row, Refused):
                    report.refused += 1
                    if len(report.refusals) < _SHOWN:
                        report.refusals.append(row)
                elif (card := cards.get(row.card)) is not None:
                    yield Incoming(card, row.at, row.rating, row.phase, row.duration_ms)
                else:
                    report.unknown += 1
                    if len(strangers) < _SHOWN and row.card not in strangers:
                        strangers.add(row.card)
                        report.unknown_cards.append(row.card)
    except OSError as error:
        what = f"this file cannot be read: {error.strerror}"
        raise UnusableDataError(what, where=path, mend="name another") from None


def _write(library: Library, sets: Mapping[str, int]) -> None:
    """Log what is held, and keep the states that follow; inside a transaction.

    Args:
        library: Where.
        sets: Module to the id of the parameter set in force for its cards.

    Raises:
        StaleCardError: Another window brought other parameters meanwhile; nothing was written.
    """
    db = library.db
    device = writes.device_id(db, _DEVICE)
    parameters = logs.all_parameters(db)
    schemes = {module: Scheme(library.clock, parameters, number) for module, number in sets.items()}
    for scheme in schemes.values():
        library.refuse_other_weights(scheme.weights)
    reviews: list[tuple[int, Review]] = []
    states: list[tuple[int, CardState]] = []
    for (number, key, module), rows in groupby(incoming.walk(db), key=itemgetter(0, 1, 2)):
        card = Card(key, logs.card_log(db, number), schemes[module])
        for *_, row in rows:
            reset, review = card.take(row)
            if reset is not None:
                offset = library.clock.offset_at(reset.at)
                writes.add_action(db, reset, device, utc_offset=offset, card=number)
            reviews.append((number, review))
            if len(reviews) == _BATCH:
                writes.add_reviews(db, reviews, device)
                reviews.clear()
        states.append((number, card.end()))
        if len(states) == _BATCH:
            writes.write_states(db, iter(states))
            states.clear()
    writes.add_reviews(db, reviews, device)
    writes.write_states(db, iter(states))
