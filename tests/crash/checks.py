"""What must hold after a fault, whatever it was."""

from pathlib import Path

from flashsafety.settings.load import load_settings
from flashsafety.store.ids import as_text
from flashsafety.study.backup import copies
from flashsafety.study.devices import exchange
from flashsafety.study.doctor import doctor, mend
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.crash.operations import Operation, clock_in, library_in
from tests.libraries import open_library, paths_in

Log = dict[str, tuple[object, ...]]
"""Id to what is in the row."""


def log_in(folder: Path) -> Log:
    """Every rating that the database holds."""
    with library_in(folder) as library:
        rows = library.db.execute("SELECT id, * FROM review").fetchall()
    assert len({row[0] for row in rows}) == len(rows)
    return {as_text(row[0]): row[1:] for row in rows}


def broken(
    operation: Operation, name: str, folder: Path, before: Log, told: list[str]
) -> list[str]:
    """What does not hold, in words."""
    found = _of_the_log(operation, before, log_in(folder), told)
    found += [f"left over: {path.name}" for path in folder.rglob("*.part")]
    clock = clock_in(folder)
    clock.advance(hours=6)
    with library_in(folder, clock) as library:
        library.take_in_changes()
        if name == "rebuild":  # states were damaged before it
            mend(library)
        differing = rebuild(library, verify=True).differing
        if differing:
            found.append(f"{len(differing)} states differ from their logs: {differing[:3]}")
        found += [f"the doctor finds: {one.check}" for one in doctor(library) if not one.ok]
        if name == "sync-dir":
            found += _others_end_equal(folder)
        session = StudySession(library)
        if session.current is not None:
            session.answer(Rating.GOOD, 1)
    found += [f"a copy cannot be read: {path}" for path in copies(paths_in(folder)).unreadable]
    return found + _of_the_settings(folder, told)


def _of_the_log(operation: Operation, before: Log, after: Log, told: list[str]) -> list[str]:
    found = []
    lost = {key for key in before if after.get(key, ())[:-1] != before[key][:-1]}
    if lost and not operation.may_go_back:
        found.append(f"{len(lost)} ratings from before are lost or changed")
    for line in told:
        what, _, key = line.partition(" ")
        if what == "rated" and (key not in after or after[key][-1] is not None):
            found.append(f"the rating {key} was acknowledged and is not there")
        if what == "undone" and key in before and after[key][-1] is None:
            found.append(f"the rating {key} was undone and is there")
    return found


def _of_the_settings(folder: Path, told: list[str]) -> list[str]:
    settings = load_settings(paths_in(folder), {})
    limits = [line.split()[2] for line in told if line.startswith("set new_limit")]
    meant = {"5", "7"} if limits == ["5"] else {*limits[-1:]} or {"10", "5"}
    return [] if str(settings.new_limit) in meant else [f"new_limit is {settings.new_limit}"]


def _others_end_equal(folder: Path) -> list[str]:
    with library_in(folder, clock_in(folder)) as library:
        first = exchange(library)
        again = exchange(library)
        count = library.db.execute("SELECT count(*) FROM review").fetchone()[0]
    with open_library(folder / "third", folder / "bank", clock_in(folder)) as library:
        exchange(library, str(folder / "shared"))
        theirs = library.db.execute("SELECT count(*) FROM review").fetchone()[0]
    faults = first.faults if not _whole(first.faults) else []
    found = [f"the folder holds {theirs} ratings, the database {count}"] if theirs != count else []
    return found + faults + ([] if again.received == 0 else ["an exchange brings it again"])


def _whole(faults: list[str]) -> bool:
    """Whether all that was left out are lines that a fault cut: they are written anew elsewhere."""
    return all("damaged on its way" in fault for fault in faults)
