"""Looking for what may be wrong with the data, saying how to mend it, and mending what can be."""

from dataclasses import dataclass

from flashsafety.content.cards import card_keys
from flashsafety.content.notes import read_note
from flashsafety.errors import UnusableDataError
from flashsafety.store import bank, checks, mending, salvage, writes
from flashsafety.store.impossible import MADE_AGAIN, impossible_among, impossible_rows
from flashsafety.study.backup import Copy, backup
from flashsafety.study.find import index_faults, rebuild_index
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild

_MEND = "flashsafety doctor --mend"
_BACK = (
    "go back to a copy: flashsafety restore; or save what can be read:"
    " flashsafety doctor --salvage FILE"
)
_STATES = "state of cards against their log"
_PAGES = "every page of the database"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    ok: bool
    what: str
    mend: str = ""


def doctor(library: Library) -> list[Finding]:
    """Every check with what it found; reads, and writes nothing."""
    db = library.db
    damage = checks.integrity(db)
    findings = [
        _finding(_PAGES, damage, _MEND if _only_indexes(damage) else _BACK),
        _finding("tables", _without_tables(library), _BACK),
    ]
    if all(finding.ok for finding in findings):
        odd = impossible_rows(db)
        lost = bool(odd) and impossible_rows(db, but=MADE_AGAIN)
        findings.append(_finding("rows that can be", odd, _BACK if lost else _MEND))
    if not all(finding.ok for finding in findings):
        return findings  # the rest would ask what is damaged
    dangling = checks.dangling(db)
    findings += [
        _finding(
            "leave to write", checks.not_writable(library.paths.database), "allow it: chmod u+w"
        ),
        _finding("references between rows", dangling, _MEND),
        _finding(
            "journal, durability and foreign keys",
            checks.pragmas(db),
            "keep the database on a local disk: WAL does not work over a network",
        ),
        _finding(
            "indexes and triggers",
            [f"{name} is missing" for name in checks.missing_parts(db)],
            _MEND,
        ),
    ]
    return [
        *findings,
        _finding("nothing added by others", checks.foreign_parts(db), _MEND),
        _states(library, dangling),
        _finding("what cards are found by", index_faults(library), _MEND),
        _finding("cards of the bank", _without_cards(library), _MEND),
        _finding("the bank as last read", checks.bank_problems(db), "flashsafety lint"),
    ]


def _states(library: Library, dangling: list[str]) -> Finding:
    if dangling:  # a set of parameters may be missing
        return Finding(_STATES, False, "cannot be told before references hold", _MEND)
    report = rebuild(library, verify=True)
    return _finding(
        f"{_STATES}: {report.cards} cards, {report.reviews} ratings",
        [f"{key} differs from its log" for key in report.differing],
        _MEND,
    )


def mend(library: Library) -> tuple[Copy, list[str]]:
    """Mend what follows from something else: indexes, triggers, references, cards, states.

    Ratings are neither changed nor dropped, and a copy is made first.

    Returns:
        The copy, and what was done, in words.

    Raises:
        UnusableDataError: A table is missing, a row of the log cannot be, or the copy could not be
            written; nothing was changed.
    """
    db = library.db
    lost = _without_tables(library)
    odd = [] if lost else impossible_rows(db)
    if odd:  # a sound database is gone through once
        lost = impossible_rows(db, but=MADE_AGAIN)
    if lost:
        raise UnusableDataError(lost[0], where=library.paths.database, mend=_BACK)
    copy = backup(library, reason="before-mend")
    done: list[str] = []
    if odd:
        _make_again(library)
        done.append(f"made again from the bank and the log: {odd[0]}")
    assert library.scheduling  # there is a set of parameters to take lost ones for
    with writes.writing(db):
        if damage := checks.integrity(db):
            mending.rebuild_indexes(db)
            done.append(f"indexes made again: {damage[0]}")
        done += (f"taken out: {name}" for name in mending.drop_foreign_parts(db))
        done += (f"made again: {name}" for name in mending.make_missing_parts(db))
        done += salvage.adopt_orphans(db)
    if _without_cards(library):
        with writes.writing(db):
            mending.forget_bank(db)
        library.take_in_changes()
        done.append("cards made again from the bank")
    differing = rebuild(library).differing
    if differing:
        done.append(f"states reckoned anew from the log: {len(differing)}")
    if index_faults(library):
        rebuild_index(library)
        done.append("what cards are found by was made again")
    return copy, done


def _make_again(library: Library) -> None:
    """Let go of all that follows from the bank and the log, and read both."""
    db = library.db
    with writes.writing(db):
        notes, changes = impossible_among(db, "note"), impossible_among(db, "change")
        mending.forget_impossible(db, notes, changes)
    library.take_in_changes()
    rebuild(library)
    rebuild_index(library)


def _without_tables(library: Library) -> list[str]:
    missing = checks.missing_tables(library.db)
    odd = [name for name in checks.odd_tables(library.db) if name not in missing]
    return [f"{name} is missing" for name in missing] + [f"{name} is another table" for name in odd]


def _without_cards(library: Library) -> list[str]:
    """Cards that the notes ask for and that are not there, and those that no note asks for."""
    wanted = {
        str(key)
        for content in bank.active_contents(library.db)
        for key in card_keys(read_note(content))
    }
    found = bank.active_keys(library.db)
    return [
        *(f"{key} is missing" for key in sorted(wanted - found)),
        *(f"{key} has no note" for key in sorted(found - wanted)),
    ]


def _only_indexes(damage: list[str]) -> bool:
    """Whether the tables are whole and only what is made from them is not."""
    return bool(damage) and all("index" in fault for fault in damage)


def _finding(check: str, faults: list[str], mend: str) -> Finding:
    if not faults:
        return Finding(check, True, "fine")
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return Finding(check, False, "; ".join(faults[:3]) + more, mend)
