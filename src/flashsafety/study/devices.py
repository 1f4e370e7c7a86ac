"""Several devices, one log: what happened here goes into a shared folder, what is there comes here.

The log is a set of events, and merging is their union: in whatever order and however often the
files of the others come, the outcome is the same. Where two devices say different things, these
rules hold:

* ratings and actions: all of them count, in the order of their ids, which is that of their times;
* undone: for all, when one device says so;
* parameters: the weights that were fitted or gone back to last are in force;
* settings: the later choice counts; those of the app and the zone are each device's own;
* practice exams: all of them, with every answer.

States are then reckoned from the log.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flashsafety.collector import collector_off
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.store import folder as store
from flashsafety.store import writes
from flashsafety.store.folder import Agreed, Folder
from flashsafety.store.shared import Record, Rows, Unresolved, set_hash
from flashsafety.store.there import There
from flashsafety.study import device_files, device_settings
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
    try:
        with writes.writing(library.db):
            working = _Exchanging(library, folder)
            working.run()
        working.report.settings = device_settings.put_in_force(library.paths, working.agreed)
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
    host = "".join(
        c if c.isalnum() else "-" for c in store.device_name(library.db, library.device)
    )[:40]
    return Folder(path, f"{host}-{library.entropy(4).hex()}", 1, 0)


class _Exchanging:
    """One exchange, inside its transaction."""

    def __init__(self, library: Library, folder: Folder) -> None:
        self._library, self._db = library, library.db
        self._folder = folder
        self._now = library.clock.now().at
        self._rows = Rows(library.db, library.device, folder.name)
        self.agreed = store.agreed_settings(library.db)
        left = device_files.size_of(self._path(folder.segment))
        self._afresh = left != folder.size or left == 0
        """This device joins, or its own file is not as it was left: nothing is taken for known."""
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
            store.empty_outbox(self._db, after=waiting)  # what came from there is there
            self._write(self._outgoing(there, changed))
        writes.write_states(self._db, iter(self._states().items()))
        if self._rows.started:
            writes.write_started(self._db)
        store.agree(self._db, self.agreed)
        store.empty_outbox(self._db)
        self.report.received = self._rows.received

    def _states(self) -> dict[int, CardState]:
        """Of the cards whose log has changed; of all whose state has, where other weights came."""
        if self._rows.new_sets:
            return dict(compared(self._db)[1])
        states = dict.fromkeys(self._rows.touched, CardState())  # where nothing in the log counts
        states.update(refolded(self._library, self._rows.touched))
        return states

    # ---- in ----------------------------------------------------------------------------------

    def _read(self, there: There) -> None:
        so_far = {} if self._afresh else store.read_so_far(self._db)
        files = list(device_files.files_in(Path(self._folder.path)))
        mine = {
            device_files.segment(self._folder.name, number)
            for number in range(1, self._folder.segment + 1)
        }
        self.report.devices = len({each.split("/")[0] for each in files} - {self._folder.name})
        for name in files:
            if self._afresh or name not in mine:
                read = self._read_file(name, so_far.get(name, 0), there)
                store.write_so_far(self._db, name, read)

    def _read_file(self, name: str, start: int, there: There) -> int:
        """Take in what is new of a file; returns up to where it need not be read again."""
        path = Path(self._folder.path, name)
        if device_files.size_of(path) < start:
            start = 0  # another file by that name: all of it counts, once
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
                self._complain(f"{path}: the line that ends at byte {line.end}: {fault}")
            elif not faulty:
                read = line.end
        return read

    def _take(self, record: Mapping[str, object], there: There) -> None:
        if record.get("t") == "setting":
            name, one = device_settings.checked(record, self._now)
            if name not in self.agreed or self.agreed[name] < one:
                self.agreed[name] = one
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
        for name, one in changed.items():
            if self.agreed[name] == one:
                yield {"t": "setting", "name": name, **one._asdict()}

    def _write(self, records: Iterable[Record]) -> None:
        """Append records to this device's file, and to new ones as each is full."""
        segment, size = self._folder.segment, self._folder.size
        if self._afresh:
            size = 0
            while self._path(segment).exists():
                segment += 1
        batch: list[bytes] = []
        length, known = size, set[object]()
        for record in records:
            lines = self._lines(record, known)
            batch += lines
            length += sum(map(len, lines))
            self.report.sent += 1
            if length > device_files.FULL:
                device_files.append(self._path(segment), self._folder.name, batch)
                segment, size, length = segment + 1, 0, 0
                batch.clear()
                known.clear()
        if batch or size == 0:
            size = device_files.append(self._path(segment), self._folder.name, batch)
        store.write_folder(self._db, self._folder._replace(segment=segment, size=size))

    def _lines(self, record: Record, known: set[object]) -> list[bytes]:
        """A record, after the parameter set that it refers to: no file needs an earlier one."""
        is_set = record["t"] == "parameters"
        hashed = set_hash(record) if is_set else record.get("parameters")
        lines = [] if is_set else [device_files.line_of(record)]
        if isinstance(hashed, str) and hashed not in known:
            known.add(hashed)
            lines.insert(0, device_files.line_of(self._rows.set_record(hashed)))
        return lines

    def _path(self, segment: int) -> Path:
        return Path(self._folder.path, device_files.segment(self._folder.name, segment))
