"""Anonymous logs as an optimiser reads them: the very rows that it reads of a learner's own."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from flashsafety.errors import UsageError
from flashsafety.scheduling.fsrs_adapter import DEFAULT_WEIGHTS
from flashsafety.scheduling.histories import History, histories
from flashsafety.store.training import training_rows
from flashsafety.study import handed_in as module
from flashsafety.study.anonymous import HEADER
from flashsafety.study.anonymous import write as write_anonymous
from flashsafety.study.handed_in import handed_in
from flashsafety.study.start_file import Start, as_text, read_start
from tests.items.hostile import BAD_LINES, GOOD
from tests.study.lives import fresh_library, live, lives


@settings(max_examples=30, deadline=None)
@given(lives)
def test_what_is_handed_in_trains_as_the_log_itself(steps) -> None:
    """Days count from the first on, and instants only order; all else is the same."""
    with fresh_library() as (library, clock):
        live(library, clock, steps)
        file = Path(library.paths.data) / "mine.csv"
        with file.open("w") as out:
            write_anonymous(library, out)
        own = histories(training_rows(library.db))
        found = handed_in([str(file)])
    assert found.faults == ()
    theirs = [run for rows in found.logs.values() for run in histories(rows)]

    def shapes(runs: list[History]) -> list[list[tuple[int, int, int]]]:
        start = min((run[0][2] for run in runs), default=0)
        return sorted(
            [(rating, day - start, phase) for _, rating, day, phase, _ in run] for run in runs
        )

    assert shapes(theirs) == shapes(own)


def test_each_learner_counts_once_with_the_longest_log(tmp_path: Path) -> None:
    old, new = tmp_path / "old.csv", tmp_path / "new.csv"
    old.write_text("\n".join([HEADER, GOOD.format(1)]))
    new.write_text(
        "\n".join(
            [HEADER, GOOD.format(1), GOOD.format(1).replace(",2,3,", ",3,9,"), GOOD.format(2)]
        )
    )
    for names in ((old, new), (new, old)):
        logs = handed_in([str(name) for name in names]).logs
        assert [len(rows) for rows in logs.values()] == [2, 1]


def test_bad_lines_and_files_are_named_and_the_others_read(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    lines = [line for line, _ in BAD_LINES.values()]
    file.write_text("\n".join([HEADER, GOOD.format(1), *lines, GOOD.format(2)]))
    found = handed_in([str(tmp_path / "nowhere.csv"), str(file)])
    assert len(found.logs) == 2
    assert [fault.line for fault in found.faults] == [None, 3, 4, 5, 6, 7, None]


def test_there_is_an_end_to_what_is_read(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    files = []
    for number in range(4):
        files.append(tmp_path / f"{number}.csv")
        files[-1].write_text(
            "\n".join([HEADER, GOOD.format(2 * number), GOOD.format(2 * number + 1)])
        )
    found = handed_in([str(file) for file in files])
    assert (found.files, found.unread, len(found.logs)) == (2, 2, 4)


# ---- the file of parameters ----------------------------------------------------------------------

START = Start(DEFAULT_WEIGHTS, 12, 3456, 0.31, 0.33)


def test_parameters_come_back_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / "start.json").write_text(as_text(START))
    assert read_start(str(tmp_path / "start.json")) == START


@pytest.mark.parametrize(
    "text",
    [
        "", "[]", "{}", "nonsense", "[" * 100_000, " " * 70_000,
        as_text(START).replace(" 1\"", " 2\""),
        as_text(START).replace("12", "-Infinity"),
        as_text(START).replace("0.31", "NaN"),
        as_text(START).replace("0.31", "\"0.31\""),
        as_text(START).replace("3456", "true"),
        as_text(START).replace(str(DEFAULT_WEIGHTS[0]), "1e9", 1),
        as_text(START).replace(f"{DEFAULT_WEIGHTS[0]},", "", 1),
        as_text(START).replace(str(DEFAULT_WEIGHTS[0]), "null", 1),
        as_text(START).replace("learners", "others"),
        as_text(START).replace("\"reviews\"", "\"more\": 1, \"reviews\""),
    ],
)  # fmt: skip
def test_what_is_no_file_of_parameters_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "start.json"
    file.write_text(text)
    with pytest.raises(UsageError, match="no file of parameters"):
        read_start(str(file))
