"""Leave a database of the present format, with some history, for the tests of later formats.

``python -m tests.store.make_released FOLDER``, once for each format that is released, writes
``format-N.db.xz`` there, which stays as it is from then on.
"""

import lzma
import sqlite3
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flashsafety.clock import FixedClock
from flashsafety.store.migrate import latest_version
from flashsafety.study.devices import exchange
from flashsafety.study.session import StudySession
from flashsafety.terms import Rating
from tests.banks import tiny_bank
from tests.libraries import open_library


def make(folder: Path) -> Path:
    """A learner of the tiny bank, ten days long; returns the file."""
    clock = FixedClock(datetime(2026, 3, 2, 12, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        with open_library(place, tiny_bank(place / "bank"), clock) as library:
            library.take_in_changes()
            (place / "shared").mkdir()
            exchange(library, str(place / "shared"))
            for day in range(10):
                session = StudySession(library)
                for _ in range(15):
                    if session.current is None:
                        break
                    clock.advance(minutes=1)
                    session.answer(Rating(1 + (day + len(session.current.key)) % 4), 1500)
                clock.advance(days=3)
            session = StudySession(library)
            session.answer(Rating.GOOD, 900)
            session.undo()
            session.flag("unclear", "how so?")
            session.suspend()
            exchange(library)
            path = library.paths.database
        db = sqlite3.connect(path)
        db.execute("VACUUM")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()
        data = Path(path).read_bytes()
    target = folder / f"format-{latest_version()}.db.xz"
    target.write_bytes(lzma.compress(data))
    return target


if __name__ == "__main__":
    print(make(Path(sys.argv[1])))
