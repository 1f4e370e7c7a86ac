"""Files that are no logs, or damaged ones: each is named, and the others still count."""

import os
from pathlib import Path

import pytest

from flashsafety.errors import UsageError
from flashsafety.items.engines import opened
from flashsafety.study.anonymous import HEADER
from tests.items.hostile import BAD_LINES, GOOD, damaged_files


def test_a_line_that_is_no_rating_is_named_and_the_others_count(tmp_path: Path, analysed) -> None:
    files = dict(damaged_files(tmp_path))
    report = analysed(files)
    assert [(fault.file, fault.line, fault.why) for fault in report.faults] == [
        (str(file), 3, why) for file, why in files.items()
    ]
    (item,) = report.items
    assert (item.learners, item.ratings, item.recall) == (2 * len(files), 2 * len(files), 1)


@pytest.mark.parametrize(
    ("content", "line", "why"),
    [
        (b"", 1, "no anonymous log"),
        (b"\0\xff" * 5000, 1, "no anonymous log"),
        (b"x" * 10_000, 1, "no anonymous log"),
        (b"card_id,review_time,review_rating\na/recall,1,3\n", 1, "no anonymous log"),
        (HEADER.replace("card", "karte").encode(), 1, "no anonymous log"),
        (f"version,learner,more\n7{GOOD.format(1)[1:]}\n".encode(), 2, "version 7 of the format"),
        (f"{HEADER}\n2{GOOD.format(1)[1:]}\n".encode(), 2, "version 2 of the format"),
        ((HEADER + "\n").encode("utf-16"), 1, "no anonymous log"),
        (f"{HEADER}\n{GOOD.format(1)}\n1,\r2\n".encode(), 3, "a carriage return that ends no line"),
        (f"{HEADER}\r\n{GOOD.format(1)}\r\r\n".encode(), 2, "a carriage return"),
    ],
)
def test_a_file_that_is_no_such_log_is_left_out_whole(tmp_path, analysed, content, line, why):
    bad, good = tmp_path / "bad.csv", tmp_path / "good.csv"
    bad.write_bytes(content)
    good.write_text(f"{HEADER}\n{GOOD.format(1)}\n")
    report = analysed([bad, good])
    ((file, at, said),) = report.faults
    assert (file, at) == (str(bad), line) and said.startswith(why)
    assert (report.files, len(report.items)) == (1, 1)


def test_what_cannot_be_read_is_named(tmp_path: Path, analysed) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "a[1].csv").write_text(f"{HEADER}\n{GOOD.format(1)}\n")
    (tmp_path / "good.csv").write_text(f"{HEADER}\n{GOOD.format(1)}\n")
    (tmp_path / "link.csv").symlink_to("good.csv")
    names = ["nowhere.csv", "pipe.csv", "a[1].csv", "good.csv", "link.csv", "."]
    report = analysed(tmp_path / name for name in names)
    assert [(Path(fault.file).name, fault.why.split(";")[0][-30:]) for fault in report.faults] == [
        ("nowhere.csv", "read: No such file or directory"[-30:]),
        ("pipe.csv", "no ordinary file"),
        ("a[1].csv", f"{tmp_path}/a[1].csv reads as a pattern"[-30:]),
        ("link.csv", "named twice"),
        (tmp_path.name, "no ordinary file"),
    ]
    assert len(report.items) == 1


@pytest.mark.parametrize("ending", [".gz", ".csv.GZ", ".zst", ".bz2", ".deflate"])
def test_a_file_called_as_if_it_were_packed_is_named(tmp_path: Path, analysed, ending: str) -> None:
    files = [tmp_path / f"a{ending}", tmp_path / "good.csv"]
    for file in files:
        file.write_text(f"{HEADER}\n{GOOD.format(1)}\n")
    report = analysed(files)
    ((file, _, why),) = report.faults
    assert (file, why[:27]) == (str(files[0]), "called as if it were packed")
    assert len(report.items) == 1


def test_of_many_bad_lines_a_few_are_named(tmp_path: Path, analysed) -> None:
    file = tmp_path / "bad.csv"
    file.write_text("\n".join([HEADER, GOOD.format(1), *["nonsense"] * 1200, GOOD.format(2)]))
    report = analysed([file])
    assert [fault.line for fault in report.faults] == [3, 4, 5, 6, 7, None]
    assert report.faults[-1].why == "and 1,195 more lines that are no ratings"
    assert report.items[0].learners == 2


@pytest.mark.parametrize("end", ["\r\n", "\n\n", ""])
def test_other_ends_of_lines_are_no_fault(tmp_path: Path, analysed, end: str) -> None:
    file = tmp_path / "other.csv"
    lines = (end or "\n").join([HEADER, GOOD.format(1), GOOD.format(2)]) + end
    file.write_bytes(b"\xef\xbb\xbf" + lines.encode())
    report = analysed([file])
    assert report.faults == () and report.items[0].learners == 2


def test_no_files_and_empty_ones_tell_nothing(tmp_path: Path, analysed) -> None:
    file = tmp_path / "empty.csv"
    file.write_text(HEADER + "\n")
    assert analysed([file]).items == analysed([]).items == ()
    assert analysed([file]).faults == ()


def test_without_java_the_way_out_is_named() -> None:
    with pytest.raises(UsageError, match="Java 17"), opened("spark", {"PATH": "/nowhere"}):
        pass


def test_every_bad_line_is_met_alone(tmp_path: Path, analysed) -> None:
    """An engine must see each of them by itself, not only beside others that it sees."""
    for file, why in damaged_files(tmp_path):
        assert [fault.why for fault in analysed([file]).faults] == [why]
    assert len(BAD_LINES) > 20
