"""Several devices that share a folder end with one log, whatever carries it does."""

import json
import math
import os
import random
import shutil
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.config import Settings
from flashsafety.errors import UnusableDataError, UsageError
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.settings.change import set_setting, unset_setting
from flashsafety.settings.load import load_settings
from flashsafety.store.plans import plans_on
from flashsafety.store.sets import Fit, fitted_until
from flashsafety.study import device_files
from flashsafety.study.answer import undo_newest
from flashsafety.study.cram import CramSession
from flashsafety.study.devices import Exchange, exchange, leave
from flashsafety.study.kinds import Cram
from flashsafety.study.parameters import adopt, go_back, history
from flashsafety.study.plans import decide, pause_until
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.study.today import Choice, start_all
from flashsafety.terms import Rating, Ready, StudyDay
from tests.banks import tiny_bank
from tests.libraries import open_library
from tests.simulated import some_weights
from tests.study.lives import BERLIN, Step, live, lives, states, stray_lives

FIT = Fit(1000, StudyDay(20_500), 200, 0.3, 0.02, None, 0.31).as_text()
"""A fit that can be; in the tests below it cannot."""


class Device:
    """A learner's device: a database, a clock of its own, and its copy of the shared folder."""

    def __init__(self, home: Path, stack: ExitStack, at: datetime) -> None:
        self.home = home
        self.shared = home / "shared"
        self.shared.mkdir(parents=True)
        self.clock = FixedClock(at, zone=BERLIN)
        bank = tiny_bank(home / "bank")
        self.library = stack.enter_context(
            open_library(home, bank, self.clock, new_limit=30, siblings="allowed")
        )
        self.library.take_in_changes()
        start_all(self.library)

    def live(self, steps: list[Step]) -> None:
        live(self.library, self.clock, steps)

    def exchange(self) -> Exchange:
        return exchange(self.library, str(self.shared))

    def files(self) -> list[str]:
        return list(device_files.files_in(self.shared))

    def log(self) -> set[tuple[object, ...]]:
        """All that happened, without the numbers that are this database's own."""
        db = self.library.db
        return {
            *db.execute(
                "SELECT review.id, key, rating, reviewed_at, study_day, duration_ms, review.phase,"
                " review.interval, fuzz, origin, undone_at, weights, desired_retention"
                " FROM review JOIN card ON card.id = card"
                " JOIN parameters ON parameters.id = parameters"
            ),
            *db.execute(
                "SELECT action.id, kind, key, action.module, value, at, study_day, undone_at"
                " FROM action LEFT JOIN card ON card.id = card"
            ),
            *db.execute("SELECT id, kind, ends, modules, at, study_day, undone_at FROM plan"),
        }


def devices(folder: Path, stack: ExitStack, count: int = 2) -> list[Device]:
    start = datetime(2026, 3, 26, 12, tzinfo=UTC)
    return [Device(folder / f"device-{number}", stack, start) for number in range(count)]


