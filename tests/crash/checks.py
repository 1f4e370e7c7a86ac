"""What must hold after a fault, whatever it was."""

from pathlib import Path

from flashsafety.errors import FlashsafetyError
from flashsafety.study.backup import Copy, copies, read_copy
from flashsafety.study.doctor import doctor, mend
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.crash.learner import Log, Operation, clock_in, library_in, log_of
from tests.libraries import paths_in


def log_in(folder: Path) -> Log:
    """Every rating, action, plan and set that the learner's database holds."""
    with library_in(folder) as library:
        return log_of(library)


def broken(
    operation: Operation, folder: Path, before: Log, told: list[str], *, tidied: bool
) -> list[str]:
    """What does not hold, in words.

    Args:
        operation: What was done.
        folder: Where.
        before: The log as it was.
        told: What it said to be safe.
        tidied: It lived on and could delete what it had begun.
    """
    after = log_in(folder)
    found = _of_the_log(operation, before, after, told) + _of_copies(folder, told)
    reason = operation.copies_first
    if reason and before != after and reason not in {each.made for each in copies_of(folder)}:
        found.append(f"the log has changed, and there is no copy from {reason}")
    if tidied:
        found += [f"left over: {path.name}" for path in folder.rglob("*.part")]
    found += operation.check(folder, told)
    return found + _of_the_library(operation, folder)


def _of_the_library(operation: Operation, folder: Path) -> list[str]:
    """States follow from the log, the doctor is content, and a day later one goes on."""
    found = []
    clock = clock_in(folder)
    clock.advance(hours=6)
    with library_in(folder, clock) as library:
        library.take_in_changes()
        if operation.damaged:
            mend(library)
        differing = rebuild(library, verify=True).differing
        if differing:
            found.append(f"{len(differing)} states differ from their logs: {differing[:3]}")
        found += [f"the doctor finds: {one.check}" for one in doctor(library) if not one.ok]
        session = StudySession(library)
        if session.current is not None:
            session.answer(Rating.GOOD, 1)
    return found


def copies_of(folder: Path) -> list[Copy]:
    """The copies in the data folder."""
    return list(copies(paths_in(folder)).found)


def _of_copies(folder: Path, told: list[str]) -> list[str]:
    found = [f"a copy cannot be read: {path}" for path in copies(paths_in(folder)).unreadable]
    for line in told:
        what, _, path = line.partition(" ")
        if what == "copy":
            try:
                read_copy(path)
            except FlashsafetyError as error:
                found.append(f"a copy that was acknowledged cannot be read: {error}")
    return found


def _of_the_log(operation: Operation, before: Log, after: Log, told: list[str]) -> list[str]:
    found = []
    lost = {key for key in before if after.get(key, ())[:-1] != before[key][:-1]}
    if lost and not operation.may_go_back:
        found.append(f"{len(lost)} rows of the log from before are lost or changed")
    for line in told:
        what, _, key = line.partition(" ")
        if what in ("rated", "kept") and key not in after:
            found.append(f"{key} was acknowledged and is not there")
        if what == "rated" and key in after and after[key][-1] is not None:
            found.append(f"the rating {key} was acknowledged and is undone")
        if what == "undone" and key in before and after[key][-1] is None:
            found.append(f"the rating {key} was undone and is there")
    return found
