"""A file is the old one or the new one, whatever happens in between."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from flashsafety.anki.package import Calendar, Package, write_package
from flashsafety.files import make_private_folder, write_whole, writing_whole
from flashsafety.store.open import open_database
from flashsafety.study.device_files import append


def test_a_file_takes_its_place_when_all_of_it_is_written(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")
    with writing_whole(str(file)) as out:
        out.write("n\u00e9w\n")
        assert file.read_text() == "old"
    assert file.read_bytes() == "n\u00e9w\n".encode()


def test_what_breaks_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("old")
    with pytest.raises(OSError, match="full"), writing_whole(str(file)) as out:
        out.write("half")
        raise OSError("the disk is full")
    assert [(path.name, path.read_text()) for path in tmp_path.glob("a*")] == [("a.csv", "old")]


def test_what_is_written_is_its_owners_alone_and_so_are_the_folders_made_for_it(
    tmp_path: Path,
) -> None:
    file = tmp_path / "a/b/c.bin"
    (tmp_path / "d.csv.part").write_text("left by a crash")
    write_whole(str(file), b"1")
    with writing_whole(str(tmp_path / "d.csv")) as out:
        out.write("2")
    found = (file, tmp_path / "d.csv", file.parent, file.parent.parent)
    assert [stat.S_IMODE(path.stat().st_mode) for path in found] == [0o600, 0o600, 0o700, 0o700]


def test_a_link_that_waits_where_a_file_is_to_be_written_leads_nowhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for name in (f"a.toml.{os.getpid()}.tmp", "b.csv.part"):
        (tmp_path / name).symlink_to(victim)
    write_whole(str(tmp_path / "a.toml"), b"1")
    with writing_whole(str(tmp_path / "b.csv")) as out:
        out.write("2")
    assert victim.read_text() == "mine"
    assert (tmp_path / "a.toml").read_text() == "1"
    assert not (tmp_path / "a.toml").is_symlink()


def test_a_file_without_a_folder_is_written_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole("a.bin", b"1")
    assert (tmp_path / "a.bin").read_bytes() == b"1"


def export(path: str) -> None:
    with writing_whole(path) as out:
        out.write("x")


@pytest.mark.skipif(not hasattr(os, "O_DIRECTORY"), reason="folders are not written apart here")
@pytest.mark.parametrize(
    "make",
    [
        lambda path: write_whole(path, b"x"),
        export,
        lambda path: write_package(Package(0, Calendar(0, 4, 0)), path),
        lambda path: open_database(path, stamp=lambda: "").close(),
        lambda path: append(Path(path), b"header\n", []),
        make_private_folder,
    ],
    ids=["settings", "export", "deck", "database", "device", "folder"],
)
def test_a_new_name_is_on_the_disk_and_not_only_what_is_in_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[str], None]
) -> None:
    path = tmp_path / "new"
    written: list[int] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        if os.path.sameopenfile(handle, folder) and path.exists():
            written.append(handle)
        fsync(handle)

    folder = os.open(tmp_path, os.O_RDONLY)
    monkeypatch.setattr(os, "fsync", noted)
    make(str(path))
    os.close(folder)
    assert written


def test_a_folder_and_those_above_it_are_private(tmp_path: Path) -> None:
    make_private_folder(str(tmp_path / "a/b"))
    assert {(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")} == {0o700}
    (tmp_path / "file").write_text("")
    with pytest.raises(FileExistsError):
        make_private_folder(str(tmp_path / "file"))


def test_a_file_that_may_not_be_written_to_keeps_its_mode(tmp_path: Path) -> None:
    write_whole(str(tmp_path / "config.toml"), b"x", mode=0o400)
    assert (tmp_path / "config.toml").stat().st_mode & 0o777 == 0o400