def carry(one: Device, other: Device) -> None:
    """What a folder service does when all is well: each gets the other's files."""
    for source, target in ((one, other), (other, one)):
        for name in source.files():
            if not name.startswith(own_name(target)):
                (target.shared / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(source.shared / name, target.shared / name)


def own_name(device: Device) -> str:
    row = device.library.db.execute("SELECT name FROM folder").fetchone()
    return str(row[0]) if row else "none"


@pytest.fixture
def two(tmp_path: Path):
    with ExitStack() as stack:
        yield devices(tmp_path, stack)


def rate(device: Device, count: int = 3) -> None:
    session = StudySession(device.library)
    for _ in range(count):
        device.clock.advance(minutes=1)
        session.answer(Rating.EASY, 1000)


def test_what_was_answered_comes_along_with_its_rating(two: list[Device]) -> None:
    desk, phone = two
    session = StudySession(desk.library)
    session.answer(Rating.AGAIN, 1000, (2, 0))
    session.answer(Rating.GOOD, 1000, "semicircle")
    desk.exchange()
    phone.exchange()
    for _ in range(2):
        carry(desk, phone)
        assert not phone.exchange().faults

    def answers(device: Device) -> list[tuple[object, ...]]:
        return device.library.db.execute("SELECT * FROM given ORDER BY review").fetchall()

    assert [row[1] for row in answers(phone)] == ["[2, 0]", '"semicircle"']
    assert answers(phone) == answers(desk)


def test_what_happens_on_one_device_comes_to_the_other(two: list[Device]) -> None:
    desk, phone = two
    rate(desk)
    undo_newest(desk.library)
    sent = desk.exchange()
    phone.exchange()
    carry(desk, phone)
    got = phone.exchange()
    assert (sent.received, got.received) == (0, 3 + 1)  # ratings, and a module begun
    carry(desk, phone)
    desk.exchange()
    assert desk.log() == phone.log()
    assert states(desk.library) == states(phone.library)
    assert rebuild(phone.library, verify=True).differing == ()


def test_an_exchange_with_nothing_new_writes_and_takes_nothing(two: list[Device]) -> None:
    desk, phone = two
    rate(desk)
    for _ in range(2):
        desk.exchange()
        phone.exchange()
        carry(desk, phone)
    before = {name: (desk.shared / name).read_bytes() for name in desk.files()}
    again = desk.exchange()
    assert (again.sent, again.received, again.devices) == (0, 0, 1)
    assert {name: (desk.shared / name).read_bytes() for name in desk.files()} == before


def test_both_rated_the_same_card_apart_and_both_ratings_count(two: list[Device]) -> None:
    desk, phone = two
    rate(desk, 1)
    rate(phone, 1)
    for _ in range(2):
        desk.exchange()
        phone.exchange()
        carry(desk, phone)
    assert desk.library.db.execute("SELECT max(reps) FROM card").fetchone()[0] == 2
    assert states(desk.library) == states(phone.library)


def test_what_was_crammed_on_one_device_schedules_nothing_on_the_other(two: list[Device]) -> None:
    desk, phone = two
    rate(desk)
    before = states(desk.library)
    session = CramSession(desk.library, Choice(kind=Cram()))
    for rating in Rating:
        desk.clock.advance(minutes=1)
        session.answer(rating, 1000)
    for device in (desk, phone, desk):
        device.exchange()
        carry(desk, phone)
    phone.exchange()
    assert desk.log() == phone.log()
    assert states(desk.library) == states(phone.library) == before
    assert rebuild(phone.library, verify=True).differing == ()


def test_undone_on_one_device_is_undone_on_all(two: list[Device]) -> None:
    desk, phone = two
    rate(desk)
    desk.exchange()
    phone.exchange()
    carry(desk, phone)
    phone.exchange()
    assert undo_newest(desk.library) is not None
    desk.exchange()
    carry(desk, phone)
    phone.exchange()
    undone = "SELECT count(*) FROM review WHERE undone_at IS NOT NULL"
    assert phone.library.db.execute(undone).fetchone()[0] == 1
    assert states(desk.library) == states(phone.library)


def everywhere(*all_of_them: Device) -> None:
    for _ in range(2):
        for one in all_of_them:
            one.exchange()
        for one, other in combinations(all_of_them, 2):
            carry(one, other)
    for one in all_of_them:
        one.exchange()
        assert rebuild(one.library, verify=True).differing == ()


def weights_of(device: Device) -> tuple[float, ...]:
    return device.library.scheduling[1].parameters.weights


def test_weights_that_were_chosen_last_hold_on_all_devices(tmp_path: Path) -> None:
    """Whatever settings or new devices bring later, and in whatever order the files come."""
    fit = Fit(1000, StudyDay(20_500), 200, 0.3, 0.02, 0.6, 0.31)
    with ExitStack() as stack:
        desk, phone, laptop = devices(tmp_path, stack, 3)
        rate(desk)
        rate(phone)
        adopt(desk.library, some_weights(1), fit)
        phone.clock.advance(days=2)
        phone.library.adopt(phone.library.settings._replace(desired_retention=0.85))
        assert phone.library.scheduling
        rate(phone)
        everywhere(desk, phone)
        assert weights_of(desk) == weights_of(phone) == some_weights(1)
        assert history(phone.library)[-1].fit == fit
        assert fitted_until(phone.library.db) == fit.until
        laptop.clock.advance(days=9)
        rate(laptop)  # it joins with the defaults, later
        everywhere(desk, phone, laptop)
        assert weights_of(laptop) == some_weights(1)
        adopt(laptop.library, some_weights(2), fit)
        adopt(desk.library, some_weights(3), fit)  # on a clock that is days behind
        everywhere(desk, phone, laptop)
        assert {weights_of(each) for each in (desk, phone, laptop)} == {some_weights(2)}
        go_back(desk.library, history(desk.library)[0].number)
        everywhere(desk, phone, laptop)
        assert {weights_of(each) for each in (desk, phone, laptop)} == {DEFAULT_WEIGHTS}
        assert states(desk.library) == states(phone.library) == states(laptop.library)
        told = [[each.weights for each in history(one.library)] for one in (desk, phone, laptop)]
        assert told[0] == told[1] == told[2]


def test_undo_takes_back_what_was_done_on_this_device_though_both_have_one_name(
    two: list[Device],
) -> None:
    desk, phone = two
    rate(desk, 1)
    phone.clock.advance(hours=1)
    rate(phone, 2)
    desk.exchange()
    phone.exchange()
    carry(desk, phone)
    desk.exchange()
    assert undo_newest(desk.library) is not None
    assert undo_newest(desk.library).kind == "start"  # type: ignore[union-attr]


def test_a_device_that_joins_late_gets_everything(tmp_path: Path) -> None:
    with ExitStack() as stack:
        desk, phone, laptop = devices(tmp_path, stack, 3)
        for one in (desk, phone):
            rate(one)
            one.exchange()
        carry(desk, phone)
        desk.exchange()
        shutil.copytree(desk.shared, laptop.shared, dirs_exist_ok=True)
        laptop.exchange()
        assert desk.log() < laptop.log()
        carry(desk, laptop)
        desk.exchange()
        assert states(laptop.library) == states(desk.library)


def test_a_database_that_went_back_to_a_copy_gets_its_own_ratings_from_the_folder(
    two: list[Device],
) -> None:
    desk, _ = two
    desk.exchange()
    backup = desk.home / "old.db"
    desk.library.db.execute("VACUUM INTO ?", (str(backup),))
    rate(desk)
    desk.exchange()
    log = desk.log()
    desk.library.close()
    for end in ("-wal", "-shm"):
        Path(desk.library.paths.database + end).unlink(missing_ok=True)
    shutil.copyfile(backup, desk.library.paths.database)
    desk.library = desk.library.reopen()
    assert desk.exchange().received == 3
    assert desk.log() == log


def test_a_file_cut_short_is_read_to_its_last_whole_line_and_on_from_there(
    two: list[Device],
) -> None:
    desk, phone = two
    rate(desk)
    desk.exchange()
    phone.exchange()
    name = desk.files()[0]
    whole = (desk.shared / name).read_bytes()
    (phone.shared / name).parent.mkdir()
    received = 0
    for length in range(0, len(whole), 97):
        (phone.shared / name).write_bytes(whole[:length])
        found = phone.exchange()
        assert found.faults == []
        received += found.received
    (phone.shared / name).write_bytes(whole)
    assert received + phone.exchange().received == 3 + 1


def test_a_line_that_was_damaged_is_named_left_out_and_taken_when_it_is_whole(
    two: list[Device],
) -> None:
    desk, phone = two
    rate(desk)
    desk.exchange()
    name = desk.files()[0]
    whole = (desk.shared / name).read_bytes()
    lines = whole.split(b"\n")
    last = max(number for number, line in enumerate(lines) if b'"rating":4' in line)
    lines[last] = lines[last].replace(b'"rating":4', b'"rating":1')
    (phone.shared / name).parent.mkdir()
    (phone.shared / name).write_bytes(b"\n".join(lines))
    found = phone.exchange()
    assert found.received == 3
    assert [name in fault and "damaged" in fault for fault in found.faults] == [True]
    (phone.shared / name).write_bytes(whole)
    assert phone.exchange().received == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"rating": 5}, "rating"),
        ({"rating": [1]}, "type"),
        ({"id": "ff" * 16}, "no id"),
        ({"id": "zz"}, "hexadecimal"),
        ({"card": "../../etc"}, "no such card"),
        ({"card": "=cmd|'/c calc'!A1,/x"}, "no such card"),
        ({"card": "$(id)/recall"}, "no such card"),
        ({"card": "\x1b[31mx/y"}, "no such card"),
        ({"card": 7}, "no text"),
        ({"study_day": 10**12}, "study_day"),
        ({"reviewed_at": -1}, "reviewed_at"),
        ({"interval": 10**18}, "interval"),
        ({"interval": 2**70}, "interval"),
        ({"duration_ms": None}, "NOT NULL"),
        ({"duration_ms": 10**18}, "duration_ms"),
        ({"utc_offset": 10**6}, "utc_offset"),
        ({"undone_at": 10**18}, "undone_at"),
        ({"origin": "x" * 30_000}, "too long"),
        ({"device": "x" * 300}, "no such device"),
        ({"origin": "elsewhere"}, "CHECK"),
        ({"t": "card"}, "no such kind"),
        ({"t": "sqlite_master"}, "no such kind"),
    ],
)
def test_a_record_that_cannot_be_is_named_and_harms_nothing(
    two: list[Device], change: dict[str, object], words: str
) -> None:
    desk, phone = two
    rate(desk, 1)
    desk.exchange()
    name = desk.files()[0]
    lines = list(device_files.read_lines(desk.shared / name))
    (phone.shared / name).parent.mkdir()
    with (phone.shared / name).open("wb") as file:
        file.write(device_files.header_of("evil"))
        for line in lines:
            assert line.record is not None
            record = dict(line.record)
            if record["t"] == "review":
                record |= change
            file.write(device_files.line_of(record))
    found = phone.exchange()
    assert len(found.faults) == 1
    assert words in found.faults[0]
    assert phone.library.db.execute("SELECT count(*) FROM review").fetchone()[0] == 0
    assert rebuild(phone.library, verify=True).differing == ()
    rate(phone, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"weights": "[1, 2]"},
        {"weights": json.dumps([1e9] * 21)},
        {"weights": json.dumps([math.nan] * 21)},
        {"weights": json.dumps([1.0] * 21)},
        {"fit": "7"},
        {"fit": json.dumps({"reviews": 3})},
        {"fit": FIT.replace("1000", "-1")},
        {"fit": FIT.replace("0.02", "NaN")},
        {"fit": FIT.replace("0.31", "null")},
        {"weights": "[" * 3000},
        {"learning_steps": '["1"]'},
        {"desired_retention": 3.0},
        {"maximum_interval": 0},
        {"made_from); DROP TABLE review; --": "x", "maximum_interval": -1},
    ],
)
def test_a_set_of_parameters_that_cannot_be_is_refused(
    two: list[Device], change: dict[str, object]
) -> None:
    desk, phone = two
    rate(desk, 1)
    desk.exchange()
    name = desk.files()[0]
    (phone.shared / name).parent.mkdir()
    with (phone.shared / name).open("wb") as file:
        file.write(device_files.header_of("evil"))
        for line in device_files.read_lines(desk.shared / name):
            record = dict(line.record or {})
            if record["t"] == "parameters":
                file.write(device_files.line_of({**record, **change}))
    assert len(phone.exchange().faults) == 1


