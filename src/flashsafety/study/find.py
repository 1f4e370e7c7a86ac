"""Finding cards by the search language, and keeping what they are found by up to date."""

from collections.abc import Iterator

from flashsafety.clock import day_begins_at
from flashsafety.content.notes import AnyNote, read_note
from flashsafety.content.searched import searched_text
from flashsafety.scheduling.curve import share_at
from flashsafety.store import conditions, search_index
from flashsafety.store.due import Scope
from flashsafety.store.search import STUDY_ORDER, Order, find_ids, stoppable
from flashsafety.store.search_index import Searched
from flashsafety.store.writes import writing
from flashsafety.study.library import Library
from flashsafety.study.query import parse
from flashsafety.terms import Instant, Moment

_BATCH = 1000
"""Notes taken in with one transaction: few enough that a rating beside it does not wait."""


def find(
    library: Library, query: str, *, order: Order = STUDY_ORDER, limit: int | None = None
) -> list[int]:
    """Row ids of the cards of the bank that a search finds.

    Args:
        library: Where.
        query: In the search language; nothing finds every card.
        order: How they are sorted.
        limit: At most so many, the first ones.

    Raises:
        QueryError: The search cannot be understood.
        SearchStoppedError: Another thread called ``store.search.stop`` meanwhile.
    """
    moment = library.clock.now()
    with stoppable():
        chosen = chosen_by(library, query, moment)
        return find_ids(library.db, chosen, order, moment.day, limit)


def chosen_by(library: Library, query: str, moment: Moment) -> Scope:
    """A search as the condition that chooses its cards.

    Raises:
        QueryError: The search cannot be understood.
    """
    asked = parse(query)
    refresh_index(library)
    settings, clock = library.settings, library.clock
    known = conditions.Known(
        moment,
        Instant(moment.at + settings.learn_ahead * 1000),
        lambda day: day_begins_at(day, clock),
        settings.leech_threshold,
        lambda chance: share_at(library.scheduling[1].parameters.weights, chance),
        lambda found: search_index.is_common(library.db, found),
    )
    return conditions.scope(asked, known)


def refresh_index(library: Library) -> None:
    """Take in the notes that were written since the last search; costs nothing when none was."""
    while search_index.any_unsearched(library.db):
        with writing(library.db):
            found = search_index.unsearched(library.db, _BATCH)
            # Under the name that it was found by, or it would be found for ever.
            notes = (_searched(content)._replace(note=note) for note, content in found)
            search_index.take_in(library.db, notes)
            if not found:
                search_index.pass_over(library.db)


def rebuild_index(library: Library) -> None:
    """Make all that cards are found by again, from the notes."""
    with writing(library.db):
        search_index.forget_all(library.db)
    refresh_index(library)


def index_faults(library: Library) -> list[str]:
    """What is wrong with the index, in words; only reads."""
    faults = search_index.trigram_faults(library.db)
    contents = search_index.searched_contents(library.db).fetchall()
    return faults + [f"{key} is not found by its words" for key in _wrong(library, contents)]


def _wrong(library: Library, contents: list[tuple[str]]) -> Iterator[str]:
    for (content,) in contents:
        yield from search_index.wrong_cards(library.db, _searched(content))


def _searched(content: str) -> Searched:
    note: AnyNote = read_note(content)
    names = {
        ("type", note.type),
        ("source", note.source),
        *(("topic", topic) for topic in note.topics),
        *(("tag", tag) for tag in note.tags),
    }
    return Searched(note.id, searched_text(note), frozenset(names))
