"""Looking for what may be wrong with the data, and saying how to mend it."""

from dataclasses import dataclass

from flashsafety.store import checks
from flashsafety.study.find import index_faults
from flashsafety.study.library import Library
from flashsafety.study.rebuild import rebuild


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    check: str
    ok: bool
    what: str
    mend: str = ""


def doctor(library: Library) -> list[Finding]:
    """Every check with what it found; reads, and writes nothing."""
    findings = [
        _finding(
            "every page of the database",
            checks.integrity(library.db),
            "go back to a copy: flashsafety restore",
        ),
        _finding(
            "references between rows",
            checks.dangling(library.db),
            "go back to a copy: flashsafety restore",
        ),
        _finding(
            "journal, durability and foreign keys",
            checks.pragmas(library.db),
            "keep the database on a local disk: WAL does not work over a network",
        ),
        _finding("indexes", checks.missing_indexes(library.db), "flashsafety restore"),
    ]
    report = rebuild(library, verify=True)
    findings.append(
        _finding(
            f"state of {report.cards} cards against {report.reviews} ratings",
            [f"{key} differs from its log" for key in report.differing],
            "flashsafety rebuild",
        )
    )
    findings.append(
        _finding("what cards are found by", index_faults(library), "flashsafety rebuild")
    )
    findings.append(
        _finding("the bank as last read", checks.bank_problems(library.db), "flashsafety lint")
    )
    return findings


def _finding(check: str, faults: list[str], mend: str) -> Finding:
    if not faults:
        return Finding(check, True, "fine")
    more = f" (and {len(faults) - 3} more)" if len(faults) > 3 else ""
    return Finding(check, False, "; ".join(faults[:3]) + more, mend)