@pytest.mark.parametrize(
    "answer", ["{", '{"a": 1}', "[1.5]", "[true]", "[" * 3000, "null", None, 7]
)
def test_an_answer_that_cannot_be_is_refused(two: list[Device], answer: object) -> None:
    desk, phone = two
    StudySession(desk.library).answer(Rating.EASY, 1000, (1,))
    desk.exchange()
    name = desk.files()[0]
    (phone.shared / name).parent.mkdir()
    with (phone.shared / name).open("wb") as file:
        file.write(device_files.header_of("evil"))
        for line in device_files.read_lines(desk.shared / name):
            record = dict(line.record or {})
            changed = {**record, "answer": answer} if record["t"] == "given" else record
            file.write(device_files.line_of(changed))
    assert len(phone.exchange().faults) == 1
    assert phone.library.db.execute("SELECT count(*) FROM given").fetchone() == (0,)


def test_only_files_of_devices_are_read_and_no_link_is_followed(
    two: list[Device], tmp_path: Path
) -> None:
    desk, phone = two
    rate(desk, 1)
    desk.exchange()
    name = desk.files()[0]
    (phone.shared / "note.jsonl").write_text("mine")
    (phone.shared / "linked").symlink_to((desk.shared / name).parent)
    (phone.shared / "other").mkdir()
    (phone.shared / "other/000001.jsonl").symlink_to(desk.shared / name)
    (phone.shared / "other/x.txt").write_text("mine")
    (phone.shared / "other/strange.jsonl").write_bytes(b"\xff\xfe\n")
    (phone.shared / "other/long.jsonl").write_bytes(b"x" * 10**6)
    newer = device_files.line_of({"flashsafety": "device log", "version": 99, "device": "x"})
    (phone.shared / "other/newer.jsonl").write_bytes(newer)
    (phone.shared / "other/folder.jsonl").mkdir()
    nameless = device_files.line_of({"version": 1, "device": "x"})
    lines = (desk.shared / name).read_bytes().split(b"\n", 1)[1]
    (phone.shared / "other/nameless.jsonl").write_bytes(nameless + lines)
    deep = b"[" * 60_000
    nested = device_files.header_of("other") + b"%08x %s\n" % (crc32(deep), deep)
    (phone.shared / "other/nested.jsonl").write_bytes(nested)
    found = phone.exchange()
    assert found.received == 0
    assert len(found.faults) == 5
    assert any("no JSON" in fault for fault in found.faults)
    assert any("newer flashsafety" in fault for fault in found.faults)


