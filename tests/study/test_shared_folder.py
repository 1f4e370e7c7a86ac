"""A shared folder in the hands of people: homes that are copied, files that are taken away."""

import io
import os
import random
import shutil
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flashsafety.clock import FixedClock
from flashsafety.settings.change import set_setting
from flashsafety.study import device_files, device_settings
from flashsafety.study.anonymous import write
from flashsafety.study.backup import copies, restore
from flashsafety.study.devices import leave
from flashsafety.study.rebuild import rebuild
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.libraries import open_library
from tests.study.lives import BERLIN, states
from tests.study.test_devices import Device, carry, devices, everywhere, own_name, rate


class Twin(Device):
    """A copy of a device's home on another machine, of the same name even."""

    def __init__(self, other: Device, home: Path, stack: ExitStack) -> None:
        shutil.copytree(other.home, home)
        self.home, self.shared = home, home / "shared"
        self.clock = FixedClock(datetime.fromtimestamp(other.clock.at / 1000, UTC), zone=BERLIN)
        self.library = stack.enter_context(
            open_library(home, home / "bank", self.clock, new_limit=30, siblings="allowed")
        )
        # On that machine the copied folder has the path that the database knows.
        self.library.db.execute("UPDATE folder SET path = ?", (str(self.shared),))


@pytest.fixture
def three(tmp_path: Path):
    with ExitStack() as stack:
        yield devices(tmp_path, stack, 3)


def settle(all_of_them: list[Device], drawn: random.Random) -> None:
    """What a folder service does of each file: one version is everybody's in the end."""
    for name in {name for each in all_of_them for name in each.files()}:
        having = [each for each in all_of_them if (each.shared / name).exists()]
        data = (drawn.choice(having).shared / name).read_bytes()
        for each in all_of_them:
            (each.shared / name).parent.mkdir(exist_ok=True)
            (each.shared / name).write_bytes(data)


def forget(device: Device, count: int) -> None:
    """Rate what comes again soon."""
    session = StudySession(device.library)
    for _ in range(count):
        device.clock.advance(minutes=20)
        if session.current:
            session.answer(Rating.AGAIN, 1000)


def assert_equal(all_of_them: list[Device]) -> None:
    first, *others = all_of_them
    for each in others:
        assert each.log() == first.log()
        assert states(each.library) == states(first.library)
    for each in all_of_them:
        assert rebuild(each.library, verify=True).differing == ()


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3)), max_size=8), st.integers(0, 2**32))
def test_homes_that_were_copied_and_folders_that_were_deleted_lose_nothing(
    steps: list[tuple[int, int]], seed: int
) -> None:
    drawn = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        desk, phone = devices(Path(folder), stack)
        rate(desk, 1)
        everywhere(desk, phone)
        twin = Twin(desk, Path(folder) / "twin", stack)
        everyone = [desk, phone, twin]
        for number, count in steps:
            forget(everyone[number], count)
            everyone[number].exchange()
            if drawn.random() < 0.4:
                settle(everyone, drawn)
            if drawn.random() < 0.2:
                taken_away = own_name(drawn.choice(everyone))
                for each in everyone:
                    shutil.rmtree(each.shared / taken_away, ignore_errors=True)
        for _ in range(4):
            for each in everyone:
                each.exchange()
            settle(everyone, drawn)
        for each in everyone:
            each.exchange()
        assert_equal(everyone)
        before = sorted(desk.files())
        assert [each.exchange().sent for each in everyone] == [0, 0, 0]
        assert sorted(desk.files()) == before


def test_another_file_of_the_same_length_is_seen(tmp_path: Path) -> None:
    """Both rate one card alike: what they write differs in ids alone."""
    with ExitStack() as stack:
        desk, phone = devices(tmp_path, stack)
        everywhere(desk, phone)
        twin = Twin(desk, tmp_path / "twin", stack)
        for each in (desk, twin):
            rate(each, 1)
            each.exchange()
        name = f"{own_name(desk)}/000001.jsonl"
        one, other = ((each.shared / name).read_bytes() for each in (desk, twin))
        assert len(one) == len(other) and one != other
        (phone.shared / name).write_bytes(one)
        assert phone.exchange().received == 1
        (phone.shared / name).write_bytes(other)
        assert phone.exchange().received == 1
        (desk.shared / name).write_bytes(other)
        assert desk.exchange().received == 1
        assert desk.log() == phone.log()


def test_what_a_device_said_whose_folder_was_deleted_is_said_again_by_others(
    three: list[Device],
) -> None:
    desk, phone, laptop = three
    rate(desk)
    rate(phone)
    choose(phone, "7", timedelta())
    everywhere(desk, phone)
    shutil.rmtree(desk.shared / own_name(phone))  # it was given away
    assert desk.exchange().sent > 0
    carry(desk, laptop)
    laptop.exchange()
    assert laptop.log() >= phone.log()
    assert "new_limit = 7" in limits(laptop)[0]
    assert desk.exchange().sent == 0


