"""A file is the old one or the new one, whatever happens in between."""

from pathlib import Path

import pytest

from flashsafety.files import writing_whole


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