def test_a_link_in_place_of_its_own_folder_or_file_is_never_written_through(
    two: list[Device], tmp_path: Path
) -> None:
    desk = two[0]
    rate(desk, 1)
    desk.exchange()
    elsewhere = tmp_path / "elsewhere"
    own = desk.shared / own_name(desk)
    own.rename(elsewhere)
    before = {path.name: path.read_bytes() for path in elsewhere.iterdir()}
    for place, target in ((own, elsewhere), (own / "000001.jsonl", elsewhere / "new.jsonl")):
        place.parent.mkdir(exist_ok=True)
        place.symlink_to(target)
        rate(desk, 1)
        with pytest.raises(UnusableDataError, match="cannot be used"):
            desk.exchange()
        place.unlink()
    assert {path.name: path.read_bytes() for path in elsewhere.iterdir()} == before
    assert desk.exchange().sent > 0


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_device_whose_name_is_no_text_is_named_and_the_others_are_read(
    two: list[Device],
) -> None:
    desk, phone = two
    rate(phone, 1)
    phone.exchange()
    for name in (os.fsdecode(b"\xff"), "phone"):
        (desk.shared / name).mkdir()
        shutil.copyfile(phone.shared / phone.files()[0], desk.shared / name / "000001.jsonl")
    found = desk.exchange()
    assert ["this name is no UTF-8" in fault for fault in found.faults] == [True]
    assert found.received > 0


