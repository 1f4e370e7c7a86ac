"""A file is the old one or the new one, whatever happens in between."""

import stat
from pathlib import Path

import pytest

from flashsafety.files import write_whole, writing_whole


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


def test_a_file_without_a_folder_is_written_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write_whole("a.bin", b"1")
    assert (tmp_path / "a.bin").read_bytes() == b"1"
