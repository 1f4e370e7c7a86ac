"""What is done every day: ratings, undo, a bank that changed, decisions about days and cards."""

import shutil
from pathlib import Path

from flashsafety.settings.change import set_setting
from flashsafety.settings.load import load_settings
from flashsafety.study.answer import undo_newest
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.study.today import start_all
from flashsafety.terms import Rating
from tests.banks import question, write_cards
from tests.crash.learner import (
    CARDS,
    Operation,
    Tell,
    clock_in,
    flashsafety,
    library_in,
    log_of,
    some_ratings,
    tell_new,
)
from tests.libraries import paths_in


def _review(folder: Path, tell: Tell) -> None:
    clock = clock_in(folder)
    with library_in(folder, clock) as library:
        session = StudySession(library)
        for number in range(6):
            clock.advance(minutes=1)
            tell(f"rated {session.answer(Rating(1 + number % 4), 700).review}")
        session.bury()
        session.suspend()
        undone = session.undo()
        tell("done")
        assert undone is not None


def _forget_all(folder: Path) -> None:
    shutil.rmtree(folder / "data")


def _begin(folder: Path, tell: Tell) -> None:
    """The first day: no data folder yet."""
    with library_in(folder) as library:
        library.take_in_changes()
        start_all(library)
        session = StudySession(library)
        for _ in range(3):
            tell(f"rated {session.answer(Rating.GOOD, 700).review}")


def _undo(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        for _ in range(3):
            undone = undo_newest(library)
            assert undone is not None
            tell(f"undone {undone.review}")


def _change_bank(folder: Path) -> None:
    kept = [question(f"card-{n}").replace("right", "right still") for n in range(5, CARDS)]
    write_cards(folder / "bank", "01-shapes/shapes.yaml", *kept)
    more = [question(f"prime-{n}") for n in range(20)]
    write_cards(folder / "bank", "02-numbers/p.yaml", *more, module="numbers", topics="primes")


def _sync(folder: Path, tell: Tell) -> None:
    with library_in(folder) as library:
        sync(library)


def _decide(folder: Path, tell: Tell) -> None:
    """A plan for a date, then a vacation, and both are dropped."""
    with library_in(folder) as library:
        known = log_of(library)
    for arguments in (
        ("plan", "--by", "2026-05-20", "--modules", "shapes", "--target", "0.8"),
        ("pause", "until", "2026-04-10"),
        ("pause", "--off"),
        ("plan", "--off"),
    ):
        flashsafety(folder, *arguments)
        with library_in(folder) as library:
            tell_new(library, known, tell)


def _all_cards(folder: Path, tell: Tell) -> None:
    """Acts on all that a query finds, each a step of its own."""
    with library_in(folder) as library:
        known = log_of(library)
    for arguments in (("suspend", "module:shapes"), ("suspend", "--lift", "*"), ("bury", "*")):
        flashsafety(folder, *arguments)
        with library_in(folder) as library:
            tell_new(library, known, tell)


def _whole_steps(folder: Path, told: list[str]) -> list[str]:
    """Each act is there for all of its cards or for none."""
    with library_in(folder) as library:
        rows = library.db.execute(
            "SELECT count(*) FROM action WHERE id > (SELECT max(id) FROM review)"
            " GROUP BY kind, value"
        ).fetchall()
        cards = library.db.execute("SELECT count(*) FROM card").fetchone()[0]
    return [f"{count} of {cards} cards were acted on" for (count,) in rows if count != cards]


def _choose(folder: Path, tell: Tell) -> None:
    paths = paths_in(folder)
    for name, value in (("new_limit", "5"), ("theme", "nord"), ("new_limit", "7")):
        set_setting(paths, name, value)
        tell(f"set {name} {value}")


def _chosen(folder: Path, told: list[str]) -> list[str]:
    """The setting is one of those that were chosen, and none before the last that was told."""
    limits = [line.split()[2] for line in told if line.startswith("set new_limit")]
    meant = {"5", "7"} if limits == ["5"] else {*limits[-1:]} or {"10", "5"}
    found = str(load_settings(paths_in(folder), {}).new_limit)
    return [] if found in meant else [f"new_limit is {found}"]


OPERATIONS = {
    "review": Operation(_review),
    "first day": Operation(_begin, _forget_all),
    "undo": Operation(_undo, some_ratings),
    "sync": Operation(_sync, _change_bank),
    "plan and pause": Operation(_decide),
    "acts on all": Operation(_all_cards, check=_whole_steps),
    "config": Operation(_choose, check=_chosen),
}
"""By name."""
