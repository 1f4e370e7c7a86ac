"""Parameters that come into force, and due days that move."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from flashsafety.study.start_file import Start, as_text
from tests.crash.learner import Operation, Tell, clock_in, flashsafety, library_in, log_of, tell_new
from tests.simulated import FORGETFUL, Lives


def _most_of_a_year(folder: Path) -> None:
    """The learner's log is one that a fit predicts better than the defaults do."""
    with TemporaryDirectory() as made:
        lives = Lives(Path(made))
        life = lives.folder(FORGETFUL, clock_in(folder))
        for name, source in (("data", life / "data"), ("bank", lives.bank)):
            shutil.rmtree(folder / name)
            shutil.copytree(source, folder / name)
    with library_in(folder) as library:  # the bank stands elsewhere now
        library.take_in_changes()


def _start_file(folder: Path) -> None:
    _most_of_a_year(folder)
    start = Start(FORGETFUL, 10, 10_000, 0.3, 0.4)
    (folder / "start.json").write_text(as_text(start), encoding="utf-8")


def _other_weights(folder: Path) -> None:
    _start_file(folder)
    flashsafety(folder, "optimize", "--use", str(folder / "start.json"))


def _fit(folder: Path, tell: Tell, *arguments: str) -> None:
    with library_in(folder) as library:
        known = log_of(library)
    flashsafety(folder, "optimize", *arguments)
    with library_in(folder) as library:
        tell_new(library, known, tell)


OPERATIONS = {
    "optimize --apply": Operation(
        lambda folder, tell: _fit(folder, tell, "--apply"), _most_of_a_year
    ),
    "optimize --use": Operation(
        lambda folder, tell: _fit(folder, tell, "--use", str(folder / "start.json")), _start_file
    ),
    "optimize --reschedule": Operation(
        lambda folder, tell: _fit(folder, tell, "--reschedule", "--yes"),
        _other_weights,
        copies_first="before-reschedule",
    ),
}
"""By name."""
