"""What a change does to the identity of notes: a learner's progress hangs on it.

Words may change, meaning may not. These checks compare two states of a bank.

An answer that the learner judges counts as changed as soon as one telling word of it is gone or
new: a program cannot tell a synonym from an opposite, and to confirm costs an author one line. Not
counted are small words (``_SMALL``), endings (``_ENDING``), and another spelling: a word that
begins with the same three letters and is as like as ``SAME_WORD``. What the learner is told at the
next sync has the wider bound of ``meaning_changed``, as many a change was confirmed by then.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from flashsafety.content.bank import Loaded, Placed
from flashsafety.content.cardfile import Draft
from flashsafety.content.cards import fingerprint, meaning_changed, right_words
from flashsafety.content.cloze import CLOZE
from flashsafety.content.notes import AnyNote, ClozeNote, ConceptNote, QuestionNote
from flashsafety.content.problem import Problem

CONFIRMED = "answer-changed"
"""Key of ``allow`` by which an author says that an answer was only put in other words."""
SAME_WORD = 0.8
"""Least likeness (difflib's ratio, 0..1) of two spellings of one word. Chosen by us: "colour" and
"color" are above, "careful" and "careless" below."""
_SMALL = frozenset(
    """
    a an the this that these those it its they their one and or but so as at by for from in into of
    on to with is are was were be been being has have had do does which who what when where while
    there here then thus also too just
    """.split()  # noqa: SIM905, a wall of quotes reads worse
)
_ENDING = re.compile(r"(?<=\w{3})(?:es|s|ed|d|ing|ly|e)$")


@dataclass(frozen=True, slots=True)
class _Now:
    loaded: Loaded
    drafts: Mapping[str, Draft]
    fresh: Mapping[str, Draft]
    """Fingerprint to note, of ids that are new."""


def identity(old: Loaded, new: Loaded, drafts: tuple[Draft, ...]) -> Iterator[Problem]:
    """What became of every id since.

    Args:
        old: The bank as it was.
        new: The bank as it is.
        drafts: Its sound notes.
    """
    known = {before.note.id for before in old.bank.notes}
    fresh = {fingerprint(draft.note): draft for draft in drafts if draft.note.id not in known}
    now = _Now(new, {draft.note.id: draft for draft in drafts}, fresh)
    for before in old.bank.notes:
        draft = now.drafts.get(before.note.id)
        if draft is None:
            yield from _gone(before, now)
        else:
            yield from _changed(before, draft)
    for id_, retired in old.bank.retired.items():
        if id_ not in new.bank.retired:
            draft = now.drafts.get(id_)
            what = f'the id "{id_}" was retired on {retired.date}: {retired.reason}'
            if draft:
                place = draft.file, *draft.place("id")
                yield _error(place, "retired-id-used", what, "choose another id")
            else:
                mend = "put its entry back: a retired id stays on the list for ever"
                yield _error(("retired.yaml", 1, 1), "retired-vanished", what, mend)


def _gone(before: Placed, now: _Now) -> Iterator[Problem]:
    id_ = before.note.id
    if id_ in now.loaded.bank.retired or id_ in now.loaded.broken or now.loaded.unreadable:
        return
    what = f'the id "{id_}" is gone; it stood in {before.file}:{before.line}'
    renamed = now.fresh.get(fingerprint(before.note))
    if renamed is not None:
        place = renamed.file, *renamed.place("id")
        mend = f'"{renamed.note.id}" reads the same: give it its old id back'
    else:
        standing = {draft.file for draft in now.drafts.values()}
        place = before.file if before.file in standing else "retired.yaml", 1, 1
        mend = "put the card back under its id, or name the id in retired.yaml with date and reason"
    yield _error(place, "id-vanished", what, mend)


def _changed(before: Placed, draft: Draft) -> Iterator[Problem]:
    old, new = before.note, draft.note
    if isinstance(old, ClozeNote) and isinstance(new, ClozeNote):
        yield from _gaps(old, new, draft)
    confirmed = new.allow.get(CONFIRMED)
    # A confirmation is of one change: the one that an earlier change left behind does not count.
    changed = meaning_changed(old, new) or _telling_words_changed(old, new)
    if changed and (confirmed is None or confirmed == old.allow.get(CONFIRMED)):
        key = {"concept": "definition", "choice": "options", "cloze": "text", "ordering": "items"}
        yield _error(
            (draft.file, *draft.place(key.get(new.type, "answer"))),
            "answer-changed",
            f'the right answer of "{new.id}" may not be what learners have learnt',
            f'if it is the same in other words, say so on the card, "allow: {{{CONFIRMED}: '
            'why it is the same}"; if not, make a new card that "replaces" this one',
        )


def _telling_words_changed(old: AnyNote, new: AnyNote) -> bool:
    if not isinstance(new, ConceptNote | QuestionNote | ClozeNote):
        return False
    before, after = right_words(old) - _SMALL, right_words(new) - _SMALL
    gone, fresh = before - after, after - before
    return any(
        not any(_same_word(word, other) for other in others)
        for words, others in ((gone, after), (fresh, before))
        for word in words
    )


def _same_word(one: str, other: str) -> bool:
    if not (one.isalpha() and other.isalpha()):
        return one == other
    one, other = _ENDING.sub("", one), _ENDING.sub("", other)
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio() >= SAME_WORD
    return one == other or (one[:3] == other[:3] and alike)


def _gaps(old: ClozeNote, new: ClozeNote, draft: Draft) -> Iterator[Problem]:
    """Gaps that stand under another number."""
    before, after = _hidden(old), _hidden(new)
    for number, hidden in before.items():
        elsewhere = [n for n, words in after.items() if words == hidden and n != number]
        if after.get(number) != hidden and elsewhere:
            yield _error(
                (draft.file, *draft.place("text")),
                "cloze-renumbered",
                f'the gap "{hidden[:40]}" was c{number} and is now c{elsewhere[0]}',
                "give it its old number back: each number is a card with progress of its own",
            )


def _hidden(note: ClozeNote) -> dict[int, str]:
    """Number to hidden words; the first gap of those that share a number."""
    found: dict[int, str] = {}
    for number, hidden, _ in CLOZE.findall(note.text):
        found.setdefault(int(number), " ".join(hidden.split()))
    return found


def _error(place: tuple[str, int, int], rule: str, message: str, mend: str) -> Problem:
    return Problem(*place, rule, "error", message, mend)