def choose(device: Device, value: str, after: timedelta) -> None:
    set_setting(device.library.paths, "new_limit", value)
    at = Path(device.library.paths.config).stat().st_mtime + after.total_seconds()
    os.utime(device.library.paths.config, (at, at))


def limits(*all_of_them: Device) -> list[str]:
    return [Path(each.library.paths.config).read_text() for each in all_of_them]


def test_a_clock_that_is_ahead_does_not_make_a_setting_the_last_for_ever(
    three: list[Device],
) -> None:
    desk, phone, laptop = three
    choose(desk, "5", timedelta(days=300))
    everywhere(*three)
    assert all("new_limit = 5" in each for each in limits(*three))
    choose(phone, "7", timedelta(minutes=1))
    everywhere(*three)
    assert all("new_limit = 7" in each for each in limits(*three))
    choose(laptop, "9", timedelta(minutes=-5))
    everywhere(*three)
    assert all("new_limit = 9" in each for each in limits(*three))


def test_a_setting_that_cannot_be_written_here_holds_nothing_up(
    three: list[Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, phone, _ = three
    everywhere(desk, phone)
    choose(desk, "5", timedelta())
    rate(desk)
    desk.exchange()
    carry(desk, phone)

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(device_settings, "set_setting", refuse)
    found = phone.exchange()
    assert found.received == 3
    assert "new_limit = 5" in found.faults[0]


def test_a_file_that_cannot_be_read_is_named_and_holds_nothing_up(
    three: list[Device], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, phone, laptop = three
    for each in (desk, phone):
        rate(each)
        each.exchange()
        carry(each, laptop)
    held = laptop.shared / own_name(desk) / "000001.jsonl"
    read = device_files.read_lines

    def refuse(path: Path, start: int = 0):
        if path == held:
            raise PermissionError(13, "Permission denied")
        return read(path, start)

    with monkeypatch.context() as patch:
        patch.setattr(device_files, "read_lines", refuse)
        found = laptop.exchange()
    assert found.faults == [f"{held}: Permission denied"]
    assert found.received > 0
    assert laptop.exchange().received == 3 + 1  # ratings, and a module begun


def test_before_another_log_is_joined_to_ones_own_it_is_copied(three: list[Device]) -> None:
    desk, somebody, _ = three
    rate(desk)
    assert desk.exchange().copy == ""  # nobody else is there
    rate(somebody)
    own = somebody.log()
    carry(desk, somebody)
    found = somebody.exchange()
    assert somebody.log() > own
    assert somebody.exchange().copy == ""
    [copy] = copies(somebody.library.paths).found
    assert (copy.path, copy.made, copy.reviews) == (found.copy, "before-sharing", 3)
    leave(somebody.library)
    restore(somebody.library.paths, somebody.clock, copy.path)
    assert somebody.log() == own
    assert not somebody.library.shares


def test_a_learner_is_known_by_one_secret_on_all_devices(three: list[Device]) -> None:
    desk, phone, laptop = three

    def learner(device: Device) -> str:
        rate(device, 1)
        return write(device.library, io.StringIO()).learner

    assert len({learner(each) for each in three}) == 3
    everywhere(desk, phone)
    everywhere(phone, laptop, desk)
    assert len({learner(each) for each in three}) == 1
    for each in desk.files():
        header = (desk.shared / each).read_bytes().splitlines()[0]
        assert b"secret" in header


@pytest.mark.parametrize("secret", [7, "", "zz" * 16, "ab" * 8, None, ["00" * 16]])
def test_a_secret_that_cannot_be_is_none(three: list[Device], secret: object) -> None:
    desk, *_ = three
    (desk.shared / "evil").mkdir()
    said = {"flashsafety": "device log", "version": 1, "device": "evil", "secret": secret}
    (desk.shared / "evil/000001.jsonl").write_bytes(device_files.line_of(said))
    before = write(desk.library, io.StringIO()).learner
    assert desk.exchange().faults == []
    assert write(desk.library, io.StringIO()).learner == before


def test_lines_that_end_as_on_windows_are_read(three: list[Device]) -> None:
    desk, phone, _ = three
    rate(desk)
    desk.exchange()
    carry(desk, phone)
    for name in phone.files():
        path = phone.shared / name
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    found = phone.exchange()
    assert (found.received, found.faults) == (3 + 1, [])


def test_a_device_is_called_what_every_system_spells_alike(three: list[Device]) -> None:
    desk, *_ = three
    del desk.library.device
    desk.library.device_name = "J\u00fcrgens M\u00e4c/../"
    desk.exchange()
    assert own_name(desk).startswith("J-rgens-M-c-----")
    assert own_name(desk).isascii()
