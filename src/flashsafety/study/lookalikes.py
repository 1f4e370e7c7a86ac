"""Keeping up to date which notes may be taken for each other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from flashsafety.content.lookalikes import LIKENESS, likeness, telling_words
from flashsafety.content.notes import AnyNote, read_note
from flashsafety.store import lookalikes as store
from flashsafety.store.writes import writing
from flashsafety.study.library import Library

_BATCH = 5000
"""Notes taken in with one transaction: few enough that a rating beside it waits for a part of a
second only, and many, for each transaction goes over much of what the others wrote."""
_CANDIDATE = 2
"""Words in common, none of them common to many notes, from which two are compared."""


def refresh_lookalikes(
    library: Library, at_hand: Mapping[str, AnyNote] = MappingProxyType({})
) -> None:
    """Compare the notes that were written since the last time; costs nothing when none was.

    Args:
        library: Where.
        at_hand: Notes as they are stored, by id: these are not read again.
    """
    while store.any_uncompared(library.db):
        with writing(library.db):
            compare_some(library, at_hand)


def compare_some(library: Library, at_hand: Mapping[str, AnyNote] = MappingProxyType({})) -> None:
    """The same for as many as one transaction takes; inside of one."""
    db = library.db
    batch = store.uncompared(db, _BATCH)
    if not batch:
        store.pass_over(db)
    before = {note: frozenset(was.split()) for note, _, was in batch if was is not None}
    words = {
        note: frozenset(telling_words(at_hand.get(note) or read_note(text)))
        for note, text, _ in batch
    }
    fresh = {note: has for note, has in words.items() if has != before.get(note)}
    store.forget(db, {note: before[note] for note in fresh if note in before})
    having = _by_word(fresh)
    holders = store.holders(db, having)
    for word, notes in holders.items():
        if notes is None:
            del having[word]
    store.write_words(db, fresh, having)
    store.write_pairs(db, _pairs(library, fresh, having, holders))
    store.mark_compared(db, words)


def rebuild_lookalikes(library: Library) -> None:
    """Compare all notes of the bank again."""
    with writing(library.db):
        store.forget_all(library.db)
    refresh_lookalikes(library)


def _by_word(words: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Which notes have a word; of one that many have, as many as show that it tells nothing."""
    having = defaultdict[str, list[str]](list)
    wanted = {*chain.from_iterable(words.values())}
    for note, has in words.items():
        for word in has & wanted:
            having[word].append(note)
            if len(having[word]) > store.COMMON:
                wanted.remove(word)
    return having


def _pairs(
    library: Library,
    fresh: Mapping[str, frozenset[str]],
    having: Mapping[str, Sequence[str]],
    holders: Mapping[str, Sequence[str] | None],
) -> Iterator[tuple[str, str, float]]:
    """The look-alikes among some notes, and between them and others; each pair once.

    Args:
        library: Where.
        fresh: The notes with their words.
        having: By word those of them to be found by it.
        holders: By word the others that have it.
    """
    met = {
        word: [*others]
        for word, notes in having.items()
        if 1 < len(notes) + len(others := holders.get(word) or ()) <= store.COMMON
    }
    telling = frozenset(met)
    candidates: list[tuple[str, str]] = []
    for note, has in fresh.items():
        lists = [met[word] for word in has & telling]
        shared = Counter(chain.from_iterable(lists))
        candidates += [(note, other) for other, count in shared.items() if count >= _CANDIDATE]
        for others in lists:  # those that follow meet this one
            others.append(note)
    known = {
        **store.words_of(library.db, {other for _, other in candidates} - fresh.keys()),
        **fresh,
    }
    for note, other in candidates:
        share = likeness(fresh[note], known[other])
        if share >= LIKENESS:
            yield note, other, share
