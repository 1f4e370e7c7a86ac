"""Several devices, one log: what happened here goes into a shared folder, what is there comes here.

The log is a set of events, and merging is their union: in whatever order and however often the
files of the others come, the outcome is the same. Where two devices say different things, these
rules hold:

* ratings and actions: all of them count, in the order of their ids, which is that of their times;
* undone: for all, when one device says so;
* parameters: the weights that were fitted or gone back to last are in force;
* settings: the later choice counts, and a choice is later than what it was made in the sight of;
  those of the app and the zone are each device's own;
* practice exams: all of them, with every answer;
* the secret by which exports know the learner: of several the smallest.

States are then reckoned from the log.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flashsafety.collector import collector_off
from flashsafety.content.changed import is_text
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.store import folder as store
from flashsafety.store import writes
from flashsafety.store.anonymous import salt, set_salt
from flashsafety.store.folder import Agreed, Folder
from flashsafety.store.logs import any_rating
from flashsafety.store.shared import Record, Rows, Unresolved
from flashsafety.store.there import There
from flashsafety.study import device_files, device_settings
from flashsafety.study.backup import backup
from flashsafety.study.device_own import OwnFiles, keep_mark
from flashsafety.study.library import Library
from flashsafety.study.rebuild import compared, refolded
from flashsafety.terms import CardState

_MOST_FAULTS = 20
"""So many faults are told one by one."""


@dataclass(slots=True)
class Exchange:
    """What went out and came in."""

    folder: str
    device: str
    """What this device is called in it."""
    sent: int = 0
    """Records written."""
    received: int = 0
    """Rows that were new here, or newly undone."""
    devices: int = 0
    """Others whose files were found."""
    waiting: list[str] = field(default_factory=list)
    """Files whose next record refers to what is yet to come."""
    faults: list[str] = field(default_factory=list)
    """Lines that were left out: file, place and reason."""
    more_faults: int = 0
    """How many beyond those."""
    settings: list[str] = field(default_factory=list)
    """Names of settings that changed here."""
    copy: str = ""
    """Where the database was copied before this device joined; empty when it did not."""


def leave(library: Library) -> bool:
    """Share the folder no longer; its files stay. Returns whether one was shared."""
    with writes.writing(library.db):
        shared = store.read_folder(library.db) is not None
        store.leave_folder(library.db)
    return shared


@collector_off()
def exchange(library: Library, path: str | None = None) -> Exchange:
    """Write what is new here into the shared folder, and take in what is new there.

    All in one transaction, with what was written on the disk before it ends: a crash leaves at
    worst lines that are written twice, and those count once.

    Args:
        library: Where.
        path: The folder, to share it from now on; the one shared already when left out.

    Raises:
        UsageError: No folder was ever named, or it is none.
        UnusableDataError: The folder cannot be read or written.
    """
    folder = _choose(library, path)
    assert library.scheduling
    secret = salt(library.db, library.entropy)
    try:
        copy = _copy_before_joining(library, folder)
        with writes.writing(library.db):
            working = _Exchanging(library, folder, secret)
            working.run()
            # Before the end of the transaction: what the file does not say yet would be taken for a
            # choice that was made here.
            settings, faults = device_settings.put_in_force(library.paths, working.agreed)
        working.report.settings = settings
        working.report.faults += faults
        working.report.copy = copy
    except OSError as error:
        raise UnusableDataError(
            f"the shared folder cannot be used: {error.strerror}",
            where=str(error.filename or folder.path),
            mend="mend that, or end sharing: flashsafety sync-dir --off",
        ) from error
    return working.report


def _choose(library: Library, path: str | None) -> Folder:
    known = store.read_folder(library.db)
    if path is None:
        if known is None:
            raise UsageError(
                "no folder is shared yet", mend="name one: flashsafety sync-dir ~/Sync/flashsafety"
            )
        path = known.path
    path = str(Path(path).expanduser().absolute())
    if not Path(path).is_dir():
        raise UsageError("there is no such folder", where=path, mend="make it, or name another")
    if known is not None and known.path == path:
        return known
    # ASCII: of other letters a folder service may have another spelling on each system.
    host = re.sub(r"[^0-9A-Za-z]", "-", store.device_name(library.db, library.device))[:40]
    return Folder(path, f"{host}-{library.entropy(4).hex()}", 1, 0)


def _copy_before_joining(library: Library, folder: Folder) -> str:
    """Copy the database when a log from elsewhere is to be joined to it; returns where to.

    It may be somebody else's, named by mistake, and a union cannot be taken apart.
    """
    joins = folder.size == 0 and store.read_folder(library.db) != folder
    if not (joins and any_rating(library.db) and any(device_files.files_in(Path(folder.path)))):
        return ""
    return backup(library, reason="before-sharing").path


class _Exchanging:
    """One exchange, inside its transaction."""

    def __init__(self, library: Library, folder: Folder, secret: bytes) -> None:
        self._library, self._db = library, library.db
        self._folder = folder
        self._secret = secret
        self._now = library.clock.now().at
        self._rows = Rows(library.db, library.device, folder.name)
        self.agreed = store.agreed_settings(library.db)
        self._files = list(device_files.files_in(Path(folder.path)))
        self._own = OwnFiles(self._db, folder, self._rows)
        marks = store.read_so_far(self._db)
        self._moves = not self._own.as_left(marks)
        """A new file of its own is begun."""
        self._afresh = self._moves or not marks.keys() <= set(self._files)
        """So it is, or a file is gone, and with it what only that one said: nothing is known."""
        self._marks = {} if self._afresh else marks
        self._settings: dict[str, Agreed] = {}
        """As they were read just now."""
        self.report = Exchange(folder.path, folder.name)

    def run(self) -> None:
        joins = store.read_folder(self._db) is None or not self.agreed
        changed = device_settings.changed_here(
            self._library.paths, {} if joins else self.agreed, self._now
        )
        self.agreed.update(changed)
        with There(self._db, self._afresh) as there:
            waiting = store.newest_waiting(self._db)
            self._read(there)
            set_salt(self._db, self._secret)
            store.empty_outbox(self._db, after=waiting)  # what came from there is there
            outgoing = self._outgoing(there, changed)
            self._own.write(outgoing, self._secret, anew=self._moves)
        self._write_states()
        if self._rows.started:
            writes.write_started(self._db)
        store.agree(self._db, self.agreed)
        store.empty_outbox(self._db)
        self.report.received, self.report.sent = self._rows.received, self._own.sent

    def _write_states(self) -> None:
        """Of the cards whose log has changed; of all whose state has, where other weights came."""
        if self._rows.new_sets:
            writes.write_values(self._db, compared(self._db)[1])
            return
        states = dict.fromkeys(self._rows.touched, CardState())  # where nothing in the log counts
        states.update(refolded(self._library, self._rows.touched))
        writes.write_states(self._db, iter(states.items()))

    # ---- in ----------------------------------------------------------------------------------

    def _read(self, there: There) -> None:
        """Read what is new in every file: its own too, for a copy of its home may write there."""
        if self._afresh:
            store.forget_files(self._db)
        names = {each.split("/")[0] for each in self._files}
        self.report.devices = len(names - {self._folder.name})
        for name in self._files:
            if not is_text(name):
                self._complain(f"{Path(self._folder.path, name)}: this name is no UTF-8")
                continue
            try:
                keep_mark(self._db, self._folder, name, self._read_file(name, there))
            except OSError as error:  # or gone again: the others are read all the same
                self._complain(f"{Path(self._folder.path, name)}: {error.strerror}")

    def _read_file(self, name: str, there: There) -> int:
        """Take in what is new of a file; returns up to where it need not be read again."""
        path = Path(self._folder.path, name)
        known = self._marks.get(name)
        start = 0
        if known is not None and device_files.mark(path, known.end) == known:
            start = known.end
        elif secret := device_files.secret_in(path):
            self._secret = min(self._secret, secret)
        read, faulty = start, False
        for line in device_files.read_lines(path, start):
            fault = line.fault
            if line.record is not None:
                try:
                    self._take(line.record, there)
                except Unresolved:
                    self.report.waiting.append(name)
                    break
                except ValueError as error:
                    fault = str(error)
            if fault:
                faulty = True  # read again next time, for it may come whole then
                place = f"the line that ends at byte {line.end}: " if line.end else ""
                self._complain(f"{path}: {place}{fault}")
            elif not faulty:
                read = line.end
        return read

    def _take(self, record: Mapping[str, object], there: There) -> None:
        if record.get("t") == "setting":
            name, one = device_settings.checked(record)
            self._settings[name] = max(one, self._settings.get(name, one))
            self.agreed[name] = max(one, self.agreed.get(name, one))
        else:
            self._rows.take(record)
        there.add(record)

    def _complain(self, words: str) -> None:
        if len(self.report.faults) < _MOST_FAULTS:
            self.report.faults.append(words)
        else:
            self.report.more_faults += 1

    # ---- out ---------------------------------------------------------------------------------

    def _outgoing(self, there: There, changed: Mapping[str, Agreed]) -> Iterator[Record]:
        """What the folder lacks."""
        if self._afresh:
            yield from there.lacking(self._rows.everything())
        else:
            for name, key in self._rows.waiting():
                yield from self._rows.records(name, key)
        for name in self.agreed if self._afresh else changed:
            one = self.agreed[name]
            if self._settings.get(name) != one:
                yield {"t": "setting", "name": name, **one._asdict()}