def test_a_pause_and_a_plan_hold_on_every_device_and_so_does_their_undoing(
    two: list[Device],
) -> None:
    desk, phone = two
    day = desk.clock.now().day
    _carry_well(two)
    pause_until(desk.library, StudyDay(day + 5))
    plan = Ready(day, StudyDay(day + 9), ("shapes",), 0.9, 0.92)
    decide(phone.library, phone.clock.now(), "ready", plan)
    for _ in range(2):
        _carry_well(two)
    for device in two:
        held = plans_on(device.library.db, day)
        assert held.pause is not None and held.pause.ends == day + 5
        assert held.ready == plan
    undo_newest(desk.library)
    for _ in range(2):
        _carry_well(two)
    assert plans_on(phone.library.db, day).pause is None
    assert desk.log() == phone.log()
    assert phone.exchange().sent == desk.exchange().sent == 0


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "nap"},
        {"ends": 10**9},
        {"ends": 0},
        {"sorted": "backwards"},
        {"reviews": 0},
        {"modules": "shapes"},
        {"modules": "[1]"},
        {"modules": "[" * 3000},
        {"target": 7.0},
    ],
)
def test_a_plan_that_cannot_be_is_refused(two: list[Device], change: dict[str, object]) -> None:
    desk, phone = two
    day = desk.clock.now().day
    desk.exchange()
    decide(desk.library, desk.clock.now(), "ready", Ready(day, StudyDay(day + 9), (), 0.9, 0.9))
    desk.exchange()
    name = desk.files()[0]
    (phone.shared / name).parent.mkdir()
    with (phone.shared / name).open("wb") as file:
        file.write(device_files.header_of("evil"))
        for line in device_files.read_lines(desk.shared / name):
            record = dict(line.record or {})
            if record["t"] == "plan":
                file.write(device_files.line_of({**record, **change}))
    assert len(phone.exchange().faults) == 1
    assert plans_on(phone.library.db, day).ready is None


