"""Bank to database: what changed in the files is taken in, and no progress is ever lost."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flashsafety.collector import collector_off
from flashsafety.content.bank import Loaded, Placed
from flashsafety.content.cards import card_keys, fingerprint, meaning_changed
from flashsafety.content.changed import COMMON_FILES, Stat, is_picture, locate, stat_bank
from flashsafety.content.load import load_bank
from flashsafety.content.notes import read_note, write_note
from flashsafety.content.pictures import picture_hashes
from flashsafety.content.problem import Problem
from flashsafety.content.text import SIZE_LIMIT
from flashsafety.store import bank, files
from flashsafety.store.writes import write_started, writing
from flashsafety.study.library import Library
from flashsafety.study.lookalikes import compare_some, refresh_lookalikes
from flashsafety.terms import Instant


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The change ledger: ids of notes, each list sorted."""

    new: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()
    meaning_changed: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    """Now in another file; a note may be moved and reworded at once."""
    retired: tuple[str, ...] = ()
    restored: tuple[str, ...] = ()
    unchanged: int = 0
    problems: tuple[Problem, ...] = ()


@collector_off()
def sync(library: Library, found: Mapping[str, Stat] | None = None) -> SyncReport:
    """Take in what changed in the bank's files since they were last read.

    Only changed files are read, and those that had problems. A file that cannot be read keeps its
    notes, and a note that is broken keeps its last good form: a typo never hides a card that the
    learner knows.

    Args:
        library: Where.
        found: The bank's files, when ``stat_bank`` has just looked at them.

    Raises:
        UnusableDataError: There is no bank, or its syllabus cannot be read; nothing was changed.
    """
    found = stat_bank(library.roots) if found is None else found
    known = files.file_rows(library.db)
    same_roots = files.read_roots(library.db) == library.roots
    stale = {
        path
        for path, stat in found.items()
        if path not in known
        or not same_roots
        or known[path].problems
        or stat != (known[path].root, known[path].size, known[path].mtime_ns)
    }
    hashes = {path: _hash(locate(library.roots, path)) for path in stale}
    changed = {
        path
        for path in stale
        if path not in known or known[path].problems or known[path].hash != hashes[path]
    }
    gone = known.keys() - found.keys()
    beside = _beside(filter(is_picture, changed | gone), found)
    changed |= beside
    hashes.update((path, known[path].hash) for path in beside - stale)
    if known and not changed and not gone:
        loaded = None
    else:
        whole = not known or any(Path(path).name in COMMON_FILES for path in changed | gone)
        loaded = load_bank(
            library.roots,
            only=None if whole else changed,
            known={} if whole else files.NotePlaces(library.db, {*changed, *gone}),
            stats=found,
        )
    with writing(library.db):
        if loaded is None:
            report = SyncReport(unchanged=bank.active_notes(library.db))
        else:
            touched = found.keys() | known.keys() if whole else changed | gone
            report = _take_in(library, loaded, touched, whole=whole)
        problems = [problem.file for problem in report.problems]
        rows = (
            files.FileRow(path, *found[path], hashes[path], problems.count(path))
            for path in sorted(stale | beside)
        )
        files.write_files(library.db, rows, gone)
        files.write_roots(library.db, library.roots)
        notes = {placed.note.id: placed.note for placed in loaded.bank.notes} if loaded else {}
        compare_some(library, notes)  # mostly all; one wait for the disk serves both
    refresh_lookalikes(library, notes)
    return report


def _take_in(library: Library, loaded: Loaded, touched: set[str], *, whole: bool) -> SyncReport:
    """Write what was loaded; ``touched`` are the files that were read or are gone."""
    db, at = library.db, library.clock.now().at
    if whole:
        bank.write_syllabus(db, loaded.bank.syllabus.modules)
        if not any(path.endswith("sources.yaml") for path in loaded.unreadable):
            bank.write_sources(db, loaded.bank.sources.values())
        write_started(db)
    placed = {note.note.id: note for note in loaded.bank.notes}
    stored = bank.stored_notes(db) if whole else bank.stored_among(db, placed, touched)
    retired = [
        note.id
        for note in stored.values()
        if not note.retired
        and note.id not in placed
        and note.id not in loaded.broken
        and note.file in touched
        and note.file not in loaded.unreadable
    ]
    new, moved, restored = [], [], []
    reworded: list[str] = []
    meanings: list[str] = []
    rows = []
    for id_, note in placed.items():
        row = _row(note, library.roots)
        rows.append(row)
        before = stored.get(id_)
        if before is None:
            new.append(id_)
            continue
        if before.retired:
            restored.append(id_)
        if before.file != note.file:
            moved.append(id_)
        if before.fingerprint != row.fingerprint:
            kind = _record_change(library, note, at)
            (meanings if kind == "meaning changed" else reworded).append(id_)
    bank.write_notes(db, rows, stored)
    bank.retire_notes(db, retired, at)
    listed = len({*new, *reworded, *meanings, *moved, *restored})
    return SyncReport(
        new=tuple(sorted(new)),
        reworded=tuple(sorted(reworded)),
        meaning_changed=tuple(sorted(meanings)),
        moved=tuple(sorted(moved)),
        retired=tuple(sorted(retired)),
        restored=tuple(sorted(restored)),
        unchanged=bank.active_notes(db) - listed,
        problems=loaded.problems,
    )


def _record_change(library: Library, note: Placed, at: Instant) -> str:
    was = bank.note_content(library.db, note.note.id)
    kind = "meaning changed" if meaning_changed(read_note(was), note.note) else "reworded"
    if bank.is_rated(library.db, note.note.id):
        bank.add_change(library.db, note.note.id, kind, at, was)
    return kind


def _beside(pictures: Iterable[str], found: Iterable[str]) -> set[str]:
    """The card files that may show some pictures: they lie in the same folder or in one above."""
    folders: set[str] = set()
    for path in pictures:
        while path:
            path = path[: path.rfind("/", 0, -1) + 1]
            folders.add(path)
    if not folders:
        return set()
    cards = (path for path in found if not is_picture(path) and Path(path).name not in COMMON_FILES)
    return {path for path in cards if path[: path.rfind("/") + 1] in folders}


def _row(placed: Placed, roots: Sequence[str]) -> bank.NoteRow:
    note = placed.note
    content = write_note(note)
    pictures = picture_hashes(roots, placed.file, note) if "![" in content else {}
    return bank.NoteRow(
        note.id,
        note.type,
        placed.module,
        note.topics,
        note.tags,
        note.prerequisites,
        content,
        fingerprint(note, pictures),
        placed.file,
        placed.line,
        card_keys(note),
    )


def _hash(path: str) -> str:
    """Of the bytes of a file; empty when it cannot be read, which the loader will say."""
    try:
        if Path(path).stat().st_size > SIZE_LIMIT:
            return ""
        with Path(path).open("rb") as file:
            return hashlib.file_digest(file, "blake2b").hexdigest()[:32]
    except OSError:
        return ""
