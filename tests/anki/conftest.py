"""Real Anki collections, and libraries to fill them from."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ImportResponse

from flashsafety.anki.export import Exported, export_deck
from flashsafety.clock import FixedClock, SystemClock, instant_to_datetime
from flashsafety.study.library import Library
from flashsafety.study.session import StudySession
from flashsafety.study.sync import sync
from flashsafety.study.today import EVERYTHING, Choice, start_all
from flashsafety.terms import Rating
from tests.anki.real import ODD, Real, import_bank
from tests.banks import tiny_bank, write_cards
from tests.images import put
from tests.libraries import open_library

QUESTIONS = Path(__file__).parents[2] / "questions"
Export = Callable[..., tuple[Path, Exported]]
Take = Callable[[Path], ImportResponse]


@pytest.fixture
def library(tmp_path: Path, clock: FixedClock) -> Iterator[Library]:
    """The tiny bank with every module open."""
    with open_library(tmp_path, tiny_bank(tmp_path / "bank"), clock) as library:
        sync(library)
        start_all(library)
        yield library


@pytest.fixture
def collection(tmp_path: Path) -> Iterator[Collection]:
    """An empty collection of real Anki."""
    with closing(Collection(str(tmp_path / "real.anki2"))) as collection:
        yield collection


@pytest.fixture
def export(library: Library, tmp_path: Path) -> Export:
    """Write a deck; a new file each time."""
    files = iter(range(100))

    def write(
        choice: Choice = EVERYTHING, *, with_scheduling: bool = True
    ) -> tuple[Path, Exported]:
        path = tmp_path / f"deck-{next(files)}.apkg"
        return path, export_deck(library, str(path), choice, with_scheduling=with_scheduling)

    return write


@pytest.fixture
def take(collection: Collection) -> Take:
    """Import a deck with progress and presets, as the instructions say."""

    def read(path: Path) -> ImportResponse:
        options = ImportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True)
        request = ImportAnkiPackageRequest(package_path=str(path), options=options)
        return collection.import_anki_package(request)

    return read


def study(library: Library, clock: FixedClock, days: int = 12) -> None:
    """Review what is due for some days, in a fixed mixture of ratings."""
    mixture = [Rating.GOOD, Rating.AGAIN, Rating.GOOD, Rating.EASY, Rating.HARD, Rating.GOOD]
    place = 0
    for _ in range(days):
        session = StudySession(library)
        while session.current is not None and place < 500:
            session.answer(mixture[place % len(mixture)], 4000 + place)
            place += 1
            clock.advance(minutes=1)
        clock.advance(days=1)


def real_now() -> int:
    """The real time, by which real Anki goes."""
    return SystemClock(0).now().at


@pytest.fixture
def clock() -> FixedClock:
    """A fortnight ago: real Anki lives today, and what is reviewed must not be ahead of it.

    At noon, so that no session goes over into the next study day, whatever the time is now.
    """
    day = instant_to_datetime(real_now()) - timedelta(hours=4)
    return FixedClock(day.replace(hour=12, minute=0) - timedelta(days=14))


@pytest.fixture
def studied(library: Library, clock: FixedClock) -> Library:
    """Twelve days of reviews, and then it is now."""
    study(library, clock)
    clock.at = real_now()
    return library


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """The whole bank, in Anki."""
    yield from import_bank(tmp_path_factory.mktemp("real"), QUESTIONS)


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    """Cards with everything that goes wrong elsewhere, in Anki."""
    folder = tmp_path_factory.mktemp("odd")
    bank = tiny_bank(folder / "bank")
    write_cards(bank, "01-shapes/odd.yaml", *ODD)
    put(bank, "01-shapes/images/cat.png")
    yield from import_bank(folder, bank)


@pytest.fixture(params=["real", "odd"])
def either(request: pytest.FixtureRequest) -> Real:
    """Both, one after the other; to be looked at, not changed."""
    real: Real = request.getfixturevalue(request.param)
    return real