def test_answers_wait_for_the_exam_that_they_belong_to(two: list[Device]) -> None:
    _, phone = two
    record = {"t": "answer", "attempt": "01" * 16, "place": 0, "number": 1, "at": 1, "given": "[]"}
    (phone.shared / "desk").mkdir()
    path = phone.shared / "desk/000001.jsonl"
    path.write_bytes(device_files.header_of("desk") + device_files.line_of(record))
    assert phone.exchange().waiting == ["desk/000001.jsonl"]


def test_files_grow_to_a_limit_and_then_there_are_more(
    two: list[Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(device_files, "FULL", 2000)
    desk, phone = two
    rate(desk, 6)
    desk.exchange()
    desk.clock.advance(days=20)
    rate(desk, 6)
    desk.exchange()
    assert len(desk.files()) == 3
    late = desk.files()[-2:]
    for name in late:  # the last ones come first, and need none of the others
        (phone.shared / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(desk.shared / name, phone.shared / name)
    assert phone.exchange().waiting == []
    carry(desk, phone)
    phone.exchange()
    assert states(phone.library) == states(desk.library)


def test_of_two_choices_of_a_setting_the_later_one_holds_on_both(two: list[Device]) -> None:
    desk, phone = two

    def choose(device: Device, name: str, value: str | None, at: int) -> None:
        paths = device.library.paths
        if value is None:
            unset_setting(paths, name)
        else:
            set_setting(paths, name, value)
        os.utime(paths.config, (at, at))

    def config(device: Device) -> str:
        path = Path(device.library.paths.config)
        return path.read_text() if path.exists() else ""

    choose(desk, "new_limit", "5", 1000)
    choose(desk, "theme", "nord", 1000)
    choose(phone, "new_limit", "7", 2000)
    for _ in range(2):
        desk.exchange()
        phone.exchange()
        carry(desk, phone)
    assert "new_limit = 7" in config(desk)
    assert 'theme = "nord"' in config(desk)
    assert "theme" not in config(phone)
    now = 2_000_000_000
    choose(desk, "new_limit", None, now)
    assert desk.exchange().sent == 1
    carry(desk, phone)
    assert phone.exchange().settings == ["new_limit"]
    assert "new_limit" not in config(phone)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("editor", "sh -c 'touch sprung'", "a device's own"),
        ("keys.study.edit", "space", "a device's own"),
        ("theme", "nord", "a device's own"),
        ("zone", "Asia/Tokyo", "a device's own"),
        ("no_such", "5", "no_such"),
        ("new_limit", "-5", "new_limit"),
        ("new_limit", "9" * 5000, "new_limit"),
        ("new_limit", "5\neditor = 'x'", "new_limit"),
    ],
)
def test_a_setting_that_no_other_device_may_choose_is_refused(
    two: list[Device], name: str, value: str, words: str
) -> None:
    phone = two[1]
    found = told_of_a_setting(phone, name, value)
    assert found.settings == []
    assert len(found.faults) == 1
    assert words in found.faults[0]
    assert not Path(phone.library.paths.config).exists()


@pytest.mark.parametrize(
    "entry", ["a]\neditor = 'x'\n[b", '"\neditor = "x"\n#', "'''", "a\r\n[keys]"]
)
def test_the_name_of_a_setting_is_written_as_no_more_than_a_name(
    two: list[Device], entry: str
) -> None:
    phone = two[1]
    assert told_of_a_setting(phone, f"module_retention.{entry}", "0.9").faults == []
    found = load_settings(phone.library.paths, {})
    assert found == Settings()._replace(module_retention={entry: 0.9})


def told_of_a_setting(device: Device, name: str, value: str) -> Exchange:
    """Exchange with one that has chosen something."""
    (device.shared / "other").mkdir()
    with (device.shared / "other/000001.jsonl").open("wb") as file:
        file.write(device_files.header_of("other"))
        record = {"t": "setting", "name": name, "at": 2_000_000_000_000, "value": value}
        file.write(device_files.line_of(record))
    return device.exchange()


def test_a_folder_that_is_none_or_cannot_be_written_is_refused_in_words(
    two: list[Device], tmp_path: Path
) -> None:
    desk, _ = two
    assert not desk.library.shares
    with pytest.raises(UsageError, match="no folder is shared"):
        exchange(desk.library)
    with pytest.raises(UsageError, match="no such folder"):
        exchange(desk.library, str(tmp_path / "none"))
    desk.exchange()
    rate(desk, 1)
    shutil.rmtree(desk.shared)
    with pytest.raises((UnusableDataError, UsageError)):
        exchange(desk.library)
    desk.shared.mkdir()
    desk.exchange()
    assert leave(desk.library)
    assert not leave(desk.library)
    assert not desk.library.shares


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.one_of(lives, stray_lives)), max_size=6),
    st.integers(0, 2**32),
)
def test_three_devices_end_equal_whatever_becomes_of_the_files_on_their_way(
    steps: list[tuple[int, list[Step]]], seed: int
) -> None:
    drawn = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        all_three = devices(Path(folder), stack, 3)
        for number, device in enumerate(all_three):  # clocks that disagree
            device.clock.advance(hours=number * 7 - 5)
        for number, life in steps:
            all_three[number].live(life)
            if drawn.random() < 0.8:
                all_three[number].exchange()
            _carry_badly(all_three, drawn)
            if drawn.random() < 0.5:
                drawn.choice(all_three).exchange()
        for _ in range(3):
            _carry_well(all_three)
        first, *others = all_three
        for device in others:
            assert device.log() == first.log()
            assert states(device.library) == states(first.library)
        for device in all_three:
            assert rebuild(device.library, verify=True).differing == ()
            assert device.exchange().received == 0


def _carry_well(devices: list[Device]) -> None:
    for device in devices:
        device.exchange()
    for one, other in combinations(devices, 2):
        carry(one, other)


def _carry_badly(devices: list[Device], drawn: random.Random) -> None:
    """Some files, in any order, some cut short, some twice under another name."""
    source, target = drawn.sample(devices, 2)
    names = [name for name in source.files() if not name.startswith(own_name(target))]
    drawn.shuffle(names)
    for name in names:
        data = (source.shared / name).read_bytes()
        place = target.shared / name
        place.parent.mkdir(exist_ok=True)
        match drawn.randrange(5):
            case 0:
                continue
            case 1:
                place.write_bytes(data[: drawn.randrange(len(data) + 1)])
            case 2:
                conflict = f"{place.stem} (conflict {drawn.randrange(9)}).jsonl"
                place.with_name(conflict).write_bytes(data[: drawn.randrange(len(data) + 1)])
            case _:
                place.write_bytes(data)
